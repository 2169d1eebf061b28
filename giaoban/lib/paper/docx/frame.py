"""What stands around the body: boxes 1 to 5 above it, signatures and recipients below."""

from giaoban.lib.paper import metrics
from giaoban.lib.paper.docx.xml import paragraph, plain_table, rule, run, twips
from giaoban.lib.paper.ending import ended
from giaoban.lib.paper.lettering import date_line, number_line
from giaoban.lib.paper.model import Paper, Signature
from giaoban.lib.paper.profile import Profile

_KEEP = "<w:keepNext/>"


def head(paper: Paper, profile: Profile) -> str:
    """Boxes 1 to 4, 10 and 11 in a table of two columns without borders."""
    widths = _columns(paper, profile)
    return plain_table(
        widths,
        [
            [_issuers(paper, profile, widths[0]), _state(paper, profile, widths[1])],
            [_number(paper, profile, widths[0]), _date(paper, profile, widths[1])],
        ],
    )


def _columns(paper: Paper, profile: Profile) -> list[float]:
    """Left and right; the right one holds the name of the State on one line."""
    room = profile.text_width
    state = profile.word("state", paper.language).upper()
    right = max(metrics.width(state, profile.styles["state"].size, bold=True) + 3, room * 0.5)
    return [room - right, right]


def _issuers(paper: Paper, profile: Profile, room: float) -> str:
    superior = paper.head.superior
    lines = paragraph("GBsuperior", run(superior.upper())) if superior else ""
    for issuer in paper.head.issuers:
        lines += paragraph("GBissuer", run(issuer.upper()))
    if profile.party_header:
        return lines + paragraph("GBissuer", run("*"))
    return lines + short_rule(paper.head.issuers[-1].upper(), "issuer", profile, room)


def _state(paper: Paper, profile: Profile, room: float) -> str:
    state = profile.word("state", paper.language).upper()
    motto = profile.word("motto", paper.language)
    lines = paragraph("GBstate", run(state))
    if motto:
        lines += paragraph("GBmotto", run(motto))
    style = profile.styles["motto" if motto else "state"]
    return lines + rule(room, metrics.width(motto or state, style.size, bold=True))


def _number(paper: Paper, profile: Profile, room: float) -> str:
    lines = paragraph("GBnumber", run(number_line(paper.head, paper.language, profile)))
    if not paper.head.type_name:
        about = f"{profile.word('about', paper.language)} {paper.head.abstract}"
        lines += paragraph("GBabout", run(about))
    return lines + boxed([paper.secrecy, paper.urgency], "urgency", profile, room)


def _date(paper: Paper, profile: Profile, room: float) -> str:
    line = paragraph("GBdate", run(date_line(paper.head, paper.language)))
    return line + boxed([paper.mark], "mark", profile, room)


def boxed(texts: list[str], style: str, profile: Profile, room: float) -> str:
    """Marks in capitals in a box that is hardly wider than they are."""
    marks = ""
    for text in texts:
        if text:
            length = metrics.width(text.upper(), profile.styles[style].size, bold=True) + 6
            indent = twips(max(room - length, 0) / 2)
            gap = '<w:spacing w:before="120" w:after="0"/>'
            place = f'{gap}<w:ind w:left="{indent}" w:right="{indent}"/>'
            marks += paragraph(f"GB{style}", run(text.upper()), place)
    return marks


def short_rule(text: str, style: str, profile: Profile, room: float) -> str:
    """The rule under a text: a part of the length of its longest line, as the profile says."""
    least, most = profile.rule_share
    longest = max(metrics.lines(text, profile.styles[style].size, True, room), default=0.0)
    return rule(room, longest * (least + most) / 2)


def title(paper: Paper, profile: Profile) -> str:
    """Box 5: what kind of document it is and what it is about."""
    if not paper.head.type_name:
        return ""
    abstract = paper.head.abstract
    return (
        paragraph("GBtype", run(paper.head.type_name.upper()))
        + paragraph("GBabstract", run(abstract))
        + short_rule(abstract, "abstract", profile, profile.text_width)
        + paragraph("GBbody", "")
    )


def addressees(paper: Paper, profile: Profile) -> str:
    """Box 9a: one on the line of “Kính gửi:”, several each on a line, dashes under the colon."""
    if not paper.addressees:
        return ""
    word = profile.word("to", paper.language)
    lead = 30.0
    indent = f'<w:ind w:left="{twips(lead)}"/>'
    if len(paper.addressees) == 1:
        line = paragraph("GBaddressee", run(f"{word} {paper.addressees[0]}"), indent)
        return line + paragraph("GBaddressee", "")
    lines = paragraph("GBaddressee", run(word), indent)
    under = lead + metrics.width(word[:-1], profile.styles["addressee"].size)
    listed = f'<w:ind w:left="{twips(under + 3)}" w:hanging="{twips(3)}"/>'
    for text, end in ended(paper.addressees):
        lines += paragraph("GBaddressee", run(f"- {text}{end}"), listed)
    return lines + paragraph("GBaddressee", "")


def bases(paper: Paper) -> str:
    """The grounds, one per line."""
    return "".join(paragraph("GBbasis", run(f"{text}{end}")) for text, end in ended(paper.bases))


def foot(paper: Paper, profile: Profile) -> str:
    """Boxes 7 and 9b: recipients on the left, signatures on the right; several parties side by side."""
    room = profile.text_width
    recipients = _recipients(paper, profile)
    signatures = paper.signatures
    if len(signatures) > 1:
        width = room / len(signatures)
        table = plain_table([width] * len(signatures), [[_signature(one) for one in signatures]])
        return _gap() + table + _gap() + recipients
    if not signatures:
        return _gap() + recipients
    widths = _columns(paper, profile)
    left = recipients or paragraph("GBrecipient", "")
    return _gap() + plain_table(widths, [[left, _signature(signatures[0])]])


def _gap() -> str:
    return paragraph("GBrecipient", "", _KEEP)


def _signature(signature: Signature) -> str:
    lines = "".join(paragraph("GBauthority", run(line.upper())) for line in signature.lines)
    space = paragraph("GBauthority", "") * 4
    return lines + space + paragraph("GBsigner", run(signature.name))


def _recipients(paper: Paper, profile: Profile) -> str:
    if not paper.recipients:
        return ""
    lines = paragraph("GBrecipients", run(profile.word("recipients", paper.language)))
    for text, end in ended(paper.recipients):
        lines += paragraph("GBrecipient", run(f"- {text}{end}"))
    if paper.drafter:
        lines += paragraph("GBdrafter", run(paper.drafter))
    return lines

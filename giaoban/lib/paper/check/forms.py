"""The forms of texts: number, date, lists, numbering, end, annexes."""

import re
from collections.abc import Iterator

from giaoban.lib.paper.check.effective import Opened, Shape
from giaoban.lib.paper.check.finding import Finding, judged
from giaoban.lib.paper.lettering import point
from giaoban.lib.paper.profile import Profile
from giaoban.lib.text import roman

_DATE = re.compile(r"\S.*, ngày ([0-9]+|\s+) tháng ([0-9]+|\s+) năm([0-9 ]*)")
_DATE_EN = re.compile(r"\S.*, ([0-9]{1,2} [A-Z][a-z]+ [0-9]{4})|\S.*,\s*")
_FOOT = ("GBauthority", "GBrecipients", "GBrecipient")
_LEVELS = (
    (1, re.compile(r"([IVXLC]+)\. ")),
    (2, re.compile(r"([0-9]{1,2})\. ")),
    (3, re.compile(r"([a-zđ]{1,2})\) ")),
)


def forms(opened: Opened, profile: Profile, language: str) -> Iterator[Finding]:
    """One row per form that applies."""
    shapes = [shape for shape in opened.shapes() if shape.looks]
    texts = _Texts(shapes)
    yield judged("3 number form", _number(texts.of("number"), profile, language))
    yield judged("4 date form", _date(texts.of("date"), language))
    if texts.of("basis"):
        yield judged("6 ends of bases", _ends(texts.of("basis")))
    if len(texts.of("addressee")) > 2:
        yield judged("9a list of addressees", _listed(texts.of("addressee")[1:]))
    if texts.of("recipient"):
        yield judged("9b ends of recipients", _listed(texts.of("recipient")))
        yield judged("9b last recipient", _kept(texts.of("recipient")[-1], language))
    yield from _numbering(shapes, language)
    yield judged("6 end of text", _end(shapes, profile))
    if texts.of("annex"):
        yield judged("annex numbers", _annexes(texts.of("annex"), profile, language))


class _Texts:
    def __init__(self, shapes: list[Shape]) -> None:
        self._held: dict[str, list[str]] = {}
        for shape in shapes:
            self._held.setdefault(shape.style, []).append(shape.text)

    def of(self, key: str) -> list[str]:
        """The texts of a box in order."""
        return self._held.get(f"GB{key}", [])


def _number(texts: list[str], profile: Profile, language: str) -> list[str]:
    """At least two digits or room for them, the mark of the profile, a symbol without spaces."""
    if not texts:
        return ["not found"]
    template = profile.number.replace("{number:02d}", "@").replace("{symbol}", "#")
    label = re.escape(profile.word("number", language))
    pattern = re.escape(template).replace(re.escape("{label}"), label)
    pattern = pattern.replace("@", r"(?:0[1-9]|[1-9][0-9]+|\s+)").replace("\\#", "#").replace("#", r"[^\s,]+")
    return [] if re.fullmatch(pattern, texts[0]) else [f"“{texts[0]}”"]


def _date(texts: list[str], language: str) -> list[str]:
    """Place, comma, and in Vietnamese days below 10 and the months 1 and 2 with a zero, others without."""
    if not texts:
        return ["not found"]
    if language != "vi":
        return [] if _DATE_EN.fullmatch(texts[0]) else [f"“{texts[0]}”"]
    found = _DATE.fullmatch(texts[0])
    if found is None:
        return [f"“{texts[0]}”"]
    day, month = found.group(1).strip(), found.group(2).strip()
    faults = [f"day “{day}”"] if day and len(day) != 2 else []
    if month and month != (f"{int(month):02d}" if int(month) < 3 else str(int(month))):
        faults.append(f"month “{month}”")
    return faults


def _ends(texts: list[str]) -> list[str]:
    """A semicolon after each, a full stop after the last."""
    wanted = [";"] * (len(texts) - 1) + ["."]
    return [
        f"“{text[-30:]}” ends without “{end}”"
        for text, end in zip(texts, wanted, strict=True)
        if not text.endswith(end)
    ]


def _listed(texts: list[str]) -> list[str]:
    return _ends(texts) + [f"“{text[:30]}” has no dash" for text in texts if not text.startswith("- ")]


def _kept(text: str, language: str) -> list[str]:
    """Where the paper is kept."""
    word = "Lưu:" if language == "vi" else "Kept:"
    return [] if text.startswith(f"- {word}") else [f"“{text}” does not say where it is kept ({word})"]


def _numbering(shapes: list[Shape], language: str) -> Iterator[Finding]:
    """Parts I, II; clauses 1, 2; points a, b, c, d, đ, e, g in Vietnamese."""
    names = {1: "6 numbers of parts", 2: "6 numbers of clauses", 3: "6 letters of points"}
    faults: dict[int, list[str]] = {}
    counts = {1: 0, 2: 0, 3: 0}
    for shape in shapes:
        if shape.style == "GBannex" or shape.style == "GBpart0":
            counts = {1: 0, 2: 0, 3: 0}
        if not shape.style.startswith(("GBpart", "GBbody")):
            continue
        for level, pattern in _LEVELS:
            found = pattern.match(shape.text)
            if not found:
                continue
            counts[level] += 1
            counts.update(dict.fromkeys(range(level + 1, 4), 0))
            wanted = _nth(level, counts[level], language)
            held = faults.setdefault(level, [])
            if found.group(1) != wanted:
                held.append(f"“{found.group(1)}” where “{wanted}” is due")
            break
    for level, held in sorted(faults.items()):
        yield judged(names[level], held[:3])


def _nth(level: int, n: int, language: str) -> str:
    if level == 1:
        return roman(n)
    return str(n) if level == 2 else point(n, language)


def _end(shapes: list[Shape], profile: Profile) -> list[str]:
    """The last words before signatures and recipients."""
    foot = next((n for n, shape in enumerate(shapes) if shape.style in _FOOT), len(shapes))
    text = [shape for shape in shapes[:foot] if shape.style.startswith(("GBbody", "GBpart"))]
    if text and text[-1].text.endswith(profile.ending):
        return []
    return [f"the text ends with “{text[-1].text[-20:] if text else ''}”, not with “{profile.ending}”"]


def _annexes(texts: list[str], profile: Profile, language: str) -> list[str]:
    """One annex has no number, several have Roman ones."""
    word = profile.word("annex", language)
    wanted = [word] if len(texts) == 1 else [f"{word} {roman(n)}" for n in range(1, len(texts) + 1)]
    return [f"“{text}”, not “{due}”" for text, due in zip(texts, wanted, strict=True) if text != due]

"""The boxes: size, weight, slope, capitals and place of each, and the rules under them."""

from collections.abc import Iterator

from giaoban.lib.paper import metrics
from giaoban.lib.paper.check.effective import Opened, Shape
from giaoban.lib.paper.check.finding import Finding, judged
from giaoban.lib.paper.profile import Profile, Style

# What every document has; the others are judged where they stand.
_NEEDED = (
    "state",
    "motto",
    "issuer",
    "number",
    "date",
    "body",
    "authority",
    "signer",
    "recipients",
    "recipient",
)
_ALIGN = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
}


def boxes(opened: Opened, profile: Profile) -> Iterator[Finding]:
    """One row per box that applies, then the rules."""
    shapes = opened.shapes()
    letter = any(shape.style == "GBabout" for shape in shapes)
    needed = {*_NEEDED, *(("about",) if letter else ("type", "abstract"))}
    if not profile.word("motto", "vi"):
        needed.discard("motto")
    footer = opened.area(0, "footer", "first") or []
    for style in profile.styles.values():
        if not style.box or style.box == "page":
            continue
        held = [shape for shape in [*shapes, *footer] if shape.style == style.id and shape.looks]
        if held:
            yield judged(f"{style.box} {style.key}", [fault for one in held for fault in _faults(one, style)])
        elif style.key in needed:
            yield judged(f"{style.box} {style.key}", ["not found"])
    yield from _body(shapes, profile)
    yield from _rules(shapes, profile)


def _faults(shape: Shape, style: Style) -> list[str]:
    said = f"“{shape.text[:30]}”"
    faults = []
    for look in shape.looks:
        if style.sizes and not style.sizes[0] <= look.size <= style.sizes[1]:
            faults.append(f"{said} is {look.size:g} pt, not {style.sizes[0]:g} to {style.sizes[1]:g}")
        if style.bold and not look.bold:
            faults.append(f"{said} is not bold")
        if style.upper and not look.upper:
            faults.append(f"{said} is not in capitals")
        if style.italic and not look.italic:
            faults.append(f"{said} is not italic")
    if style.bold is False and shape.looks and all(look.bold for look in shape.looks):
        faults.append(f"{said} is bold")
    if style.italic is False and shape.looks and all(look.italic for look in shape.looks):
        faults.append(f"{said} is italic")
    if _ALIGN.get(shape.align) != style.align:
        faults.append(f"{said} is aligned {shape.align}, not {style.align}")
    if style.boxed and not {"top", "left", "bottom", "right"} <= shape.borders:
        faults.append(f"{said} has no box")
    return faults


def _body(shapes: list[Shape], profile: Profile) -> Iterator[Finding]:
    """First lines, distances and line spacing of running text."""
    body = [shape for shape in shapes if shape.style in ("GBbody", "GBbasis") and shape.looks]
    if not body:
        return
    allowed = [cm * 10 for cm in profile.first_line_cm]
    wrong = [shape for shape in body if all(abs(shape.first_line - mm) > 0.3 for mm in allowed)]
    yield judged(
        "6 first line", [f"{shape.first_line / 10:.2f} cm at “{shape.text[:20]}”" for shape in wrong][:3]
    )
    close = [shape for shape in body if shape.before + shape.after < 6]
    distances = [f"{shape.before + shape.after:g} pt at “{shape.text[:20]}”" for shape in close]
    yield judged("6 distance of paragraphs", distances[:3])
    least, most = profile.line_spacing
    wide = [shape for shape in body if shape.exact or not least <= shape.line <= most]
    yield judged("6 line spacing", [f"{shape.line:.2f} at “{shape.text[:20]}”" for shape in wide][:3])


def _rules(shapes: list[Shape], profile: Profile) -> Iterator[Finding]:
    """Solid lines: as long as the motto; a third to a half of the issuing body and of the abstract."""
    if any(shape.style == "GBmotto" for shape in shapes):
        yield judged("1 rule under motto", _rule(shapes, "motto", profile, (0.93, 1.07)))
    if not profile.party_header:
        yield judged("2 rule under issuing body", _rule(shapes, "issuer", profile, profile.rule_share))
    if any(shape.style == "GBabstract" for shape in shapes):
        yield judged("5a rule under abstract", _rule(shapes, "abstract", profile, profile.rule_share))


def _rule(shapes: list[Shape], key: str, profile: Profile, share: tuple[float, float]) -> list[str]:
    style = profile.styles[key]
    at = max((n for n, shape in enumerate(shapes) if shape.style == style.id), default=None)
    if at is None:
        return ["nothing to rule"]
    text, under = shapes[at], shapes[at + 1] if at + 1 < len(shapes) else None
    if under is None or under.looks or not under.borders & {"top", "bottom"}:
        return [f"no rule under “{text.text[:30]}”"]
    room = text.room or profile.text_width
    size, bold = (text.looks[0].size, text.looks[0].bold) if text.looks else (style.size, True)
    length = room - under.left - under.right
    longest = max(metrics.lines(text.text, size, bold, room), default=0.0)
    ratio = length / longest if longest else 0
    if share[0] - 0.01 <= ratio <= share[1] + 0.01:
        return []
    return [f"the rule is {ratio:.2f} of the line, not {share[0]:g} to {share[1]:g}"]

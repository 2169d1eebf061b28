"""Paper, margins, font and page numbers."""

from collections.abc import Iterator
from typing import Any

from giaoban.lib.paper.check.effective import Opened, Shape
from giaoban.lib.paper.check.finding import Finding, judged
from giaoban.lib.paper.docx.xml import W
from giaoban.lib.paper.profile import Profile
from giaoban.lib.text import is_nfc

_MM = 56.7


def pages(opened: Opened, profile: Profile) -> Iterator[Finding]:
    """The rows that hold for the whole document."""
    sections = opened.sections()
    shapes = opened.shapes()
    yield judged("page size", [fault for one in sections for fault in _size(one, profile)])
    yield judged("page upright", ["page 1 lies on its side"] if _landscape(sections[0]) else [])
    for side in ("top", "bottom", "left", "right"):
        yield judged(f"margin {side}", [fault for one in sections for fault in _margin(one, side, profile)])
    looks = [look for shape in shapes for look in shape.looks]
    wrong = [f"“{look.text[:20]}” in {look.font}" for look in looks if look.font != profile.font]
    yield judged("font", wrong[:3], profile.font)
    coloured = [look for look in looks if look.colour.lower() not in ("auto", "000000")]
    yield judged("colour", [f"“{look.text[:20]}” in {look.colour}" for look in coloured][:3])
    underlined = [f"“{look.text[:20]}” is underlined" for look in looks if look.underlined]
    yield judged("rules are not underlining", underlined[:3])
    decomposed = [f"“{look.text[:20]}”" for look in looks if not is_nfc(look.text)]
    yield judged("composed Unicode", decomposed[:3])
    yield judged("page number", _number(opened, profile))
    yield judged("page number hidden on page 1", _hidden(opened, 0))
    if len(sections) > 1:
        faults = [fault for n in range(1, len(sections)) for fault in _annex(opened, n)]
        yield judged("annex page numbers", faults)


def _size(section: Any, profile: Profile) -> list[str]:
    size = section.find(f"{W}pgSz")
    found = sorted(round(float(size.get(f"{W}{side}")) / _MM) for side in ("w", "h"))
    wanted = sorted((round(profile.width), round(profile.height)))
    return [] if found == wanted else [f"{found[0]} × {found[1]} mm"]


def _landscape(section: Any) -> bool:
    size = section.find(f"{W}pgSz")
    return float(size.get(f"{W}w")) > float(size.get(f"{W}h"))


def _margin(section: Any, side: str, profile: Profile) -> list[str]:
    found = float(section.find(f"{W}pgMar").get(f"{W}{side}")) / _MM
    allowed = profile.margins[side]
    fits = allowed.least - 0.3 <= found <= allowed.most + 0.3
    return [] if fits else [f"{found:.1f} mm, not {allowed.least:g} to {allowed.most:g}"]


def _numbered(shapes: list[Shape] | None) -> list[Shape]:
    return [
        shape for shape in shapes or [] if any(field.upper().startswith("PAGE") for field in shape.fields)
    ]


def _number(opened: Opened, profile: Profile) -> list[str]:
    """Arabic, centred in the top margin, upright, 13 to 14 pt, from 1."""
    numbered = _numbered(opened.area(0, "header", "default"))
    if not numbered:
        return ["no page number in the header"]
    shape = numbered[0]
    style = profile.styles["pagenumber"]
    faults = [] if shape.align == "center" else [f"aligned {shape.align}"]
    for look in shape.looks:
        if style.sizes and not style.sizes[0] <= look.size <= style.sizes[1]:
            faults.append(f"{look.size:g} pt")
        if look.bold or look.italic:
            faults.append("not upright")
    numbering = opened.sections()[0].find(f"{W}pgNumType")
    if numbering is not None and numbering.get(f"{W}fmt", "decimal") != "decimal":
        faults.append("not in Arabic figures")
    if numbering is not None and numbering.get(f"{W}start", "1") != "1":
        faults.append(f"begins with {numbering.get(f'{W}start')}")
    return faults


def _hidden(opened: Opened, section: int) -> list[str]:
    title = opened.sections()[section].find(f"{W}titlePg")
    if title is None or title.get(f"{W}val") in ("0", "false", "off"):
        return ["page 1 has the header of the other pages"]
    shown = _numbered(opened.area(section, "header", "first"))
    return ["the header of page 1 has a page number"] if shown else []


def _annex(opened: Opened, section: int) -> list[str]:
    numbering = opened.sections()[section].find(f"{W}pgNumType")
    start = None if numbering is None else numbering.get(f"{W}start")
    faults = [] if start == "1" else [f"annex {section} goes on counting"]
    return faults + [f"annex {section}: {fault}" for fault in _hidden(opened, section)]

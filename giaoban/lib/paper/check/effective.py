"""What a paragraph of a .docx really looks like: direct formatting over styles over the defaults."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zipfile import ZipFile

from giaoban.lib.paper.docx.xml import R, W
from giaoban.lib.paper.read.docx import parse

_OFF = {"0", "false", "off"}


@dataclass(frozen=True, slots=True)
class Look:
    """One run: size in pt, weight, slope, font, colour."""

    text: str
    size: float
    bold: bool
    italic: bool
    upper: bool
    underlined: bool
    font: str
    colour: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One paragraph: its style, looks and distances (pt; first line, indents and room in mm)."""

    style: str
    looks: tuple[Look, ...]
    align: str
    before: float
    after: float
    line: float
    exact: bool
    first_line: float
    left: float
    right: float
    borders: frozenset[str]
    room: float | None
    """Width of the table cell; None outside tables."""
    fields: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(look.text for look in self.looks)


class Opened:
    """A .docx opened for looking at it."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(io.BytesIO(data)) as archive:
            self._files = {
                name: archive.read(name) for name in archive.namelist() if name.endswith(("xml", "rels"))
            }
        self.document = parse(self._files["word/document.xml"])
        styles = parse(self._files["word/styles.xml"])
        self._styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        self._defaults = styles.find(f"{W}docDefaults")
        relations = parse(self._files["word/_rels/document.xml.rels"])
        self._targets = {rel.get("Id"): rel.get("Target") for rel in relations}

    def shapes(self) -> list[Shape]:
        """Every paragraph of the body in order, tables included."""
        return [self._shape(paragraph) for paragraph in self.document.iter(f"{W}p")]

    def sections(self) -> list[Any]:
        """The properties of every section in order."""
        return list(self.document.iter(f"{W}sectPr"))

    def area(self, section: int, kind: str, when: str) -> list[Shape] | None:
        """The paragraphs of a header or footer of a section, its own or inherited; None without one."""
        for properties in reversed(self.sections()[: section + 1]):
            for reference in properties.iter(f"{W}{kind}Reference"):
                if reference.get(f"{W}type") == when:
                    target = self._targets[reference.get(f"{R}id")]
                    root = parse(self._files[f"word/{target.removeprefix('/word/')}"])
                    return [self._shape(paragraph) for paragraph in root.iter(f"{W}p")]
        return None

    def _shape(self, paragraph: Any) -> Shape:
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle")) or "Normal"
        chain = [paragraph.find(f"{W}pPr"), *self._chain(style, "pPr")]
        spacing, indent = _merged(chain, "spacing"), _merged(chain, "ind")
        borders = _first(chain, "pBdr")
        exact = spacing.get("lineRule") in ("exact", "atLeast")
        line = float(spacing.get("line", 240))
        return Shape(
            style=style,
            looks=tuple(self._looks(paragraph, style)),
            align=_value(_first(chain, "jc")) or "left",
            before=float(spacing.get("before", 0)) / 20,
            after=float(spacing.get("after", 0)) / 20,
            line=line / 20 if exact else line / 240,
            exact=exact,
            first_line=_mm(indent.get("firstLine", 0)) - _mm(indent.get("hanging", 0)),
            left=_mm(indent.get("left", indent.get("start", 0))),
            right=_mm(indent.get("right", indent.get("end", 0))),
            borders=frozenset() if borders is None else frozenset(_local(side) for side in borders),
            room=_room(paragraph),
            fields=tuple(_fields(paragraph)),
        )

    def _chain(self, style: str, part: str) -> list[Any]:
        """The properties of a style, of what it is based on, and the defaults."""
        found, seen = [], set()
        while style and style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style]
            found.append(element.find(f"{W}{part}"))
            style = _value(element.find(f"{W}basedOn"))
        if self._defaults is not None:
            found.append(self._defaults.find(f"{W}{part}Default/{W}{part}"))
        return found

    def _looks(self, paragraph: Any, style: str) -> Iterator[Look]:
        inherited = self._chain(style, "rPr")
        for run in paragraph.iter(f"{W}r"):
            text = "".join(child.text or "" for child in run.iter(f"{W}t"))
            if not text.strip():
                continue
            own = run.find(f"{W}rPr")
            character = _value(None if own is None else own.find(f"{W}rStyle"))
            chain = [own, *(self._chain(character, "rPr")[:-1] if character else []), *inherited]
            fonts = _merged(chain, "rFonts")
            yield Look(
                text=text,
                size=float(_value(_first(chain, "sz")) or 20) / 2,
                bold=_on(chain, "b"),
                italic=_on(chain, "i"),
                upper=text == text.upper() or _on(chain, "caps"),
                underlined=_value(_first(chain, "u")) not in ("", "none"),
                font=fonts.get("ascii", ""),
                colour=_value(_first(chain, "color")) or "auto",
            )


def _fields(paragraph: Any) -> Iterator[str]:
    for simple in paragraph.iter(f"{W}fldSimple"):
        yield simple.get(f"{W}instr", "").strip()
    for instruction in paragraph.iter(f"{W}instrText"):
        yield (instruction.text or "").strip()


def _room(paragraph: Any) -> float | None:
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    width = None if cell is None else cell.find(f"{W}tcPr/{W}tcW")
    return None if width is None else _mm(width.get(f"{W}w"))


def _first(chain: list[Any], name: str) -> Any:
    for properties in chain:
        found = None if properties is None else properties.find(f"{W}{name}")
        if found is not None:
            return found
    return None


def _merged(chain: list[Any], name: str) -> dict[str, str]:
    """The attributes of an element, each from the nearest place that gives it."""
    merged: dict[str, str] = {}
    for properties in reversed(chain):
        found = None if properties is None else properties.find(f"{W}{name}")
        if found is not None:
            merged.update({_local(key): value for key, value in found.attrib.items()})
    return merged


def _on(chain: list[Any], name: str) -> bool:
    found = _first(chain, name)
    return found is not None and found.get(f"{W}val") not in _OFF


def _value(element: Any) -> str:
    return "" if element is None else element.get(f"{W}val") or ""


def _local(name: Any) -> str:
    text = name if isinstance(name, str) else name.tag
    return str(text).rpartition("}")[2]


def _mm(twips: Any) -> float:
    return float(twips) / 56.7

"""Reads figures back from a .docx, also after another program saved it.

A figure is known by the tag of its content control or, where a program dropped the tag, by the
address that its text links to.
"""

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

import msgspec
from lxml import etree

from giaoban.lib.paper.addresses import keys_by_address
from giaoban.lib.paper.docx.embed import NAMESPACE
from giaoban.lib.paper.docx.xml import R, W
from giaoban.lib.paper.manifest import canonical
from giaoban.lib.paper.read.lines import Cell, Extracted, Line, Piece, assemble

_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText")}
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_HYPERLINK = re.compile(r'HYPERLINK\s+"([^"]+)"')
_KEY = re.compile(r"[A-Za-z0-9.\-]{1,60}(?:#[a-z]+)?")


def extract(data: bytes) -> Extracted:
    """The figures, manifest and loose digits of a .docx."""
    with ZipFile(io.BytesIO(data)) as archive:
        manifest, intact = _manifest(archive)
        addresses = keys_by_address(manifest or {})
        lines = [
            line
            for name in sorted(archive.namelist(), key=lambda name: "document" not in name)
            if _PARTS.fullmatch(name)
            for line in _lines(archive, name, addresses)
        ]
    return assemble("docx", lines, (manifest, intact))


def parse(text: bytes) -> Any:
    """One XML part; entities are not resolved."""
    return etree.fromstring(text, etree.XMLParser(huge_tree=True, resolve_entities=False))


def _manifest(archive: ZipFile) -> tuple[dict[str, Any] | None, bool]:
    for name in archive.namelist():
        if re.fullmatch(r"customXml/item\d*\.xml", name):
            root = parse(archive.read(name))
            if root.tag == f"{{{NAMESPACE}}}manifest":
                return decoded((root.text or "").encode(), root.get("digest"))
    return None, False


def decoded(text: bytes, digest: str | None) -> tuple[dict[str, Any] | None, bool]:
    """A manifest and whether it has that digest; None where it is no manifest at all."""
    try:
        manifest = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None, False
    if not isinstance(manifest, dict) or not isinstance(manifest.get("figures"), dict):
        return None, False
    return manifest, hashlib.sha256(canonical(manifest)).hexdigest() == digest


def _lines(archive: ZipFile, name: str, addresses: dict[str, str]) -> Iterator[Line]:
    links = _links(archive, name, addresses)
    place = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    cells = _Cells()
    for n, paragraph in enumerate(parse(archive.read(name)).iter(f"{W}p"), 1):
        if any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
            continue
        cell = cells.of(paragraph)
        where = f"{place}, paragraph {n}"
        if cell:
            where = f"{place}, table {cell[0]}, row {cell[1]}, column {cell[2]}"
        yield Line(where, _Walk(links, addresses).line(paragraph), cell)


def _links(archive: ZipFile, name: str, addresses: dict[str, str]) -> dict[str, str]:
    """Relationship ids of a part to the keys of the figures that they lead to."""
    folder, _, file = name.rpartition("/")
    path = f"{folder}/_rels/{file}.rels"
    if path not in archive.namelist():
        return {}
    targets = ((rel.get("Id"), rel.get("Target")) for rel in parse(archive.read(path)))
    return {id: addresses[target] for id, target in targets if target in addresses}


class _Cells:
    """Where in which table a paragraph stands."""

    def __init__(self) -> None:
        self._tables: dict[Any, int] = {}
        self._rows: dict[Any, int] = {}

    def of(self, paragraph: Any) -> Cell | None:
        """Table, row and column from 1; None outside tables."""
        cell = next((above for above in paragraph.iterancestors(f"{W}tc")), None)
        if cell is None:
            return None
        row = next(cell.iterancestors(f"{W}tr"))
        table = next(row.iterancestors(f"{W}tbl"))
        if table not in self._tables:
            self._tables[table] = len(self._tables) + 1
            for n, each in enumerate(table.iterchildren(f"{W}tr"), 1):
                self._rows[each] = n
        column = 1 + sum(1 for _ in cell.itersiblings(f"{W}tc", preceding=True))
        return self._tables[table], self._rows.get(row, 0), column


class _Walk:
    """Walks one paragraph: which text is visible, and in which place of which figure it stands."""

    def __init__(self, links: dict[str, str], addresses: dict[str, str]) -> None:
        self._links = links
        self._addresses = addresses
        self._places = 0
        # complex fields that are open: (instruction, whether the result has begun, its place)
        self._fields: list[tuple[str, bool, int]] = []

    def line(self, paragraph: Any) -> tuple[Piece, ...]:
        """The pieces of a paragraph; a control may also stand around it."""
        around = (_tag(control) for control in paragraph.iterancestors(f"{W}sdt"))
        return tuple(self._pieces(paragraph, self._place(next(filter(None, around), ""))))

    def _place(self, key: str, within: Piece | None = None) -> Piece:
        """An empty piece for a new place of a figure; without a figure, the place around it."""
        if not key:
            return within or Piece("")
        self._places += 1
        return Piece("", key, self._places)

    def _pieces(self, element: Any, place: Piece) -> Iterator[Piece]:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _SKIPPED or tag == f"{W}p":
                continue
            if tag == f"{W}r":
                yield from self._run(child, place)
            elif tag == f"{W}sdt":
                yield from self._pieces(child, self._place(_tag(child), place))
            elif tag == f"{W}hyperlink" and not place.key:
                yield from self._pieces(child, self._place(self._links.get(child.get(f"{R}id"), "")))
            elif tag != f"{W}fldSimple" or not _counts_pages(child.get(f"{W}instr", "")):
                yield from self._pieces(child, place)

    def _run(self, run: Any, place: Piece) -> Iterator[Piece]:
        if run.find(f"{W}rPr/{W}vanish") is not None:
            return
        for child in run:
            if child.tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType"))
            elif child.tag == f"{W}instrText" and self._fields:
                instruction, begun, number = self._fields[-1]
                self._fields[-1] = (instruction + (child.text or ""), begun, number)
            elif child.tag == f"{W}t" and child.text and not self._hides():
                at = place if place.key else self._linked()
                yield Piece(child.text, at.key, at.place)
            elif child.tag in _SIGNS:
                yield Piece(_SIGNS[child.tag])

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._places += 1
            self._fields.append(("", False, self._places))
        elif kind == "separate" and self._fields:
            instruction, _, number = self._fields[-1]
            self._fields[-1] = (instruction, True, number)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _hides(self) -> bool:
        return any(not begun or _counts_pages(instruction) for instruction, begun, _ in self._fields)

    def _linked(self) -> Piece:
        for instruction, _, number in reversed(self._fields):
            found = _HYPERLINK.search(instruction)
            if found and found.group(1) in self._addresses:
                return Piece("", self._addresses[found.group(1)], number)
        return Piece("")


def _tag(control: Any) -> str:
    tag = control.find(f"{W}sdtPr/{W}tag")
    value = "" if tag is None else tag.get(f"{W}val", "")
    return value if _KEY.fullmatch(value) else ""


def _counts_pages(instruction: str) -> bool:
    return instruction.strip().split(" ")[0].upper() in {"PAGE", "NUMPAGES", "SECTIONPAGES"}

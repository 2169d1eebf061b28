"""Reads figures back from an HTML file."""

from collections.abc import Iterator
from typing import Any

from lxml import html as lxml_html

from giaoban.lib.paper.addresses import keys_by_address
from giaoban.lib.paper.read.docx import decoded
from giaoban.lib.paper.read.lines import Cell, Extracted, Line, Piece, assemble

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary "
    "table tbody td tfoot th thead tr ul".split()
)
_INVISIBLE = frozenset("script style template head title noscript svg math iframe object".split())


def extract(data: bytes) -> Extracted:
    """The figures, manifest and loose digits of an HTML file."""
    root = lxml_html.document_fromstring(data, parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True))
    block = root.find(".//script[@id='manifest']")
    text = "" if block is None else (block.text or "")
    manifest = decoded(text.encode(), None if block is None else block.get("data-digest"))
    reader = _Reader(keys_by_address(manifest[0] or {}))
    lines = list(reader.lines(root))
    values = {key: tuple(found) for key, found in reader.values.items()}
    return assemble("html", lines, manifest, values)


class _Reader:
    """Cuts a page into lines at the edges of blocks."""

    def __init__(self, addresses: dict[str, str]) -> None:
        self.values: dict[str, list[str]] = {}
        self._addresses = addresses
        self._places = 0
        self._tables = 0
        self._count = 0

    def lines(self, root: Any) -> Iterator[Line]:
        """The lines of visible text in reading order."""
        pending: list[Piece] = []
        cell: Cell | None = None
        for event in self._events(root, Piece("")):
            if isinstance(event, Piece):
                pending.append(event)
                continue
            if any(piece.text.strip() for piece in pending):
                yield self._line(pending, cell)
            pending, cell = [], event[0]

    def _line(self, pieces: list[Piece], cell: Cell | None) -> Line:
        self._count += 1
        where = f"paragraph {self._count}"
        if cell:
            where = f"table {cell[0]}, row {cell[1]}, column {cell[2]}"
        return Line(where, tuple(pieces), cell)

    def _events(self, element: Any, place: Piece) -> Iterator[Piece | tuple[Cell | None]]:
        """Pieces, and between blocks the cell that what follows stands in."""
        if not isinstance(element.tag, str) or element.tag in _INVISIBLE or "hidden" in element.attrib:
            return
        place = self._placed(element, place)
        block = element.tag in _BLOCKS
        inside = (self._cell(element),) if block else None
        if inside:
            yield inside
        if element.text:
            yield Piece(element.text, place.key, place.place)
        if element.tag == "br":
            yield Piece("\n")
        for child in element:
            yield from self._events(child, place)
            if child.tail:
                yield Piece(child.tail, place.key, place.place)
        if block:
            yield (None,)

    def _placed(self, element: Any, place: Piece) -> Piece:
        if element.tag == "table":
            self._tables += 1
        if element.tag == "data" and place.key:
            self.values.setdefault(place.key, []).append(element.get("value", ""))
        if element.tag != "a":
            return place
        key = element.get("data-figure") or self._addresses.get(element.get("href", ""), "")
        if not key:
            return place
        self._places += 1
        return Piece("", key, self._places)

    def _cell(self, element: Any) -> Cell | None:
        if element.tag not in ("td", "th"):
            return None
        row = element.getparent()
        column = 1 + sum(1 for _ in element.itersiblings("td", "th", preceding=True))
        return self._tables, 1 + sum(1 for _ in row.itersiblings("tr", preceding=True)), column

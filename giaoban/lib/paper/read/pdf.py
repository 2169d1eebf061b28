"""Reads figures back from a tagged PDF: text by the structure, figures by the links they stand in.

Text that is drawn outside the structure, on top of a figure perhaps, is read too and has its digits
listed; pictures with an alternative text are not read.
"""

import hashlib
import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from giaoban.lib.paper.addresses import keys_by_address
from giaoban.lib.paper.manifest import canonical
from giaoban.lib.paper.pdf import MANIFEST
from giaoban.lib.paper.pdftree import PageNumbers, children, page_numbers, page_of
from giaoban.lib.paper.read.docx import decoded
from giaoban.lib.paper.read.lines import Cell, Extracted, Line, Piece, assemble
from giaoban.lib.paper.read.pdftext import Marked, page_text

_BLOCKS = frozenset(
    "/Document /DocumentFragment /Part /Art /Sect /Div /Aside /BlockQuote /Caption /P /H /H1 /H2 /H3 /H4 "
    "/H5 /H6 /L /LI /LBody /Table /THead /TBody /TFoot /TR /TH /TD /Note /Title".split()
)


def extract(data: bytes) -> Extracted:
    """The figures, manifest and loose digits of a PDF; raises `ValueError` if it is none."""
    try:
        return _extract(data)
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error


def _extract(data: bytes) -> Extracted:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        manifest = _manifest(pdf)
        pages = [page_text(page) for page in pdf.pages]
        reader = _Reader(keys_by_address(manifest[0] or {}), pages, page_numbers(pdf))
        root = pdf.Root.get("/StructTreeRoot")
        lines = list(reader.lines(root)) if root is not None else []
        lines += reader.outside()
        lines += _drawn_over(pdf)
    return assemble("pdf", lines, manifest)


def _manifest(pdf: pikepdf.Pdf) -> tuple[dict[str, Any] | None, bool]:
    """The attached manifest; its digest is in the description of its file, if a writer put one."""
    for name, attached in pdf.attachments.items():
        if name == MANIFEST:
            text = attached.get_file().read_bytes()
            manifest, _ = decoded(text, None)
            # what we attach is canonical; a manifest edited by hand seldom stays so
            digest = hashlib.sha256(text).hexdigest()
            said = attached.description.rpartition(" ")[2]
            intact = manifest is not None and text == canonical(manifest) and said == digest
            return manifest, intact
    return None, False


def _drawn_over(pdf: pikepdf.Pdf) -> Iterator[Line]:
    """Words of annotations: notes and text boxes laid over the page."""
    for n, page in enumerate(pdf.pages, 1):
        for annotation in page.obj.get("/Annots", []):
            words = annotation.get("/Contents")
            if annotation.get("/Subtype") not in ("/Link", "/Popup") and words is not None:
                yield Line(f"page {n}, laid over the page", (Piece(str(words)),))


class _Reader:
    """Walks the structure tree in reading order and cuts it into lines."""

    def __init__(self, addresses: dict[str, str], pages: list[list[Marked]], numbers: PageNumbers) -> None:
        self._addresses = addresses
        self._pages = pages
        self._numbers = numbers
        self._marked: list[dict[int, list[Marked]]] = [{} for _ in pages]
        for held, page in zip(self._marked, pages, strict=True):
            for marked in page:
                if marked.id is not None:
                    held.setdefault(marked.id, []).append(marked)
        self._used: set[tuple[int, int]] = set()
        self._places = 0
        self._table = self._row = self._column = 0
        self._height: tuple[int, float] | None = None
        self._last = Piece("")

    def lines(self, root: Any) -> Iterator[Line]:
        """The lines of the structure in reading order."""
        pending: list[Piece] = []
        cell: Cell | None = None
        for event in self._events(root, Piece(""), None):
            if isinstance(event, Piece):
                pending.append(event)
                self._last = event
                continue
            if any(piece.text.strip() for piece in pending):
                yield self._line(pending, cell)
            pending, cell, self._height, self._last = [], event[0], None, Piece("")

    def _line(self, pieces: list[Piece], cell: Cell | None) -> Line:
        where = f"page {self._height[0] + 1}" if self._height else "text"
        if cell:
            where += f", table {cell[0]}, row {cell[1]}, column {cell[2]}"
        return Line(where, tuple(pieces), cell)

    def _events(self, element: Any, place: Piece, page: int | None) -> Iterator[Piece | tuple[Cell | None]]:
        kind = str(element.get("/S", ""))
        page = page_of(element, self._numbers, page)
        if kind == "/Figure" and "/Alt" in element:
            self._pass_over(element, page)
            return
        block = kind in _BLOCKS
        if block:
            yield (self._cell(kind),)
        place = self._placed(element, kind, place)
        for child in children(element):
            if isinstance(child, int):
                yield from self._text(page, child, place)
            elif child.get("/Type") == "/MCR":
                at = page_of(child, self._numbers, page)
                yield from self._text(at, int(child["/MCID"]), place)
            elif child.get("/Type") != "/OBJR":
                yield from self._events(child, place, page)
        if block:
            yield (None,)

    def _pass_over(self, element: Any, page: int | None) -> None:
        for event in self._events(pikepdf.Dictionary(K=element.get("/K", [])), Piece(""), page):
            del event

    def _cell(self, kind: str) -> Cell | None:
        if kind == "/Table":
            self._table, self._row = self._table + 1, 0
        elif kind == "/TR":
            self._row, self._column = self._row + 1, 0
        elif kind in ("/TD", "/TH"):
            self._column += 1
            return self._table, self._row, self._column
        return None

    def _placed(self, element: Any, kind: str, place: Piece) -> Piece:
        if kind != "/Link":
            return place
        for child in children(element):
            if not isinstance(child, int) and child.get("/Type") == "/OBJR":
                key = self._addresses.get(_address(child.get("/Obj")), "")
                if key:
                    self._places += 1
                    return Piece("", key, self._places)
        return place

    def _text(self, page: int | None, id: int, place: Piece) -> Iterator[Piece]:
        if page is None:
            return
        self._used.add((page, id))
        for marked in self._marked[page].get(id, []):
            height = (page, marked.height)
            if self._height is not None and height != self._height:
                # a link that goes on in the next line is a second element of the same figure
                if place.key and place.key == self._last.key:
                    place = self._last
                yield Piece("\n", place.key, place.place)
            self._height = height
            yield Piece(marked.text, place.key, place.place)

    def outside(self) -> Iterator[Line]:
        """Text that no structure element holds; page numbers are expected there."""
        for n, page in enumerate(self._pages):
            for marked in page:
                held = marked.id is not None and (n, marked.id) in self._used
                bare = marked.text.strip()
                number = marked.artifact and bare.isdecimal() and len(bare) < 5
                if not held and not number:
                    yield Line(f"page {n + 1}, outside the reading order", (Piece(marked.text),))


def _address(annotation: Any) -> str:
    if annotation is None or "/A" not in annotation:
        return ""
    return str(annotation["/A"].get("/URI", ""))

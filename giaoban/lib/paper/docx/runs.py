"""Runs of a line: words, figures in their content controls, notes."""

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from giaoban.lib.paper.addresses import figure_key, trace_address
from giaoban.lib.paper.docx.xml import attribute, run
from giaoban.lib.paper.model import FigureRef, Note, Paper, Runs, Text
from giaoban.lib.paper.profile import Profile


class RunWriter:
    """Writes runs; knows the document's links and gives every content control its number."""

    def __init__(self, paper: Paper, document: Document, profile: Profile) -> None:
        self.paper = paper
        self._rels = document.part.rels
        self._links: dict[str, str] = {}
        self._controls = 1000
        self._unsupported = profile.word("unsupported", paper.language)

    def runs(self, runs: Runs, *, bold: bool = False, italic: bool = False, upper: bool = False) -> str:
        """The XML of the runs, all of them bold, italic or in capitals if asked for."""
        written = []
        for item in runs:
            if isinstance(item, FigureRef):
                written.append(self._figure(item, bold or item.bold, italic))
            elif isinstance(item, Note):
                written.append(run(f" ({item.text})", italic=not italic))
            else:
                written.append(self._text(item, bold or item.bold, italic or item.italic, upper))
        return "".join(written)

    def _text(self, item: Text, bold: bool, italic: bool, upper: bool) -> str:
        text = item.text.upper() if upper else item.text
        if item.mark != "unsupported":
            return run(text, bold=bold, italic=italic)
        said = f"{text.rstrip()} {self._unsupported}{text[len(text.rstrip()) :]}"
        return run(said, bold=bold, italic=italic, style="GBunsupported")

    def _figure(self, ref: FigureRef, bold: bool, italic: bool) -> str:
        """A content control around a link around one run: this nesting survives LibreOffice."""
        figure = self.paper.figures[ref.figure]
        self._controls += 1
        text = run(figure.text(ref.part, self.paper.language), bold=bold, italic=italic, style="GBfigure")
        if figure.trace:
            text = f'<w:hyperlink r:id="{self.link(trace_address(ref, figure))}">{text}</w:hyperlink>'
        return (
            f"<w:sdt><w:sdtPr><w:alias w:val={attribute(figure.label[:60])}/>"
            f'<w:tag w:val="{figure_key(ref)}"/><w:id w:val="{self._controls}"/></w:sdtPr>'
            f"<w:sdtContent>{text}</w:sdtContent></w:sdt>"
        )

    def link(self, address: str) -> str:
        """The relationship id of an address; one per address."""
        known = self._links.get(address)
        if known is None:
            known = self._links[address] = f"rIdGB{len(self._links) + 1}"
            self._rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, known, is_external=True)
        return known

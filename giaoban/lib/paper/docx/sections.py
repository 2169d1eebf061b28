"""Sections: the paper itself, and one per annex with its own page numbers."""

from typing import Any

from docx.document import Document
from docx.oxml import parse_xml

from giaoban.lib.paper.docx.xml import NAMESPACES, R, W, paragraph, run, twips
from giaoban.lib.paper.model import Paper
from giaoban.lib.paper.profile import Profile


class Sections:
    """Ends sections inside the body and dresses the last one, which the document holds itself."""

    def __init__(self, document: Document, paper: Paper, profile: Profile) -> None:
        self._document = document
        self._paper = paper
        self._profile = profile
        self._last: Any = document.element.body[-1]
        self._refs = _references(self._last)
        self._dress_feet()

    def end(self, *, landscape: bool, first: bool) -> str:
        """An empty paragraph that ends a section; the `first` one is the paper, the others annexes."""
        return (
            '<w:p><w:pPr><w:pStyle w:val="Normal"/><w:spacing w:before="0" w:after="0" w:line="20" '
            f'w:lineRule="exact"/>{self._properties(landscape, annex=not first)}</w:pPr></w:p>'
        )

    def finish(self) -> None:
        """Give the last section its page and numbers."""
        annexes = self._paper.annexes
        landscape = bool(annexes) and annexes[-1].landscape
        text = self._properties(landscape, annex=bool(annexes)).replace(
            "<w:sectPr>", f"<w:sectPr {NAMESPACES}>", 1
        )
        self._last.getparent().replace(self._last, parse_xml(text))

    def _properties(self, landscape: bool, *, annex: bool) -> str:
        page = self._profile
        width, height = (page.height, page.width) if landscape else (page.width, page.height)
        turned = ' w:orient="landscape"' if landscape else ""
        margins = " ".join(f'w:{side}="{twips(margin.ours)}"' for side, margin in page.margins.items())
        edge = twips(page.header)
        refs = "".join(
            f'<w:{kind}Reference w:type="{when}" r:id="{ref}"/>'
            for (kind, when), ref in sorted(self._refs.items())
            if not (annex and kind == "footer" and when == "first")
        )
        if annex and ("footer", "default") in self._refs:
            refs += f'<w:footerReference w:type="first" r:id="{self._refs["footer", "default"]}"/>'
        return (
            f'<w:sectPr>{refs}<w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{turned}/>'
            f'<w:pgMar {margins} w:header="{edge}" w:footer="{edge}" w:gutter="0"/>'
            '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
        )

    def _dress_feet(self) -> None:
        """The mark at the foot of every page, the address at the foot of the first."""
        section = self._document.sections[0]
        if self._paper.mark:
            mark = _parsed(paragraph("GBfoot", run(self._paper.mark)))
            for area in (section.footer, section.first_page_footer):
                _fill(area, mark)
        if self._paper.contact:
            line = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="2" w:color="000000"/></w:pBdr>'
            contact = _parsed(paragraph("GBcontact", run(self._paper.contact), line))
            _fill(section.first_page_footer, contact)


def _references(section: Any) -> dict[tuple[str, str], str]:
    return {
        (kind, ref.get(f"{W}type")): ref.get(f"{R}id")
        for kind in ("header", "footer")
        for ref in section.iter(f"{W}{kind}Reference")
    }


def _parsed(text: str) -> str:
    return text.replace("<w:p>", f"<w:p {NAMESPACES}>", 1)


def _fill(area: Any, text: str) -> None:
    """Add a paragraph, in the place of an empty one if that is all there is."""
    element = area._element
    if len(area.paragraphs) == 1 and not area.paragraphs[0].text:
        element.remove(area.paragraphs[0]._p)
    element.append(parse_xml(text))

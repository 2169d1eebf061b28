"""Writes a paper as .docx in the layout of its profile; every figure is a content control."""

import io
from typing import Any

from docx.document import Document
from lxml import etree

from giaoban.lib.paper import lettering
from giaoban.lib.paper.docx import frame
from giaoban.lib.paper.docx.base import house_template, lacking, open_base
from giaoban.lib.paper.docx.blocks import BlockWriter
from giaoban.lib.paper.docx.embed import embed_manifest, set_properties
from giaoban.lib.paper.docx.runs import RunWriter
from giaoban.lib.paper.docx.sections import Sections
from giaoban.lib.paper.docx.xml import paragraph, run
from giaoban.lib.paper.ending import closed
from giaoban.lib.paper.lettering import Numbers
from giaoban.lib.paper.model import Annex, Paper
from giaoban.lib.paper.profile import Profile, load

__all__ = ["house_template", "lacking", "write"]


def write(paper: Paper, *, profile: str = "nd30", template: bytes | None = None) -> bytes:
    """The paper as a .docx. `template` is a house template, see `house_template`; raises `PaperError`."""
    layout = load(profile)
    document = open_base(layout, template)
    sections = Sections(document, paper, layout)
    runs = RunWriter(paper, document, layout)
    writer = BlockWriter(document, runs, Numbers(paper.language, layout), layout)
    body = _body(paper, layout, writer, sections)
    sections.finish()
    _fill(document, body)
    embed_manifest(document, paper)
    set_properties(document, paper)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _body(paper: Paper, profile: Profile, writer: BlockWriter, sections: Sections) -> str:
    pieces = [
        frame.head(paper, profile),
        frame.title(paper, profile),
        frame.addressees(paper, profile),
        frame.bases(paper),
    ]
    pieces += [writer.block(block) for block in closed(paper.blocks, profile.ending)]
    pieces.append(frame.foot(paper, profile))
    for n, annex in enumerate(paper.annexes, 1):
        pieces.append(sections.end(landscape=n > 1 and paper.annexes[n - 2].landscape, first=n == 1))
        pieces.append(_annex(paper, annex, n, profile, writer))
    return "".join(pieces)


def _annex(paper: Paper, annex: Annex, n: int, profile: Profile, writer: BlockWriter) -> str:
    writer.restart(landscape=annex.landscape)
    label = lettering.annex(n, len(paper.annexes), paper.language, profile)
    return (
        paragraph("GBannex", run(label))
        + paragraph("GBannextitle", run(annex.title.upper()))
        + paragraph("GBattached", run(lettering.attached(paper, profile)))
        + "".join(writer.block(block) for block in annex.blocks)
    )


def _fill(document: Document, body: str) -> None:
    """Put the body before the last section's properties.

    The whole part is parsed anew from text: moving many elements between trees takes far longer.
    """
    whole = etree.tostring(document.element, encoding="unicode")
    start = whole.index("<w:sectPr")
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
    part: Any = document.part
    part._element = etree.fromstring(f"{whole[:start]}{body}{whole[start:]}", parser)

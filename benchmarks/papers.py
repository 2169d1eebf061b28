"""A review of thirty pages written as .docx, HTML and PDF, its figures known and its charts drawn."""

from __future__ import annotations

import io
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import docx as python_docx
import pypdfium2

from benchmarks.measure import in_turn, ratio, summary
from benchmarks.results import keep
from giaoban.lib.paper import Chart, FigureRef, Paper, Paragraph, Part, Table, annex, docx, html, pdf
from giaoban.lib.paper.model import Runs
from giaoban.lib.paper.tests.samples import figure, review

PAGES, TIMES, AT_ONCE = 30, 24, 30
ROUNDS = 11


def run(place: Path, sizes: list[str], quick: bool) -> None:
    """Write the same paper in turn; the peer writes its words with python-docx, with no layout and no figures."""
    bare = long_review()
    sources = annex.figures_annex(list(bare.figures.values()), language="vi")
    paper = replace(bare, annexes=(*bare.annexes, sources))
    quickly = {
        "docx": lambda: docx.write(paper), "python-docx, words only": lambda: _words_only(paper),
        "html": lambda: html.page(paper),
    }  # fmt: skip
    taken = in_turn(quickly, 2 if quick else ROUNDS) | in_turn({"pdf": lambda: pdf.write(paper)}, 1, warm=0)
    if quick:
        return
    keep("papers", str(PAGES), {
        "pages": _pages(pdf.write(bare)), "figures": len(paper.figures), "places": sum(1 for _each in paper.refs()),
        "seconds": {name: summary(runs) for name, runs in taken.items()},
        "to peer": ratio(taken["docx"], taken["python-docx, words only"]),
    })  # fmt: skip


def long_review() -> Paper:
    """The sample review with its body repeated, each time with figures of its own."""
    once = review("vi")
    return replace(
        once,
        blocks=tuple(_moved(block, n * AT_ONCE) for n in range(TIMES) for block in once.blocks),
        figures={f"f{n}": figure(n, "vi") for n in range(1, TIMES * AT_ONCE + 1)},
    )


def _moved(value: Any, by: int) -> Any:
    """The same block over the figures that stand `by` further on."""
    if isinstance(value, FigureRef):
        return replace(value, figure=f"f{int(value.figure[1:]) + by}")
    if isinstance(value, tuple):
        return tuple(_moved(each, by) for each in value)
    if isinstance(value, Chart) or not is_dataclass(value):
        return value
    return replace(value, **{each.name: _moved(getattr(value, each.name), by) for each in fields(value)})  # type: ignore[type-var]


def _pages(written: bytes) -> int:
    document = pypdfium2.PdfDocument(written)
    try:
        return len(document)
    finally:
        document.close()


def _words_only(paper: Paper) -> bytes:
    """What a short script would do: headings, paragraphs, tables and pictures, one after the other."""
    document = python_docx.Document()
    for block in [*paper.blocks, *(block for each in paper.annexes for block in each.blocks)]:
        match block:
            case Part():
                document.add_heading(_said(block.runs, paper), level=block.level + 1)
            case Paragraph():
                document.add_paragraph(_said(block.runs, paper))
            case Chart():
                document.add_picture(io.BytesIO(block.png))
            case Table():
                _words_of_table(document, block, paper)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _words_of_table(document: Any, block: Table, paper: Paper) -> None:
    made = document.add_table(rows=len(block.rows), cols=len(block.columns))
    for line, row in zip(made.rows, block.rows, strict=True):
        for cell, runs in zip(line.cells, row.cells, strict=True):
            cell.text = _said(runs, paper)


def _said(runs: Runs, paper: Paper) -> str:
    return "".join(
        paper.figure(run).text(run.part, paper.language) if isinstance(run, FigureRef) else run.text
        for run in runs
    )

"""A review as the editor shows it: sentences with their marks, tables with their figures, charts."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any

from giaoban.lib.paper import PaperError
from giaoban.reviews import wording
from giaoban.reviews.models import Block, BlockKind, Figure, Sentence
from giaoban.reviews.queries.composing import draw_chart
from giaoban.reviews.queries.reading import Contents, is_supported


@dataclass
class ShownFigure:
    """A figure in a line or a cell; `part` complete shows accepted/due."""

    figure: Figure
    text: str
    part: str = "value"


@dataclass
class ShownSentence:
    sentence: Sentence
    pieces: list[str | ShownFigure]
    supported: bool
    has_next: bool


@dataclass
class ShownBody:
    """A block ready to be drawn."""

    block: Block
    sentences: list[ShownSentence] = field(default_factory=list)
    rows: list[tuple[dict[str, Any], list[ShownFigure | None]]] = field(default_factory=list)
    picture: str = ""
    alt: str = ""
    is_first: bool = False
    is_last: bool = False
    joins: bool = False


def shown_bodies(found: Contents, language: str) -> list[ShownBody]:
    """The blocks of the contents in order."""
    bodies = [_body(found, body, language) for body in found.bodies]
    tables = {b.block.pk: b.block for b in bodies if b.block.kind == BlockKind.TABLE}
    for n, body in enumerate(bodies):
        body.is_first, body.is_last = n == 0, n + 1 == len(bodies)
        after = bodies[n + 1].block.kind if not body.is_last else ""
        body.joins = body.block.kind == after == BlockKind.PARAGRAPH
        if body.block.kind == BlockKind.CHART:
            _draw(body, tables.get(body.block.data["table"]), found, language)
    return bodies


def _body(found: Contents, body: Any, language: str) -> ShownBody:
    shown = ShownBody(body.block)
    for n, sentence in enumerate(body.sentences):
        pieces = [
            piece if isinstance(piece, str) else shown_figure(found.figures.get(piece[0]), piece[1], language)
            for piece in wording.pieces(sentence.text)
        ]
        has_next = n + 1 < len(body.sentences)
        shown.sentences.append(ShownSentence(sentence, pieces, is_supported(sentence), has_next))
    if body.block.kind == BlockKind.TABLE:
        shown.rows = [
            (row, [_cell(cell, found.figures, language) for cell in cells])
            for row, cells in zip(body.block.data["rows"], body.block.data["cells"], strict=True)
        ]
    return shown


def _cell(cell: Any, figures: dict[int, Figure], language: str) -> ShownFigure | None:
    if cell is None:
        return None
    number, part = (cell, "value") if isinstance(cell, int) else cell
    found = shown_figure(figures.get(number), part, language)
    return found if isinstance(found, ShownFigure) else None


def shown_figure(figure: Figure | None, part: str, language: str) -> ShownFigure | str:
    """The figure as it stands in the document; an ellipsis where it is lost."""
    if figure is None:
        return "…"
    if part == "complete":
        return ShownFigure(figure, complete(figure), part)
    return ShownFigure(figure, figure.shown(language))


def complete(figure: Figure) -> str:
    """Accepted/due."""
    return "/".join("–" if n is None else str(n) for n in (figure.accepted, figure.due))


def _draw(body: ShownBody, table: Block | None, found: Contents, language: str) -> None:
    if table is None:
        return
    try:
        drawing = draw_chart(table, body.block.data, found.figures, language)
    except PaperError:
        return
    body.alt = drawing.alt
    body.picture = f"data:image/svg+xml;base64,{b64encode(drawing.svg.encode()).decode()}"

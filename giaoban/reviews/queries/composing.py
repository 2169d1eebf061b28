"""A review as a paper: the same content for .docx, HTML and PDF, every figure named."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from giaoban.lib import paper as papers
from giaoban.lib.paper import FigureRef, Note, Paper, Text, annex, charts, manifest
from giaoban.reviews import wording
from giaoban.reviews.models import (
    Block,
    BlockKind,
    Figure,
    FigureKind,
    Review,
    Section,
    Sentence,
    SourceSet,
    State,
)
from giaoban.reviews.queries.reading import Body, Contents, contents, is_supported
from giaoban.reviews.sources import empty_digest

_NUMBER = re.compile(r"\s*([0-9]+)\s*/\s*(.+)")


def paper(review: Review, found: Contents | None = None, *, draw: bool = True) -> Paper:
    """The whole document of a review. draw: with its charts (the manifest does without)."""
    with translation.override(review.language):
        return _Composer(review, found or contents(review), draw).paper()


def short(review: Review) -> Paper:
    """The short public version: only the blocks that may be published, nothing reworded."""
    found = contents(review)
    kept = [(section, [b for b in bodies if b.block.publishable]) for section, bodies in found.sections]
    composed = paper(review, replace(found, sections=kept))
    return replace(composed, identity={**composed.identity, "short": True})


def screen(review: Review, found: Contents) -> Paper:
    """The document for a page of the workspace: links stay on the page's own host, and the lists of
    reports, which no page shows, are not read."""
    with translation.override(review.language):
        return _Composer(review, found, True, on_screen=True).paper()


def sealed(review: Review, composed: Paper) -> tuple[Paper, dict[str, Any]]:
    """The paper with its manifest. A draft's manifest, and a short version's, carries our own seal: what is
    issued is stored, they are not, and yet their file can be told from one whose manifest was changed."""
    made = manifest.build(composed)
    if review.is_frozen and not composed.identity.get("short"):
        return composed, made
    identity = {**composed.identity, "seal": seal_of(made)}
    marked = replace(composed, identity=identity)
    return marked, {**made, "identity": identity}


def seal_of(made: dict[str, Any]) -> str:
    """A keyed digest of a manifest without its seal."""
    identity = {k: v for k, v in made["identity"].items() if k != "seal"}
    bare = manifest.canonical({**made, "identity": identity})
    key = sha256(b"giaoban.reviews" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, bare, sha256).hexdigest()


class _Composer:
    def __init__(self, review: Review, found: Contents, draw: bool, on_screen: bool = False) -> None:
        self.review, self.found, self.draw, self.on_screen = review, found, draw, on_screen
        self.origin = "" if on_screen else settings.SITE_URL
        self.tables = {b.block.pk: b.block for b in found.bodies if b.block.kind == BlockKind.TABLE}

    def paper(self) -> Paper:
        review, layout = self.review, self.review.layout
        figures = {f.tag: self.figure(f) for f in self.found.used}
        annexes = list(self.annexes())
        if figures and not self.on_screen:
            annexes.append(annex.figures_annex(list(figures.values()), language=review.language))
        return Paper(
            language=review.language, title=review.title, head=self.head(), blocks=tuple(self.body()),
            figures=figures, sources={} if self.on_screen else self.sources(), identity=self.identity(),
            addressees=tuple(layout.get("addressees", ())), bases=tuple(layout.get("bases", ())),
            signatures=tuple(
                papers.Signature(tuple(s.get("lines", ())), s.get("name", "")) for s in layout.get("signatures", ())
            ),
            recipients=tuple(layout.get("recipients", ())), annexes=tuple(annexes), mark=self.mark(),
            drafter=layout.get("drafter", ""), contact=layout.get("contact", ""),
            origin=self.origin + review.get_absolute_url(),
        )  # fmt: skip

    def head(self) -> papers.Head:
        review, layout = self.review, self.review.layout
        number = _NUMBER.fullmatch(review.number)
        return papers.Head(
            issuers=tuple(layout.get("issuers") or [review.agreement.lead.name]), superior=layout.get("superior", ""),
            number=int(number[1]) if number else None, symbol=number[2] if number else layout.get("symbol", ""),
            place=review.place, day=review.issued_on, type_name=layout.get("type_name", ""), abstract=review.title,
        )  # fmt: skip

    def identity(self) -> dict[str, Any]:
        review = self.review
        moment = review.issued_at if review.is_frozen and review.issued_at else review.changed_at
        return {
            "product": "giaoban", "agreement": review.agreement.code, "review": review.pk, "period": review.period,
            "state": "issued" if review.is_frozen else "draft", "at": moment.astimezone(UTC).isoformat(),
        }  # fmt: skip

    def mark(self) -> str:
        state = {
            State.RECALLED: _("RECALLED"), State.REPLACED: _("REPLACED BY A CORRECTION"), State.ISSUED: "",
        }.get(State(self.review.state), _("DRAFT"))  # fmt: skip
        sample = _("SAMPLE DATA") if self.review.agreement.is_sample else ""
        return " · ".join(part for part in (state, sample) if part)

    # ------------------------------------------------------------------ parts

    def body(self) -> Iterable[papers.Block]:
        sections = [(s, b) for s, b in self.found.sections if not s.is_annex]
        for n, (section, bodies) in enumerate(sections):
            if self.says_something(bodies) or self.leads(section, sections[n + 1 :]):
                yield papers.Part(1 if section.level == 1 else 2, (Text(section.title),))
                yield from self.blocks(bodies)

    def leads(self, section: Section, later: list[tuple[Section, list[Body]]]) -> bool:
        """Does a clause under this part say something?"""
        for below, bodies in later:
            if below.level <= section.level:
                return False
            if self.says_something(bodies):
                return True
        return False

    def says_something(self, bodies: list[Body]) -> bool:
        return any(not body.is_empty for body in bodies)

    def annexes(self) -> Iterable[papers.Annex]:
        for section, bodies in self.found.sections:
            if section.is_annex and self.says_something(bodies):
                wide = any(len(b.block.data.get("columns", ())) > 6 for b in bodies)
                yield papers.Annex(section.title, tuple(self.blocks(bodies)), landscape=wide)

    def blocks(self, bodies: list[Body]) -> Iterable[papers.Block]:
        for body in bodies:
            if body.block.kind == BlockKind.TABLE:
                yield self.table(body.block)
            elif body.block.kind == BlockKind.CHART:
                yield from self.chart(body.block)
            elif body.block.kind == BlockKind.NOTE:
                yield papers.Paragraph((Text(body.block.data.get("text", ""), italic=True),))
            elif body.sentences:
                yield papers.Paragraph(tuple(self.runs(body)))

    def runs(self, body: Body) -> Iterable[papers.Run]:
        lead = body.block.data.get("lead", "")
        if lead:
            yield Text(f"{lead}: ", bold=True)
        for n, sentence in enumerate(body.sentences):
            last = n + 1 == len(body.sentences)
            yield from self.sentence(sentence)
            note = source_note(sentence)
            if note and (last or source_note(body.sentences[n + 1]) != note):
                yield Note(note)
            if not last:
                yield Text(" ")

    def sentence(self, sentence: Sentence) -> Iterable[papers.Run]:
        mark = "unsupported" if not self.review.is_frozen and not is_supported(sentence) else ""
        for piece in wording.pieces(sentence.text):
            if isinstance(piece, str):
                yield Text(piece, mark=mark)
            elif piece[0] in self.found.figures:
                yield FigureRef(self.found.figures[piece[0]].tag, piece[1])
            else:
                yield Text("…", mark="unsupported")

    def table(self, block: Block) -> papers.Table:
        data = block.data
        columns = [papers.Column(data["head"], width=2.4)]
        columns += [
            papers.Column(c["title"], align="right", group=c.get("group", "")) for c in data["columns"]
        ]
        rows = [
            papers.Row((
                (Text(row["title"]),), *(self.cell(cell, row.get("total", False)) for cell in cells)
            ), total=row.get("total", False))
            for row, cells in zip(data["rows"], data["cells"], strict=True)
        ]  # fmt: skip
        return papers.Table(data["caption"], tuple(columns), tuple(rows), note=data.get("note", ""))

    def cell(self, cell: int | list[Any] | None, total: bool) -> papers.Runs:
        if cell is None:
            return ()
        number, part = (cell, "value") if isinstance(cell, int) else cell
        return (FigureRef(self.found.figures[number].tag, part, bold=total),)

    def chart(self, block: Block) -> Iterable[papers.Chart]:
        data, table = block.data, self.tables.get(block.data["table"])
        if not self.draw or table is None:
            return
        try:
            drawing = draw_chart(table, data, self.found.figures, self.review.language)
        except papers.PaperError:  # no value yet: nothing to draw
            return
        png = b"" if self.on_screen else drawing.png
        yield papers.Chart(png=png, svg=drawing.svg, alt=drawing.alt, caption=data["caption"])

    # ---------------------------------------------------------------- figures

    def figure(self, figure: Figure) -> papers.Figure:
        sources = figure.sources
        address = reverse("reviews:figure", args=[self.review.agreement.code, self.review.pk, figure.number])
        return papers.Figure(
            id=figure.tag, shown=figure.shown(self.review.language), value=figure.value or None, label=figure.label,
            query=stated(figure), sources=sources.digest if sources else empty_digest(),
            source_count=sources.reports if sources else 0, trace=self.origin + address, accepted=figure.accepted,
            due=figure.due, on_time=figure.on_time, note=figure.note,
            newest=figure.newest.astimezone(UTC).isoformat() if figure.newest else None,
        )  # fmt: skip

    def sources(self) -> dict[str, tuple[tuple[int, int], ...]]:
        ids = {f.sources_id for f in self.found.used if f.sources_id}
        sets = {row.digest: tuple(row.pairs) for row in SourceSet.objects.filter(pk__in=ids)}
        return sets if all(f.sources_id for f in self.found.used) else {empty_digest(): (), **sets}


def stated(figure: Figure) -> dict[str, Any]:
    """The query as the manifest has it: its kind, unless it is a roll-up, and what is asked."""
    return figure.query if figure.kind == FigureKind.ROLLUP else {"kind": figure.kind, **figure.query}


def source_note(sentence: Sentence) -> str:
    """Where a sentence comes from, in a few words: units and periods, each once."""
    return "; ".join(dict.fromkeys(source.label for source in sentence.sources.all()))


def draw_chart(
    table: Block, data: dict[str, Any], figures: dict[int, Figure], language: str
) -> charts.Drawing:
    """The chart of columns of a table; totals are not drawn beside their parts. Raises PaperError if empty."""
    rows, cells = table.data["rows"], table.data["cells"]
    kept = [n for n, row in enumerate(rows) if not row.get("total")]
    series = tuple(
        charts.Series(
            table.data["columns"][column]["title"],
            tuple((rows[n]["title"], _amount(cells[n][column], figures)) for n in kept),
        )
        for column in data["columns"]
        if column < len(table.data["columns"])
    )
    return _drawn(data["form"], series, data["caption"], language)


@lru_cache(maxsize=128)
def _drawn(form: str, series: tuple[charts.Series, ...], title: str, language: str) -> charts.Drawing:
    draw = charts.line if form == "line" else charts.bar if len(series) == 1 else charts.grouped
    return draw(series, title=title, language=language)


def _amount(cell: Any, figures: dict[int, Figure]) -> Any:
    return figures[cell].amount if isinstance(cell, int) else None

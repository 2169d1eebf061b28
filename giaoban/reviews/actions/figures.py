"""Put figures into a draft: each question is asked once, with the reports behind its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib import numbers
from giaoban.reviews import wording
from giaoban.reviews.actions.editing import blocks_of, editing, insert_after, sentences_of
from giaoban.reviews.labels import compared_label, figure_label, statement, target_label
from giaoban.reviews.models import (
    Block,
    BlockKind,
    Figure,
    FigureKind,
    Origin,
    Review,
    Section,
    Sentence,
)
from giaoban.reviews.queries import asking
from giaoban.reviews.questions import Question, change, key, share
from giaoban.reviews.sources import no_sources, stored_sets, united
from giaoban.reviews.tables import Cell, Layout

#: Of a source set, what only its own page needs.
HEAVY = ("sources__packed", "sources__units")
DERIVED = (FigureKind.CHANGE, FigureKind.SHARE)


def insert_table(
    *, review: Review, section: Section, layout: Layout, by: Actor, at: datetime, after: Block | None = None
) -> Block:
    """A table behind `after`, else at the end of the section."""
    known = asking.answers(review.agreement, base_questions(layout.questions))
    with editing(review, "insert table", by=by, at=at) as edit:
        within = edit.section(section.pk)
        figures = ensure(edit.review, layout.questions, known)
        block = place_table(within, layout, figures)
        insert_after([b for b in blocks_of(within) if b != block], after, [block])
        edit.detail = {"block": block.pk}
    return block


def insert_chart(
    *, review: Review, table: Block, columns: list[int], form: str, caption: str, by: Actor, at: datetime
) -> Block:
    """A chart of columns of a table, right behind it."""
    with editing(review, "insert chart", by=by, at=at) as edit:
        found = edit.block(table.pk)
        if found.kind != BlockKind.TABLE:
            raise Refused(_("A chart draws a column of a table; choose a table."))
        block = place_chart(found, columns, form, caption)
        insert_after([b for b in blocks_of(found.section) if b != block], found, [block])
        edit.detail = {"block": block.pk}
    return block


def insert_sentence(
    *, review: Review, block: Block, question: Question, by: Actor, at: datetime, compare: str | None = None,
    target: bool = False, after: Sentence | None = None,
) -> Sentence:  # fmt: skip
    """A sentence that states a figure: with the period compared with, and the target, if asked for.

    compare: the period to compare with, or None.
    """
    with editing(review, "insert figure", by=by, at=at) as edit:
        paragraph = edit.block(block.pk)
        if paragraph.kind != BlockKind.PARAGRAPH:
            raise Refused(_("Sentences stand in paragraphs; choose a paragraph."))
        text = _statement(edit.review, question, compare, target)
        sentence = Sentence.objects.create(
            block=paragraph, position=1_000_000, text=text, origin=Origin.WRITTEN,
            changed_by=by.actor_id, changed_at=at,
        )  # fmt: skip
        insert_after([s for s in sentences_of(paragraph) if s != sentence], after, [sentence])
        edit.detail = {"sentence": sentence.pk, "figures": wording.figure_numbers(text)}
    return sentence


def refresh(*, review: Review, by: Actor, at: datetime) -> list[int]:
    """Ask every figure again; returns the numbers of those that changed."""
    known = asked_again(review)
    with editing(review, "refresh figures", by=by, at=at) as edit:
        changed = renew(edit.review, known)
        edit.detail = {"figures": changed}
    return changed


def asked_again(review: Review) -> dict[Question, asking.Answer]:
    """Today's answers to every question of a review; done before the lock is taken."""
    rows = Figure.objects.filter(review=review).exclude(kind__in=DERIVED).values_list("kind", "query")
    return asking.answers(review.agreement, {Question.stored(*row) for row in rows})


def renew(review: Review, known: Mapping[Question, asking.Answer]) -> list[int]:
    """Put today's answers into a draft, the compared figures last; numbers of those that changed."""
    rows = Figure.objects.filter(review=review).select_related("sources").defer(*HEAVY)
    figures = {f.number: f for f in rows}
    before = {n: (f.value, f.sources_id, f.accepted, f.due) for n, f in figures.items()}
    questions = {n: Question.stored(f.kind, f.query) for n, f in figures.items() if f.kind not in DERIVED}
    answers = _answers(review, set(questions.values()), known)
    for number, question in questions.items():
        _fill(figures[number], answers[question])
    for figure in figures.values():
        if figure.kind in DERIVED:
            _derive(figure, figures[figure.query["of"]], figures[figure.query["against"]])
    Figure.objects.bulk_update(
        figures.values(), ["value", "accepted", "due", "on_time", "newest", "note", "sources"], batch_size=200
    )
    after = {n: (f.value, f.sources_id, f.accepted, f.due) for n, f in figures.items()}
    return sorted(n for n in figures if before[n] != after[n])


def base_questions(questions: Iterable[Question]) -> set[Question]:
    """The questions themselves, and for compared figures those of their two parts."""
    return {q for w in questions for q in ((w,) if w.of is None else (w.of, w.against)) if q}


def ensure(
    review: Review, questions: Iterable[Question], known: Mapping[Question, asking.Answer] | None = None
) -> dict[Question, Figure]:
    """The figures of these questions: those the review has, and new ones for the rest, asked at once.

    known: answers asked before the lock was taken.
    """
    wanted = list(dict.fromkeys(questions))
    base = list(dict.fromkeys(q for w in wanted for q in ((w,) if w.of is None else (w.of, w.against)) if q))
    found = _existing(review, {key(q.kind, q.plain): q for q in base})
    numbering = _Numbering(review)
    new = [q for q in base if q not in found]
    answers = _answers(review, set(new), known or {})
    made = [_figure(review, question, answers[question], numbering.next()) for question in new]
    found |= zip(new, Figure.objects.bulk_create(made), strict=True)
    return found | _ensure_derived(review, [w for w in wanted if w.of is not None], found, numbering)


def _ensure_derived(
    review: Review, wanted: list[Question], base: Mapping[Question, Figure], numbering: _Numbering
) -> dict[Question, Figure]:
    queries = {q: {"of": base[q.of].number, "against": base[q.against].number} for q in wanted}  # type: ignore[index]
    found = _existing(review, {key(q.kind, query): q for q, query in queries.items()})
    made = []
    for question, query in queries.items():
        if question in found:
            continue
        of, against = base[question.of], base[question.against]  # type: ignore[index]
        label = compared_label(question.kind, of.label, against.label, review.language)[:600]
        figure = Figure(
            review=review, number=numbering.next(), kind=question.kind, query=query, label=label,
            key=key(question.kind, query), decimals=asking.COMPARED_DECIMALS,
        )  # fmt: skip
        _derive(figure, of, against)
        made.append((question, figure))
    Figure.objects.bulk_create(figure for _question, figure in made)
    return found | dict(made)


def place_table(section: Section, layout: Layout, figures: Mapping[Question, Figure]) -> Block:
    """The block of a table whose figures are known; optional columns without any value are left out."""
    empty = {n for n in layout.optional if not any(_has_value(row[n], figures) for row in layout.cells)}
    kept = [n for n in range(len(layout.columns)) if n not in empty]
    cells = [[_cell(row[n], figures) for n in kept] for row in layout.cells]
    data: dict[str, Any] = {
        "caption": layout.caption, "head": layout.head, "rows": layout.rows, "cells": cells,
        "columns": [layout.columns[n] for n in kept],
    }  # fmt: skip
    return Block.objects.create(section=section, kind=BlockKind.TABLE, position=1_000_000, data=data)


def place_chart(table: Block, columns: list[int], form: str, caption: str) -> Block:
    """The block of a chart of columns of a table; refuses columns without two values."""
    if form not in ("bar", "line"):
        raise Refused(_("A chart is made of bars or lines."), field="form")
    drawn = [[row[n] for row in table.data["cells"] if n < len(row)] for n in columns]
    if not columns or any(len([c for c in cells if isinstance(c, int)]) < 2 for cells in drawn):
        raise Refused(_("Choose columns with at least two figures each."), field="columns")
    data = {"caption": caption, "form": form, "table": table.pk, "columns": columns}
    return Block.objects.create(section=table.section, kind=BlockKind.CHART, position=1_000_000, data=data)


@dataclass
class _Numbering:
    review: Review
    last: int | None = None

    def next(self) -> int:
        """The next free number; numbers are not used twice in a review."""
        if self.last is None:
            self.last = Figure.objects.filter(review=self.review).aggregate(n=Max("number"))["n"] or 0
        self.last += 1
        return self.last


def _statement(review: Review, question: Question, compare: str | None, target: bool) -> str:
    """The sentence that states a figure, its own figures made where the review has them not yet."""
    wanted = [question]
    if compare:
        wanted += [question.at(compare), change(question, question.at(compare))]
    if target:
        wanted += [question.target, share(question, question.target)]
    figures = ensure(review, wanted)
    stand = [wording.placeholder(figures[q].number) for q in wanted]
    asked = asking.subjects(review.agreement, [question])[question]
    return statement(
        asked.indicator, asked.unit, question.period, review.language, figure=stand[0],
        earlier=(compare, stand[1], stand[2]) if compare else None,
        target=(stand[-2], stand[-1]) if target else None,
    )  # fmt: skip


def _existing(review: Review, keys: Mapping[str, Question]) -> dict[Question, Figure]:
    rows = Figure.objects.filter(review=review).select_related("sources").defer(*HEAVY)
    return {keys[f.key]: f for f in rows if f.key in keys}


def _answers(
    review: Review, questions: set[Question], known: Mapping[Question, asking.Answer]
) -> dict[Question, asking.Answer]:
    answers = {q: known[q] for q in questions & known.keys()}
    answers |= asking.answers(review.agreement, questions - known.keys())
    sets = stored_sets([a.pairs for a in answers.values() if a.pairs is not None])
    for answer in answers.values():
        answer.sources = sets[answer.pairs] if answer.pairs is not None else no_sources()
    return answers


def _figure(review: Review, question: Question, answer: asking.Answer, number: int) -> Figure:
    label = figure_label(answer.indicator, answer.unit, question.period, review.language, answer.option)
    if question.kind == FigureKind.TARGET:
        label = target_label(label, review.language)
    query = question.plain
    figure = Figure(
        review=review, number=number, kind=question.kind, query=query, key=key(question.kind, query), label=label,
        decimals=answer.decimals,
    )  # fmt: skip
    _fill(figure, answer)
    return figure


def _fill(figure: Figure, answer: asking.Answer) -> None:
    figure.value = "" if answer.value is None else numbers.plain(answer.value, answer.decimals)
    figure.accepted, figure.due, figure.on_time = answer.accepted, answer.due, answer.on_time
    figure.newest, figure.note, figure.sources = answer.newest, answer.note, answer.sources


def _derive(figure: Figure, of: Figure, against: Figure) -> None:
    """Per cent, from the two figures as they are shown, so that a reader can do the sum himself."""
    figure.value = asking.compared(figure.kind, of.value or None, against.value or None) or ""
    figure.accepted, figure.due, figure.on_time, figure.newest = of.accepted, of.due, of.on_time, of.newest
    figure.sources = united(of, against)


def _has_value(cell: Cell | None, figures: Mapping[Question, Figure]) -> bool:
    return cell is not None and bool(figures[cell.question].value)


def _cell(cell: Cell | None, figures: Mapping[Question, Figure]) -> int | list[Any] | None:
    if cell is None:
        return None
    number = figures[cell.question].number
    return number if cell.part == "value" else [number, cell.part]

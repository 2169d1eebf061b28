"""A first draft out of the reports: every indicator in total and by unit, and the units' own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from giaoban.agreements.models import Agreement, Article
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.reviews.actions.figures import (
    asked_again,
    base_questions,
    ensure,
    place_chart,
    place_table,
    renew,
)
from giaoban.reviews.actions.issuing import begin, named_period
from giaoban.reviews.models import (
    FROZEN,
    OPEN,
    Block,
    BlockKind,
    Figure,
    Origin,
    Review,
    Section,
    Sentence,
    SentenceSource,
    State,
)
from giaoban.reviews.picking import Picked
from giaoban.reviews.plan import Draft, Planned, plan_draft
from giaoban.reviews.queries import asking
from giaoban.reviews.questions import Question


def build(
    *,
    agreement: Agreement,
    period: str,
    language: str,
    by: Actor,
    at: datetime,
    article: Article | None = None,
) -> Review:
    """The draft review of a period; the same one when repeated, its figures asked again.

    Where the review of the period is issued already, that one, as it was issued. Narratives: see
    `picking`; the document states the rule. One roll-up answers all figures.
    """
    period = named_period(period)
    there = _there(agreement, period, language)
    if there is not None:
        return _again(there, by=by, at=at)
    draft = plan_draft(agreement, period, language)
    known = asking.answers(agreement, base_questions(draft.questions))
    with transaction.atomic():
        review = begin(agreement=agreement, period=period, language=language, article=article, by=by, at=at)
        figures = ensure(review, draft.questions, known)
        sections = {s.code: s for s in review.sections.all()}
        for code, parts in draft.sections.items():
            _fill(sections[code], parts, figures, by=by, at=at)
        audit.record(subject=review, verb="build", by=by, at=at, detail=_counts(review, draft))
    return review


def _there(agreement: Agreement, period: str, language: str) -> Review | None:
    rows = Review.objects.filter(agreement=agreement, period=period, language=language)
    return rows.filter(state__in=OPEN).first() or rows.filter(state=State.ISSUED).first()


def _again(review: Review, *, by: Actor, at: datetime) -> Review:
    """A draft that is there: its figures as they are today. Nothing is written if none changed."""
    if review.state in FROZEN or review.state == State.SIGNED:
        return review
    known = asked_again(review)
    with transaction.atomic():
        locked = Review.objects.select_for_update().get(pk=review.pk)
        changed = renew(locked, known) if locked.is_draft else []
        if changed:
            locked.changed_at = at
            locked.save(update_fields=["changed_at"])
            audit.record(subject=locked, verb="refresh figures", by=by, at=at, detail={"figures": changed})
    return locked


def _counts(review: Review, draft: Draft) -> dict[str, int]:
    return {"figures": Figure.objects.filter(review=review).count(), "narratives": draft.narratives}


def _fill(
    section: Section, parts: Sequence[Planned], figures: dict[Question, Figure], *, by: Actor, at: datetime
) -> None:
    """The blocks of a section in order; nobody else knows this section yet."""
    position = 0
    for part in parts:
        blocks = _blocks(section, part, figures, by=by, at=at)
        for block in blocks:
            position += 1
            block.position = position
            block.save(update_fields=["position"])


def _blocks(
    section: Section, part: Planned, figures: dict[Question, Figure], *, by: Actor, at: datetime
) -> list[Block]:
    if part.layout is not None:
        table = place_table(section, part.layout, figures)
        return [table, *_charts(table, part)]
    if part.note:
        return [
            Block.objects.create(section=section, kind=BlockKind.NOTE, position=0, data={"text": part.note})
        ]
    data = {"lead": part.lead} if part.lead else {}
    block = Block.objects.create(section=section, position=0, data=data)
    _sentences(block, part.sentences(figures), by=by, at=at)
    return [block]


def _charts(table: Block, part: Planned) -> Iterable[Block]:
    for column, form, caption in part.charts:
        drawn = [row[column] for row in table.data["cells"] if column < len(row)]
        known = Figure.objects.filter(
            review=table.section.review_id, number__in=[n for n in drawn if isinstance(n, int)]
        )
        if known.exclude(value="").count() > 1:
            yield place_chart(table, [column], form, caption)


def _sentences(block: Block, picked: Sequence[Picked], *, by: Actor, at: datetime) -> None:
    rows = Sentence.objects.bulk_create(
        Sentence(
            block=block, position=n, text=p.text, origin=_origin(p), changed_by=by.actor_id, changed_at=at
        )
        for n, p in enumerate(picked, start=1)
    )  # fmt: skip
    SentenceSource.objects.bulk_create(
        SentenceSource(
            sentence=row, revision_id=o.revision, task_id=o.task, activity_id=o.activity, narrative=o.question,
            excerpt=p.text, label=o.label,
        )
        for row, p in zip(rows, picked, strict=True)
        for o in p.sources
    )  # fmt: skip


def _origin(picked: Picked) -> Origin:
    """Written (about figures), taken from one answer, or the same words of several units."""
    return (Origin.WRITTEN, Origin.TAKEN, Origin.MERGED)[min(len(picked.sources), 2)]

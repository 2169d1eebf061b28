"""A copy of a review to correct: sections, blocks, sentences with their sources, figures."""

from __future__ import annotations

from datetime import datetime

from giaoban.reviews.models import Block, BlockKind, Figure, Review, Section, Sentence, SentenceSource, State


def copy_contents(old: Review, *, at: datetime) -> Review:
    """A draft that says what `old` says; its number and date are left for the new document."""
    new = Review.objects.create(
        agreement=old.agreement, period=old.period, kind=old.kind, language=old.language, title=old.title,
        place=old.place, layout=old.layout, article=old.article, corrects=old, state=State.DRAFT, begun_at=at,
        changed_at=at,
    )  # fmt: skip
    figures = list(old.figures.all())
    for figure in figures:
        figure.pk, figure.review = None, new
    Figure.objects.bulk_create(figures)
    blocks: dict[int, Block] = {}
    for section in old.sections.all():
        copied = _section(section, new)
        for block in section.blocks.filter(removed=False):
            blocks[block.pk] = _block(block, copied)
    for block in blocks.values():
        if block.kind == BlockKind.CHART:
            block.data = {**block.data, "table": blocks[block.data["table"]].pk}
            block.save(update_fields=["data"])
    return new


def _section(section: Section, review: Review) -> Section:
    return Section.objects.create(
        review=review, code=section.code, title=section.title, level=section.level, is_annex=section.is_annex,
        position=section.position,
    )  # fmt: skip


def _block(block: Block, section: Section) -> Block:
    copied = Block.objects.create(
        section=section,
        kind=block.kind,
        position=block.position,
        publishable=block.publishable,
        data=block.data,
    )
    for sentence in block.sentences.filter(removed=False).prefetch_related("sources"):
        new = Sentence.objects.create(
            block=copied, position=sentence.position, text=sentence.text, origin=sentence.origin,
            edited_from=sentence.edited_from, changed_by=sentence.changed_by, changed_at=sentence.changed_at,
        )  # fmt: skip
        SentenceSource.objects.bulk_create(s.copied_to(new) for s in sentence.sources.all())
    return copied

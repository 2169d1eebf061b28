"""Add, move, join, mark and remove blocks; sections and the words of the heading."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from giaoban.core.actors import Actor
from giaoban.core.ordering import order
from giaoban.core.refused import Refused
from giaoban.reviews.actions.carrying import refuse_article
from giaoban.reviews.actions.editing import blocks_of, editing, insert_after, sentences_of
from giaoban.reviews.models import Block, BlockKind, Review, Section, Sentence

#: What of the heading may be changed while it is a draft.
HEADING = ("title", "number", "place", "issued_on", "kind", "layout", "article")


def add_paragraph(
    *, review: Review, section: Section, by: Actor, at: datetime, after: Block | None = None
) -> Block:
    """An empty paragraph behind `after`, else at the end of the section."""
    with editing(review, "add paragraph", by=by, at=at) as edit:
        within = edit.section(section.pk)
        block = Block.objects.create(section=within, position=1_000_000)
        insert_after([b for b in blocks_of(within) if b != block], after, [block])
        edit.detail = {"block": block.pk}
    return block


def shift(*, review: Review, block: Block, step: int, by: Actor, at: datetime) -> Block:
    """Move a block up (step -1) or down (step 1) within its section."""
    with editing(review, "move", by=by, at=at) as edit:
        found = edit.block(block.pk)
        rows = [b for b in blocks_of(found.section) if not b.removed]
        here = rows.index(found)
        there = here + step
        if not 0 <= there < len(rows):
            raise Refused(_("It already stands at the edge of its section."))
        rows[here], rows[there] = rows[there], rows[here]
        order(rows)
        edit.detail = {"block": found.pk, "step": step}
    return found


def join_next(*, review: Review, block: Block, by: Actor, at: datetime) -> Block:
    """Make one paragraph of this one and the next; the sentences stay as they are."""
    with editing(review, "join paragraphs", by=by, at=at) as edit:
        found = edit.block(block.pk)
        rows = [b for b in blocks_of(found.section) if not b.removed]
        after = rows[rows.index(found) + 1 : rows.index(found) + 2]
        if not after or {found.kind, after[0].kind} != {BlockKind.PARAGRAPH}:
            raise Refused(_("There is no paragraph right after this one to merge it with."))
        last = max((s.position for s in sentences_of(found)), default=0)
        after[0].sentences.update(block=found, position=F("position") + last)
        edit.detail = {"block": found.pk, "gone": after[0].pk}
        after[0].delete()
    return found


def part(*, review: Review, sentence: Sentence, by: Actor, at: datetime) -> Block:
    """End the paragraph after this sentence: what follows becomes a paragraph of its own."""
    with editing(review, "part paragraph", by=by, at=at) as edit:
        found = edit.sentence(sentence.pk)
        later = [s for s in sentences_of(found.block) if s.position > found.position]
        if not any(not s.removed for s in later):
            raise Refused(_("This is the last sentence of its paragraph."))
        section = found.block.section
        new = Block.objects.create(section=section, position=1_000_000, publishable=found.block.publishable)
        insert_after([b for b in blocks_of(section) if b != new], found.block, [new])
        Sentence.objects.filter(pk__in=[s.pk for s in later]).update(block=new)
        order(sentences_of(new))
        edit.detail = {"block": found.block_id, "new": new.pk}
    return new


def mark(*, review: Review, block: Block, publishable: bool, by: Actor, at: datetime) -> Block:
    """Let a block into the short public version, or keep it out."""
    with editing(review, "mark publishable", by=by, at=at) as edit:
        found = edit.block(block.pk)
        found.publishable = publishable
        found.save(update_fields=["publishable"])
        edit.detail = {"block": found.pk, "publishable": publishable}
    return found


def remove_block(*, review: Review, block: Block, by: Actor, at: datetime) -> Block:
    """Take a block away; `restore_block` brings it back until the review is issued."""
    with editing(review, "remove block", by=by, at=at) as edit:
        found = edit.block(block.pk)
        found.removed = True
        found.save(update_fields=["removed"])
        edit.detail = {"block": found.pk}
    return found


def restore_block(*, review: Review, block: Block, by: Actor, at: datetime) -> Block:
    """Bring a removed block back to its place."""
    with editing(review, "restore block", by=by, at=at) as edit:
        found = Block.objects.get(section__review=edit.review, pk=block.pk)
        found.removed = False
        found.save(update_fields=["removed"])
        edit.detail = {"block": found.pk}
    return found


def change_heading(*, review: Review, by: Actor, at: datetime, **fields: Any) -> Review:
    """Change the words of the document's heading and foot (HEADING)."""
    refuse_article(review.agreement, fields.get("article"))
    with editing(review, "change heading", by=by, at=at) as edit:
        changed = sorted(
            name for name in HEADING if name in fields and getattr(edit.review, name) != fields[name]
        )
        for name in changed:
            setattr(edit.review, name, fields[name])
        edit.review.save(update_fields=changed or ["changed_at"])
        edit.detail = {"fields": changed}
        return edit.review


def rename_section(*, review: Review, section: Section, title: str, by: Actor, at: datetime) -> Section:
    """Change the heading of a section."""
    with editing(review, "rename section", by=by, at=at) as edit:
        found = edit.section(section.pk)
        if not title.strip():
            raise Refused(_("A section needs a title."), field="title")
        found.title = " ".join(title.split())
        found.save(update_fields=["title"])
        edit.detail = {"section": found.pk}
    return found

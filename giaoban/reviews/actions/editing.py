"""What every change of a draft shares: the lock, the right, the order of things, the trail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.ordering import order
from giaoban.core.refused import Refused
from giaoban.reviews.models import Block, Review, Section, Sentence
from giaoban.reviews.policy import REVIEWS


@dataclass
class Edit:
    """One change of a draft under way. `detail` goes into the trail: ids and field names only."""

    review: Review
    by: Actor
    at: datetime
    detail: dict[str, Any] = field(default_factory=dict)

    def sentence(self, pk: int, edition: int | None = None) -> Sentence:
        """A sentence of this review; refuses one that another person has changed since."""
        found = Sentence.objects.filter(block__section__review=self.review, pk=pk, removed=False).first()
        if found is None:
            raise Refused(_("This sentence is no longer there. Reload the page and look."), code="edition")
        if edition is not None and found.edition != edition:
            raise Refused(
                _("Somebody else has changed this sentence since you opened it. Your words were not saved: "
                    "copy them, reload the page and look."),
                code="edition",
            )  # fmt: skip
        return found

    def block(self, pk: int) -> Block:
        found = Block.objects.filter(section__review=self.review, pk=pk, removed=False).first()
        if found is None:
            raise Refused(_("This block is no longer there. Reload the page and look."), code="edition")
        return found

    def section(self, pk: int) -> Section:
        found = Section.objects.filter(review=self.review, pk=pk).first()
        if found is None:
            raise Refused(_("This section is no longer there. Reload the page and look."), code="edition")
        return found


@contextmanager
def editing(review: Review, verb: str, *, by: Actor, at: datetime) -> Iterator[Edit]:
    """Lock the draft, check the right, let the body change it, record that in the trail."""
    with transaction.atomic():
        locked = Review.objects.select_for_update().get(pk=review.pk)
        if not REVIEWS.may(by, "write", locked):
            raise Refused(_("You may not change this review."), code="right")
        if not locked.is_draft:
            raise Refused(
                _("This review is %(state)s; its words and figures do not change any more.")
                % {"state": locked.get_state_display()},
                code="state",
            )
        edit = Edit(locked, by, at)
        yield edit
        locked.changed_at = at
        locked.save(update_fields=["changed_at"])
        audit.record(subject=locked, verb=verb, by=by, at=at, detail=edit.detail)


def insert_after(rows: list[Any], after: Any | None, new: Sequence[Any]) -> None:
    """Place new rows behind `after` (None: at the end) and number them all."""
    at = rows.index(after) + 1 if after in rows else len(rows)
    order([*rows[:at], *new, *rows[at:]])


def blocks_of(section: Section) -> list[Block]:
    return list(section.blocks.order_by("position", "id"))


def sentences_of(block: Block) -> list[Sentence]:
    return list(block.sentences.order_by("position", "id"))

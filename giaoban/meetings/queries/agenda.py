"""The agenda: when each item falls, what a version held, what changed between two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from giaoban.core.actors import Actor
from giaoban.meetings.models import AgendaItem, AgendaVersion, Meeting
from giaoban.meetings.policy import MEETINGS
from giaoban.reviews.models import Review, Section, State
from giaoban.reviews.queries import visible


@dataclass(frozen=True)
class Slot:
    """An item with its time. late: it begins before the item ahead of it ends."""

    item: AgendaItem
    begins: datetime
    ends: datetime
    late: bool = False


def items_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The items that stand, in order. One query."""
    rows = AgendaItem.objects.filter(meeting=meeting, removed=False)
    return rows.select_related(
        "speaker_unit", "section__review__agreement", "report__unit", "report__agreement"
    )


def item_for(meeting: Meeting, pk: int) -> AgendaItem:
    """One item of the meeting, else 404."""
    found = items_of(meeting).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def timed(meeting: Meeting, items: Iterable[AgendaItem]) -> list[Slot]:
    """Each item with its time: its own beginning, or the end of the item before."""
    slots, now = [], meeting.starts_at
    for item in items:
        begins = item.starts_at or now
        ends = begins + timedelta(minutes=item.duration)
        slots.append(Slot(item, begins, ends, late=begins < now))
        now = ends
    return slots


def lines(slots: Iterable[Slot]) -> list[dict[str, Any]]:
    """What a version keeps of the agenda (see AgendaVersion)."""
    return [
        {
            "item": s.item.pk, "titles": s.item.titles, "kind": s.item.kind, "speaker": s.item.speaker,
            "unit": s.item.speaker_unit.name if s.item.speaker_unit else "",
            "from": s.begins.isoformat(), "to": s.ends.isoformat(),
        }
        for s in slots
    ]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of a published version, to be shown."""

    item: int
    titles: dict[str, str]
    kind: str
    speaker: str
    unit: str
    begins: datetime
    ends: datetime

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Line:
        begins, ends = (datetime.fromisoformat(kept[key]) for key in ("from", "to"))
        return cls(kept["item"], kept["titles"], kept["kind"], kept["speaker"], kept["unit"], begins, ends)


def published(meeting: Meeting) -> AgendaVersion | None:
    """The newest published version."""
    return meeting.agenda_versions.order_by("-number").first()


def version_for(meeting: Meeting, number: int) -> AgendaVersion:
    found = meeting.agenda_versions.filter(number=number).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Change:
    """One difference between two versions. kind: added, removed or changed; fields: what changed of a line."""

    kind: str
    before: Line | None
    after: Line | None
    fields: tuple[str, ...] = ()

    @property
    def titles(self) -> dict[str, str]:
        return (self.after or self.before).titles  # type: ignore[union-attr]


#: What is compared of a line, in the order in which it is told.
COMPARED = ("titles", "speaker", "unit", "begins", "ends")


def differences(old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]]) -> list[Change]:
    """What changed from one version's lines to another's, in the new order; what was taken off comes last."""
    before = {kept["item"]: Line.of(kept) for kept in old}
    after = [Line.of(kept) for kept in new]
    found = [_change(before.get(line.item), line) for line in after]
    gone = [
        Change("removed", line, None) for item, line in before.items() if item not in {a.item for a in after}
    ]
    return [change for change in found if change is not None] + gone


def _change(before: Line | None, after: Line) -> Change | None:
    if before is None:
        return Change("added", None, after)
    fields = tuple(name for name in COMPARED if getattr(before, name) != getattr(after, name))
    return Change("changed", before, after, fields) if fields else None


def unpublished(newest: AgendaVersion | None, slots: Sequence[Slot]) -> list[Change]:
    """What the agenda now says otherwise than its newest version."""
    return differences(newest.lines if newest else [], lines(slots))


def sections_for(by: Actor, meeting: Meeting) -> QuerySet[Section]:
    """Sections of reviews that an item can be: of issued ones, and of drafts whoever prepares may read."""
    reviews = visible(by, meeting.agreement).exclude(state=State.DISCARDED)
    rows = Section.objects.filter(review__in=reviews, is_annex=False, level=1)
    return rows.select_related("review").order_by("-review__period", "review", "position")


def shown_sections(sections: Iterable[Section], by: Actor) -> set[int]:
    """Which of these sections the reader may open."""
    reviews = {s.review_id for s in sections}
    seen = set(visible(by).filter(pk__in=reviews).values_list("pk", flat=True)) if reviews else set()
    return {s.pk for s in sections if s.review_id in seen}


def latest_review(meeting: Meeting) -> Review | None:
    """The newest issued review of the agreement before the meeting, with its first-level sections; or None."""
    main = Section.objects.filter(is_annex=False, level=1)
    rows = Review.objects.filter(agreement=meeting.agreement_id, state=State.ISSUED)
    return rows.prefetch_related(Prefetch("sections", main)).order_by("-issued_at", "-pk").first()


def may_prepare(by: Actor, meeting: Meeting) -> bool:
    return MEETINGS.may_in(by, "write", meeting.agreement_id)

"""Minutes: who reads them, what stands in them, who attended, who has answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from giaoban.core.actors import Actor
from giaoban.meetings.models import (
    AgendaItem,
    Answer,
    Decision,
    Entry,
    Meeting,
    Minutes,
    MinutesState,
)
from giaoban.meetings.policy import ANSWERS, MINUTES
from giaoban.meetings.queries.agenda import Slot, items_of, timed
from giaoban.meetings.queries.attending import attendance_of
from giaoban.meetings.queries.delegations import delegation_units
from giaoban.units.models import Unit

#: States in which every delegation reads the minutes.
SHOWN = (MinutesState.CIRCULATED, MinutesState.ADOPTED, MinutesState.SIGNED)


def visible_minutes(by: Actor) -> QuerySet[Minutes]:
    """The minutes the actor may read: drafts too, or only what went to the delegations."""
    may = MINUTES.q(by, "read") | (MINUTES.q(by, "read_circulated") & Q(state__in=SHOWN))
    return Minutes.objects.filter(may).select_related("meeting__agreement__lead")


def minutes_of(by: Actor, meeting: Meeting) -> Minutes | None:
    """The minutes of the meeting, if the actor may read them."""
    return visible_minutes(by).filter(meeting=meeting).first()


def minutes_for(by: Actor, meeting: Meeting, right: str = "") -> Minutes:
    """The minutes of the meeting, or 404 for everybody who may not read them, or has not the right."""
    rows = visible_minutes(by).filter(meeting=meeting)
    found = (rows.filter(MINUTES.q(by, right)) if right else rows).first()
    if found is None:
        raise Http404
    return found


@dataclass
class Passage:
    """An item of the agenda with what the minutes say of it."""

    slot: Slot
    entry: Entry | None = None
    decisions: list[Decision] = field(default_factory=list)

    @property
    def item(self) -> AgendaItem:
        return self.slot.item

    @property
    def text(self) -> str:
        return self.entry.text if self.entry else ""

    @property
    def edition(self) -> int:
        return self.entry.edition if self.entry else 0


def passages(minutes: Minutes) -> list[Passage]:
    """The minutes item by item. Three queries."""
    slots = timed(minutes.meeting, items_of(minutes.meeting))
    entries = {entry.item_id: entry for entry in minutes.entries.all()}
    decisions: dict[int, list[Decision]] = {}
    for decision in minutes.decisions.all():
        decisions.setdefault(decision.item_id, []).append(decision)
    return [Passage(slot, entries.get(slot.item.pk), decisions.get(slot.item.pk, [])) for slot in slots]


def written(minutes: Minutes) -> Iterator[Passage]:
    """The passages that say something."""
    return (p for p in passages(minutes) if p.text or p.decisions)


def passage_for(minutes: Minutes, item: int) -> Passage:
    """The passage of one item, else 404."""
    for passage in passages(minutes):
        if passage.item.pk == item:
            return passage
    raise Http404


def decision_for(minutes: Minutes, pk: int) -> Decision:
    found = minutes.decisions.select_related("item", "minutes__meeting").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def answers_of(minutes: Minutes) -> list[Answer]:
    """What the delegations said in the round under way, or in the last one."""
    rows = minutes.answers.filter(round=minutes.round).select_related("unit", "item")
    return list(rows)


def answer_for(by: Actor, minutes: Minutes, pk: int) -> Answer:
    """One answer of these minutes that the actor settles, else 404."""
    found = minutes.answers.filter(ANSWERS.q(by, "settle"), pk=pk).select_related("unit", "item").first()
    if found is None:
        raise Http404
    return found


def may_answer_for(by: Actor, minutes: Minutes) -> set[int]:
    """The ids of the delegations the actor answers for."""
    roles = {grant.role for grant in ANSWERS.rights["answer"]}
    held = [
        m for m in getattr(by, "memberships", ())
        if m.role in roles and m.agreement_id == minutes.meeting.agreement_id and m.unit_id
    ]  # fmt: skip
    return {m.unit_id for m in held} & delegation_units(minutes.meeting)


def silent_units(minutes: Minutes, answers: Iterable[Answer] | None = None) -> list[Unit]:
    """The delegations that have not answered in this round, by code. answers: those of the round, if read."""
    given = minutes.answers.filter(round=minutes.round) if answers is None else answers
    waited = delegation_units(minutes.meeting) - {answer.unit_id for answer in given}
    return list(Unit.objects.filter(pk__in=waited).order_by("code"))


def attendance(meeting: Meeting) -> dict[str, Any]:
    """Who was invited and who came: {"units": [{"unit", "name", "invited", "present", "late", "replaced",
    "excused", "absent"}]}, in protocol order. Counts only, no person."""
    return attendance_of(meeting)

"""Conclusions: of a meeting, of the one before it, with the tasks that came of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.http import Http404

from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.meetings.models import STANDING, Conclusion, Ground, Meeting
from giaoban.meetings.policy import CONCLUSIONS
from giaoban.plans.models import TaskState
from giaoban.plans.queries import tasks_from

#: A task in one of these states needs no more work.
SETTLED = (TaskState.DONE, TaskState.CLOSED, TaskState.CANCELLED)


def visible_conclusions(by: Actor, agreement: Agreement | None = None) -> QuerySet[Conclusion]:
    """The conclusions the actor may read: proposals too, or only what was accepted."""
    may = CONCLUSIONS.q(by, "read") | (CONCLUSIONS.q(by, "read_accepted") & Q(state__in=STANDING))
    rows = Conclusion.objects.filter(may).select_related("meeting__agreement", "lead", "item")
    return rows if agreement is None else rows.filter(meeting__agreement=agreement)


def conclusions_of(by: Actor, meeting: Meeting) -> QuerySet[Conclusion]:
    """Those of one meeting, by number, with the supporting units."""
    rows = visible_conclusions(by).filter(meeting=meeting)
    return rows.prefetch_related("support", grounds_prefetch()).order_by("number")


def grounds_prefetch() -> Prefetch:
    rows = Ground.objects.select_related(
        "figure__review__agreement", "sentence__block__section__review__agreement"
    )
    return Prefetch("grounds", rows)


def conclusion_for(by: Actor, meeting: Meeting, pk: int, right: str = "") -> Conclusion:
    """One conclusion, or 404 for everybody who may not read it, or has not the right."""
    rows = visible_conclusions(by).filter(meeting=meeting, pk=pk)
    if right:
        rows = rows.filter(CONCLUSIONS.q(by, right))
    rows = rows.select_related(
        "meeting__agreement", "lead", "item", "proposal__agreement", "proposal__unit", "proposal__article"
    )
    found = rows.prefetch_related("support", grounds_prefetch()).first()
    if found is None:
        raise Http404
    return found


def last_meeting(meeting: Meeting) -> Meeting | None:
    """The meeting this one was prepared from, else the one before it in its series (else in its agreement):
    the newest that concluded something."""
    return _before(meeting).select_related("agreement").first()


def _before(meeting: Meeting) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(agreement=meeting.agreement_id, starts_at__lt=meeting.starts_at)
    concluded = Conclusion.objects.filter(meeting=OuterRef("pk"), state__in=STANDING)
    rows = rows.filter(Exists(concluded)).exclude(pk=meeting.pk).exclude(state="cancelled")
    if meeting.series_id:
        rows = rows.filter(Q(series=meeting.series_id) | Q(pk=meeting.former_id))
    if meeting.former_id:
        former = Case(
            When(pk=meeting.former_id, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        return rows.order_by(former, "-starts_at", "-pk")
    return rows.order_by("-starts_at", "-pk")


@dataclass(frozen=True)
class Followed:
    """A conclusion with the task that came of it, if one did."""

    conclusion: Conclusion
    task: Any | None

    @property
    def is_open(self) -> bool:
        """Nothing has come of it yet, or the work goes on."""
        return self.task is None or self.task.state not in SETTLED


def followed(conclusions: Iterable[Conclusion]) -> list[Followed]:
    """Each conclusion with its task. One query for all tasks of an agreement."""
    rows = list(conclusions)
    tasks: dict[str, Any] = {}
    for agreement in {row.meeting.agreement for row in rows}:
        refs = [row.ref for row in rows if row.meeting.agreement_id == agreement.pk]
        tasks |= {task.origin_ref: task for task in tasks_from(agreement, refs)}
    return [Followed(row, tasks.get(row.ref)) for row in rows]


def of_last_time(meeting: Meeting) -> tuple[Meeting | None, list[Followed]]:
    """What was concluded last time, with each task's state and results; what is open stands first. Three queries."""
    rows = Conclusion.objects.filter(meeting=Subquery(_before(meeting).values("pk")[:1]), state__in=STANDING)
    found = followed(rows.select_related("meeting__agreement", "lead").prefetch_related("support"))
    found.sort(key=lambda each: not each.is_open)
    return (found[0].conclusion.meeting, found) if found else (None, [])


def of_refs(refs: Iterable[str]) -> dict[str, Conclusion]:
    """The conclusions by their names in tasks ("conclusion:12"). One query."""
    ids = [int(ref[11:]) for ref in refs if ref.startswith("conclusion:") and ref[11:].isdigit()]
    rows = Conclusion.objects.filter(pk__in=ids).select_related("meeting__agreement", "lead")
    return {row.ref: row for row in rows}

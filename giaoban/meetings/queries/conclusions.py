"""Conclusions: of a meeting, of the one before it, with the tasks that came of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404

from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.meetings.models import STANDING, Conclusion, Ground, Meeting, State
from giaoban.meetings.policy import CONCLUSIONS
from giaoban.plans.models import Task, TaskState
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


def has_last_time(meeting: Meeting) -> bool:
    """Was something concluded before this meeting that belongs on its table? One query."""
    return bool(_line(meeting))


def _line(meeting: Meeting) -> list[int]:
    """The meetings before this one that concluded something, by id: last time first. One query.

    They are those it was prepared from, one from the other, and those of a series; without such a line, that
    of the newest in the agreement. Last time is the meeting this one was prepared from, else the newest.
    """
    rows = Meeting.objects.filter(agreement=meeting.agreement_id, starts_at__lt=meeting.starts_at)
    standing = Conclusion.objects.filter(meeting=OuterRef("pk"), state__in=STANDING)
    rows = rows.exclude(pk=meeting.pk).exclude(state=State.CANCELLED).annotate(concluded=Exists(standing))
    before = list(rows.order_by("-starts_at", "-pk").only("former", "series"))
    line = _forerunners([meeting], before)
    if not line and not meeting.series_id:
        line = _forerunners([row for row in before if row.concluded][:1], before)  # type: ignore[attr-defined]
    return sorted(line, key=lambda pk: pk != meeting.former_id)


def _forerunners(line: list[Meeting], before: list[Meeting]) -> list[int]:
    """Of the meetings before (the newest first): those that lead to the line, and concluded something."""
    known = {row.pk for row in line}
    ahead = list(line)
    while ahead:
        later = ahead.pop()
        more = [row for row in before if row.pk not in known and _leads_to(row, later)]
        known |= {row.pk for row in more}
        ahead += more
    return [row.pk for row in before if row.pk in known and row.concluded]  # type: ignore[attr-defined]


def _leads_to(earlier: Meeting, later: Meeting) -> bool:
    """Was the later meeting prepared from the earlier one, or do both belong to one series?"""
    same_series = later.series_id is not None and earlier.series_id == later.series_id
    return same_series or earlier.pk == later.former_id


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
    """What was concluded last time, and what is still open of the times before, each with its task's state and
    results: what is open first, the oldest ahead. Three queries."""
    line = _line(meeting)
    if not line:
        return None, []
    ref = Concat(Value("conclusion:"), Cast(OuterRef("pk"), CharField()))
    settled = Task.objects.filter(agreement=meeting.agreement_id, origin_ref=ref, state__in=SETTLED)
    rows = Conclusion.objects.filter(meeting__in=line, state__in=STANDING)
    rows = rows.filter(Q(meeting=line[0]) | ~Exists(settled)).select_related("meeting__agreement", "lead")
    found = followed(rows.order_by("meeting__starts_at", "meeting_id", "number"))
    found.sort(key=lambda each: not each.is_open)
    return next(each.conclusion.meeting for each in found if each.conclusion.meeting_id == line[0]), found


def of_refs(refs: Iterable[str]) -> dict[str, Conclusion]:
    """The conclusions by their names in tasks ("conclusion:12"). One query."""
    ids = [int(ref[11:]) for ref in refs if ref.startswith("conclusion:") and ref[11:].isdigit()]
    rows = Conclusion.objects.filter(pk__in=ids).select_related("meeting__agreement", "lead")
    return {row.ref: row for row in rows}

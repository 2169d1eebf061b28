"""What a unit says of its tasks in a report that is accepted, and what is taken back when it is opened again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import move
from giaoban.plans.actions.moves import copy, take
from giaoban.plans.models import Progress, Task, TaskState
from giaoban.plans.policy import told_by_report
from giaoban.plans.queries.tasks import owed_by
from giaoban.units.models import Unit


def take_report(
    *, agreement: Agreement, unit: Unit, said: Mapping[str, Mapping[str, str]], ref: str, sent_on: date,
    last_day: date, by: Actor, at: datetime,
) -> list[Progress]:  # fmt: skip
    """The progress of tasks as an accepted report tells it.

    said: by `Task.code`, {"said", "text", "figure", "on", "delay"} as far as given; codes the unit does
    not have are passed over. ref: where it stands, e.g. "revision:45". A task was done on the day the
    unit states, else on the report's last day; not later than the report was sent. The word of a
    supporting unit, and one on a task that is not open any more, stands beside.
    """
    with transaction.atomic():
        tasks = [task for task in owed_by(unit, agreement, last_day, said) if task.code in said]
        return [
            _told(task, unit, said[task.code], ref, _day(said[task.code], sent_on, last_day), by=by, at=at)
            for task in tasks
        ]


def withdraw_progress(*, refs: Iterable[str], by: Actor, at: datetime) -> int:
    """What came with a report that was opened again does not count; returns how many rows.

    A task that was done by that word alone is open again; one that is verified stays.
    """
    with transaction.atomic():
        rows = Progress.objects.filter(ref__in=list(refs), withdrawn_at=None).select_related(
            "task__agreement"
        )
        found = list(rows)
        Progress.objects.filter(pk__in=[row.pk for row in found]).update(withdrawn_at=at)
        for row in found:
            detail = {"progress": row.pk}
            audit.record(subject=row.task, verb="withdraw progress", by=by, at=at, detail=detail)
            if row.unit_id == row.task.lead_id:
                _undo(row.task, by=by, at=at)
    return len(found)


def _day(said: Mapping[str, str], sent_on: date, last_day: date) -> date:
    return min(date.fromisoformat(said["on"]) if said.get("on") else last_day, sent_on)


def _told(
    task: Task, unit: Unit, said: Mapping[str, str], ref: str, on: date, *, by: Actor, at: datetime
) -> Progress:
    locked = Task.objects.select_for_update().select_related("agreement").get(pk=task.pk)
    row = Progress.objects.create(
        task=locked, unit=unit, said=said.get("said") or TaskState.PROGRESS, text=said.get("text", ""),
        figure=Decimal(said["figure"]) if said.get("figure") else None, delay=said.get("delay", ""), ref=ref,
        author=by.actor_id, at=at,
    )  # fmt: skip
    detail = {"said": row.said, "progress": row.pk, "ref": ref}
    audit.record(subject=locked, verb="progress", by=by, at=at, detail=detail)
    if task.leads and locked.is_open:
        take(locked, row, on, told_by_report(), by=by, at=at)
    return row


def _undo(task: Task, *, by: Actor, at: datetime) -> None:
    task.refresh_from_db()
    counts = list(task.progress.filter(withdrawn_at=None, unit=task.lead_id))

    def change(fresh: Task) -> None:
        fresh.result, fresh.delay, fresh.reached, fresh.done_on = "", "", None, None
        for row in reversed(counts):
            copy(fresh, row)

    if task.state == TaskState.DONE and (not counts or counts[0].said != TaskState.DONE):
        reason = _("The report was opened again.")
        move(task, "redo", by=by, at=at, policy=told_by_report(), change=change, reason=reason)
    elif task.is_open:
        change(task)
        task.save(update_fields=["result", "delay", "reached", "done_on"])

"""How a task goes: given out, reported on, verified, given back, carried forward, cancelled."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import move
from giaoban.core.refused import Refused
from giaoban.lib.text import nfc
from giaoban.plans.actions.content import Content
from giaoban.plans.actions.tasks import add_task, start_plan
from giaoban.plans.models import OPEN, Plan, Progress, Task, TaskOrigin, TaskState
from giaoban.plans.policy import TASKS, TaskPolicy
from giaoban.units.models import Unit

#: what a unit says -> the move it makes, from which states
SAYS = {TaskState.PROGRESS: ("start", (TaskState.GIVEN,)), TaskState.DONE: ("finish", OPEN)}


def hand_out(*, task: Task, by: Actor, at: datetime) -> Task:
    """Give a planned task to its unit before the plan is issued."""

    def change(row: Task) -> None:
        row.given_on = task.agreement.day_of(at)

    return move(task, "give", by=by, at=at, policy=TASKS, change=change)


def report_progress(
    *, task: Task, unit: Unit | None, said: str, text: str = "", figure: Decimal | None = None, delay: str = "",
    ref: str = "", by: Actor, at: datetime,
) -> Progress:  # fmt: skip
    """What a unit says of a task: how it goes, the result, the figure, why it is late.

    The lead unit's word moves the task; a supporting unit's word stands beside it. A late task asks
    for the reason.
    """
    text, delay = nfc(text).strip(), nfc(delay).strip()
    with transaction.atomic():
        locked = Task.objects.select_for_update().select_related("agreement").get(pk=task.pk)
        leads = unit is None or unit.pk == locked.lead_id
        if not TASKS.may(by, "report" if leads else "contribute", locked):
            raise Refused(_("You may not report on this task."), code="right")
        if not leads and said == TaskState.DONE:
            raise Refused(_("Only the lead unit says that the task is done."), field="said")
        if leads and locked.state not in OPEN:
            raise Refused(_("Nobody reports on this task any more: it is not open."), code="state")
        _refuse_empty(locked, said, text, delay, at)
        row = Progress.objects.create(
            task=locked, unit=unit or locked.lead, said=said, text=text, figure=figure, delay=delay,
            author=by.actor_id, at=at,
        )  # fmt: skip
        audit.record(subject=locked, verb="progress", by=by, at=at, detail={"said": said, "progress": row.pk})
        if leads:
            take(locked, row, locked.agreement.day_of(at), TASKS, by=by, at=at)
    return row


def close_task(*, task: Task, reason: str = "", by: Actor, at: datetime) -> Task:
    """The result is verified."""
    return move(task, "verify", by=by, at=at, policy=TASKS, reason=reason)


def give_back(*, task: Task, reason: str, by: Actor, at: datetime) -> Task:
    """The result does not do yet: the unit goes on."""

    def change(row: Task) -> None:
        row.done_on = None

    return move(task, "redo", by=by, at=at, policy=TASKS, reason=reason, change=change)


def cancel_task(*, task: Task, reason: str, by: Actor, at: datetime) -> Task:
    """Nobody has to do it any more."""
    return move(task, "drop", by=by, at=at, policy=TASKS, reason=reason)


def carry_forward(
    *, task: Task, due_on: date, reason: str, year: int | None = None, by: Actor, at: datetime
) -> Task:
    """The task goes on in the plan of the next year (or another later one); returns the new task.

    The plan is begun if there is none. Both tasks point at each other.
    """
    wanted = year or task.plan.year + 1
    if wanted <= task.plan.year:
        raise Refused(_("Carry a task forward to a later year."), field="year")
    with transaction.atomic():
        move(task, "carry", by=by, at=at, policy=TASKS, reason=reason)
        where = {"agreement": task.agreement, "year": wanted, "unit": task.plan.unit}
        plan = Plan.objects.filter(**where).first() or start_plan(**where, by=by, at=at)
        said = {**{n: getattr(Content.of(task), n) for n in Content.__dataclass_fields__}}
        content = Content(**(said | {"due_on": due_on, "starts_on": None, "targets": ()}))
        return add_task(
            plan=plan, content=content, origin=TaskOrigin.CARRIED, origin_ref=task.origin_ref, carried_from=task,
            by=by, at=at,
        )  # fmt: skip


def _refuse_empty(task: Task, said: str, text: str, delay: str, at: datetime) -> None:
    if said not in SAYS:
        raise Refused(_("Say whether the task is in progress or done."), field="said")
    if not text:
        raise Refused(_("Write the result, or how far the work is."), field="text")
    if not delay and task.due_on < task.agreement.day_of(at):
        raise Refused(_("The due day is over. Say why the task is late."), field="delay")


def take(task: Task, row: Progress, day: date, policy: TaskPolicy, *, by: Actor, at: datetime) -> None:
    """The lead unit's word, given on the day, becomes the task's."""
    name, sources = SAYS[TaskState(row.said)]

    def change(fresh: Task) -> dict[str, Any]:
        copy(fresh, row)
        if row.said == TaskState.DONE:
            fresh.done_on = day
        return {"progress": row.pk}

    if task.state in sources:
        move(task, name, by=by, at=at, policy=policy, change=change)
    else:
        copy(task, row)
        task.save(update_fields=["result", "reached", "delay"])


def copy(task: Task, row: Progress) -> None:
    """What a row says goes into the task; what it leaves out stays."""
    task.result = row.text or task.result
    task.delay = row.delay or task.delay
    task.reached = row.figure if row.figure is not None else task.reached

"""How a task goes on: report on it, verify, give back, carry forward, cancel."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from giaoban.core.actors import Actor
from giaoban.core.pages.asking import ask
from giaoban.plans import actions, queries
from giaoban.plans.forms.tasks import CarryForm, ProgressForm, ReasonForm
from giaoban.plans.models import Task, TaskState
from giaoban.plans.policy import TASKS
from giaoban.plans.views.tasks import crumbs
from giaoban.units.models import Unit

#: move -> what it calls; those with a reason hand it on.
VERBS = {
    "give": actions.hand_out,
    "verify": actions.close_task,
    "redo": actions.give_back,
    "drop": actions.cancel_task,
}


def speaks_for(by: Actor, task: Task) -> Unit | None:
    """The unit for which the actor reports: the lead if he may, else his own among the supporting ones."""
    if TASKS.may(by, "report", task):
        return task.lead
    held = {m.unit_id for m in getattr(by, "memberships", ()) if m.agreement_id == task.agreement_id}
    return task.support.filter(pk__in=held).first()


@login_required
def progress(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.task_for(request.by, agreement, pk, "contribute")
    unit = speaks_for(request.by, row)
    leads = unit == row.lead
    first = {"said": request.GET.get("said") or TaskState.PROGRESS, "text": row.result, "figure": row.reached}
    form = ProgressForm(request.POST or None, task=row, leads=leads, initial=first if leads else {})

    def act(said: str = TaskState.PROGRESS, **given: Any) -> None:
        actions.report_progress(task=row, unit=unit, said=said, by=request.by, at=request.at, **given)

    return ask(
        request, form, act, title=_("Report progress"), about=row, back=row.get_absolute_url(),
        crumbs=[*crumbs(row.agreement), (row, row.get_absolute_url())], agreement=row.agreement,
        done=_("The progress is noted."), task=row,
    )  # fmt: skip


@login_required
def move(request: HttpRequest, agreement: str, pk: int, name: str) -> HttpResponse:
    """Confirm and make one move."""
    if name == "carry":
        return carry(request, agreement, pk)
    if name not in VERBS:
        raise Http404
    step = TASKS.moves[name]
    row = queries.task_for(request.by, agreement, pk, step.right)
    form = ReasonForm(request.POST or None, needed=step.reason)
    if not step.reason and name != "verify":
        del form.fields["reason"]

    def act(**given: Any) -> None:
        VERBS[name](task=row, by=request.by, at=request.at, **given)

    if not form.fields and request.method == "POST":
        form.is_bound, form.data = True, request.POST
    return ask(
        request, form, act, title=step.label, action=step.label, about=row, back=row.get_absolute_url(),
        crumbs=[*crumbs(row.agreement), (row, row.get_absolute_url())], agreement=row.agreement,
        done=_("Done: %(move)s.") % {"move": step.label}, tone="danger" if name == "drop" else "primary",
    )  # fmt: skip


def carry(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.task_for(request.by, agreement, pk, "write")
    later = row.plan.year + 1
    form = CarryForm(request.POST or None, initial={"year": later, "due_on": date(later, 6, 30)})
    return ask(
        request, form,
        lambda **given: actions.carry_forward(
            task=row, by=request.by, at=request.at, **given
        ).get_absolute_url(),
        title=_("Carry forward"), action=_("Carry forward"), about=row, back=row.get_absolute_url(),
        crumbs=[*crumbs(row.agreement), (row, row.get_absolute_url())], agreement=row.agreement,
        done=_("The task goes on here."),
    )  # fmt: skip

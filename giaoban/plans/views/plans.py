"""Plans: list, begin, read."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.agreements.models import Agreement
from giaoban.agreements.queries import agreement_for
from giaoban.core.lifecycle import possible
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask
from giaoban.plans import actions, queries
from giaoban.plans.forms.plans import PlanForm
from giaoban.plans.models import Plan, PlanState, TaskOrigin
from giaoban.plans.policy import PLANS, TASKS
from giaoban.plans.wording import PLAN_TONES

LIST = ListPage(
    name="plans",
    columns=(
        Column("title", gettext_lazy("Plan"), value=str, link=lambda p: p.get_absolute_url()),
        Column("year", gettext_lazy("Year"), value=lambda p: str(p.year), sort="year"),
        Column("unit", gettext_lazy("Unit"), value=lambda p: whose(p), sort="unit__name"),
        Column(
            "state", gettext_lazy("State"), value=lambda p: p.get_state_display(),
            tone=lambda p: PLAN_TONES[PlanState(p.state)], sort="state",
        ),
        Column("count", gettext_lazy("Tasks"), kind="number", sort="count"),
        Column("finished", gettext_lazy("Finished"), kind="number", sort="finished"),
    ),
    search=(KT("titles__vi"), KT("titles__en"), "unit__code", "unit__name"),
    filters=(Filter("year", gettext_lazy("Year")), Filter("state", gettext_lazy("State"), PlanState.choices)),
    sort="-year",
)  # fmt: skip


def whose(plan: Plan) -> str:
    return plan.unit.name if plan.unit else str(_("the whole agreement"))


def crumbs(agreement: Agreement) -> list[tuple[Any, str]]:
    home = reverse("plans:index", args=[agreement.code])
    return [(str(agreement), agreement.get_absolute_url()), (_("Plans"), home)]


@login_required
def index(request: HttpRequest, agreement: str) -> HttpResponse:
    row = agreement_for(request.by, agreement)
    years = row.plans.order_by("-year").values_list("year", flat=True).distinct()
    may_write = PLANS.may_in(request.by, "write", row.pk)
    context = {
        "agreement": row, "may_write": may_write,
        "empty_text": _("A plan holds the tasks of a year: who leads, who supports, by when."),
    }  # fmt: skip
    choices = {"year": [(year, str(year)) for year in years]}
    return LIST.answer(
        request, queries.plans_of(row, request.by), "plans/index.html", context, choices=choices
    )


@login_required
def new(request: HttpRequest, agreement: str) -> HttpResponse:
    row = agreement_for(request.by, agreement)
    if not PLANS.may_in(request.by, "write", row.pk):
        raise Http404
    first = {"year": request.by.day.year}
    form = PlanForm(request.POST or None, by=request.by, day=request.by.day, initial=first)
    return ask(
        request, form,
        lambda **given: actions.start_plan(agreement=row, by=request.by, at=request.at, **given).get_absolute_url(),
        title=_("Begin a plan"), back=reverse("plans:index", args=[row.code]), crumbs=crumbs(row), agreement=row,
        done=_("The plan is begun. Add its tasks."), action=_("Begin"),
    )  # fmt: skip


@login_required
def plan(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """What the plan holds, by content group; urgent tasks apart."""
    row = queries.plan_for(request.by, agreement, pk)
    tasks = list(
        row.tasks.select_related("lead", "group")
        .prefetch_related("support")
        .order_by(F("group__position").asc(nulls_last=True), "number")
    )
    mine = set(row.tasks.filter(TASKS.q(request.by, "read")).values_list("pk", flat=True))
    for task in tasks:
        task.readable = task.pk in mine
        task.late = task.is_late(request.by.day)
    urgent = [t for t in tasks if t.origin == TaskOrigin.URGENT]
    groups: dict[str, list[Any]] = {}
    for task in tasks:
        if task.origin != TaskOrigin.URGENT:
            groups.setdefault(str(task.group) if task.group else "", []).append(task)
    context = {
        "agreement": row.agreement, "plan": row, "groups": list(groups.items()), "urgent": urgent,
        "tone": PLAN_TONES[PlanState(row.state)], "whose": whose(row),
        "may_write": PLANS.may(request.by, "write", row), "moves": possible(row, by=request.by, policy=PLANS),
        "may_remark": row.state == PlanState.CONSULTED and PLANS.may(request.by, "remark", row),
        "remarks": list(row.remarks.select_related("unit")),
    }  # fmt: skip
    return render(request, "plans/plan.html", context)

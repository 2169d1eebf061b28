"""Tasks: list, one task with its story, add, change."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.agreements.models import Agreement
from giaoban.agreements.queries import agreement_for
from giaoban.core.folding import Kept, Linked
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask
from giaoban.plans import actions, queries
from giaoban.plans.forms.tasks import TaskForm, initial, shown_decimals
from giaoban.plans.models import Task, TaskOrigin, TaskState
from giaoban.plans.policy import PLANS, TASKS
from giaoban.plans.queries.carrying import articles_at_work
from giaoban.plans.queries.tasks import late_q
from giaoban.plans.views.plans import whose
from giaoban.plans.wording import TASK_TONES


def columns(day: date) -> tuple[Column, ...]:
    """The columns of the list of tasks; lateness is read on the day."""
    return (
        Column("title", gettext_lazy("Task"), value=str, link=lambda t: t.get_absolute_url()),
        Column("plan", gettext_lazy("Plan"), value=lambda t: label_of(t), sort="plan__year"),
        Column("group", gettext_lazy("Content group"), value=lambda t: str(t.group or ""), sort="group__position"),
        Column("lead", gettext_lazy("Lead unit"), value=lambda t: t.lead.name, sort="lead__name"),
        Column("due_on", gettext_lazy("Due"), kind="day", sort="due_on"),
        Column(
            "state", gettext_lazy("State"), value=lambda t: t.get_state_display(),
            tone=lambda t: TASK_TONES[TaskState(t.state)], sort="state",
        ),
        Column(
            "late", gettext_lazy("Late"), value=lambda t: _("late") if t.is_late(day) else "", tone=lambda t: "bad"
        ),
        Column("origin", gettext_lazy("Comes from"), value=lambda t: t.get_origin_display(), sort="origin"),
    )  # fmt: skip


def label_of(task: Task) -> str:
    """The plan of a task in a few signs: 2026, or 2026 and its unit."""
    return f"{task.plan.year} · {task.plan.unit}" if task.plan.unit else str(task.plan.year)


def listing(day: date) -> ListPage:
    return ListPage(
        name="tasks",
        columns=columns(day),
        search=(Kept("folded"), Linked("lead", ("code", "name"))),
        filters=(
            Filter("year", gettext_lazy("Year"), lookup="plan__year"),
            Filter("state", gettext_lazy("State"), TaskState.choices),
            Filter("late", gettext_lazy("Late"), [("yes", gettext_lazy("late only"))],
                   where=lambda rows, value: rows.filter(late_q(day))),
            Filter("origin", gettext_lazy("Comes from"), TaskOrigin.choices),
            Filter("group", gettext_lazy("Content group"), lookup="group_id"),
            Filter("article", gettext_lazy("Article it carries out"), lookup="article_id"),
        ),
        sort="due_on",
    )  # fmt: skip


def crumbs(agreement: Agreement) -> list[tuple[Any, str]]:
    home = reverse("plans:tasks", args=[agreement.code])
    return [(str(agreement), agreement.get_absolute_url()), (_("Tasks"), home)]


@login_required
def index(request: HttpRequest, agreement: str) -> HttpResponse:
    row = agreement_for(request.by, agreement)
    years = row.plans.order_by("-year").values_list("year", flat=True).distinct()
    choices = {
        "year": [(year, str(year)) for year in years],
        "group": [(group.pk, str(group)) for group in row.task_groups.all()],
        "article": [(article.pk, str(article)) for article in articles_at_work(row, request.by)],
    }
    context = {"agreement": row, "may_write": PLANS.may_in(request.by, "write", row.pk)}
    context |= {
        "empty_text": _("A task stands in the plan of a year."),
        "empty_action": _("Plans"), "empty_url": reverse("plans:index", args=[row.code]),
    }  # fmt: skip
    rows = queries.tasks_of(row, request.by)
    return listing(request.by.day).answer(request, rows, "plans/tasks.html", context, choices=choices)


@login_required
def task(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """One task: what it says, how it goes, what came before and after."""
    row = queries.task_page(request.by, agreement, pk)
    here = [m for m in TASKS.moves.values() if row.state in m.sources and m.right in row.held]
    moves = [m for m in here if m.name not in ("start", "finish")]
    chain = queries.chain(row) if row.has_later or row.carried_from_id else []
    context = {
        "agreement": row.agreement, "task": row, "tone": TASK_TONES[TaskState(row.state)],
        "late": row.is_late(request.by.day), "moves": moves,
        "support": list(row.support.all()) if row.has_support else [],
        "targets": list(row.targets.select_related("indicator", "unit")) if row.has_targets else [],
        "progress": queries.progress_of(row) if row.has_progress else [],
        "chain": chain, "plan_label": label_of(row), "whose": whose(row.plan),
        "evidence": list(row.evidence.select_related("document").filter(removed_at=None)) if row.has_evidence else [],
        "activities": list(queries.activities_of(row.agreement, request.by).filter(task=row))
        if row.has_activities else [],
        "may_report": row.is_open and "contribute" in row.held,
        "may_write": row.state in ("draft", "given", "progress") and "write" in row.held,
        "decimals": max((shown_decimals(v) for v in (row.wanted, row.reached) if v is not None), default=0),
    }  # fmt: skip
    return render(request, "plans/task.html", context)


@login_required
def new(request: HttpRequest, agreement: str) -> HttpResponse:
    row = agreement_for(request.by, agreement)
    if not PLANS.may_in(request.by, "write", row.pk):
        raise Http404
    first = {"plan": request.GET.get("plan")}
    form = TaskForm(request.POST or None, agreement=row, by=request.by, day=request.by.day, initial=first)
    return ask(
        request, form,
        lambda **given: actions.add_task(by=request.by, at=request.at, **given).get_absolute_url(),
        title=_("Add a task"), back=reverse("plans:tasks", args=[row.code]), crumbs=crumbs(row), agreement=row,
        done=_("The task is added."),
        lead=_("In a plan that is approved already, a new task is an urgent one and is reported apart."),
    )  # fmt: skip


@login_required
def edit(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.task_for(request.by, agreement, pk, "write")
    form = TaskForm(
        request.POST or None, agreement=row.agreement, by=request.by, day=request.by.day, task=row, initial=initial(row)
    )  # fmt: skip
    return ask(
        request, form,
        lambda content: actions.edit_task(task=row, content=content, by=request.by, at=request.at).get_absolute_url(),
        title=_("Change the task"), back=row.get_absolute_url(),
        crumbs=[*crumbs(row.agreement), (row, row.get_absolute_url())], agreement=row.agreement,
        done=_("The task is changed."),
    )  # fmt: skip

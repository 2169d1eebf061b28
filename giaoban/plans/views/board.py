"""Tasks seen otherwise: a board by state, a timeline of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import formats
from django.utils.translation import gettext_lazy

from giaoban.agreements.models import Agreement
from giaoban.agreements.queries import agreement_for
from giaoban.core.pages import Column, ListPage
from giaoban.plans import queries
from giaoban.plans.models import PlanState, Task, TaskState
from giaoban.plans.policy import PLANS
from giaoban.plans.queries.carrying import articles_at_work
from giaoban.plans.views.tasks import listing
from giaoban.plans.wording import TASK_TONES


def years_of(agreement: Agreement) -> dict[str, bool]:
    """The years of the plans, newest first, and whether a plan of the year is issued."""
    found: dict[str, bool] = {}
    for year, state in agreement.plans.order_by("-year").values_list("year", "state"):
        found[str(year)] = found.get(str(year), False) or state == PlanState.ISSUED
    return found


def chosen_year(request: HttpRequest, years: dict[str, bool]) -> str:
    """The year asked for, else the newest with an issued plan, else the newest, else this year."""
    asked = request.GET.get("year", "")
    if asked in years:
        return asked
    issued = [year for year, is_issued in years.items() if is_issued]
    return next(iter(issued or years), str(request.by.day.year))


@login_required
def board(request: HttpRequest, agreement: str) -> HttpResponse:
    """The tasks of a year by state; a card moves with its buttons, or by being dragged."""
    row = agreement_for(request.by, agreement)
    years = years_of(row)
    year = chosen_year(request, years)
    columns = queries.board(queries.tasks_of(row, request.by).filter(plan__year=year))
    rights = queries.rights_on([card.pk for column in columns for card in column.cards], request.by)
    for column in columns:
        for card in column.cards:
            card.late = card.is_late(request.by.day)
            card.steps = steps_of(card, rights)
    context = {
        "agreement": row, "columns": columns, "years": years, "year": year,
        "may_write": PLANS.may_in(request.by, "write", row.pk), "tones": TASK_TONES,
    }  # fmt: skip
    return render(request, "plans/board.html", context)


#: state -> (state it can go to, right, address, its arguments)
STEPS: dict[str, list[tuple[str, str, str, str]]] = {
    TaskState.PLANNED: [(TaskState.GIVEN, "write", "give", "")],
    TaskState.GIVEN: [
        (TaskState.PROGRESS, "report", "progress", "progress"), (TaskState.DONE, "report", "progress", "done"),
    ],
    TaskState.PROGRESS: [(TaskState.DONE, "report", "progress", "done")],
    TaskState.DONE: [(TaskState.CLOSED, "verify", "verify", ""), (TaskState.PROGRESS, "verify", "redo", "")],
}  # fmt: skip
WORDS = {
    "give": gettext_lazy("Give out"), "progress": gettext_lazy("Report progress"),
    "done": gettext_lazy("Say it is done"), "verify": gettext_lazy("Verify and close"),
    "redo": gettext_lazy("Give back"),
}  # fmt: skip


def steps_of(card: Task, rights: dict[str, set[int]]) -> list[dict[str, Any]]:
    """Where a card can go: the state, the words of the button, the address that asks."""
    found = []
    for target, right, name, said in STEPS.get(card.state, []):
        if card.pk in rights[right]:
            found.append({"to": target, "label": WORDS[said or name], "name": name, "said": said})
    return found


@login_required
def timeline(request: HttpRequest, agreement: str) -> HttpResponse:
    """The tasks of a year as bars from their beginning to their due day."""
    row = agreement_for(request.by, agreement)
    years = years_of(row)
    year = chosen_year(request, years)
    campaigns = [
        {"campaign": c, "bar": bar(c.starts_on, c.ends_on, int(year))}
        for c in row.campaigns.filter(starts_on__year__lte=year, ends_on__year__gte=year)
    ]
    choices = {
        "year": [(each, each) for each in years],
        "group": [(g.pk, str(g)) for g in row.task_groups.all()],
        "article": [(article.pk, str(article)) for article in articles_at_work(row, request.by)],
    }
    context = {
        "agreement": row, "year": year, "campaigns": campaigns, "scale": scale(),
        "may_write": PLANS.may_in(request.by, "write", row.pk),
    }  # fmt: skip
    rows = queries.tasks_of(row, request.by)
    return _timeline(request.by.day, year).answer(
        request, rows, "plans/timeline.html", context, choices=choices
    )


def _timeline(day: date, year: str) -> ListPage:
    known = listing(day)
    columns = {column.name: column for column in known.columns}

    def with_bar(task: Task) -> str:
        task.bar = bar(task.starts_on or task.given_on or date(task.plan.year, 1, 1), task.due_on, int(year))
        task.late = task.is_late(day)
        return ""

    drawn = Column("bar", scale_label(), value=with_bar, template="plans/bar_cell.html", export=False)
    kept = [columns[name] for name in ("title", "lead", "due_on", "state")]
    filters = [replace(each, default=year) if each.name == "year" else each for each in known.filters]
    return ListPage(
        name="timeline",
        columns=(kept[0], drawn, *kept[1:]),
        search=known.search,
        filters=filters,
        sort="due_on",
    )


def bar(first: date, last: date, year: int) -> dict[str, Any]:
    """Where a span lies in the year, in days from its beginning: x and width of the bar, and its words."""
    begin, end = date(year, 1, 1), date(year, 12, 31)
    left = min(max(first, begin), end)
    right = max(min(last, end), left)
    x = (left - begin).days
    words = f"{formats.date_format(first, 'SHORT_DATE_FORMAT')} – {formats.date_format(last, 'SHORT_DATE_FORMAT')}"
    return {"x": x, "width": max((right - left).days + 1, 3), "words": words, "ticks": TICKS}


def scale() -> list[tuple[int, int]]:
    """Per month its number and the day of the year on which it begins."""
    return [(month, (date(2026, month, 1) - date(2026, 1, 1)).days) for month in range(1, 13)]


#: The beginnings of the months as one path, the same behind every bar.
TICKS = "".join(f"M{x} 0V12" for _month, x in scale())


def scale_label() -> str:
    return render_to_string("plans/scale.html", {"ticks": scale()})

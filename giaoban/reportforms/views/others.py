"""Calendar days and rules."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask, confirm
from giaoban.reportforms import actions
from giaoban.reportforms.forms.others import DayForm, RuleForm
from giaoban.reportforms.models import CalendarDay, Rule, Severity
from giaoban.reportforms.views.frame import address, crumbs, done, managed, readable

CALENDAR = ListPage(
    name="calendar",
    columns=(
        Column("on", gettext_lazy("Day"), kind="day", sort="on"),
        Column(
            "working",
            gettext_lazy("It is"),
            value=lambda d: _("a working day") if d.working else _("a day off"),
            tone=lambda d: "good" if d.working else "warn",
            sort="working",
        ),
        Column("name", gettext_lazy("Name"), sort="name"),
    ),
    search=("name",),
    sort="-on",
)
REMOVE_DAY = Column(
    "remove", gettext_lazy("Change"), value=lambda d: "", template="reportforms/day_cell.html", export=False
)

RULES = ListPage(
    name="rules",
    columns=(
        Column("name", gettext_lazy("Rule"), value=str),
        Column("code", gettext_lazy("Code"), sort="code"),
        Column("form", gettext_lazy("Report form"), value=lambda r: str(r.form), sort="form__code"),
        Column("expression", gettext_lazy("Comparison"), sort="expression"),
        Column(
            "severity", gettext_lazy("If it does not hold"), value=Rule.get_severity_display, sort="severity"
        ),
    ),
    search=("code", "expression", KT("names__vi"), KT("names__en")),
    filters=(Filter("severity", gettext_lazy("If it does not hold"), Severity.choices),),
)
CHANGE_RULE = Column(
    "change", gettext_lazy("Change"), value=lambda r: "", template="reportforms/rule_cell.html", export=False
)


@login_required
def calendar(request: HttpRequest, agreement: str) -> HttpResponse:
    row, context = readable(request, agreement)
    columns = [*CALENDAR.columns, REMOVE_DAY] if context["may_manage"] else CALENDAR.columns
    rows = row.calendar.select_related("agreement")
    return CALENDAR.answer(request, rows, "reportforms/calendar.html", context, columns=columns)


@login_required
def new_day(request: HttpRequest, agreement: str) -> HttpResponse:
    row = managed(request, agreement)
    form = DayForm(request.POST or None, initial={"working": "0"})
    return ask(
        request, form, lambda **given: done(actions.set_day, agreement=row, by=request.by, at=request.at, **given),
        title=_("Add a day"), back=address("calendar", row), crumbs=crumbs(row, "calendar"), agreement=row,
        lead=_("Deadlines in working days jump over days off and count days worked to make up for them."),
        done=_("The day is recorded."),
    )  # fmt: skip


@login_required
def remove_day(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    day: CalendarDay = get_object_or_404(row.calendar.select_related("agreement"), pk=pk)
    return confirm(
        request, lambda: actions.remove_day(day=day, by=request.by, at=request.at),
        title=_("Take this day off the calendar?"),
        sentence=f"{day.on:%d/%m/%Y} {day.name}", action=_("Take the day off"), back=address("calendar", row),
        agreement=row,
        crumbs=crumbs(row, "calendar"), done=_("The day is taken off."),
    )  # fmt: skip


@login_required
def rules(request: HttpRequest, agreement: str) -> HttpResponse:
    row, context = readable(request, agreement)
    columns = [*RULES.columns, CHANGE_RULE] if context["may_manage"] else RULES.columns
    rows = row.rules.select_related("agreement", "form")
    return RULES.answer(request, rows, "reportforms/rules.html", context, columns=columns)


@login_required
def new_rule(request: HttpRequest, agreement: str) -> HttpResponse:
    row = managed(request, agreement)
    form = RuleForm(request.POST or None, agreement=row)
    return ask(
        request, form, lambda **given: done(actions.add_rule, by=request.by, at=request.at, **given),
        title=_("Add a rule"), back=address("rules", row), crumbs=crumbs(row, "rules"), agreement=row,
        done=_("The rule is added."),
    )  # fmt: skip


@login_required
def edit_rule(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    rule = get_object_or_404(row.rules.select_related("agreement", "form"), pk=pk)
    form = RuleForm(request.POST or None, agreement=row, rule=rule)
    return ask(
        request, form, lambda **given: done(actions.edit_rule, rule=rule, by=request.by, at=request.at, **given),
        title=_("Edit the rule"), back=address("rules", row), crumbs=crumbs(row, "rules"), agreement=row,
        done=_("The rule is saved."),
    )  # fmt: skip


@login_required
def remove_rule(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    rule = get_object_or_404(row.rules.select_related("agreement"), pk=pk)
    return confirm(
        request, lambda: actions.remove_rule(rule=rule, by=request.by, at=request.at), title=_("Remove this rule?"),
        sentence=f"{rule}: {rule.expression}", action=_("Remove"), back=address("rules", row), agreement=row,
        crumbs=crumbs(row, "rules"), done=_("The rule is removed."),
    )  # fmt: skip

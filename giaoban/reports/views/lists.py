"""All reports, and who owes what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import Agreement
from giaoban.agreements.policy import AGREEMENTS
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.lib.text import fold
from giaoban.reportforms.queries import Schedule, schedules
from giaoban.reports import actions, queries
from giaoban.reports.forms import RequestForm
from giaoban.reports.models import Report, ReportKind, State
from giaoban.reports.policy import REPORTS as POLICY
from giaoban.units.models import Unit

TONES = {
    "draft": "plain",
    "submitted": "wait",
    "returned": "warn",
    "accepted": "good",
    "missing": "bad",
    "excluded": "plain",
}

#: state -> (mark in the matrix, its word)
MARKS = {
    "accepted": ("✓", _("accepted")),
    "submitted": ("●", _("submitted")),
    "returned": ("↩", _("returned")),
    "draft": ("✎", _("draft")),
    "missing": ("✗", _("missing")),
    "excluded": ("–", _("excluded")),
}
PERIODS = 12

REPORTS = ListPage(
    name="reports",
    columns=(
        Column("unit.name", _("Unit"), link=Report.get_absolute_url, sort="unit__name"),
        Column("unit.code", _("Code"), sort="unit__code"),
        Column("regime", _("Reporting regime"), value=lambda r: str(r.regime)),
        Column("period", _("Period"), sort="last_day"),
        Column(
            "kind",
            _("Kind"),
            value=Report.get_kind_display,
            tone=lambda r: "wait" if r.kind == ReportKind.CONSOLIDATED else "plain",
            sort="kind",
        ),
        Column(
            "state",
            _("State"),
            value=Report.get_state_display,
            tone=lambda r: TONES[r.state],
            sort="state",
        ),
        Column("submitted_at", _("Sent"), kind="moment", sort="submitted_at"),
        Column("due_at", _("Due"), kind="moment", sort="due_at"),
        Column(
            "on_time",
            _("On time"),
            value=lambda r: {True: _("yes"), False: _("late"), None: ""}[r.on_time],
        ),
    ),
    search=("unit__code", "unit__name", "period"),
    filters=(
        Filter("state", _("State"), State.choices),
        Filter("kind", _("Kind"), ReportKind.choices),
        Filter("regime", _("Reporting regime")),
        Filter("year", _("Year"), where=lambda rows, year: rows.filter(period__startswith=year)),
    ),
    sort="-period",
)


def agreement_for(request: HttpRequest, code: str) -> Agreement:
    """The agreement, or 404 for everybody who holds no role in it."""
    found = Agreement.objects.filter(AGREEMENTS.q(request.by, "read"), code=code).first()
    if found is None:
        raise Http404
    return found


@login_required
def index(request: HttpRequest, agreement: str) -> HttpResponse:
    """Every report the reader may see."""
    found = agreement_for(request, agreement)
    rows = queries.visible(request.by, found).select_related("unit", "regime", "agreement")
    last = min(request.at.year, found.ends_on.year if found.ends_on else request.at.year)
    choices = {
        "regime": [(r.pk, str(r)) for r in found.regimes.all()],
        "year": [(y, str(y)) for y in range(last, found.starts_on.year - 1, -1)],
    }
    return REPORTS.answer(request, rows, "reports/index.html", {"agreement": found}, choices=choices)


@login_required
def due(request: HttpRequest, agreement: str) -> HttpResponse:
    """Who owes what: units down, the latest periods across."""
    found = agreement_for(request, agreement)
    asked, roles = schedules(found), request.by.roles_in(found.pk)
    context: dict[str, Any] = {
        "agreement": found,
        "regimes": [schedule.regime for schedule in asked],
        "words": request.GET.get("q", "").strip(),
    }
    chosen = next(
        (s for s in asked if str(s.regime.pk) == request.GET.get("regime")),
        asked[0] if asked else None,
    )
    context["may_ask"] = POLICY.may_in(request.by, "request", found.pk)
    if chosen is not None:
        writes = roles & {"coordinator", "reporter"}
        context["may_consolidate"] = bool(writes and queries.units_to_consolidate(request.by, found))
        context |= {"regime": chosen.regime, **_matrix(request, chosen, context["words"])}
    return render(request, "reports/due.html", context)


def _matrix(request: HttpRequest, schedule: Schedule, words: str) -> dict[str, Any]:
    until = _day(request, schedule)
    wanted = queries.recent_periods(schedule, until, PERIODS)[::-1]
    seen = queries.units_seen(request.by, schedule.regime.agreement, until)
    units = [u for u in sorted(schedule.units.values(), key=lambda u: u.code) if seen is None or u.pk in seen]
    if words:
        units = [u for u in units if fold(words) in fold(f"{u.code} {u.name}")]
    page = Paginator(units, 50).get_page(request.GET.get("page"))
    rows = queries.owed(schedule, wanted, at=request.at, units={u.pk for u in page})
    by_cell = {(o.unit.pk, o.due.period.text): o for o in rows}
    lang = getattr(request, "LANGUAGE_CODE", "vi")
    mine = queries.units_to_fill(request.by, schedule.regime.agreement)
    return {
        "slice": page,
        "periods": [(p, periods.label(p, lang)) for p in wanted],
        "marks": MARKS,
        "rows": [_row(u, u.pk in mine, [by_cell.get((u.pk, p.text)) for p in wanted]) for u in page],
        "earlier": periods.preceding(wanted[-1]).text if wanted else "",
        "until": request.GET.get("until", ""),
    }


def _row(unit: Unit, mine: bool, owed: list[queries.Owed | None]) -> dict[str, Any]:
    """A line of the matrix: each cell with its mark, and how many of the reports due are accepted."""
    due = [o for o in owed if o and not o.due.excluded]
    return {
        "unit": unit,
        "mine": mine,
        "cells": [(o, *MARKS[o.state]) if o else None for o in owed],
        "accepted": sum(o.state == State.ACCEPTED for o in due),
        "due": len(due),
    }


def _day(request: HttpRequest, schedule: Schedule) -> Any:
    """The day whose periods are shown: the last day of ?until=PERIOD, else today."""
    try:
        return periods.span(periods.parse(request.GET.get("until", "")), schedule.window).last
    except periods.PeriodError:
        return request.by.day


@login_required
def ask(request: HttpRequest, agreement: str) -> HttpResponse:
    """Ask units for a report outside the regular round."""
    found = agreement_for(request, agreement)
    if not POLICY.may_in(request.by, "request", found.pk):
        raise Http404
    form = RequestForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.request_reports(by=request.by, at=request.at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            said = ngettext("%(count)s unit is asked.", "%(count)s units are asked.", len(made))
            messages.success(request, said % {"count": len(made)})
            return HttpResponseRedirect(reverse("reports:index", args=[agreement]))
    crumbs = [
        (str(found), found.get_absolute_url()),
        (gettext("Reports"), reverse("reports:due", args=[agreement])),
    ]
    return render(request, "core/form_page.html", {
        "agreement": found, "form": form, "title": gettext("Ask for a report"), "action": gettext("Ask"),
        "lead": gettext("The units find it among the reports they have to write."), "crumbs": crumbs,
        "back": reverse("reports:due", args=[agreement]),
    })  # fmt: skip

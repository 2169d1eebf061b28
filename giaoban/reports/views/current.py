"""How the reports of the latest period stand: a piece of the agreement's page."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from giaoban.agreements.queries import agreement_for
from giaoban.agreements.standing import Standing
from giaoban.core.language import reader_language
from giaoban.lib import periods
from giaoban.reportforms.models import Regime
from giaoban.reportforms.queries import Schedule, schedules
from giaoban.reports import queries
from giaoban.reports.models import State


@dataclass(frozen=True)
class Line:
    """One regime: its latest period that ended, and how many reports stand how."""

    regime: Regime
    name: str
    due: int
    accepted: int
    submitted: int
    waiting: int
    late: int


@login_required
def current(request: HttpRequest, agreement: str) -> HttpResponse:
    """Of each regime: the latest period that ended, and how its reports stand."""
    found = agreement_for(request.by, agreement)
    seen = queries.units_seen(request.by, found, request.by.day)
    lines = [line for schedule in schedules(found) if (line := _line(schedule, request.by, seen))]
    return render(request, "reports/current.html", {"agreement": found, "lines": lines})


def _line(schedule: Schedule, by: Standing, seen: set[int] | None) -> Line | None:
    recent = queries.recent_periods(schedule, by.day, 2)
    ended = [p for p in recent if periods.span(p, schedule.window).last < by.day][-1:]
    due = [o for o in queries.owed(schedule, ended, at=by.at, units=seen) if not o.due.excluded]
    if not due:
        return None
    return Line(
        schedule.regime,
        periods.label(ended[-1], reader_language()),
        due=len(due),
        accepted=sum(o.state == State.ACCEPTED for o in due),
        submitted=sum(o.state == State.SUBMITTED for o in due),
        waiting=sum(o.waits for o in due),
        late=sum(o.waits and o.is_late for o in due),
    )

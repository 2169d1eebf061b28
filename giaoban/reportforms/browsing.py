"""Questions of the screens: what a form looks like, what comes due next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from giaoban.agreements.models import Agreement
from giaoban.core.language import reader_language
from giaoban.lib import periods
from giaoban.reportforms.models import FormVersion, Indicator, Regime, ReportForm
from giaoban.reportforms.queries import Schedule

MOST_PERIODS = 400


@dataclass(frozen=True)
class SectionShown:
    """A section with its indicators as rows; a code without a row is (code, None)."""

    title: Mapping[str, str]
    indicators: list[tuple[str, Indicator | None]]
    narratives: list[Mapping[str, Any]]


@dataclass(frozen=True)
class Coming:
    """A period of a regime: its days, how many reports are due, and from when to when they are."""

    name: str
    span: periods.Span
    due: int
    excluded: int
    first_due: datetime | None
    last_due: datetime | None


def sections_shown(agreement: Agreement, sections: Iterable[Mapping[str, Any]]) -> list[SectionShown]:
    """The sections of a form version for people. One query."""
    known = {row.code: row for row in agreement.indicators.all()}
    return [
        SectionShown(
            section["title"],
            [(code, known.get(code)) for code in section.get("indicators", ())],
            list(section.get("narratives", ())),
        )
        for section in sections
    ]


def forms_with(agreement: Agreement, code: str) -> list[ReportForm]:
    """The forms whose newest version asks for the indicator."""
    newest: dict[int, FormVersion] = {}
    versions = FormVersion.objects.filter(form__agreement=agreement).select_related("form").order_by("number")
    for version in versions:
        newest[version.form_id] = version
    return [version.form for version in newest.values() if code in version.indicator_codes]


def coming(schedule: Schedule, day: date, most: int = 4) -> list[Coming]:
    """The period before the day, the one that holds it, and those that follow."""
    if schedule.regime.ad_hoc:
        return []
    around = schedule.periods(*_around(schedule, day))
    spans = [(period, periods.span(period, schedule.window)) for period in around]
    before = [pair for pair in spans if pair[1].last < day][-1:]
    after = [pair for pair in spans if pair[1].last >= day][: most - len(before)]
    return [_coming(schedule, period, span) for period, span in (*before, *after)]


def _coming(schedule: Schedule, period: periods.Period, span: periods.Span) -> Coming:
    owed = list(schedule.due([period]))
    counted = [due.due_at for due in owed if not due.excluded]
    return Coming(
        periods.label(period, reader_language()), span, len(counted), len(owed) - len(counted),
        min(counted, default=None), max(counted, default=None),
    )  # fmt: skip


def periods_to_choose(regime: Regime, day: date) -> list[periods.Period]:
    """The regime's periods up to a year ahead, newest first."""
    schedule = Schedule(regime)
    first = schedule.term.first
    last = min(schedule.term.last, day + timedelta(days=366))
    found = schedule.periods(first, last) if first <= last else schedule.periods(*schedule.term)
    return found[::-1][:MOST_PERIODS]


def _around(schedule: Schedule, day: date) -> tuple[date, date]:
    """Days wide enough for the period before, this one and some that follow, inside the term."""
    days = {"day": 4, "week": 30, "month": 130, "quarter": 400, "half": 800}.get(
        schedule.regime.frequency, 1500
    )
    inside = min(max(day, schedule.term.first), schedule.term.last)
    return max(schedule.term.first, inside - timedelta(days=days)), min(
        schedule.term.last, inside + timedelta(days=days)
    )

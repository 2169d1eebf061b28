"""Roll-ups and their sources in the words of the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core.refused import Refused
from giaoban.core.snapshot import snapshot
from giaoban.lib.periods import Period, Window, span
from giaoban.programmes.queries import agreement_named
from giaoban.reportforms.models import Regime
from giaoban.reports.models import Report
from giaoban.rollups import queries as rollups
from giaoban.units.models import UnitVersion
from giaoban.units.queries import versions_on

Row = dict[str, Any]


def rolled_up(
    *, agreement: str, indicators: str, units: str | None, level: int | None, periods: str, by: str | None,
    basis: str, regime: str | None, over_units: str | None, over_periods: str | None,
) -> list[Row]:  # fmt: skip
    """One row per asked combination. A value is exact decimal text with the indicator's decimals."""
    programme = agreement_named(agreement)
    asked_basis, asked = rollups.basis_of(basis), rollups.periods_of(periods)
    answer = rollups.ask(
        programme, rollups.indicators_of(programme, indicators),
        rollups.units_asked(units, level, asked, asked_basis), asked, by=by, basis=asked_basis,
        regime=_regime(programme, regime), over_units=over_units, over_periods=over_periods,
    )  # fmt: skip
    codes = _codes(answer.rows)
    return [_row(row, codes[row.period, row.unit.pk], by) for row in answer.rows]


def _codes(rows: Iterable[Any]) -> dict[tuple[Period, int], str]:
    """The code of each unit on the last day of each period; one query per period."""
    asked: dict[Period, dict[int, str]] = {}
    for row in rows:
        asked.setdefault(row.period, {})[row.unit.pk] = row.unit.code
    found = {}
    for period, units in asked.items():
        then = versions_on(units, span(period, Window()).last)
        found |= {(period, pk): then[pk].code if pk in then else code for pk, code in units.items()}
    return found


def _row(row: Any, code: str, by: str | None) -> Row:
    return {
        "indicator": row.indicator.code,
        "unit": code,
        "period": row.period.text,
        "breakdown": _option(row.option, by),
        "value": None if row.shown is None else f"{row.shown:f}",
        "accepted": row.accepted,
        "due": row.due,
        "on_time": row.on_time,
        "newest": row.newest.isoformat() if row.newest else None,
        "basis": str(row.basis),
        "regime": row.regime.code if row.regime else None,
        "note": "; ".join(str(note) for note in row.notes),
    }


def _option(option: str | None, by: str | None) -> str | None:
    if by is None or option is None:
        return None
    return f"{by}={option}" if option else _("not broken down")


def _regime(agreement: Agreement, code: str | None) -> Regime | None:
    if code is None:
        return None
    found = Regime.objects.filter(agreement=agreement, code=code).first()
    if found is None:
        known = ", ".join(agreement.regimes.values_list("code", flat=True))
        raise Refused(
            _("There is no regime %(code)s. There are: %(known)s.") % {"code": code, "known": known}
        )
    return found


@dataclass
class Traced:
    """What stands behind a figure: how many reports of each unit, and one page of the reports."""

    count: int
    digest: str
    units: list[Row]
    reports: list[Row]


def traced(
    *,
    agreement: str,
    indicator: str,
    unit: str,
    period: str,
    basis: str,
    regime: str | None,
    start: int,
    size: int,
) -> Traced:
    """The sources of one figure."""
    programme = agreement_named(agreement)
    asked_basis, asked = rollups.basis_of(basis), rollups.periods_of(period)
    one = rollups.indicators_of(programme, indicator)
    where = rollups.units_asked(unit, None, asked, asked_basis)[asked[0]]
    if len(one) != 1 or len(where) != 1 or len(asked) != 1:
        raise Refused(_("Name one indicator, one unit and one period."))
    with snapshot():
        found = rollups.sources(
            programme, one[0], where[0], asked[0], basis=asked_basis, regime=_regime(programme, regime)
        )
        page = list(found.page(start, size)) if size else []
        return Traced(found.count, found.digest, list(_by_unit(found.units)), list(_reports(page)))


def _by_unit(units: Any) -> Iterator[Row]:
    """units: unit id -> how many reports."""
    counts = dict(units)
    names = {v.unit_id: v for v in UnitVersion.objects.filter(unit__in=list(counts)).order_by("valid_from")}
    for pk in sorted(counts, key=lambda pk: names[pk].code):
        yield {"unit": names[pk].code, "name": names[pk].name, "reports": counts[pk]}


def _reports(page: list[Any]) -> Iterator[Row]:
    rows = Report.objects.in_bulk([s.report_id for s in page])
    for source in page:
        report = rows[source.report_id]
        on_day = versions_on([source.unit_id], report.last_day)
        yield {
            "unit": on_day[source.unit_id].code if source.unit_id in on_day else source.unit_id,
            "period": str(source.period),
            "report": source.report_id,
            "revision": source.revision_id,
            "state": report.state,
            "submitted_at": report.submitted_at.isoformat() if report.submitted_at else None,
        }

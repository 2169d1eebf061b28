"""targets.csv: what the plan promises, by indicator, unit and period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.core.folders import Folder, Place, Row, keep
from giaoban.lib import csvs, numbers, periods
from giaoban.plans.models import Target
from giaoban.reportforms.folder import Forms
from giaoban.reportforms.models import Indicator
from giaoban.units.folder import Book

TARGETS = "targets.csv"
COLUMNS = ("indicator", "unit", "period", "value")


@dataclass(frozen=True)
class Wanted:
    """One target. unit: the key of the unit."""

    indicator: str
    unit: int
    period: str
    value: Decimal


def read(folder: Folder, forms: Forms, book: Book) -> list[Wanted]:
    """Every row, checked."""
    seen: dict[tuple[str, int, str], int] = {}
    answer = []
    for line, row in folder.table(TARGETS, COLUMNS):
        place = folder.at(TARGETS, line)
        wanted = _target(place, row, forms, book)
        if wanted is None:
            continue
        key = (wanted.indicator, wanted.unit, wanted.period)
        if key in seen:
            place.problem(_("This target stands already on line %(line)s.") % {"line": seen[key]})
        seen[key] = line
        answer.append(wanted)
    return answer


def _target(place: Place, row: Row, forms: Forms, book: Book) -> Wanted | None:
    indicator = forms.indicators.get(row["indicator"])
    if indicator is None or indicator.is_text:
        place.problem(_("There is no indicator %(code)s.") % {"code": row["indicator"]})
        return None
    period = place.parsed(periods.parse, row["period"])
    scaled = place.parsed(lambda text: numbers.scale(text, indicator.decimals), row["value"])
    if period is None or scaled is None:
        return None
    last = periods.span(period, periods.Window()).last
    unit = book.on(row["unit"], last)
    if unit is None:
        place.problem(book.why_not(row["unit"], last))
        return None
    return Wanted(indicator.code, unit, period.text, numbers.unscale(scaled, indicator.decimals))


def write(
    targets: list[Wanted], agreement: Agreement, keys: Mapping[int, int], *, by: Actor, at: datetime
) -> None:
    """Inside the caller's transaction; what is already so is not touched."""
    indicators = {i.code: i for i in Indicator.objects.filter(agreement=agreement)}
    for target in targets:
        where = {
            "indicator": indicators[target.indicator],
            "unit_id": keys[target.unit],
            "period": target.period,
        }
        keep(Target, where, {"agreement": agreement, "value": target.value}, by=by, at=at)


def export(agreement: Agreement, book: Book, path: Path) -> set[int]:
    """Write targets.csv if there are targets; returns the units named in it."""
    rows = list(Target.objects.filter(agreement=agreement).select_related("indicator"))
    if rows:
        csvs.write(path / TARGETS, COLUMNS, sorted(_rows(rows, book)))
    return {row.unit_id for row in rows}


def _rows(targets: list[Target], book: Book) -> Iterator[tuple[str, ...]]:
    for target in targets:
        last = periods.span(periods.parse(target.period), periods.Window()).last
        code = next(
            (
                v.code
                for v in book.units[target.unit_id].in_order
                if v.valid_from <= last and (v.valid_to is None or last < v.valid_to)
            ),
            "",
        )
        yield (
            target.indicator.code,
            code,
            target.period,
            numbers.plain(target.value, target.indicator.decimals),
        )

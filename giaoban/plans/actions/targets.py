"""Set, remove and import targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from giaoban.agreements.models import Agreement
from giaoban.agreements.policy import AGREEMENTS
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.audit import Entry, subject_of
from giaoban.core.refused import Refused
from giaoban.lib import numbers, periods
from giaoban.lib.errors import LibError
from giaoban.plans.models import Target
from giaoban.reportforms.models import Indicator
from giaoban.units.models import Unit
from giaoban.units.queries import resolve

MOST_PROBLEMS = 20


@dataclass
class Imported:
    """How many targets an import added, changed and found as they were."""

    added: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True)
class Row:
    """One target as a file gives it: codes and canonical text; an empty value is no target."""

    line: int
    indicator: str
    unit: str
    period: str
    value: str


def set_target(
    *,
    agreement: Agreement,
    indicator: Indicator,
    unit: Unit,
    period: str,
    value: Decimal,
    by: Actor,
    at: datetime,
) -> Target:
    """The value the indicator should reach for the unit in the period; one already there is replaced."""
    _demand(by, agreement)
    with transaction.atomic():
        cell = _cell(agreement, indicator, unit, period, value)
        target, verb = _store(agreement, cell)
        if verb:
            audit.record(subject=target, verb=verb, by=by, at=at, detail=_stated(target))
    return target


def edit_target(*, target: Target, value: Decimal, by: Actor, at: datetime) -> Target:
    """Another value for the same indicator, unit and period."""
    return set_target(
        agreement=target.agreement, indicator=target.indicator, unit=target.unit, period=target.period, value=value,
        by=by, at=at,
    )  # fmt: skip


def remove_target(*, target: Target, by: Actor, at: datetime) -> None:
    """Nothing is aimed at any more."""
    _demand(by, target.agreement)
    with transaction.atomic():
        audit.record(subject=target, verb="remove target", by=by, at=at, detail=_stated(target))
        target.delete()


def import_targets(*, agreement: Agreement, rows: Iterable[Row], by: Actor, at: datetime) -> Imported:
    """Set many targets, all or none. Every bad row is told with its line."""
    _demand(by, agreement)
    with transaction.atomic():
        cells = _read(agreement, rows)
        done, entries = Imported(), []
        for cell in cells:
            target, verb = _store(agreement, cell)
            done.added += verb == "add target"
            done.changed += verb == "edit target"
            done.same += not verb
            if verb:
                entries.append(Entry(subject_of(target), verb, _stated(target)))
        audit.record_many(entries, by=by, at=at)
    return done


Cell = tuple[Indicator, Unit, str, Decimal]


def _cell(agreement: Agreement, indicator: Indicator, unit: Unit, period: str, value: Decimal) -> Cell:
    """The checked parts of a target."""
    if indicator.agreement_id != agreement.pk:
        raise Refused(_("Choose an indicator of this agreement."), field="indicator")
    if indicator.is_text:
        raise Refused(_("A text has no target."), field="indicator")
    try:
        asked = periods.parse(period)
    except LibError as error:
        raise Refused(_(error.template) % error.params, field="period") from None
    try:
        numbers.scale(value, indicator.decimals)
    except LibError as error:
        raise Refused(_(error.template) % error.params, field="value") from None
    if unit.valid_from > _last_day(asked) or (
        unit.valid_to and unit.valid_to <= periods.span(asked, _PLAIN).first
    ):
        raise Refused(_("%(unit)s does not exist in that period.") % {"unit": unit}, field="unit")
    return indicator, unit, asked.text, value


_PLAIN = periods.Window()


def _last_day(period: periods.Period) -> date:
    return periods.span(period, _PLAIN).last


def _store(agreement: Agreement, cell: Cell) -> tuple[Target, str]:
    """The target, and the verb of what was done ("" if it was so already)."""
    indicator, unit, period, value = cell
    known = Target.objects.filter(indicator=indicator, unit=unit, period=period).first()
    if known is None:
        made = Target.objects.create(
            agreement=agreement, indicator=indicator, unit=unit, period=period, value=value
        )
        return made, "add target"
    if known.value == value:
        return known, ""
    known.value = value
    known.save(update_fields=["value"])
    return known, "edit target"


def _read(agreement: Agreement, rows: Iterable[Row]) -> list[Cell]:
    indicators = {row.code: row for row in agreement.indicators.all()}
    cells: list[Cell] = []
    problems: list[str] = []
    seen: dict[tuple[str, str, str], int] = {}
    for row in rows:
        key = (row.indicator, row.unit, row.period)
        try:
            if key in seen:
                raise Refused(_("The same target stands on line %(line)s.") % {"line": seen[key]})
            seen[key] = row.line
            if row.value:
                cells.append(_parsed(agreement, row, indicators))
        except Refused as refusal:
            problems.append(_("Line %(line)s: %(sentence)s") % {"line": row.line, "sentence": refusal})
    if problems:
        raise Refused(_told(problems), field="file")
    if not cells:
        raise Refused(_("The file holds no targets."), field="file")
    return cells


def _parsed(agreement: Agreement, row: Row, indicators: Mapping[str, Indicator]) -> Cell:
    indicator = indicators.get(row.indicator)
    if indicator is None:
        raise Refused(_("There is no indicator with the code %(code)s.") % {"code": row.indicator})
    try:
        asked = periods.parse(row.period)
        numbers.scale(row.value, indicator.decimals)
    except LibError as error:
        raise Refused(_(error.template) % error.params) from None
    return _cell(agreement, indicator, resolve(row.unit, _last_day(asked)), row.period, Decimal(row.value))


def _told(problems: list[str]) -> str:
    shown = problems[:MOST_PROBLEMS]
    more = len(problems) - len(shown)
    if more:
        shown.append(ngettext("… and %(count)s more.", "… and %(count)s more.", more) % {"count": more})
    return "\n".join([_("Nothing was imported."), *shown])


def _demand(by: Actor, agreement: Agreement) -> None:
    if not AGREEMENTS.may(by, "manage", agreement):
        raise Refused(_("You may not set targets in this agreement."), code="right")


def _stated(target: Target) -> dict[str, object]:
    ids = {"indicator": target.indicator_id, "unit": target.unit_id, "period": target.period}
    return {**ids, "fields": ["value"]}

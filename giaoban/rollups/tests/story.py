"""A year of a small programme: two provinces, monthly reports made through the product's own moves."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from giaoban.lib import periods
from giaoban.reportforms.models import Indicator
from giaoban.reports import actions as reports
from giaoban.reports.models import Report
from giaoban.reports.tests.world import World
from giaoban.rollups.actions import compact
from giaoban.rollups.models import Bucket, Generation
from giaoban.rollups.queries import REPORTED, Basis, Row, ask
from giaoban.units.models import Unit


def at(month: int, day: int = 3, hour: int = 2) -> datetime:
    """An instant of 2020, UTC; 9 o'clock in Viet Nam if no hour is given."""
    return datetime(2020, month, day, hour, tzinfo=UTC)


def accepted(world: World, who: str, month: int, **values: Any) -> Report:
    """The month's report of Lan (Cần Thơ) or Minh (An Giang), sent on the 3rd of the next and accepted on the 4th."""
    place = world.ct if who == "lan" else world.ag
    then = at(month + 1)
    report = reports.open_report(
        regime=world.regime, unit=place, period=periods.parse(f"2020-{month:02}"), by=world.by(who), at=then
    )
    document = {"values": {code.replace("__", "["): value for code, value in values.items()}}
    reports.save_draft(report=report, document=document, edition=0, by=world.by(who), at=then)
    reports.submit(report=report, by=world.by(who), at=then)
    return reports.accept(report=report, by=world.by("hoa"), at=at(month + 1, 4))


def row(world: World, code: str, unit: Unit, period: str, basis: Basis = REPORTED, **more: Any) -> Row:
    """One figure."""
    indicator = Indicator.objects.get(agreement=world.agreement, code=code)
    asked = periods.parse(period)
    option = more.pop("option", None)
    found = ask(world.agreement, [indicator], [unit], [asked], basis=basis, **more).row(
        indicator, unit, asked, option
    )
    assert found is not None
    return found


def value(
    world: World, code: str, unit: Unit, period: str, basis: Basis = REPORTED, **more: Any
) -> Fraction | None:
    """Its exact value."""
    return row(world, code, unit, period, basis, **more).value


def file_all(month: int = 12) -> list[Generation]:
    """Make the files of everything noted so far."""
    made = [compact(bucket=pk, at=at(month)) for pk in Bucket.objects.values_list("pk", flat=True)]
    return [generation for generation in made if generation is not None]

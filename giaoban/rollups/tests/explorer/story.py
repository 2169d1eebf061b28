"""The world of reports with three months of figures, so that there is something to see and something missing.

        visits           stock (last)
        01   02   03     01    02    03
CT      12   20   15     3.5   4.0   2.5      February late
AG      30   –    40     7.0   –     8.0      February waits to be accepted
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from giaoban.lib import periods
from giaoban.reports import actions
from giaoban.reports.models import Report
from giaoban.reports.tests.world import World, indicator, instant, person
from giaoban.reports.tests.world import build as build_world
from giaoban.units.models import Unit

HERE = "phoi-hop"
VISITS = {"92": (12, 20, 15), "89": (30, 50, 40)}
STOCK = {"92": ("3.5", "4.0", "2.5"), "89": ("7.0", "9.9", "8.0")}


@dataclass
class Story:
    """The world, and who asks."""

    world: World

    def client(self, name: str, language: str = "") -> Client:
        user = self.world.people[name]
        if language:
            user.language = language
            user.save()
        client = Client()
        client.force_login(user)
        return client

    def get(self, name: str, view: str = "explore", language: str = "", **query: Any) -> Any:
        """A page of the explorer; `_` in a name stands for `-`."""
        given = {key.replace("_", "-"): value for key, value in query.items()}
        return self.client(name, language).get(reverse(f"rollups:{view}", args=[HERE]), given)


def build() -> Story:
    """Three months of two provinces, told through the product's own moves."""
    world = build_world()
    ratio = {"kind": "ratio", "over_units": "", "over_periods": "", "decimals": 1}
    indicator(
        world.agreement, "per_stock", numerator="visits", denominator="stock", factor=100,
        unit_of_measure="%", names={"vi": "Lượt trên tồn", "en": "Visits per stock"}, **ratio,
    )  # fmt: skip
    district = Unit.objects.get(code="916")
    world.people["quan"] = person(world.agreement, "quan", "verifier", world.ct)
    world.people["dung"] = person(world.agreement, "dung", "reporter", district)
    for month in (1, 2, 3):
        _month(world, "lan", world.ct, month, late=month == 2)
        _month(world, "minh", world.ag, month, accept=month != 2)
    return Story(world)


def _month(world: World, who: str, unit: Unit, month: int, late: bool = False, accept: bool = True) -> Report:
    at = instant(9 if late else 3, month + 1)
    period = periods.parse(f"2020-{month:02}")
    by = world.by(who, at)
    report = actions.open_report(regime=world.regime, unit=unit, period=period, by=by, at=at)
    values = {"visits": VISITS[unit.code][month - 1], "stock": STOCK[unit.code][month - 1]}
    actions.save_draft(report=report, document={"values": values}, edition=0, by=by, at=at)
    actions.submit(report=report, by=by, at=at)
    if accept:
        later: datetime = at + timedelta(hours=5)
        actions.accept(report=report, by=world.by("hoa", later), at=later)
    return report

"""The one place of the explorer that asks the roll-up: in one call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from giaoban.agreements.models import Agreement
from giaoban.lib.periods import Period
from giaoban.plans.models import Target
from giaoban.reportforms.models import Indicator
from giaoban.rollups import queries
from giaoban.rollups.explorer.asked import Asked
from giaoban.rollups.explorer.compare import earlier
from giaoban.rollups.explorer.places import Place
from giaoban.rollups.explorer.scene import Scene
from giaoban.rollups.queries import Row
from giaoban.units.models import Unit

#: indicator id, unit id, period, option (None: the total)
Key = tuple[int, int, str, str | None]


@dataclass
class Board:
    """Every figure of a view, and the targets if asked for."""

    rows: dict[Key, Row] = field(default_factory=dict)
    targets: dict[tuple[int, int, str], Decimal] = field(default_factory=dict)

    def row(self, indicator: Indicator, place: Place, period: str, option: str | None = None) -> Row | None:
        return self.rows.get((indicator.pk, place.id, period, option))


def ask(scene: Scene, asked: Asked, places: Iterable[Place]) -> Board:
    """The figures of these units, with those of the periods they are compared with."""
    units = list(dict.fromkeys(places))
    wanted = _wanted(asked, units)
    board = Board()
    if not wanted:
        return board
    answer = queries.ask(
        scene.agreement, asked.indicators, wanted, list(wanted), by=asked.by or None, basis=asked.basis,
        regime=asked.regime, over_units=asked.over_units or None, over_periods=asked.over_periods or None,
        totals=True,
    )  # fmt: skip
    for row in answer.rows:
        board.rows[row.indicator.pk, row.unit.pk, row.period.text, row.option] = row
    if "target" in asked.compare:
        board.targets = _targets(scene.agreement, asked)
    return board


def _wanted(asked: Asked, places: Sequence[Place]) -> dict[Period, list[Unit]]:
    """Who is asked about for each period: those who stand in the rows then, for earlier periods too."""
    found: dict[Period, dict[int, Unit]] = {}
    for period in asked.periods:
        there = {p.id: p.unit for p in places if asked.places.is_shown(p.id, period.text)}
        if there:
            for each in (period, *earlier(period, asked.compare).values()):
                found.setdefault(each, {}).update(there)
    return {period: list(units.values()) for period, units in found.items()}


def _targets(agreement: Agreement, asked: Asked) -> dict[tuple[int, int, str], Decimal]:
    rows: Any = Target.objects.filter(
        agreement=agreement, indicator__in=[i.pk for i in asked.indicators],
        period__in=[p.text for p in asked.periods],
    )  # fmt: skip
    return {(i, u, p): v for i, u, p, v in rows.values_list("indicator", "unit", "period", "value")}

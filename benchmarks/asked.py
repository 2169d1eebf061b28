"""What the benchmarks ask of the product, inside a home that holds the generated programme."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from benchmarks import programme, world


class Asker:
    """The generated agreement with its units, indicators and periods, and the two ways to its figures."""

    def __init__(self, months: int) -> None:
        from giaoban.agreements.models import Agreement
        from giaoban.lib import periods
        from giaoban.reportforms.models import Indicator
        from giaoban.units.models import Unit

        self.agreement = Agreement.objects.get(code=programme.CODE)
        known = {i.code: i for i in Indicator.objects.filter(agreement=self.agreement)}
        self.by_code = known
        self.indicators = [known[i.code] for i in world.indicators()]
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        self.months = [periods.parse(world.month(at)) for at in range(months)]
        years = sorted({world.month(at)[:4] for at in range(months)})
        self.years = [periods.parse(year) for year in years]

    @cached_property
    def numbers(self) -> dict[int, int]:
        """Number of a unit in the integers -> its id here."""
        return {place.number: self.units[place.code].pk for place in world.units()}

    def level(self, *levels: int) -> list[Any]:
        """The units of these levels."""
        return [unit for unit in self.units.values() if unit.level in levels]

    def below(self, code: str) -> list[Any]:
        """The children of a unit."""
        return [self.units[place.code] for place in world.units() if place.parent == code]

    def ask(self, indicators: list[Any], units: list[Any], periods: list[Any]) -> Any:
        """The whole answer: exact values, completeness, notes."""
        from giaoban.rollups import queries

        return queries.ask(self.agreement, indicators, units, periods)

    def ways(self, units: list[Any], periods: list[Any]) -> tuple[Any, Any]:
        """Two functions that give the figures of all indicators: from facts, and from partials."""
        from giaoban.rollups.queries.asking import Asking

        asking = Asking(self.agreement, self.indicators, dict.fromkeys(periods, units))
        (side,) = asking.sides.values()
        stored = [asking.stored(i.code) for i in self.indicators]
        question = side.question(stored, asking.cells)
        kept = side.engine
        facts = replace(kept, kept=frozenset())
        return lambda: facts.figures(question), lambda: kept.figures(question)


def compacted(at: str = "2026-01-01T00:00:00+00:00") -> float:
    """Make the columnar files of every bucket that has none; seconds."""
    import time
    from datetime import datetime

    from giaoban.rollups.actions import compact
    from giaoban.rollups.models import Bucket

    began = time.perf_counter()
    for bucket in Bucket.objects.filter(current=None):
        compact(bucket=bucket.pk, at=datetime.fromisoformat(at))
    return time.perf_counter() - began

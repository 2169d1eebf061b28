"""Tallies on the tree as it was reported, or as of one day: facts stay with their units."""

from __future__ import annotations

from typing import Any

import ibis

from giaoban.rollups.engine import stages
from giaoban.rollups.engine.question import TOTAL
from giaoban.rollups.engine.stages import WHAT
from giaoban.rollups.engine.tables import FACTS, HEIRS, KEPT, UNITS

Table = Any


def whole(used: frozenset[str], steady: bool, manner: str, lean: bool) -> Table:
    """In one step: both operators are the same, or every asked period is one span.

    lean: every asked period is one span and only totals are asked: the calendar and the cells are then
    put to the tallies, which are few, instead of to the facts.
    """
    if not lean:
        rows = stages.on_spots(stages.in_periods(FACTS), steady)
        return stages.spread(stages.summed(rows, ("spot", *WHAT), used), manner)
    rows = stages.on_spots(FACTS, steady)
    tallies = stages.in_periods(stages.summed(rows, ("spot", "span", "indicator_id"), used))
    return stages.spread(tallies.drop("span", "starts").mutate(cell=ibis.literal(TOTAL)), manner)


def whole_exact(used: frozenset[str], steady: bool, manner: str, lean: bool, ends: frozenset[str]) -> Table:
    """The same, as exact values. ends: the operators that make values of the tallies."""
    return stages.exact(whole(used, steady, manner, lean), ends)


def kept() -> Table:
    """Tallies from sums made beforehand."""
    rows = stages.in_periods(KEPT)
    return stages.combined(rows.mutate(den=ibis.literal(1, "int64"), split=ibis.literal(False)))


def kept_exact(ends: frozenset[str]) -> Table:
    """The same, as exact values."""
    return stages.exact(kept(), ends)


def staged(operator: str, steady: bool, handed: bool, manner: str) -> Table:
    """Periods first, per unit and cell, then units. handed: some units may give way to heirs."""
    if operator in ("first", "last"):
        series = chosen(operator, steady, handed)
    else:
        rows = stages.on_spots(stages.in_periods(FACTS), steady)
        series = stages.over_periods(rows, operator, ("unit_id", "spot"))
    return stages.spread(stages.tally(series, ("spot",)), manner)


def staged_exact(operator: str, steady: bool, handed: bool, manner: str, ends: frozenset[str]) -> Table:
    """The same, as exact values; not for `average` over periods, which has many denominators."""
    return stages.exact(staged(operator, steady, handed, manner), ends)


def chosen(operator: str, steady: bool, handed: bool) -> Table:
    """The last (first) value of each unit, where its own report counts; `at`: its span."""
    rows = stages.in_periods(FACTS.semi_join(UNITS, FACTS.unit_id == UNITS.listed))
    series = stages.pick(rows.rename(num="value"), operator, ("unit_id",), ("num", "starts"))
    if handed:
        series = _handed_over(series, operator)
    return stages.on_spots(series, steady, day="at").mutate(den=ibis.literal(1, "int64"))


def _handed_over(series: Table, operator: str) -> Table:
    """Without the units of which an heir has a value beyond the day they ended (or began)."""
    found = series.join(HEIRS, [series.unit_id == HEIRS.heir, series.period == HEIRS.in_period])
    if operator == "last":
        beyond = ibis.least(found["at"], found.heir_edge) >= found.far
    else:
        beyond = ibis.greatest(found.starts, found.heir_edge) < found.far
    found = found.filter(beyond).select("of_unit", *WHAT).distinct().rename(gone="of_unit")
    match = [series.unit_id == found.gone, *(series[name] == found[name] for name in WHAT)]
    return series.anti_join(found, match)

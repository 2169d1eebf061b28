"""Tallies restated to the units of another day: facts land on other units first (design rule 7)."""

from __future__ import annotations

from typing import Any

import ibis

from giaoban.rollups.engine import stages
from giaoban.rollups.engine.dialect import WIDE, exact_sum
from giaoban.rollups.engine.stages import WHAT
from giaoban.rollups.engine.tables import FACTS, HEIRS, LANDINGS

Table = Any

WHO = ("place", "target")


def tallies(units: str, operator: str, weighted: bool, handed: bool) -> Table:
    """Landed, periods first, then units; one row per place, what is asked and denominator."""
    return stages.tally(series(units, operator, weighted, handed), ("place",))


def series(units: str, operator: str, weighted: bool, handed: bool) -> Table:
    """One value per place, landing unit, asked period, indicator and cell.

    An average of averages, and the sums and extremes of averages, keep a row per denominator.
    """
    landed = _landed(units, weighted)
    if operator in ("first", "last"):
        return _latest(landed, operator, handed)
    if units == "average" and operator != "count":
        return _averaged(landed, operator)
    return stages.over_periods(landed.mutate(value=landed.num), operator, WHO)


def on_landings(rows: Table) -> Table:
    """Facts where they land."""
    match = [rows.unit_id == LANDINGS.of_unit, rows.span >= LANDINGS.lo, rows.span < LANDINGS.hi]
    return rows.join(LANDINGS, match)


def _landed(units: str, weighted: bool) -> Table:
    """Facts that land on one unit and span become one value, by the operator over units."""
    rows = on_landings(stages.in_periods(FACTS))
    value = rows["value"].cast(WIDE) * rows.weight if weighted else rows["value"]
    num = {
        "sum": exact_sum(value), "average": exact_sum(value), "none": exact_sum(value),
        "min": value.min(), "max": value.max(), "count": rows.count(),
    }[units]  # fmt: skip
    split = rows.split.any()
    if units == "none":
        split = split | (rows.count() > 1)
    return rows.group_by([*WHO, *WHAT, "span"]).agg(
        num=num,
        den=rows.count() if units == "average" else ibis.literal(1, "int64"),
        split=split,
        day=ibis.least(rows.span, rows.died).max(),
        began=ibis.greatest(rows.starts, rows.born).min(),
    )


def _averaged(landed: Table, operator: str) -> Table:
    """Landed averages, per denominator; finish.py puts the rows together."""
    num = {
        "sum": exact_sum(landed.num), "average": exact_sum(landed.num),
        "min": landed.num.min(), "max": landed.num.max(),
    }[operator]  # fmt: skip
    return landed.group_by([*WHO, *WHAT, "den"]).agg(num=num, spans=landed.count(), split=landed.split.any())


def _latest(landed: Table, operator: str, handed: bool) -> Table:
    landed = landed.mutate(split=landed.split.cast("int64"))
    found = stages.pick(landed, operator, WHO, ("num", "den", "split", "day", "began"))
    found = found.mutate(split=found.split.cast("bool"))
    return _handed_over(found, operator) if handed else found


def _handed_over(found: Table, operator: str) -> Table:
    """Without the units of which an heir has a value beyond both that day and their own value."""
    edge = "day" if operator == "last" else "began"
    theirs = found.select("target", *WHAT, edge).distinct()
    theirs = theirs.rename(heir_unit="target", heir_day=edge)
    theirs = theirs.join(HEIRS, [theirs.heir_unit == HEIRS.heir, theirs.period == HEIRS.in_period])
    beyond = theirs.heir_day >= theirs.far if operator == "last" else theirs.heir_day < theirs.far
    theirs = theirs.filter(beyond).select("of_unit", *WHAT, "heir_day")
    match = [found.target == theirs.of_unit, *(found[name] == theirs[name] for name in WHAT)]
    later = found[edge] < theirs.heir_day if operator == "last" else found[edge] > theirs.heir_day
    return found.anti_join(theirs, [*match, later])

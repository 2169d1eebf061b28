"""The stages of a roll-up as table expressions: periods first, then units (design rule 3).

Facts are (unit_id, span, indicator_id, cell, derived, value): of one regime, so that unit and span name
the report. `derived` marks a total that was not stored but follows from a complete breakdown, which
only sums over units may use (rule 6).

A *series* holds one value per unit (`who`), asked period, indicator and cell as num / den; a *tally*
holds what all operators over units need: s, n, lo, hi, per den. `period` is a number in the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

from giaoban.rollups.engine.dialect import WIDE, arg_max, arg_min, exact_sum
from giaoban.rollups.engine.tables import CALENDAR, OPERATORS, SHARES, SPOTS

Table = Any

WHAT = ("period", "indicator_id", "cell")

#: How spots become places: each spot is one place; spots are added; spots are added by weight.
PLAIN, ADDED, WEIGHED = "plain", "added", "weighed"


def in_periods(rows: Table) -> Table:
    """The facts once for every asked period their span lies in."""
    return rows.join(CALENDAR, rows.span == CALENDAR.in_span).drop("in_span")


def on_spots(rows: Table, steady: bool, day: str = "span") -> Table:
    """The facts that count somewhere, with their spot."""
    match = [rows.unit_id == SPOTS.of_unit]
    if not steady:
        match += [rows[day] >= SPOTS.lo, rows[day] < SPOTS.hi]
    return rows.join(SPOTS, match).drop("of_unit", "lo", "hi")


def over_periods(rows: Table, operator: str, who: Sequence[str]) -> Table:
    """One value per unit: rows have `value`; a series comes out. For sum average min max count."""
    value = rows["value"]
    num, den = {
        "sum": (exact_sum(value), 1),
        "average": (exact_sum(value), rows.count()),
        "min": (value.min(), 1),
        "max": (value.max(), 1),
        "count": (rows.count(), 1),
    }[operator]
    kept = {"split": rows.split.any()} if "split" in rows.columns else {}
    return rows.group_by([*who, *WHAT]).agg(num=num, den=_number(den), **kept)


def _number(den: Any) -> Any:
    return ibis.literal(den, "int64") if isinstance(den, int) else den


def pick(rows: Table, operator: str, who: Sequence[str], values: Sequence[str]) -> Table:
    """Of each unit, the row of the last (or first) span, which is kept as `at`."""
    choose, edge = (arg_max, rows.span.max()) if operator == "last" else (arg_min, rows.span.min())
    kept = {name: choose(rows[name], rows.span) for name in values}
    return rows.group_by([*who, *WHAT]).agg(at=edge, **kept)


def summed(rows: Table, by: Sequence[str], used: frozenset[str]) -> Table:
    """A tally of values, made in one step, with what the used operators over units need."""
    value, needed = rows["value"], {"n": rows.count()}
    if used & {"sum", "average", "none"}:
        needed["s"] = exact_sum(value)
    if "min" in used:
        needed["lo"] = value.min()
    if "max" in used:
        needed["hi"] = value.max()
    types = {"s": WIDE, "lo": "int64", "hi": "int64"}
    absent = {name: ibis.null(kind) for name, kind in types.items() if name not in needed}
    tallies = rows.group_by(list(by)).agg(**needed)
    return tallies.mutate(den=ibis.literal(1, "int64"), **absent)


def tally(series: Table, where: Sequence[str]) -> Table:
    """What operators over units need, per place or spot and per denominator."""
    kept = {"split": series.split.any()} if "split" in series.columns else {}
    return series.group_by([*where, *WHAT, "den"]).agg(
        s=exact_sum(series.num), n=series.count(), lo=series.num.min(), hi=series.num.max(), **kept
    )


def spread(tallies: Table, manner: str) -> Table:
    """From spots to the places that hold them: see PLAIN, ADDED, WEIGHED."""
    rows = tallies.join(SHARES, tallies.spot == SHARES.in_spot)
    if manner == PLAIN:
        return rows.select("place", *WHAT, "den", "s", "n", "lo", "hi", "split")
    return combined(rows.mutate(s=rows.s * rows.weight) if manner == WEIGHED else rows)


def combined(rows: Table) -> Table:
    """Tallies of one place, asked combination and denominator become one."""
    return rows.group_by(["place", *WHAT, "den"]).agg(
        s=exact_sum(rows.s), n=rows.n.sum(), lo=rows.lo.min(), hi=rows.hi.max(), split=rows.split.any()
    )


def exact(tallies: Table, used: frozenset[str]) -> Table:
    """num / den of every answer: indicator_id, place, period, cell, num, den, split. One row per answer.

    used: the operators over units that occur, with `one` where every unit counts 1.
    """
    rows = tallies.join(OPERATORS, tallies.indicator_id == OPERATORS.of_indicator)
    values = {
        "sum": rows.s, "average": rows.s, "none": rows.s, "min": rows.lo, "max": rows.hi,
        "count": rows.n * rows.den, "one": rows.den,
    }  # fmt: skip
    branches = [(rows.operator == name, values[name].cast(WIDE)) for name in sorted(used)]
    num = branches[0][1] if len(branches) == 1 else ibis.cases(*branches)
    den = (
        ibis.ifelse(rows.operator == "average", rows.den * rows.n, rows.den)
        if "average" in used
        else rows.den
    )
    return rows.select("indicator_id", "place", "period", "cell", num=num, den=den, split=rows.split)


def reports_counted(rows: Table) -> dict[str, Any]:
    """How many reports, of how many it is known whether they were on time, how many were, and the newest."""
    return {
        "accepted": rows.count(),
        "known": rows.on_time.count(),
        "on_time": rows.on_time.cast("int64").sum().fill_null(0),
        "newest": rows.submitted_at.max(),
    }

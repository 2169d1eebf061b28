"""From tallies to exact fractions (design rules 2 to 5). Nothing is rounded here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

import pyarrow as pa

from giaoban.rollups.engine.question import Question

Rows = Any

#: indicator, place, number of the period, cell
Place = tuple[int, int, int, str]
#: indicator, place, key of the period, cell
Key = tuple[int, int, str, str]


@dataclass
class Figures:
    """Exact values, still scaled by each indicator's decimals.

    tables: columns indicator_id, place, period, cell, num, den, split (Arrow), one row per answer; the
    values are num / (den × unit). found: answers that were put together in Python.
    """

    question: Question
    tables: list[tuple[Rows, int]] = field(default_factory=list)
    found: dict[Place, Fraction | None] = field(default_factory=dict)

    @cached_property
    def values(self) -> dict[Key, Fraction | None]:
        """Every answer there is; None where a split makes it not comparable. Absent: no data."""
        periods = [asked.key for asked in self.question.periods]
        answer = {(place[0], place[1], periods[place[2]], place[3]): v for place, v in self.found.items()}
        for table, unit in self.tables:
            indicators, places, numbers, cells = (table[name].to_pylist() for name in NAMES)
            keys = zip(indicators, places, map(periods.__getitem__, numbers), cells, strict=True)
            answer.update(zip(keys, _values(table, unit), strict=True))
        return answer


def _values(table: Rows, unit: int) -> Iterator[Fraction | None]:
    """The value of each row."""
    nums, dens = _integers(table["num"]), _integers(table["den"])
    splits = table["split"].to_pylist()
    if unit == 1 and not any(splits) and set(dens) <= {1}:
        return map(Fraction, nums)
    return (
        None if split else Fraction(num, den * unit)
        for num, den, split in zip(nums, dens, splits, strict=True)
    )


def _integers(column: Rows) -> list[int]:
    """Whole numbers of up to 128 bits; those of 64 come out of the engine's table at once."""
    try:
        found: list[int] = column.cast(pa.int64()).to_pylist()
    except pa.ArrowInvalid:
        return [int(value) for value in column.to_pylist()]
    return found


NAMES = ("indicator_id", "place", "period", "cell")


@dataclass
class Tally:
    """What the values of one answer add up to, over all denominators."""

    s: Fraction = Fraction(0)
    n: int = 0
    edges: list[Fraction] = field(default_factory=list)
    split: bool = False

    def value(self, operator: str) -> Fraction | None:
        """By the operator over units; None if a split makes it not comparable."""
        if self.split:
            return None
        if operator in ("min", "max"):
            return min(self.edges) if operator == "min" else max(self.edges)
        if operator == "count":
            return Fraction(self.n)
        return self.s / self.n if operator == "average" else self.s


def gathered(
    rows: Iterable[dict[str, Any]], operators: dict[int, str], unit: int
) -> dict[Place, Fraction | None]:
    """Tallies with several denominators, put together; sums come multiplied by `unit`."""
    found: dict[Place, Tally] = defaultdict(Tally)
    for row in rows:
        tally = found[row["indicator_id"], row["place"], row["period"], row["cell"]]
        tally.s += Fraction(int(row["s"]), row["den"] * unit)
        tally.n += int(row["n"])
        tally.edges += (Fraction(int(row["lo"]), row["den"]), Fraction(int(row["hi"]), row["den"]))
        tally.split = tally.split or bool(row["split"])
    return {place: tally.value(operators[place[0]]) for place, tally in found.items()}


def averages(rows: Iterable[dict[str, Any]], operator: str) -> dict[Place, Fraction | None]:
    """Series of landed averages, which come as one row per unit and denominator."""
    units: dict[Place, dict[int, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        place = (row["indicator_id"], row["place"], row["period"], row["cell"])
        units[place][row["target"]].append(row)
    return {place: _average(list(of_unit.values()), operator) for place, of_unit in units.items()}


def _average(units: list[list[dict[str, Any]]], operator: str) -> Fraction | None:
    tally = Tally(split=any(row["split"] for rows in units for row in rows))
    for rows in units:
        parts = [Fraction(int(row["num"]), row["den"]) for row in rows]
        if operator in ("sum", "average"):
            tally.s += sum(parts)
        else:
            tally.s += min(parts) if operator == "min" else max(parts)
        tally.n += sum(row["spans"] for row in rows) if operator == "average" else 1
    return tally.value("average")

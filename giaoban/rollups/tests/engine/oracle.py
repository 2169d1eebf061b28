"""The roll-up rules of the design, slowly and plainly: loops, fractions, no tables.

Independent of the engine: it walks parents day by day instead of reading a closure, and follows facts
through the events one by one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from giaoban.rollups.tests.engine.worlds import DIMENSIONS, SPAN_DAYS, World

IN, OUT, PART = "in", "out", "part"
SPLIT = "not comparable"


@dataclass(frozen=True)
class Landed:
    """A value at a unit for a span. where: how it lies to the asked place."""

    unit: int
    span: int
    value: Fraction
    where: str
    day: int
    began: int


@dataclass(frozen=True)
class Oracle:
    """basis: "reported", "asof" or "restated" with its day."""

    world: World
    basis: str
    day: int = 0

    def value(self, indicator: int, units: str, periods: str, place: int, spans: list[int], cell: str):
        """A Fraction, None for no data, or SPLIT."""
        if self.basis != "reported" and place not in self.world.living(self.day):
            return None
        everything = self._landed(self._stored(indicator, spans, cell, units == "sum"), units, place)
        if self.basis == "restated":
            everything = self._combined(everything, units)
        if SPLIT in everything:
            return SPLIT
        if units == periods and units in ("average", "count"):
            return self._pooled([v for v in everything if v.where != OUT], units)
        answers = self._by_unit(everything, units, periods, spans)
        if any(where == PART for _, where in answers):
            return SPLIT
        return _over_units([value for value, _ in answers], units)

    def _pooled(self, values: list[Landed], operator: str):
        if any(v.where == PART for v in values):
            return SPLIT
        if not values:
            return None
        if operator == "count":
            return Fraction(len(values))
        return sum((v.value for v in values), Fraction(0)) / len(values)

    # -- what was stored

    def _stored(self, indicator: int, spans: list[int], cell: str, summed: bool):
        for (unit, span), said in self.world.reports.items():
            if span in spans and indicator in said:
                pairs = frozenset(cell.split(",")) if cell else frozenset()
                value = _resolved(said[indicator], pairs, summed)
                if value is not None:
                    yield unit, span, value

    # -- where it counts

    def _landed(self, stored, units: str, place: int) -> list[Landed]:
        found = []
        for unit, span, value in stored:
            start, end = self.world.units[unit]
            day, began = min(span, end - 1), max(span - SPAN_DAYS + 1, start)
            if self.basis == "restated":
                for target, weight, leaves in self._travel(unit, day, units == "sum"):
                    where = self._side(leaves, place, units == "none")
                    found.append(Landed(target, span, value * weight, where, day, began))
                continue
            if self.basis == "reported":
                holds = unit == place if units == "none" else place in self.world.line(unit, day)
                where = IN if holds else OUT
            else:
                where = self._side({unit}, place, units == "none")
            found.append(Landed(unit, span, Fraction(value), where, day, began))
        return found

    def _combined(self, landed: list[Landed], units: str) -> list:
        """Facts that landed on one unit and span. Those at other places only matter as heirs."""
        groups = defaultdict(list)
        for value in landed:
            groups[value.unit, value.span, value.where == OUT].append(value)
        answer: list = []
        for (unit, span, out), values in groups.items():
            if units == "none" and len(values) > 1 and not out:
                where = PART
            else:
                where = PART if any(v.where == PART for v in values) else values[0].where
            one = _over_units([v.value for v in values], "sum" if units == "none" else units)
            answer.append(
                Landed(unit, span, one, where, max(v.day for v in values), min(v.began for v in values))
            )
        return answer

    def _side(self, units, place: int, own: bool) -> str:
        if own:
            return OUT if place not in units else IN if set(units) == {place} else PART
        sides = {self._holds(unit, place) for unit in units}
        return sides.pop() if len(sides) == 1 else PART

    def _holds(self, unit: int, place: int) -> str:
        """How a unit lies to a place on the day of the basis."""
        if unit in self.world.living(self.day):
            return IN if place in self.world.line(unit, self.day) else OUT
        start, end = self.world.units[unit]
        edge = end - 1 if end <= self.day else start
        leaves = self._leaves(unit, edge)
        if leaves != {unit}:
            return self._side(leaves, place, False)
        for above in self.world.line(unit, edge)[1:]:
            if above in self.world.living(self.day):
                return self._holds(above, place)
            leaves = self._leaves(above, edge)
            if leaves != {above}:
                return self._side(leaves, place, False)
        return OUT

    def _leaves(self, unit: int, day: int) -> set[int]:
        return set().union(*(leaves for _, _, leaves in self._travel(unit, day, False)))

    def _travel(self, unit: int, day: int, shares: bool):
        """(unit, weight, units that may hold it): follow one fact through all events, in order of time."""
        forward = day <= self.day
        days = {
            d for *_, d, _ in self.world.edges if (day < d <= self.day if forward else self.day < d <= day)
        }
        branches = [(unit, Fraction(1), None)]
        held: dict[int, int] = {}
        for event in sorted(days, reverse=not forward):
            moved = []
            for now, weight, hold in branches:
                steps = self._steps(now, event, forward)
                if len(steps) <= 1:
                    moved.append((steps[0][0] if steps else now, weight, hold))
                elif hold is None and shares and all(share is not None for _, share in steps):
                    moved += [(other, weight * Fraction(share), None) for other, share in steps]
                else:
                    if hold is None:
                        hold = len(held)
                        held[hold] = now
                    moved += [(other, weight, hold) for other, _ in steps]
            branches = moved
        return _gathered(branches, held)

    def _steps(self, unit: int, event: int, forward: bool):
        start, end = self.world.units[unit]
        if forward:
            steps = [(new, share) for old, new, day, share in self.world.edges if (old, day) == (unit, event)]
            stays = steps and end > event and all(share is None for _, share in steps)
        else:
            steps = [(old, None) for old, new, day, _ in self.world.edges if (new, day) == (unit, event)]
            stays = steps and start < event
        if stays and unit not in [other for other, _ in steps]:
            steps.append((unit, None))
        return steps

    # -- periods first, then units

    def _by_unit(self, everything: list[Landed], units: str, periods: str, spans: list[int]):
        by_unit = defaultdict(list)
        for value in everything:
            by_unit[value.unit].append(value)
        answers = []
        for unit, values in by_unit.items():
            if periods in ("first", "last"):
                # places differ over time only as reported; elsewhere a unit's facts outside do not count
                mine = values if self.basis == "reported" else [v for v in values if v.where != OUT]
                if not mine:
                    continue
                chosen = (max if periods == "last" else min)(mine, key=lambda v: v.span)
                if units != "none" and self._handed_over(unit, chosen, everything, periods, spans):
                    continue
                if chosen.where != OUT:
                    answers.append((chosen.value, chosen.where))
                continue
            mine = [v for v in values if v.where != OUT]
            if mine:
                where = PART if any(v.where == PART for v in mine) else IN
                answers.append((_over_units([v.value for v in mine], periods), where))
        return answers

    def _handed_over(self, unit: int, chosen: Landed, everything, periods: str, spans: list[int]) -> bool:
        start, end = self.world.units[unit]
        first, last = min(spans) - SPAN_DAYS + 1, max(spans)
        if periods == "last":
            heirs = self._reach(unit, end - 1, 1) if first <= end - 1 <= last else set()
            return any(v.unit in heirs and v.day >= end and v.day > chosen.day for v in everything)
        heirs = self._reach(unit, start, -1) if first <= start <= last else set()
        return any(v.unit in heirs and v.began < start and v.began < chosen.began for v in everything)

    def _reach(self, unit: int, day: int, direction: int) -> set[int]:
        """Every unit that followed this one after `day` (or came before it)."""
        days = {d for *_, d, _ in self.world.edges if (d > day if direction > 0 else d <= day)}
        found = {unit}
        for event in sorted(days, reverse=direction < 0):
            for one in list(found):
                if one == unit and (
                    self.world.units[unit][1] != event
                    if direction > 0
                    else self.world.units[unit][0] != event
                ):
                    continue
                found |= {other for other, _ in self._steps(one, event, direction > 0)}
        return found - {unit}


def _gathered(branches, held):
    free: dict[int, Fraction] = defaultdict(Fraction)
    kept: dict[int, tuple[Fraction, set[int]]] = {}
    for now, weight, hold in branches:
        if hold is None:
            free[now] += weight
        else:
            kept.setdefault(hold, (weight, set()))[1].add(now)
    answer = [(unit, weight, {unit}) for unit, weight in free.items()]
    for hold, (weight, leaves) in kept.items():
        answer.append((next(iter(leaves)) if len(leaves) == 1 else held[hold], weight, leaves))
    return answer


def _resolved(cells: dict[str, int], pairs: frozenset[str], summed: bool):
    """The stored value, or for sums the sum over the first complete dimension."""
    key = ",".join(sorted(pairs))
    if key in cells:
        return cells[key]
    if summed:
        for dimension, options in DIMENSIONS:
            if not any(pair.startswith(f"{dimension}=") for pair in pairs):
                parts = [_resolved(cells, pairs | {f"{dimension}={option}"}, True) for option in options]
                if None not in parts:
                    return sum(parts)
    return None


def _over_units(values: list[Fraction], operator: str):
    if not values:
        return None
    if operator in ("sum", "none"):
        return sum(values, Fraction(0))
    if operator == "average":
        return sum(values, Fraction(0)) / len(values)
    if operator == "count":
        return Fraction(len(values))
    return min(values) if operator == "min" else max(values)

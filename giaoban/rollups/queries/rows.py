"""Rows: figures of indicators × units × periods, each with its completeness and notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from giaoban.agreements.models import Agreement
from giaoban.lib.periods import Period
from giaoban.reportforms.models import Indicator, Regime
from giaoban.rollups.engine.counting import Completeness, Where
from giaoban.rollups.engine.flatten import instant
from giaoban.rollups.engine.placement import Manner
from giaoban.rollups.engine.question import REPORTED, TOTAL, Basis, cell
from giaoban.rollups.queries.answers import REST, Answer, Note, Row, joined_names
from giaoban.rollups.queries.asking import Asking, Places, carefully
from giaoban.rollups.queries.sides import Side, day_of, exact, lives
from giaoban.units.models import Unit

NOTHING = Completeness()


def ask(
    agreement: Agreement, indicators: Sequence[Indicator], units: Sequence[Unit] | Places,
    periods: Sequence[Period], *, by: str | None = None, basis: Basis = REPORTED, regime: Regime | None = None,
    over_units: str | None = None, over_periods: str | None = None, totals: bool = False,
) -> Answer:  # fmt: skip
    """One row per asked combination; see the package. A constant number of database queries.

    totals: with a breakdown, also the rows without it (option None), each before its options.
    """
    places = units if isinstance(units, Mapping) else dict.fromkeys(periods, units)
    options = (by, basis, regime, over_units, over_periods)
    return carefully(
        lambda: Asking(agreement, indicators, places, *options),
        lambda asking: Answer(list(rows(asking, periods, totals))),
    )


def rows(asking: Asking, periods: Sequence[Period], totals: bool = False) -> Iterator[Row]:
    """In the order asked: indicators, then periods, then units, then options."""
    plain: dict[tuple[int, bool], Plain] = {}
    for indicator in asking.indicators:
        line = Line(asking, indicator)
        side = line.only
        if side is not None:
            yield from plain.setdefault((side.regime.pk, line.own), Plain(side)).rows(line, periods)
            continue
        for period in periods:
            text = period.text
            for unit in asking.places.get(period, ()):
                yield from Place(line, unit, period, (unit.pk, text)).rows(totals)


@dataclass
class Line:
    """One indicator of a question. own: only a unit's own reports count."""

    asking: Asking
    indicator: Indicator

    @cached_property
    def codes(self) -> list[str]:
        """The reported indicators behind it."""
        return list(self.asking.parts.get(self.indicator.code, {}))

    @cached_property
    def own(self) -> bool:
        """Do only a unit's own reports count?"""
        stored = [self.asking.stored(code) for code in self.codes]
        return bool(stored) and all(one.over_units == "none" for one in stored)

    @cached_property
    def added(self) -> bool:
        """Is it reported, and summed over units?"""
        computed = self.indicator.is_computed or self.indicator.is_text
        return not computed and self.asking.stored(self.indicator.code).over_units == "sum"

    @cached_property
    def broken(self) -> bool:
        """May it be broken down as asked?"""
        catalogue = self.asking.catalogue
        found = [catalogue.dimensions(catalogue.indicators[code]) for code in self.codes]
        return any(self.asking.by == dimension for each in found for dimension, _ in each)

    @cached_property
    def decimals(self) -> int:
        """As shown; numbers of reports or units are whole."""
        if self.indicator.is_computed or self.indicator.is_text:
            return self.indicator.decimals
        stored = self.asking.stored(self.indicator.code)
        counts = stored.over_periods == "count" and stored.over_units != "average"
        return 0 if counts or stored.over_units == "count" else self.indicator.decimals

    @cached_property
    def listed(self) -> frozenset[int]:
        """The regimes whose form lists a computed indicator."""
        found = self.asking.candidates(self.indicator.code) if self.indicator.is_computed else []
        return frozenset(regime.pk for regime in found)

    @property
    def only(self) -> Side | None:
        """The regime that answers everywhere, if it is reported, asked as it is and only one may answer."""
        asking, indicator = self.asking, self.indicator
        if asking.by is not None or indicator.is_computed or indicator.is_text:
            return None
        known = asking.candidates(indicator.code)
        return asking.sides[known[0].pk] if len(known) == 1 else None

    def side(self, where: Where) -> Side | None:
        """The regime whose reports stand beside the figure."""
        sides = (self.asking.answering(code, where) for code in self.codes)
        found = [side for side in sides if side is not None]
        return next((side for side in found if side.regime.pk in self.listed), found[0] if found else None)


@dataclass
class Place:
    """One indicator at one unit in one period."""

    line: Line
    unit: Unit
    period: Period
    where: Where
    count: Completeness = field(init=False)
    side: Side | None = field(init=False)

    def __post_init__(self) -> None:
        self.side, self.count = self.line.side(self.where), NOTHING
        if self.side is not None:
            complete = self.side.complete_own if self.line.own else self.side.complete
            self.count = complete.get(self.where, NOTHING)

    def rows(self, totals: bool) -> Iterator[Row]:
        """The total, or the options of the breakdown and the rest, or both."""
        if self.line.asking.by is None or totals:
            yield self.row(None, *self._figure(TOTAL))
        if self.line.asking.by is not None:
            yield from self._parts(self.line.asking.by)

    def _parts(self, by: str) -> Iterator[Row]:
        found: list[Fraction] = []
        for option in self.line.asking.catalogue.options.get(by, ()):
            value, notes = self._figure(cell(by, option))
            if value is not None:
                found.append(value)
            yield self.row(option, value, notes if self.line.broken else [Note("not_broken_down")])
        if self.line.added:
            yield self._rest(sum(found, Fraction(0)))

    def _rest(self, parts: Fraction) -> Row:
        """What the total holds beyond its options: its own row, never negative."""
        total, notes = self._figure(TOTAL)
        if total is not None and total < parts:
            return self.row(REST, None, [Note("above_total")])
        return self.row(REST, None if total is None else total - parts, notes)

    def _figure(self, key: str) -> tuple[Fraction | None, list[Note]]:
        asking, indicator = self.line.asking, self.line.indicator
        if indicator.is_text:
            return None, [Note("text")]
        split: list[str] = []

        def value_of(code: str, at: str) -> Fraction | None:
            value, comparable = asking.value(code, self.where, at)
            if not comparable:
                split.append(code)
            return value

        value, why = asking.formulas.value(indicator.code, value_of, key)
        if split:
            return None, [self._split_note(split[0])]
        return value, [why] if why else []

    def _split_note(self, code: str) -> Note:
        asking = self.line.asking
        stored, side = asking.stored(code), asking.answering(code, self.where)
        manner = Manner(own=stored.over_units == "none", shares=stored.over_units == "sum")
        ids = side.splits(self.unit.pk, manner) if side else []
        names = {u.pk: f"{u.code} {u.name}" for u in Unit.objects.filter(pk__in=ids[:20])}
        return Note("split", {"units": joined_names([names.get(pk, "?") for pk in ids])})

    def row(self, option: str | None, value: Fraction | None, notes: list[Note]) -> Row:
        """A value, or the notes why there is none, with the completeness."""
        count, side = self.count, self.side
        known = count.known or not count.accepted
        return Row(
            self.line.indicator, self.unit, self.period, option, value, self.line.decimals, count.accepted,
            count.due, count.on_time if known else None, instant(count.newest), self.line.asking.basis,
            side.regime if side else None, tuple(self._notes(value, notes)),
        )  # fmt: skip

    def _notes(self, value: Fraction | None, notes: list[Note]) -> Iterator[Note]:
        side, basis = self.side, self.line.asking.basis
        if side is None:
            yield notes[0] if notes else Note("not_asked")
            return
        if not lives(side.tree, self.unit.pk, basis):
            yield Note("not_open", {"day": day_of(basis).isoformat()})
            return
        crossing = side.calendar.crossing.get(self.where[1])
        if crossing:
            code = "crossing" if side.regime.frequency == "week" else "coarser"
            yield Note(code, {"periods": ", ".join(p.text for p in crossing)})
        yield from notes
        if not self.count.due and not self.count.accepted:
            yield Note("nothing_due")
        elif value is None and not notes:
            yield Note("own_only" if self.line.own and not side.tree.is_leaf(self.unit.pk) else "no_data")


@dataclass
class Plain:
    """Indicators that one regime answers everywhere: the rows that Place gives, in fewer steps, for many.

    beside: what stands in a row after its value, the same for all indicators of a unit and period.
    """

    side: Side
    beside: dict[Where, tuple[Any, ...]] = field(default_factory=dict)

    def rows(self, line: Line, periods: Sequence[Period]) -> Iterator[Row]:
        """One row for each unit in each period."""
        asking, indicator, decimals = line.asking, line.indicator, line.decimals
        stored = asking.stored(indicator.code)
        found = asking.figures[self.side.regime.pk]
        for period in periods:
            text = period.text
            for unit in asking.places.get(period, ()):
                where = (unit.pk, text)
                value = found.get((stored.id, *where, TOTAL))
                if value is None:
                    yield from Place(line, unit, period, where).rows(False)
                    continue
                beside = self.beside.get(where) or self._beside(line, unit, period, where)
                value = exact(value, stored, indicator.decimals)
                yield Row(indicator, unit, period, None, value, decimals, *beside)

    def _beside(self, line: Line, unit: Unit, period: Period, where: Where) -> tuple[Any, ...]:
        row = Place(line, unit, period, where).row(None, Fraction(0), [])
        self.beside[where] = row[Row._fields.index("accepted") :]
        return self.beside[where]

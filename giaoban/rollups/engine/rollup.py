"""One regime's figures: exact values for indicators × places × periods (× cells)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, NamedTuple

import pyarrow as pa

from giaoban.rollups.engine import finish, plain, restated, stages, tables
from giaoban.rollups.engine.finish import Figures
from giaoban.rollups.engine.handover import heirs
from giaoban.rollups.engine.placement import Manner, Row, Spots, place, spots_at
from giaoban.rollups.engine.question import Asked, Question, Stored
from giaoban.rollups.engine.session import Names, Session
from giaoban.rollups.engine.tables import Data, common_unit
from giaoban.rollups.engine.tree import Tree


class Way(NamedTuple):
    """How an indicator is rolled up; indicators that share a way share one pass over the facts."""

    own: bool
    shares: bool
    shape: str
    over_units: str
    over_periods: str

    @property
    def picks(self) -> bool:
        """Does it take the first or last value of each unit?"""
        return self.over_periods in ("first", "last")


@dataclass(frozen=True)
class Engine:
    """names: the tables of one regime. kept: the spans of which sums were made beforehand."""

    session: Session
    tree: Tree
    names: Names = field(default_factory=Names)
    kept: frozenset[int] = frozenset()

    def spots(self, question: Question, manner: Manner, apart: bool = False) -> Spots:
        """Where facts count."""
        return spots_at(self.tree, question.places, question.basis, manner, question.spans, apart)

    def figures(self, question: Question) -> Figures:
        """Every value there is; a key that is absent has no data."""
        figures = Figures(question)
        if not question.spans or not question.places:
            return figures
        ways = sorted((way_of(self.tree, question, i), i.id, i) for i in question.indicators)
        for way, group in groupby(ways, key=lambda found: found[0]):
            self._one_way(figures, question, way, [indicator for *_, indicator in group])
        return figures

    def _one_way(self, figures: Figures, question: Question, way: Way, indicators: list[Stored]) -> None:
        if way.shape == "whole" and not way.own and question.basis.kind == "reported" and self.kept:
            self._from_kept(figures, question, indicators)
            return
        rows = place(self.tree, question.places, question.basis, Manner(way.own, way.shares))
        if not rows:
            return
        if way.shape == "landed":
            self._landed(figures, question, way, indicators, rows)
        elif way.shape == "whole":
            self._whole(figures, question, way, indicators)
        else:
            self._staged(figures, question, way, indicators)

    def _whole(self, figures: Figures, question: Question, way: Way, indicators: list[Stored]) -> None:
        found = self.spots(question, Manner(way.own, way.shares))
        used, ends = _used(indicators), tables.operators(indicators, whole=True)
        self.session.want(self.names, question, indicators)
        data = tables.calendar(question) | tables.spots(found, found.unit) | ends
        table = self.session.run(
            plain.whole_exact, used, found.steady, _manner(found), question.lean, _words(ends), data=data
        )
        figures.tables.append((table, found.unit))

    def _staged(self, figures: Figures, question: Question, way: Way, indicators: list[Stored]) -> None:
        found, handed, data = self.places_over_time(question, way)
        ends = tables.operators(indicators)
        self.session.want(self.names, question, indicators)
        shape = (way.over_periods, found.steady, handed, _manner(found))
        if way.over_periods == "average":
            made = self.session.run(plain.staged, *shape, data=data).to_pylist()
            figures.found |= finish.gathered(made, {i.id: i.over_units for i in indicators}, found.unit)
            return
        table = self.session.run(plain.staged_exact, *shape, _words(ends), data=data | ends)
        figures.tables.append((table, found.unit))

    def places_over_time(self, question: Question, way: Way) -> tuple[Spots, bool, Data]:
        """(spots, may units give way to heirs, the data both need) for two stages."""
        manner = Manner(way.own, way.shares)
        found = self.spots(question, manner)
        data = tables.calendar(question)
        known = []
        if not way.picks:
            if not found.steady:
                found = self.spots(question, manner, apart=True)
        else:
            units = {row[0] for row in found.rows}
            known = [] if way.own else heirs(self.tree, question, way.over_periods)
            units |= {h.heir for h in known if h.unit in units}
            data |= tables.rows(tables.UNITS, [(unit,) for unit in sorted(units)])
            data |= tables.heirs(known, question)
        return found, bool(known), data | tables.spots(found, found.unit)

    def _landed(
        self, figures: Figures, question: Question, way: Way, indicators: list[Stored], rows: Sequence[Row]
    ) -> None:
        unit, handed, data = self.landings(question, way, rows)
        self.session.want(self.names, question, indicators)
        shape = (way.over_units, way.over_periods, unit != 1, handed)
        if way.over_units == "average" and not way.picks and way.over_periods != "count":
            series = self.session.run(restated.series, *shape, data=data).to_pylist()
            figures.found |= finish.averages(series, way.over_periods)
            return
        operators = {i.id: i.over_units for i in indicators}
        if way.over_periods == "count":
            unit = 1
            if way.over_units == "count":
                operators = dict.fromkeys(operators, "sum")  # values, not units, are counted
        tallies = self.session.run(restated.tallies, *shape, data=data).to_pylist()
        figures.found |= finish.gathered(tallies, operators, unit)

    def landings(self, question: Question, way: Way, rows: Sequence[Row]) -> tuple[int, bool, Data]:
        """(unit of the weights, may units give way to heirs, the data) for facts that land elsewhere."""
        unit = common_unit({row.weight for row in rows})
        known = heirs(self.tree, question, way.over_periods) if way.picks and not way.own else []
        data = tables.calendar(question) | tables.landings(self.tree, rows, unit)
        return unit, bool(known), data | tables.heirs(known, question)

    def _from_kept(self, figures: Figures, question: Question, indicators: list[Stored]) -> None:
        """Sums made beforehand where there are any, facts for the rest."""
        ends = tables.operators(indicators, whole=True)
        inner = tuple(p for p in question.places if self.tree.has_sums(p))
        others = tuple(p for p in question.places if not self.tree.has_sums(p))
        known = narrowed(question, inner, self.kept)
        rest = narrowed(question, inner, frozenset(question.spans) - self.kept)
        parts = [self._tallied(part, indicators) for part in (rest, replace(question, places=others))]
        parts = [part for part in parts if part is not None]
        if known.spans and known.places:
            self.session.want_kept(self.names, known, indicators)
            data = tables.calendar(known)
            if not parts:
                table = self.session.run(plain.kept_exact, _words(ends), data=data | ends)
                figures.tables.append((table, 1))
                return
            parts.append(self.session.run(plain.kept, data=data))
        if parts:
            data = {"tallies": pa.concat_tables(parts, promote_options="permissive"), **ends}
            figures.tables.append((self.session.run(_joined, _words(ends), data=data), 1))

    def _tallied(self, question: Question, indicators: list[Stored]) -> pa.Table | None:
        if not question.spans or not question.places:
            return None
        found = self.spots(question, Manner())
        self.session.want(self.names, question, indicators)
        data = tables.calendar(question) | tables.spots(found, 1)
        shape = (_used(indicators), found.steady, _manner(found), question.lean)
        return self.session.run(plain.whole, *shape, data=data)


def _joined(ends: frozenset[str]) -> Any:
    return stages.exact(stages.combined(tables.TALLIES), ends)


def _used(indicators: Sequence[Stored]) -> frozenset[str]:
    return frozenset(i.over_units for i in indicators)


def _words(ends: Data) -> frozenset[str]:
    return frozenset(ends["operators"]["operator"].to_pylist())


def _manner(found: Spots) -> str:
    if found.one_to_one:
        return stages.PLAIN
    return stages.ADDED if found.unit == 1 else stages.WEIGHED


def narrowed(question: Question, places: tuple[int, ...], spans: frozenset[int]) -> Question:
    """The part of a question about these places and spans."""
    periods = tuple(Asked(a.key, tuple(s for s in a.spans if s in spans)) for a in question.periods)
    return replace(question, places=places, periods=periods)


def way_of(tree: Tree, question: Question, indicator: Stored) -> Way:
    """Choose between one step, two stages and landing first."""
    units, periods = indicator.over_units, indicator.over_periods
    own, shares = units == "none", units == "sum" and question.basis.kind == "restated"
    if _in_one_step(tree, question, units, periods):
        return Way(own, shares, "whole", "", "")
    if question.basis.kind == "restated":
        return Way(own, shares, "landed", units, periods)
    return Way(own, False, "staged", "", periods)


def _in_one_step(tree: Tree, question: Question, units: str, periods: str) -> bool:
    if question.basis.kind == "restated":
        return units == periods and units in ("sum", "min", "max")
    if units == periods and units in ("sum", "min", "max", "average", "count"):
        return True
    if not question.single:
        return False
    return periods not in ("first", "last") or units == "none" or not heirs(tree, question, periods)

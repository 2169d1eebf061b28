"""One regime's side of a question: its spans, who owes, its files and figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from giaoban.lib.periods import Period
from giaoban.reportforms.models import Indicator, Regime
from giaoban.reportforms.queries import Schedule, window_of
from giaoban.reportforms.stamps import Stamps, kept
from giaoban.rollups.engine.counting import Completeness, Liability, Where, counted, owed
from giaoban.rollups.engine.finish import Figures
from giaoban.rollups.engine.placement import Manner, place
from giaoban.rollups.engine.question import END, Asked, Basis, Question, Stored
from giaoban.rollups.engine.rollup import Engine
from giaoban.rollups.engine.session import Names
from giaoban.rollups.engine.tree import Tree
from giaoban.rollups.store.calendars import inside, spans_of
from giaoban.rollups.store.catalogue import Catalogue
from giaoban.rollups.store.engine import session
from giaoban.rollups.store.relations import Relations, Wanted, relations
from giaoban.rollups.store.trees import grouped_tree_of, tree_of

#: The same for every side of one question.
NAMES = Names()


@dataclass
class Calendar:
    """How the asked periods lie in a regime: inside and crossing periods of each."""

    inside: dict[str, list[Period]]
    crossing: dict[str, list[Period]]
    spans: dict[int, Period]
    starts: dict[int, int]

    @classmethod
    def of(cls, regime: Regime, asked: Iterable[Period]) -> Calendar:
        """The spans of all periods that lie inside an asked one."""
        found = {p.text: inside(regime, p) for p in asked}
        own = list(dict.fromkeys(p for within, _ in found.values() for p in within))
        spans, starts = spans_of(own, window_of(regime))
        return cls(
            {key: within for key, (within, _) in found.items()},
            {key: crossing for key, (_, crossing) in found.items()}, spans, starts,
        )  # fmt: skip

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """For the engine."""
        last_days = {period: span for span, period in self.spans.items()}
        return tuple(Asked(key, tuple(last_days[p] for p in own)) for key, own in self.inside.items())


@dataclass
class Side:
    """places: all units asked about in any period; a group is minus its id.

    relations: None while it has nothing to answer.
    """

    regime: Regime
    calendar: Calendar
    tree: Tree
    places: tuple[int, ...]
    basis: Basis
    liability: Liability
    number: int
    now: Stamps
    relations: Relations | None = None

    @classmethod
    def of(
        cls, regime: Regime, asked: Iterable[Period], places: Iterable[int], basis: Basis, now: Stamps, number: int
    ) -> Side:  # fmt: skip
        """Who owes what. Reads the database; call inside a snapshot."""
        calendar = Calendar.of(regime, asked)
        places = tuple(places)
        grouped = any(place < 0 for place in places)
        tree = (grouped_tree_of if grouped else tree_of)(regime.hierarchy, now.tree)
        return cls(regime, calendar, tree, places, basis, _liability(regime, calendar, now), number, now)

    def open(self, catalogue: Catalogue, indicators: Iterable[Indicator], stamp: int) -> None:
        """Make its figures ready. Reads the database; call inside the same snapshot."""
        ids = frozenset(i.pk for i in indicators)
        wanted = Wanted(catalogue, self.regime, self.calendar.spans, self.calendar.starts, ids, stamp)
        self.relations = relations(session(), wanted, NAMES.numbered(self.number))

    @cached_property
    def engine(self) -> Engine:
        """Over this regime's files and overlay."""
        if self.relations is None:
            raise AssertionError("a side that answers is opened first")
        return Engine(session(), self.tree, self.relations.names, self.relations.kept)

    def question(self, indicators: Iterable[Stored] = (), cells: tuple[str, ...] = ("",)) -> Question:
        """This side of the question."""
        return Question(
            tuple(indicators), self.places, self.calendar.asked, self.calendar.starts, cells, self.basis
        )

    @cached_property
    def owed(self) -> Mapping[Where, Completeness]:
        """Reports liable and due under each place."""
        return self._owed(False)

    @cached_property
    def complete(self) -> Mapping[Where, Completeness]:
        """Reports accepted and due under each place."""
        return counted(self.engine, self.question(), self.owed, own=False)

    @cached_property
    def complete_own(self) -> Mapping[Where, Completeness]:
        """A place's own reports accepted and due."""
        return counted(self.engine, self.question(), self._owed(True), own=True)

    def _owed(self, own: bool) -> Mapping[Where, Completeness]:
        question = self.question()
        key = (self.regime.pk, self.now, self.places, question.periods, self.basis, own)
        return _kept_dues(key, Dues(self.tree, question, self.liability))

    def figures(self, indicators: Iterable[Stored], cells: tuple[str, ...]) -> Figures:
        """Exact values of these indicators."""
        return self.engine.figures(self.question(indicators, cells))

    def splits(self, at: int, manner: Manner) -> list[int]:
        """The units of which only a part lies in a place."""
        rows = place(self.tree, (at,), self.basis, manner)
        return sorted({row.unit for row in rows if row.split})


@dataclass(frozen=True)
class Dues:
    """What reports due follow from. All are equal: what tells them apart stands in the key beside them."""

    tree: Tree = field(compare=False)
    question: Question = field(compare=False)
    liability: Liability = field(compare=False)


@kept(16)
def _kept_dues(key: tuple[Any, ...], dues: Dues) -> Mapping[Where, Completeness]:
    """key: regime, stamps, places, periods, basis, and last whether only a place's own reports count."""
    return owed(dues.tree, dues.question, dues.liability, own=key[-1])


def _liability(regime: Regime, calendar: Calendar, now: Stamps) -> Liability:
    if regime.ad_hoc:
        return Liability(())
    owing, excused = _owing(regime, now)
    last_days = {period.text: span for span, period in calendar.spans.items()}
    excluded = {(unit, last_days[period]) for unit, period in excused if period in last_days}
    return Liability(owing, frozenset(excluded))


@kept(16)
def _owing(regime: Regime, now: Stamps) -> tuple[list[tuple[int, int, int]], set[tuple[int, str]]]:
    """Who is liable when, and who is excused of which period."""
    schedule = Schedule(regime)
    first, last = schedule.term.first.toordinal(), schedule.term.last.toordinal()
    owing = [
        (v.unit_id, max(v.valid_from.toordinal(), first), min(_ordinal(v.valid_to), last + 1))
        for v in schedule.liability
    ]
    return owing, schedule.excluded


def _ordinal(day: date | None) -> int:
    return END if day is None else day.toordinal()


def exact(value: Fraction | None, indicator: Stored, decimals: int) -> Fraction | None:
    """A figure in the indicator's unit of measure; numbers of reports were never scaled."""
    if value is None or not decimals or "count" in (indicator.over_units, indicator.over_periods):
        return value
    return Fraction(value.numerator, value.denominator * 10**decimals)


def lives(tree: Tree, unit: int, basis: Basis) -> bool:
    """Does the unit exist on the day of the basis?"""
    return basis.kind == "reported" or tree.lives(unit, basis.day)


def day_of(basis: Basis) -> date:
    """The day of a basis other than reported."""
    return date.fromordinal(basis.day)

"""Which facts count at which asked place, for each basis (design rules 1 and 7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import lcm
from typing import NamedTuple

from giaoban.rollups.engine.question import BEGIN, END, Basis
from giaoban.rollups.engine.succession import ONE, Weight, land
from giaoban.rollups.engine.tree import Tree


class Row(NamedTuple):
    """Facts of `unit` whose span ends on a day of [lo, hi) count at `place` as facts of `target`.

    split: part of them belongs to other places and nobody knows which part.
    """

    unit: int
    lo: int
    hi: int
    place: int
    target: int
    weight: Weight = ONE
    split: bool = False


class Home(NamedTuple):
    """The places that hold a unit wholly, and those that hold at least a part of it."""

    wholly: frozenset[int]
    partly: frozenset[int]


@dataclass(frozen=True)
class Manner:
    """How far facts reach. own: only a place's own facts. shares: may a split use its shares?"""

    own: bool = False
    shares: bool = False


@lru_cache(maxsize=16)
def place(tree: Tree, places: tuple[int, ...], basis: Basis, manner: Manner) -> Sequence[Row]:
    """Every row that brings facts to one of the asked places. Kept in memory: many questions ask the same."""
    if basis.kind == "reported":
        return tuple(_reported(tree, places, manner.own))
    asked = frozenset(p for p in places if tree.lives(p, basis.day))
    if basis.kind == "asof":
        return tuple(_as_of(tree, asked, basis.day, manner.own))
    return tuple(_restated(tree, asked, basis.day, manner))


def _reported(tree: Tree, places: Iterable[int], own: bool) -> Iterator[Row]:
    """The tree of each report's last day: the end of its span, cut to the unit's validity."""
    for asked in places:
        for unit, depth, start, end in tree.below.get(asked, ()):
            if depth == 0 or not own:
                yield Row(unit, start, _stretched(tree, unit, end), asked, unit)


def _stretched(tree: Tree, unit: int, end: int) -> int:
    """A unit's last report may belong to a span that ends after the unit did."""
    return END if end >= tree.validity[unit][1] else end


def _as_of(tree: Tree, asked: frozenset[int], day: int, own: bool) -> Iterator[Row]:
    """The tree of one day; units that do not live on it stand with what they became or came from."""
    if own:
        yield from (Row(unit, BEGIN, END, unit, unit) for unit in asked)
        return
    homes = Homes(tree, day)
    for unit in tree.validity:
        home = homes.of(unit)
        for found in home.partly & asked:
            yield Row(unit, BEGIN, END, found, unit, ONE, found not in home.wholly)


def _restated(tree: Tree, asked: frozenset[int], day: int, manner: Manner) -> Iterator[Row]:
    """Facts mapped along succession edges, then the tree of that day."""
    homes = Homes(tree, day)
    for unit, (_, end) in tree.validity.items():
        for lo, hi in _stages(tree, unit, day):
            for landing in land(tree, unit, lo, day, manner.shares):
                home = homes.own(landing.leaves) if manner.own else homes.all_of(landing.leaves)
                for found in home.partly & asked:
                    split = found not in home.wholly
                    until = END if hi >= end else hi
                    yield Row(unit, lo, until, found, landing.unit, landing.weight, split)


def _stages(tree: Tree, unit: int, day: int) -> Iterator[tuple[int, int]]:
    """The spans of days between which the way of a unit's facts to `day` changes."""
    start, end = tree.validity[unit]
    cuts = {d for d in tree.after.get(unit, ()) if d <= day} | {
        d for d in tree.before.get(unit, ()) if d > day
    }
    edges = [start, *sorted(d for d in cuts if start < d < end), end]
    yield from zip(edges, edges[1:], strict=False)


class Homes:
    """Under which units each unit stands on one day, whether or not it lives then."""

    def __init__(self, tree: Tree, day: int) -> None:
        self.tree, self.day = tree, day
        self._known: dict[int, Home] = {}

    def of(self, unit: int) -> Home:
        """A living unit: its ancestors. Another: those of all it became; without any, those of its
        last ancestor that lives on (for a unit not yet open: of what it came from, or will open under)."""
        if unit not in self._known:
            self._known[unit] = self._find(unit)
        return self._known[unit]

    def all_of(self, units: frozenset[int]) -> Home:
        """Wholly: the places that hold every one of the units."""
        homes = [self.of(unit) for unit in units]
        wholly = frozenset.intersection(*(home.wholly for home in homes))
        return Home(wholly, frozenset().union(*(home.partly for home in homes)))

    def own(self, units: frozenset[int]) -> Home:
        """Only the units themselves count as places."""
        return Home(units if len(units) == 1 else frozenset(), units)

    def _find(self, unit: int) -> Home:
        if self.tree.lives(unit, self.day):
            line = frozenset(self.tree.line_of(unit, self.day))
            return Home(line, line)
        start, end = self.tree.validity[unit]
        edge = end - 1 if end <= self.day else start
        return self._moved(unit, edge) or self._stray(unit, edge)

    def _moved(self, unit: int, edge: int) -> Home | None:
        """Where a unit stands by what it became after `edge` (or came from before it)."""
        leaves = frozenset().union(*(n.leaves for n in land(self.tree, unit, edge, self.day, False)))
        return None if leaves == {unit} else self.all_of(leaves)

    def _stray(self, unit: int, edge: int) -> Home:
        """Closed without successor: the nearest ancestor that lives on, itself or in what it became."""
        for ancestor in self.tree.line_of(unit, edge)[1:]:
            if self.tree.lives(ancestor, self.day):
                return self.of(ancestor)
            moved = self._moved(ancestor, edge)
            if moved:
                return moved
        return Home(frozenset(), frozenset())


#: place, weight, split
Share = tuple[int, Weight, bool]


@dataclass(frozen=True, eq=False)
class Spots:
    """Facts that count at the same places are added once: (unit, lo, hi, spot), then spot → its places.

    steady: every unit has one spot for all the asked spans, so that the days need not be compared.
    """

    rows: list[tuple[int, int, int, int]]
    shares: list[frozenset[Share]]
    steady: bool

    @cached_property
    def unit(self) -> int:
        """The smallest number by which all weights become whole."""
        return lcm(*(weight.denominator for shares in self.shares for _, weight, _ in shares))

    @cached_property
    def one_to_one(self) -> bool:
        """Is every spot just one place?"""
        found = [share for shares in self.shares for share in shares]
        return (
            all(len(shares) == 1 for shares in self.shares)
            and len({place for place, _, _ in found}) == len(found)
            and all(weight == 1 for _, weight, _ in found)
        )


@lru_cache(maxsize=16)
def spots_at(
    tree: Tree, places: tuple[int, ...], basis: Basis, manner: Manner, spans: tuple[int, ...], apart: bool = False
) -> Spots:  # fmt: skip
    """The spots of these places. Kept in memory."""
    return spots(tree, place(tree, places, basis, manner), spans, apart)


def spots(tree: Tree, rows: Iterable[Row], spans: Sequence[int], apart: bool = False) -> Spots:
    """Cut each unit's time where the set of its asked places changes; number the sets.

    apart: every place is a spot of its own, so that a unit which moves between some of its places
    stays one unit for the others.
    """
    if not spans:
        return Spots([], [], True)
    first, last = spans[0], spans[-1]
    by_unit: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        if row.lo <= last and first < row.hi:
            by_unit[row.unit, row.place if apart else 0].append(row)
    numbers: dict[frozenset[Share], int] = {}
    answer, steady = [], True
    for (unit, _), mine in by_unit.items():
        pieces = list(_pieces(mine, first, last))
        start = max(first, tree.validity[unit][0])
        steady = steady and len(pieces) == 1 and pieces[0][0] <= start and pieces[0][1] > last
        answer += [(unit, lo, hi, numbers.setdefault(found, len(numbers))) for lo, hi, found in pieces]
    return Spots(answer, list(numbers), steady)


def _pieces(rows: list[Row], first: int, last: int) -> Iterator[tuple[int, int, frozenset[Share]]]:
    """The spans of days in which the unit's places stay the same, those without places left out."""
    if len(rows) == 1:
        yield rows[0].lo, rows[0].hi, _shares(rows)
        return
    cuts = sorted({row.lo for row in rows} | {row.hi for row in rows})
    pieces: list[tuple[int, int, frozenset[Share]]] = []
    for lo, hi in zip(cuts, cuts[1:], strict=False):
        if lo <= last and first < hi:
            found = _shares([row for row in rows if row.lo <= lo and hi <= row.hi])
            if pieces and pieces[-1][2] == found:
                pieces[-1] = (pieces[-1][0], hi, found)
            else:
                pieces.append((lo, hi, found))
    yield from (piece for piece in pieces if piece[2])


def _shares(rows: list[Row]) -> frozenset[Share]:
    if len({row.place for row in rows}) == len(rows):
        return frozenset([(row.place, row.weight, row.split) for row in rows])
    weights: dict[int, Weight] = defaultdict(int)
    split: dict[int, bool] = defaultdict(bool)
    for row in rows:
        weights[row.place] += row.weight
        split[row.place] |= row.split
    return frozenset((place, weight, split[place]) for place, weight in weights.items())

"""All units with their codes, names and levels over time, kept in memory while the tree stays the same."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from giaoban.lib.text import fold
from giaoban.reportforms.stamps import Stamps, kept
from giaoban.rollups.engine.question import END
from giaoban.rollups.engine.tree import Line, Tree
from giaoban.rollups.store.trees import grouped_tree_of, tree_of
from giaoban.units.models import Unit, UnitVersion


class Named(NamedTuple):
    """What a unit was called on the days [start, end), as ordinals."""

    unit: int
    code: str
    name: str
    level: int
    start: int
    end: int

    def holds(self, day: int) -> bool:
        return self.start <= day < self.end


@dataclass(frozen=True)
class Gazetteer:
    """names: per unit, by time. tree: see the engine. grouped: the same with groups as places."""

    tree: Tree
    names: dict[int, list[Named]]
    grouped: Tree

    @cached_property
    def by_code(self) -> dict[str, list[Named]]:
        found: dict[str, list[Named]] = {}
        for names in self.names.values():
            for named in names:
                found.setdefault(named.code, []).append(named)
        return found

    @cached_property
    def levels(self) -> list[int]:
        """Every level in use at any time."""
        return sorted({named.level for names in self.names.values() for named in names})

    @cached_property
    def _folded(self) -> list[tuple[str, Named]]:
        every = (named for names in self.names.values() for named in names)
        return [(fold(f"{named.code} {named.name}"), named) for named in every]

    def named(self, unit: int, day: int) -> Named:
        """The name in force on the day, or the nearest one before or after."""
        names = self.names[unit]
        number = bisect_right(names, day, key=lambda named: named.start)
        return names[max(0, number - 1)]

    def searched(self, words: str, day: int) -> Iterator[Named]:
        """Names in force on the day that hold every word, marks not counted; whole codes first."""
        wanted = fold(words).split()
        found = [n for text, n in self._folded if n.holds(day) and all(word in text for word in wanted)]
        yield from sorted(found, key=lambda n: (fold(n.code) != fold(words), n.level, n.code))

    def above(self, unit: int, day: int) -> list[Line]:
        """The unit and its ancestors on a day, nearest first."""
        lines = [line for line in self.tree.above.get(unit, ()) if line.start <= day < line.end]
        return sorted(lines, key=lambda line: line.depth)

    def has_below(self, unit: int, day: int) -> bool:
        return any(n.depth == 1 and n.start <= day < n.end for n in self.tree.below.get(unit, ()))

    def below(self, place: int) -> list[Line]:
        """What ever stood below a unit, itself included, or in a group."""
        return (self.grouped if place < 0 else self.tree).below.get(place, [])

    def in_trees_of(self, places: Iterable[int]) -> frozenset[int]:
        """The units above any of these, at any time; who stands under one of them is of the same tree."""
        return frozenset(line.other for place in places for line in self.tree.above.get(place, ()))

    def stands_under(self, unit: int, tops: frozenset[int]) -> bool:
        """Did it ever stand under one of these units, or is it one?"""
        return any(line.other in tops for line in self.tree.above.get(unit, ()))

    def unit(self, pk: int, day: int) -> Unit:
        """The unit as the roll-up takes it, named as on the day."""
        named, (start, end) = self.named(pk, day), self.tree.validity[pk]
        return Unit(
            pk=pk, code=named.code, name=named.name, level=named.level, valid_from=date.fromordinal(start),
            valid_to=None if end >= END else date.fromordinal(end),
        )  # fmt: skip


def gazetteer(hierarchy: str, stamps: Stamps) -> Gazetteer:
    """The units of today's database. No query while nothing changed."""
    return _read(hierarchy, stamps.database, stamps.tree)


@kept(4)
def _read(hierarchy: str, database: str, stamp: int) -> Gazetteer:
    names: dict[int, list[Named]] = {}
    columns = ("unit", "code", "name", "level", "valid_from", "valid_to")
    for unit, code, name, level, start, end in UnitVersion.objects.order_by("valid_from").values_list(
        *columns
    ):
        until = END if end is None else end.toordinal()
        names.setdefault(unit, []).append(Named(unit, code, name, level, start.toordinal(), until))
    return Gazetteer(tree_of(hierarchy, stamp), names, grouped_tree_of(hierarchy, stamp))

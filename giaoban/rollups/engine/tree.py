"""The dated tree of one hierarchy with its succession edges, held in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from giaoban.rollups.engine.question import BEGIN, END


class Line(NamedTuple):
    """`other` stands `depth` steps away (above or below) on the days [start, end)."""

    other: int
    depth: int
    start: int
    end: int


class Step(NamedTuple):
    """What a unit became on a day (or came from, read backwards)."""

    other: int
    share: Fraction | None


@dataclass(frozen=True, eq=False)
class Tree:
    """validity: unit → [from, to). above, below: dated lines, the unit itself included at depth 0.
    after, before: unit → day → steps, forwards and backwards in time."""

    validity: dict[int, tuple[int, int]]
    above: dict[int, list[Line]]
    below: dict[int, list[Line]]
    after: dict[int, dict[int, list[Step]]]
    before: dict[int, dict[int, list[Step]]]

    def lives(self, unit: int, day: int) -> bool:
        """Is the unit valid on that day?"""
        start, end = self.validity[unit]
        return start <= day < end

    def line_of(self, unit: int, day: int) -> list[int]:
        """The unit and its ancestors on that day, nearest first."""
        lines = [n for n in self.above.get(unit, ()) if n.start <= day < n.end]
        return [n.other for n in sorted(lines, key=lambda n: n.depth)]

    def has_sums(self, place: int) -> bool:
        """Are sums made beforehand for it? For units with others under them; not for groups."""
        return place >= 0 and not self.is_leaf(place)

    def is_leaf(self, unit: int) -> bool:
        """Has nothing ever stood under this unit?"""
        return all(line.depth == 0 for line in self.below.get(unit, ()))


def build(
    validity: dict[int, tuple[int, int]],
    ancestry: Iterable[Sequence[int]],
    edges: Iterable[tuple[int, int, int, Decimal | None]],
) -> Tree:
    """ancestry: (unit, ancestor, depth, from, to); edges: (old, new, day, share)."""
    above: dict[int, list[Line]] = defaultdict(list)
    below: dict[int, list[Line]] = defaultdict(list)
    for unit, ancestor, depth, start, end in ancestry:
        above[unit].append(Line(ancestor, depth, start, end))
        below[ancestor].append(Line(unit, depth, start, end))
    after: dict[int, dict[int, list[Step]]] = defaultdict(lambda: defaultdict(list))
    before: dict[int, dict[int, list[Step]]] = defaultdict(lambda: defaultdict(list))
    for old, new, day, share in edges:
        after[old][day].append(Step(new, None if share is None else Fraction(share)))
        before[new][day].append(Step(old, None))
    _keep_survivors(validity, after, before)
    return Tree(validity, dict(above), dict(below), _plain(after), _plain(before))


def with_groups(tree: Tree, members: Iterable[tuple[int, int, int, int]]) -> Tree:
    """The tree with groups as further places: under each, its members and all that stands under them.

    members: (place of the group, a negative number; unit, from, to). A unit stands under a group once,
    however many of its ancestors are members.
    """
    held: dict[int, dict[int, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for place, member, start, end in members:
        for line in tree.below.get(member, ()):
            first, last = max(start, line.start), min(end, line.end)
            if first < last:
                held[place][line.other].append(Line(place, line.depth + 1, first, last))
    below, above = dict(tree.below), dict(tree.above)
    for place, units in held.items():
        found: list[Line] = []
        for unit, lines in units.items():
            once = _nearest(lines)
            above[unit] = [*above.get(unit, ()), *(n._replace(depth=n.depth + _BEYOND) for n in once)]
            found += [n._replace(other=unit) for n in once]
        below[place] = found
    everywhere = dict.fromkeys(held, (BEGIN, END))
    return replace(tree, validity={**tree.validity, **everywhere}, above=above, below=below)


#: A group stands farther away than any ancestor.
_BEYOND = 1000


def _nearest(lines: list[Line]) -> list[Line]:
    """The same days once each, with the smallest depth."""
    cuts = sorted({line.start for line in lines} | {line.end for line in lines})
    found: list[Line] = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        depths = [line.depth for line in lines if line.start <= start and end <= line.end]
        if depths and found and found[-1].end == start and found[-1].depth == min(depths):
            found[-1] = found[-1]._replace(end=end)
        elif depths:
            found.append(Line(lines[0].other, min(depths), start, end))
    return found


Steps = dict[int, dict[int, list[Step]]]


def _keep_survivors(validity: dict[int, tuple[int, int]], after: Steps, before: Steps) -> None:
    """A unit that gave a part away and lives on also follows itself, unless shares say otherwise;
    one that took something in also comes from itself."""
    for unit, days in after.items():
        for day, steps in days.items():
            named = {s.other for s in steps}
            if validity[unit][1] > day and unit not in named and all(s.share is None for s in steps):
                steps.append(Step(unit, None))
    for unit, days in before.items():
        for day, steps in days.items():
            if validity[unit][0] < day and unit not in {s.other for s in steps}:
                steps.append(Step(unit, None))


def _plain(steps: Steps) -> Steps:
    return {unit: dict(days) for unit, days in steps.items()}

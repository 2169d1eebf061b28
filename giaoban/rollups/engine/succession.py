"""Where the facts of a unit land when they are restated from one day to another (design rule 7).

Walking forwards, a merge, move, rename or upgrade has one target. A split hands the facts on by its
shares if they are known and may be used; otherwise they stay where they are and remember all the
units that may hold them, so that a split within one asked unit does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import NamedTuple

from giaoban.rollups.engine.tree import Step, Tree

#: A share of a figure. The whole is the integer 1, which is quicker to compare than a fraction.
Weight = Fraction | int
ONE = 1


class Landing(NamedTuple):
    """Facts count at `unit` with a weight; `leaves`: every unit that may hold them on the asked day."""

    unit: int
    weight: Weight
    leaves: frozenset[int]


def land(tree: Tree, unit: int, day: int, target: int, shares: bool) -> tuple[Landing, ...]:
    """Where facts of `unit` from `day` land on day `target`. shares: may a split use its shares?"""
    event = next_event(tree, unit, day, target)
    if event is None:
        return (Landing(unit, ONE, frozenset((unit,))),)
    steps = _steps(tree, unit, event, forward=day <= target)
    reached = event if day <= target else event - 1
    onward = [(step, land(tree, step.other, reached, target, shares)) for step in steps]
    if len(steps) == 1:
        return onward[0][1]
    if shares and all(step.share is not None for step in steps):
        return _weighed(onward)
    leaves = frozenset().union(*(landing.leaves for _, landings in onward for landing in landings))
    return (Landing(next(iter(leaves)) if len(leaves) == 1 else unit, ONE, leaves),)


def next_event(tree: Tree, unit: int, day: int, target: int) -> int | None:
    """The next day on which the unit changed on the way from `day` to `target`."""
    if day <= target:
        return min((d for d in tree.after.get(unit, ()) if day < d <= target), default=None)
    return max((d for d in tree.before.get(unit, ()) if target < d <= day), default=None)


def _steps(tree: Tree, unit: int, event: int, forward: bool) -> list[Step]:
    return (tree.after if forward else tree.before)[unit][event]


def _weighed(onward: list[tuple[Step, tuple[Landing, ...]]]) -> tuple[Landing, ...]:
    weights: dict[tuple[int, frozenset[int]], Fraction] = defaultdict(Fraction)
    for step, landings in onward:
        for unit, weight, leaves in landings:
            weights[unit, leaves] += weight * (step.share or ONE)
    return tuple(Landing(unit, weight, leaves) for (unit, leaves), weight in weights.items())

"""Who took over from whom: a stock is handed over, not added (design rule 3)."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from giaoban.rollups.engine.question import END, Question
from giaoban.rollups.engine.tree import Tree


class Heir(NamedTuple):
    """In `period`, `unit` gives way to `heir` if the heir has a value on the far side of `day`.

    heir_edge: the last day of the heir (for `first`: its first day), to which its reports are cut.
    """

    period: str
    unit: int
    heir: int
    day: int
    heir_edge: int


def heirs(tree: Tree, question: Question, operator: str) -> list[Heir]:
    """operator `last`: units that ended inside an asked period and all that followed them;
    `first`: units that began inside one and all that came before them."""
    changes = endings(tree) if operator == "last" else beginnings(tree)
    found: list[Heir] = []
    for asked in question.periods if changes else ():
        if asked.spans:
            first = min(question.starts[span] for span in asked.spans)
            inside = slice(bisect_left(changes, (first + 1,)), bisect_left(changes, (max(asked.spans) + 1,)))
            for day, unit, others in changes[inside]:
                found += (_heir(tree, operator, asked.key, unit, heir, day) for heir in others)
    return found


def _heir(tree: Tree, operator: str, period: str, unit: int, heir: int, day: int) -> Heir:
    start, end = tree.validity[heir]
    return Heir(period, unit, heir, day, end - 1 if operator == "last" else start)


Change = tuple[int, int, tuple[int, ...]]


@lru_cache(maxsize=4)
def endings(tree: Tree) -> list[Change]:
    """(first day no longer valid, unit, all that followed it and outlived it), by day."""
    found = []
    for unit in tree.after:
        end = tree.validity[unit][1]
        others = (heir for heir in _following(tree, unit, end - 1) if tree.validity[heir][1] > end)
        found.append((end, unit, tuple(sorted(others))))
    return sorted(change for change in found if change[0] < END and change[2])


@lru_cache(maxsize=4)
def beginnings(tree: Tree) -> list[Change]:
    """(first day, unit, all that came before it), by day."""
    found = []
    for unit in tree.before:
        start = tree.validity[unit][0]
        others = (heir for heir in _preceding(tree, unit, start) if tree.validity[heir][0] < start)
        found.append((start, unit, tuple(sorted(others))))
    return sorted(change for change in found if change[2])


def _following(tree: Tree, unit: int, day: int) -> set[int]:
    """All units reached by going forwards in time from `day`."""
    found: set[int] = set()
    todo = [(unit, day)]
    while todo:
        one, since = todo.pop()
        event = min((d for d in tree.after.get(one, ()) if d > since), default=None)
        if event is not None:
            todo += [(step.other, event) for step in tree.after[one][event]]
            found |= {step.other for step in tree.after[one][event]}
    return found - {unit}


def _preceding(tree: Tree, unit: int, day: int) -> set[int]:
    """All units reached by going backwards in time from `day`."""
    found: set[int] = set()
    todo = [(unit, day)]
    while todo:
        one, until = todo.pop()
        event = max((d for d in tree.before.get(one, ()) if d <= until), default=None)
        if event is not None:
            todo += [(step.other, event - 1) for step in tree.before[one][event]]
            found |= {step.other for step in tree.before[one][event]}
    return found - {unit}

"""A group as a place: the engine, with and without sums made beforehand, and the slow reading agree."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.rollups.engine.question import REPORTED
from giaoban.rollups.engine.tree import with_groups
from giaoban.rollups.tests.engine.oracle import SPLIT, Oracle
from giaoban.rollups.tests.engine.support import kept_engine, question_of, stored
from giaoban.rollups.tests.engine.test_oracle import PAIRS, askings, bases, thorough
from giaoban.rollups.tests.engine.worlds import FIRST_DAY, FOREVER, LAST_DAY, World, spans, worlds

GROUPS = (-1, -2)


@dataclass
class Grouped(World):
    """A world whose groups stand above their members and all below them, after every ancestor."""

    members: list[tuple[int, int, int, int]] = field(default_factory=list)

    def living(self, day: int) -> list[int]:
        return [*super().living(day), *GROUPS]

    def line(self, unit: int, day: int) -> list[int]:
        if unit < 0:
            return []
        plain = super().line(unit, day)
        held = {g for g, member, start, end in self.members if member in plain and start <= day < end}
        return [*plain, *sorted(held)]


@st.composite
def members(draw, world: World) -> list[tuple[int, int, int, int]]:
    """Some units, perhaps one under another, each for a part of its life."""
    days = st.integers(FIRST_DAY - 2, LAST_DAY + 2)
    found = []
    for group in GROUPS:
        for unit in draw(st.sets(st.sampled_from(sorted(world.units)), max_size=4)):
            start, end = world.units[unit]
            first = max(start, draw(st.one_of(st.just(0), days)))
            last = min(end, draw(st.one_of(st.just(FOREVER), days)))
            if first < last:
                found.append((group, unit, first, last))
    return found


@pytest.mark.requirement(30)
@thorough
@given(data=st.data())
def test_a_group_is_the_union_of_its_members_of_each_day(session, data):
    world = data.draw(worlds(indicators=(1,)))
    grouped = Grouped(world.units, world.parents, world.edges, world.reports, data.draw(members(world)))
    periods, basis = data.draw(askings), data.draw(bases)
    covered = frozenset(data.draw(st.sets(st.sampled_from(spans())))) if basis == REPORTED else frozenset()
    plain = kept_engine(session, world, covered)
    engine = replace(plain, tree=with_groups(plain.tree, grouped.members))
    places = tuple(sorted({group for group, *_ in grouped.members}))
    oracle = Oracle(grouped, basis.kind, basis.day)
    for pair in data.draw(st.lists(st.sampled_from(PAIRS), min_size=4, max_size=4, unique=True)):
        asked = stored(1, *pair)
        question = replace(question_of(world, [asked], periods, basis=basis), places=(*places, 1))
        figures = engine.figures(question).values
        for place, (key, inside) in product((*places, 1), periods.items()):
            wanted = oracle.value(1, *pair, place, inside, "") if inside else None
            where = (1, place, key, "")
            found = (SPLIT if figures[where] is None else figures[where]) if where in figures else None
            assert found == wanted, (pair, basis, where, grouped.members)

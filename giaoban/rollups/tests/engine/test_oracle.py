"""The engine and a slow, plain reading of the rules give the same answers on random worlds."""

from __future__ import annotations

import os
from itertools import product

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from giaoban.rollups.engine.question import Basis
from giaoban.rollups.tests.engine.oracle import SPLIT, Oracle
from giaoban.rollups.tests.engine.support import engine_of, kept_engine, question_of, stored
from giaoban.rollups.tests.engine.worlds import CELLS, FIRST_DAY, LAST_DAY, spans, worlds

UNITS = ("sum", "average", "min", "max", "count", "none")
PERIODS = ("sum", "average", "first", "last", "min", "max", "count")
PAIRS = list(product(UNITS, PERIODS))

EXAMPLES = int(os.environ.get("GIAOBAN_EXAMPLES", "40"))
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
thorough = settings(
    # shrinking a world takes minutes; set GIAOBAN_SHRINK to have it
    phases=[*PHASES, Phase.shrink] if os.environ.get("GIAOBAN_SHRINK") else PHASES,
    max_examples=EXAMPLES, deadline=None, derandomize="GIAOBAN_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)  # fmt: skip

bases = st.one_of(
    st.just(Basis()),
    st.builds(Basis, st.sampled_from(["asof", "restated"]), st.integers(FIRST_DAY - 3, LAST_DAY + 8)),
)
askings = st.sampled_from(
    [
        {"all": spans()},
        {f"span {n}": [span] for n, span in enumerate(spans())},
        {"early": spans()[:3], "late": spans()[2:], "one": spans()[1:2], "nothing": []},
    ]
)


def compare(session, world, indicators, periods, basis, cells=("",), engine=None):
    engine = engine or engine_of(session, world)
    figures = engine.figures(question_of(world, indicators, periods, cells, basis)).values
    oracle = Oracle(world, basis.kind, basis.day)
    for indicator, place, (key, inside), cell in product(indicators, world.units, periods.items(), cells):
        wanted = None
        if inside:
            wanted = oracle.value(
                indicator.id, indicator.over_units, indicator.over_periods, place, inside, cell
            )
        asked = (indicator.id, place, key, cell)
        found = (SPLIT if figures[asked] is None else figures[asked]) if asked in figures else None
        assert found == wanted, (indicator.over_units, indicator.over_periods, basis, asked)


@pytest.mark.requirement(30)
@thorough
@given(data=st.data())
def test_every_pair_of_operators_on_every_basis(session, data):
    world = data.draw(worlds(indicators=(1, 2)))
    periods, basis = data.draw(askings), data.draw(bases)
    pairs = data.draw(st.lists(st.sampled_from(PAIRS), min_size=6, max_size=6, unique=True))
    for one, other in zip(pairs[::2], pairs[1::2], strict=True):
        compare(session, world, [stored(1, *one), stored(2, *other)], periods, basis)


@thorough
@given(data=st.data())
def test_totals_that_follow_from_a_complete_breakdown(session, data):
    world = data.draw(worlds(indicators=(1, 2), cells=CELLS))
    periods, basis = data.draw(askings), data.draw(bases)
    pairs = [
        stored(1, "sum", data.draw(st.sampled_from(PERIODS))),
        stored(2, *data.draw(st.sampled_from(PAIRS))),
    ]
    compare(session, world, pairs, periods, basis, ("", "sex=f", "sex=m", "age=old", "age=old,sex=f"))


@thorough
@given(data=st.data())
def test_partial_sums_change_no_answer(session, data):
    """Some spans come from sums made beforehand, the others from facts."""
    world = data.draw(worlds(indicators=(1, 2), cells=CELLS))
    covered = data.draw(st.sets(st.sampled_from(spans())))
    pairs = data.draw(st.lists(st.sampled_from(PAIRS), min_size=6, max_size=6, unique=True))
    periods = data.draw(askings)
    for one, other in zip(pairs[::2], pairs[1::2], strict=True):
        engine = kept_engine(session, world, frozenset(covered))
        compare(session, world, [stored(1, *one), stored(2, *other)], periods, Basis(), ("", "sex=f"), engine)


@thorough
@given(data=st.data())
def test_the_total_of_sums_is_the_same_on_every_basis(session, data):
    world = data.draw(worlds())
    indicator, periods = [stored(1, "sum", "sum")], {"all": spans()}
    engine = engine_of(session, world)
    answers = {
        engine.figures(question_of(world, indicator, periods, basis=basis)).values.get((1, 1, "all", ""))
        for basis in [Basis(), *data.draw(st.lists(bases, min_size=3, max_size=3))]
    }
    assert len(answers) == 1

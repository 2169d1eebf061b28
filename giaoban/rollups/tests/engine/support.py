"""Brings a random world before the engine."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from giaoban.lib.cells import derive
from giaoban.rollups.engine import partials, tree
from giaoban.rollups.engine.question import REPORTED, Asked, Question, Stored
from giaoban.rollups.engine.rollup import Engine
from giaoban.rollups.engine.session import Session
from giaoban.rollups.tests.engine.worlds import DIMENSIONS, FOREVER, SPAN_DAYS, World, spans

FACTS = {
    "unit_id": pa.int32(), "span": pa.int32(), "indicator_id": pa.int32(),
    "cell": pa.string(), "derived": pa.bool_(), "value": pa.int64(),
}  # fmt: skip


def tree_of(world: World) -> tree.Tree:
    """Ancestry in pieces between all days on which anything changes: the engine has to join them."""
    days = {d for rng in world.units.values() for d in rng} | {d for _, _, *rng in world.parents for d in rng}
    cuts = sorted(days | {FOREVER})
    ancestry = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        for unit in world.living(start):
            ancestry += [
                (unit, above, depth, start, end) for depth, above in enumerate(world.line(unit, start))
            ]
    return tree.build(world.units, ancestry, world.edges)


def facts_of(world: World) -> pa.Table:
    rows = []
    for (unit, span), said in world.reports.items():
        for indicator, values in said.items():
            for cell, value in derive(values, DIMENSIONS).items():
                rows.append((unit, span, indicator, cell, cell not in values, value))
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(FACTS)
    return pa.table({n: pa.array(c, t) for (n, t), c in zip(FACTS.items(), columns, strict=True)})


def engine_of(session: Session, world: World) -> Engine:
    session.con.register("facts", facts_of(world))
    return Engine(session, tree_of(world))


def kept_engine(session: Session, world: World, covered: frozenset[int]) -> Engine:
    """An engine with partial sums for some of the spans."""
    engine = engine_of(session, world)
    facts = facts_of(world)
    facts = facts.filter(pc.is_in(facts["span"], pa.array(sorted(covered), pa.int32())))
    made = partials.sums(session, facts, partials.inner_spots(engine.tree, sorted(covered)))
    session.con.register("partials", made)
    return replace(engine, kept=covered)


def question_of(
    world: World, indicators, periods: dict[str, list[int]], cells=("",), basis=REPORTED
) -> Question:
    return Question(
        indicators=tuple(indicators),
        places=tuple(world.units),
        periods=tuple(Asked(key, tuple(inside)) for key, inside in periods.items()),
        starts={span: span - SPAN_DAYS + 1 for span in spans()},
        cells=tuple(cells),
        basis=basis,
    )


def stored(number: int, units: str, periods: str) -> Stored:
    return Stored(number, units, periods)

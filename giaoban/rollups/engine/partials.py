"""Sums per place, made beforehand: what every operator over units needs, per span."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import pyarrow as pa

from giaoban.rollups.engine import stages, tables
from giaoban.rollups.engine.dialect import exact_sum
from giaoban.rollups.engine.placement import Manner, Spots, spots_at
from giaoban.rollups.engine.question import REPORTED
from giaoban.rollups.engine.session import Session
from giaoban.rollups.engine.tables import REPORTS, SHARES
from giaoban.rollups.engine.tree import Tree

Table = Any

KEYS = ("place", "span", "indicator_id", "cell", "derived")

ALL_FACTS = ibis.table(
    {
        "unit_id": "int32", "span": "int32", "indicator_id": "int32", "cell": "string",
        "derived": "boolean", "value": "int64",
    },
    name="all_facts",
)  # fmt: skip


def inner_places(tree: Tree) -> list[int]:
    """The units under which others stand or stood: only these have sums worth keeping."""
    return sorted(unit for unit in tree.below if not tree.is_leaf(unit))


def inner_spots(tree: Tree, spans: Sequence[int]) -> Spots:
    """Where facts count for the sums kept."""
    return spots_at(tree, tuple(inner_places(tree)), REPORTED, Manner(), tuple(sorted(spans)))


def sums(session: Session, facts: pa.Table, found: Spots) -> pa.Table:
    """place, span, indicator_id, cell, derived, s, n, lo, hi on the tree as reported."""
    data = {"all_facts": facts, **tables.spots(found, 1)}
    return session.run(_sums, found.steady, data=data)


def counts(session: Session, reports: pa.Table, found: Spots) -> pa.Table:
    """place, span, accepted, known (on time or not), on_time, newest on the tree as reported."""
    session.view("wanted_reports", "SELECT * FROM all_reports", all_reports=reports)
    data = tables.spots(found, 1)
    return session.run(_counts, found.steady, data=data)


def _sums(steady: bool) -> Table:
    rows = stages.on_spots(ALL_FACTS, steady)
    value = rows["value"]
    by_spot = rows.group_by(["spot", *KEYS[1:]]).agg(
        s=exact_sum(value), n=rows.count(), lo=value.min(), hi=value.max()
    )
    held = by_spot.join(SHARES, by_spot.spot == SHARES.in_spot)
    made = held.group_by(KEYS).agg(
        s=exact_sum(held.s), n=held.n.sum().cast("int64"), lo=held.lo.min(), hi=held.hi.max()
    )
    return made.order_by(["place", "indicator_id", "cell", "span"])


def _counts(steady: bool) -> Table:
    rows = stages.on_spots(REPORTS, steady)
    held = rows.join(SHARES, rows.spot == SHARES.in_spot)
    return held.group_by(["place", "span"]).agg(**stages.reports_counted(held)).order_by(["place", "span"])

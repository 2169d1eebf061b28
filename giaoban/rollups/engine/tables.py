"""The tables a roll-up stands on: what they are called, their columns, and how they are made.

Expressions are built over these names alone, never over data, so that each expression is compiled once
and asked again with other data (see session.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import lcm
from typing import Any

import ibis
import pyarrow as pa

from giaoban.rollups.engine.handover import Heir
from giaoban.rollups.engine.placement import Row, Spots
from giaoban.rollups.engine.question import Question, Stored
from giaoban.rollups.engine.succession import Weight
from giaoban.rollups.engine.tree import Tree

Table = Any

#: The facts wanted by a question: those of its indicators, spans and cells.
FACTS = ibis.table(
    {"unit_id": "int32", "span": "int32", "indicator_id": "int32", "cell": "string", "value": "int64"},
    name="wanted",
)
#: Sums made beforehand, of the same.
KEPT = ibis.table(
    {
        "place": "int32", "span": "int32", "indicator_id": "int32", "cell": "string",
        "s": "decimal(38, 0)", "n": "int64", "lo": "int64", "hi": "int64",
    },
    name="wanted_kept",
)  # fmt: skip
REPORTS = ibis.table(
    {
        "report_id": "int64", "revision_id": "int64", "unit_id": "int32", "span": "int32",
        "submitted_at": "int64", "on_time": "boolean",
    },
    name="wanted_reports",
)  # fmt: skip
COUNTS = ibis.table(
    {
        "place": "int32", "span": "int32", "accepted": "int64", "known": "int64", "on_time": "int64",
        "newest": "int64",
    },
    name="wanted_counts",
)  # fmt: skip

CALENDAR = ibis.table({"in_span": "int32", "period": "int32", "starts": "int32"}, name="calendar")
SPOTS = ibis.table({"of_unit": "int32", "lo": "int32", "hi": "int32", "spot": "int32"}, name="spots")
SHARES = ibis.table(
    {"in_spot": "int32", "place": "int32", "weight": "decimal(38, 0)", "split": "boolean"}, name="shares"
)
LANDINGS = ibis.table(
    {
        "of_unit": "int32", "lo": "int32", "hi": "int32", "place": "int32", "target": "int32",
        "weight": "decimal(38, 0)", "split": "boolean", "born": "int32", "died": "int32",
    },
    name="landings",
)  # fmt: skip
HEIRS = ibis.table(dict.fromkeys(("in_period", "of_unit", "heir", "far", "heir_edge"), "int32"), name="heirs")
UNITS = ibis.table({"listed": "int32"}, name="units")
OPERATORS = ibis.table({"of_indicator": "int32", "operator": "string"}, name="operators")
TALLIES = ibis.table(
    {
        "place": "int32", "period": "int32", "indicator_id": "int32", "cell": "string", "den": "int64",
        "s": "decimal(38, 0)", "n": "int64", "lo": "int64", "hi": "int64", "split": "boolean",
    },
    name="tallies",
)  # fmt: skip

_TYPES = {
    "int32": pa.int32(), "int64": pa.int64(), "string": pa.string(), "boolean": pa.bool_(),
    "decimal(38, 0)": pa.decimal128(38),
}  # fmt: skip

Data = dict[str, pa.Table]


def rows(handle: Table, content: Sequence[Sequence[Any]]) -> Data:
    """The content of one of the tables above, by its name."""
    schema = handle.schema()
    columns = list(zip(*content, strict=True)) if content else [()] * len(schema)
    arrays = {
        name: pa.array(values, _TYPES[str(kind)])
        for values, (name, kind) in zip(columns, schema.items(), strict=True)
    }
    return {handle.get_name(): pa.table(arrays)}


def calendar(question: Question) -> Data:
    """in_span, period (its number in the question), starts (first day of the span)."""
    return rows(CALENDAR, [
        (span, number, question.starts[span])
        for number, asked in enumerate(question.periods)
        for span in asked.spans
    ])  # fmt: skip


@lru_cache(maxsize=16)
def spots(found: Spots, unit: int) -> Data:
    """Units on spots, and spots at places with weights times `unit`. Kept in memory; not to be changed."""
    shares = [
        (spot, place, int(weight * unit), split)
        for spot, shares in enumerate(found.shares)
        for place, weight, split in shares
    ]
    return rows(SPOTS, found.rows) | rows(SHARES, shares)


def landings(tree: Tree, found: Sequence[Row], unit: int) -> Data:
    """Where facts land, with weights times `unit` and the first and last day of the unit they come from."""
    return rows(LANDINGS, [
        (
            row.unit, row.lo, row.hi, row.place, row.target, int(row.weight * unit), row.split,
            tree.validity[row.unit][0], tree.validity[row.unit][1] - 1,
        )
        for row in found
    ])  # fmt: skip


def heirs(found: Sequence[Heir], question: Question) -> Data:
    """Who gives way to whom in which period, beyond which day."""
    numbers = {asked.key: number for number, asked in enumerate(question.periods)}
    return rows(HEIRS, [(numbers[h.period], h.unit, h.heir, h.day, h.heir_edge) for h in found])


def operators(indicators: Sequence[Stored], whole: bool = False) -> Data:
    """How each tally becomes a value. whole: each unit had one value per asked period, which an operator
    `count` over periods turns into 1."""
    content = []
    for indicator in indicators:
        operator = indicator.over_units
        if whole and indicator.over_periods == "count" != operator:
            operator = "count" if operator == "sum" else "one"
        content.append((indicator.id, operator))
    return rows(OPERATORS, content)


def common_unit(weights: set[Weight]) -> int:
    """The smallest number by which every weight becomes whole."""
    return lcm(*(weight.denominator for weight in weights))

"""Asks the engine: an expression is compiled once per shape, then run with the data of each question."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa

from giaoban.rollups.engine.question import TOTAL, Question, Stored

Table = Any
Build = Callable[..., Table]


@dataclass(frozen=True)
class Names:
    """The tables of one regime in the engine, see stages.py and counting.py: names, or queries in parentheses.

    known: the indicators that may occur in the facts, None if that is not known.
    """

    facts: str = "facts"
    reports: str = "reports"
    partials: str = "partials"
    counts: str = "counts"
    known: frozenset[int] | None = None

    def numbered(self, number: int) -> Names:
        """The same for another regime, beside this one."""
        return Names(
            f"{self.facts}_{number}",
            f"{self.reports}_{number}",
            f"{self.partials}_{number}",
            f"{self.counts}_{number}",
            self.known,
        )


#: SQL by the name of the function that builds it and the shape; the same for all connections.
_compiled: dict[tuple[str, tuple[Any, ...]], str] = {}


@dataclass
class Session:
    """con: a DuckDB connection. Not for two threads at once."""

    con: Any

    def run(self, build: Build, *shape: Any, data: dict[str, pa.Table]) -> pa.Table:
        """The answer of build(*shape) over these tables."""
        key = (f"{build.__module__}.{build.__qualname__}", shape)
        if key not in _compiled:
            _compiled[key] = str(ibis.to_sql(build(*shape), dialect="duckdb"))
        for name, content in data.items():
            self.con.register(name, content)
        return self.con.sql(_compiled[key]).to_arrow_table()

    def view(self, name: str, query: str, **data: pa.Table) -> None:
        """Call a query, perhaps over some data, by a name."""
        for of, content in data.items():
            self.con.register(of, content)
        self.con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {query}")

    def want(self, names: Names, question: Question, indicators: Sequence[Stored]) -> None:
        """The facts of these indicators, spans and cells become `wanted`."""
        columns = "unit_id, span, indicator_id, cell, value"
        self.view(
            "wanted",
            f"SELECT {columns} FROM {names.facts} WHERE {_wanted(question, indicators, names.known)}",
        )

    def want_kept(self, names: Names, question: Question, indicators: Sequence[Stored]) -> None:
        """The sums made beforehand of the same become `wanted_kept`."""
        where = f"{_wanted(question, indicators, names.known)} AND {one_of('place', question.places)}"
        columns = "place, span, indicator_id, cell, s, n, lo, hi"
        self.view("wanted_kept", f"SELECT {columns} FROM {names.partials} WHERE {where}")

    def want_reports(self, names: Names, question: Question) -> None:
        """The reports of these spans become `wanted_reports`."""
        self.view("wanted_reports", f"SELECT * FROM {names.reports} WHERE {_between(question)}")

    def want_counts(self, names: Names, question: Question, places: Collection[int]) -> None:
        """The counts made beforehand of these places become `wanted_counts`."""
        where = f"{_between(question)} AND {one_of('place', places)}"
        self.view("wanted_counts", f"SELECT * FROM {names.counts} WHERE {where}")


def _wanted(question: Question, indicators: Sequence[Stored], known: frozenset[int] | None) -> str:
    """Totals that were not stored count only where units are summed. Says no more than it must: each
    condition costs as much as a sum."""
    ids = [i.id for i in indicators]
    derived = [i.id for i in indicators if i.broken and i.over_units != "sum"]
    parts = [_between(question)]
    if known is None or not known.issubset(ids):
        parts.append(one_of("indicator_id", ids))
    if question.cells != (TOTAL,) or any(i.broken for i in indicators):
        parts.append(one_of("cell", [_quoted(cell) for cell in question.cells]))
    if derived:
        parts.append(f"NOT (derived AND {one_of('indicator_id', derived)})")
    return " AND ".join(parts)


def _between(question: Question) -> str:
    """The spans asked: from the first to the last, unless the regime has others in between."""
    first, last = question.spans[0], question.spans[-1]
    if sum(first <= span <= last for span in question.starts) > len(question.spans):
        return one_of("span", question.spans)
    return f"span BETWEEN {first:d} AND {last:d}"


def one_of(column: str, values: Collection[Any]) -> str:
    """SQL: the column holds one of these numbers, or of these quoted texts."""
    if not values:
        return "FALSE"
    if len(values) == 1:
        return f"{column} = {next(iter(values))}"
    return f"{column} IN ({', '.join(str(value) for value in values)})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

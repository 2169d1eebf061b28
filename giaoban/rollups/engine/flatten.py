"""Documents of revisions become facts: one row per stored value, and the totals that follow from breakdowns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pyarrow as pa

from giaoban.lib.cells import derive, place_of

FACTS = pa.schema(
    {
        "unit_id": pa.int32(), "span": pa.int32(), "indicator_id": pa.int32(),
        "cell": pa.string(), "derived": pa.bool_(), "value": pa.int64(),
    }
)  # fmt: skip
REPORTS = pa.schema(
    {
        "report_id": pa.int64(), "revision_id": pa.int64(), "unit_id": pa.int32(), "span": pa.int32(),
        "submitted_at": pa.int64(), "on_time": pa.bool_(),
    }
)  # fmt: skip

_MOST = 2**63


class Document(msgspec.Struct):
    """The part of a revision that holds figures."""

    values: dict[str, int | str] = {}


@dataclass(frozen=True)
class Said:
    """An accepted report: where it counts and what it says (JSON text, or the document itself).

    submitted_at: microseconds since 1970, None if unknown.
    """

    report_id: int
    revision_id: int
    unit_id: int
    span: int
    submitted_at: int | None
    on_time: bool | None
    document: str | bytes | dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """indicators: code → (id, decimals) of those with numbers. dimensions: id → [(code, [options])]."""

    indicators: Mapping[str, tuple[int, int]]
    dimensions: Mapping[int, Sequence[tuple[str, Sequence[str]]]] = field(default_factory=dict)


_decode = msgspec.json.Decoder(Document).decode


def flatten(said: Iterable[Said], shape: Shape) -> tuple[pa.Table, pa.Table]:
    """(facts, reports) as Arrow tables."""
    return _Flattening(shape).run(said)


class _Flattening:
    """Columns that grow report by report."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.columns: dict[str, tuple[int, int, str] | None] = {}
        self.facts: tuple[list[Any], ...] = ([], [], [], [], [], [])

    def run(self, said: Iterable[Said]) -> tuple[pa.Table, pa.Table]:
        reports: list[Sequence[Any]] = []
        for one in said:
            reports.append(
                (one.report_id, one.revision_id, one.unit_id, one.span, one.submitted_at, one.on_time)
            )
            raw = one.document
            values = raw.get("values", {}) if isinstance(raw, dict) else _decode(raw).values
            self._add(one, values)
        columns = list(zip(*reports, strict=True)) if reports else [()] * len(REPORTS)
        return _table(FACTS, self.facts), _table(REPORTS, columns)

    def _add(self, one: Said, values: Mapping[str, int | str]) -> None:
        units, spans, indicators, cells, derived, numbers = self.facts
        broken: dict[int, dict[str, int]] = {}
        known = self.columns
        for name, value in values.items():
            try:
                column = known[name]
            except KeyError:
                column = known[name] = self._column(name)
            if column is None:
                continue
            indicator, decimals, cell = column
            number = value if type(value) is int and not decimals else scaled(value, decimals)
            indicators.append(indicator)
            cells.append(cell)
            numbers.append(number)
            if indicator in self.shape.dimensions:
                broken.setdefault(indicator, {})[cell] = number
        stored = len(numbers)
        for indicator, said in broken.items():
            self._derive(indicator, said)
        count = len(numbers) - len(units)
        units.extend([one.unit_id] * count)
        spans.extend([one.span] * count)
        derived.extend([False] * (stored - len(derived)))
        derived.extend([True] * (len(numbers) - stored))

    def _derive(self, indicator: int, said: dict[str, int]) -> None:
        if len(said) == 1 and "" in said:
            return
        for cell, number in derive(said, self.shape.dimensions[indicator]).items():
            # a sum beyond 64 bits stays a breakdown without a total
            if cell not in said and -_MOST <= number < _MOST:
                self.facts[2].append(indicator)
                self.facts[3].append(cell)
                self.facts[5].append(number)

    def _column(self, name: str) -> tuple[int, int, str] | None:
        code, _, rest = name.partition("[")
        indicator = self.shape.indicators.get(code)
        if indicator is None:
            return None
        cell = rest.removesuffix("]")
        place_of(cell)
        return (*indicator, cell)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(at: datetime | None) -> int | None:
    """An instant as microseconds since 1970."""
    return None if at is None else (at - _EPOCH) // timedelta(microseconds=1)


def instant(found: int | None) -> datetime | None:
    """The instant that `micros` wrote."""
    return None if found is None else _EPOCH + timedelta(microseconds=found)


def scaled(value: int | str, decimals: int) -> int:
    """The value times 10**decimals. Values with more decimals than the indicator now has are refused at entry."""
    if isinstance(value, int):
        return int(value * 10**decimals)
    whole, _, part = value.partition(".")
    if len(part) <= decimals and "E" not in value:
        return int(whole + part.ljust(decimals, "0"))
    exact = Decimal(value).scaleb(decimals)
    if exact != int(exact):
        raise ValueError(f"{value} has more than {decimals} decimals")
    return int(exact)


def _table(schema: pa.Schema, columns: Sequence[Sequence[Any]]) -> pa.Table:
    arrays = [pa.array(column, kind.type) for column, kind in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)

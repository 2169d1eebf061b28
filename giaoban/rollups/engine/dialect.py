"""The few aggregates that Ibis would widen, narrow or sort for: exact sums, arg max, arg min."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.datatypes as dt

#: 128-bit integers as Ibis knows them.
WIDE = dt.Decimal(38, 0)


@ibis.udf.agg.builtin(name="sum", signature=((dt.int64,), WIDE))
def _sum_of_int64(value: int) -> Any: ...


@ibis.udf.agg.builtin(name="sum", signature=((WIDE,), WIDE))
def _sum_of_wide(value: int) -> Any: ...


@ibis.udf.agg.builtin(name="arg_max", signature=((dt.int64, dt.int64), dt.int64))
def _arg_max_int64(value: int, key: int) -> int: ...  # type: ignore[empty-body]


@ibis.udf.agg.builtin(name="arg_min", signature=((dt.int64, dt.int64), dt.int64))
def _arg_min_int64(value: int, key: int) -> int: ...  # type: ignore[empty-body]


@ibis.udf.agg.builtin(name="arg_max", signature=((WIDE, WIDE), WIDE))
def _arg_max_wide(value: Any, key: Any) -> Any: ...


@ibis.udf.agg.builtin(name="arg_min", signature=((WIDE, WIDE), WIDE))
def _arg_min_wide(value: Any, key: Any) -> Any: ...


def exact_sum(value: Any) -> Any:
    """The sum in 128 bits; the engine raises if even these do not suffice."""
    return _sum_of_wide(value) if value.type().is_decimal() else _sum_of_int64(value)


def arg_max(value: Any, key: Any) -> Any:
    """The value of the row with the greatest key."""
    if value.type().is_decimal():
        return _arg_max_wide(value, key.cast(WIDE))
    return _arg_max_int64(value, key)


def arg_min(value: Any, key: Any) -> Any:
    """The value of the row with the smallest key."""
    if value.type().is_decimal():
        return _arg_min_wide(value, key.cast(WIDE))
    return _arg_min_int64(value, key)

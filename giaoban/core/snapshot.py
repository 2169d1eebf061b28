"""One consistent view of the database for a reader that asks several questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection

T = TypeVar("T")

_OPEN = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see the same committed state, without taking the write lock.

    Inside a transaction already open (a test, an action) or another snapshot, that one is the snapshot.
    """
    connection.ensure_connection()
    if connection.in_atomic_block or getattr(connection, "in_snapshot", False):
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_OPEN[connection.vendor])
        connection.in_snapshot, connection.seen = True, {}  # type: ignore[attr-defined]
        try:
            yield
        finally:
            connection.in_snapshot, connection.seen = False, {}  # type: ignore[attr-defined]
            cursor.execute("ROLLBACK")


def seen(name: str, read: Callable[[], T]) -> T:
    """What `read` answers; inside one snapshot it is read once, because it cannot change there."""
    if not getattr(connection, "in_snapshot", False):
        return read()
    known: dict[str, Any] = connection.seen  # type: ignore[attr-defined]
    if name not in known:
        known[name] = read()
    found: T = known[name]
    return found

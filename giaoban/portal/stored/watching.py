"""Every connection of the product tells the journal what it is about to change, whoever changes it and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.backends.signals import connection_created
from django.dispatch import receiver

from giaoban.core import bulk
from giaoban.portal.models.noting import current
from giaoban.portal.stored import tables
from giaoban.portal.stored.shelf import shelf

_WRITING = ("INS", "UPD", "DEL", "TRU", "REP", "MER")


class Watch:
    """One connection: what its open transaction has written so far."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.keys: set[str] = set()

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Around every statement."""
        if not isinstance(sql, str):
            return execute(sql, params, many, context)
        if sql.lstrip()[:3].upper() in _WRITING:
            keys = tables.written(sql, params, many)
            if keys:
                return self.write(keys, lambda: execute(sql, params, many, context))
        elif (note := current()) is not None:
            read, unknown = tables.read(sql, params)
            note.keys |= read
            note.unknown |= unknown
        return execute(sql, params, many, context)

    def write(self, keys: set[str], execute: Callable[[], Any]) -> Any:
        """Inside a transaction: told before its commit. Outside: told now."""
        if self.connection.in_atomic_block or not self.connection.get_autocommit():
            self.keys |= keys
            return execute()
        return self._told(keys, execute)

    def _told(self, keys: set[str], execute: Callable[[], Any]) -> Any:
        change = shelf().journal.announce(keys)
        try:
            return execute()
        finally:
            shelf().journal.finish(change)

    def commit(self, real: Callable[[], None]) -> None:
        keys, self.keys = self.keys, set()
        return self._told(keys, real) if keys else real()

    def forget(self, real: Callable[[], None]) -> None:
        self.keys = set()
        real()


@receiver(connection_created)
def watch(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Once for each connection object; Django opens the same one again and again."""
    if hasattr(connection, "watch"):
        return
    found = connection.watch = Watch(connection)
    connection.execute_wrappers.append(found)
    commit, rollback, close = connection.commit, connection.rollback, connection.close
    connection.commit = lambda: found.commit(commit)
    connection.rollback = lambda: found.forget(rollback)
    connection.close = lambda: found.forget(close)


def past_the_orm(connection: Any, table: str, execute: Callable[[], Any]) -> Any:
    """The same for rows that `core.bulk` writes without a statement Django sees."""
    found = getattr(connection, "watch", None)
    keys = tables.written(f'UPDATE "{table}" SET many', None)
    return found.write(keys, execute) if found and keys else execute()


bulk.around.append(past_the_orm)

"""What a page shows, collected while it is made: rows, lists, parts of the programme, and until when it holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any


class Note:
    """keys: see `giaoban.portal.stored.tables`. until: the first instant at which it may say something else."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.until: datetime | None = None
        self.unknown: set[str] = set()  # tables that nobody watches: such a page is not kept

    def ends(self, at: datetime) -> None:
        self.until = at if self.until is None else min(self.until, at)


_now: ContextVar[Note | None] = ContextVar("note", default=None)


def current() -> Note | None:
    """The note being taken, if a page is being made to be kept."""
    return _now.get()


@contextmanager
def noting() -> Iterator[Note]:
    note = Note()
    token = _now.set(note)
    try:
        yield note
    finally:
        _now.reset(token)


def holds_until(at: datetime) -> None:
    """What is being made says something else from that instant on."""
    note = _now.get()
    if note is not None:
        note.ends(at)


class NotedRow:
    """A row that is noted when it is read for a page. noted_as: its word in keys; noted_with: rows shown with it."""

    noted_as = ""
    noted_with: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> Any:
        row = super().from_db(db, field_names, values)  # type: ignore[misc]
        note = _now.get()
        if note is not None:
            word = cls.noted_as or cls._meta.db_table  # type: ignore[attr-defined]
            note.keys |= {word, f"{word}:{row.pk}"}
            for column, of in cls.noted_with:
                if row.__dict__.get(column):
                    note.keys |= {of, f"{of}:{row.__dict__[column]}"}
        return row

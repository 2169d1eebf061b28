"""Revisions written ahead of a long load (SQLite has one writer), and what a killed load left of them.

They stand in their table under reserved keys, of reports that are not there yet: nobody can reach them. The
load's one transaction then adds the reports and forgets the note; a load that dies leaves the note, and the
next command takes the revisions away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from giaoban.core.bulk import chunks, insert
from giaoban.reports.models import Revision, Staged

#: Revisions in one short transaction; people's saves come in between.
AT_ONCE = 2000


def write(rows: Iterable[Sequence[Any]], fields: Sequence[str], *, at: datetime) -> int:
    """Write the rows (the primary key first) in short transactions; returns the key of the note, 0 for none."""
    note: Staged | None = None
    with _untied():
        for chunk in chunks(rows, AT_ONCE):
            with transaction.atomic():
                if note is None:
                    note = Staged.objects.create(first=chunk[0][0], last=chunk[-1][0], at=at)
                Staged.objects.filter(pk=note.pk).update(last=chunk[-1][0])
                insert(Revision, fields, chunk)
    return note.pk if note else 0


def settle(note: int) -> None:
    """In the transaction that adds the reports: the revisions belong to them now."""
    Staged.objects.filter(pk=note).delete()


def recover() -> int:
    """Take away what loads that died had written ahead; how many revisions. Only while no load is at work."""
    gone = 0
    for note in Staged.objects.all():
        with _untied():
            for first in range(note.first, note.last + 1, AT_ONCE):
                last = min(first + AT_ONCE - 1, note.last)
                rows = Revision.objects.filter(pk__range=(first, last))
                gone += rows._raw_delete(rows.db)
        note.delete()
    return gone


@contextmanager
def untied() -> Iterator[None]:
    """A transaction without SQLite's look at foreign keys, for rows whose keys are known to be right."""
    with _untied(), transaction.atomic():
        yield


@contextmanager
def _untied() -> Iterator[None]:
    """Without SQLite's look at foreign keys: the reports come later."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        try:
            yield
        finally:
            cursor.execute("PRAGMA foreign_keys = ON")

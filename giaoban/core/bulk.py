"""Many rows at once, past the ORM: plain tuples by executemany or COPY, with primary keys known beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import count, islice
from typing import Any

from django.db import connection, models, transaction

BATCH = 5000
#: Who must know of what is written here, since no statement of Django's says so: called with the connection,
#: the table, and what writes; calls that.
around: list[Callable[[Any, str, Callable[[], Any]], Any]] = []


def reserve(model: type[models.Model], number: int) -> int:
    """The first of `number` primary keys that nobody else will get. Safe beside other writers.

    Not inside a transaction that may be rolled back and still use the keys.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT min(k), max(k) FROM "
                "(SELECT nextval(pg_get_serial_sequence(%s, 'id')) k FROM generate_series(1, %s)) s",
                [table, number],
            )
            first, last = cursor.fetchone()
            if last - first + 1 == number:
                return int(first)
            # somebody else drew numbers in between: skip over all of them
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last + number])
            return int(last + 1)
        with transaction.atomic():
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            used = row[0] if row else model._base_manager.aggregate(m=models.Max("pk"))["m"] or 0
            if row:
                cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [used + number, table])
            else:
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, used + number]
                )
    return int(used + 1)


def instant(at: datetime) -> str:
    """An instant as `insert` and `update` take it: UTC, as both databases store or read it."""
    text = at.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
    return f"{text}+00" if connection.vendor == "postgresql" else text


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of plain database values: days and instants (see `instant`) as text, documents as JSON text."""
    columns = _columns(model, fields)
    quoted = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        _told(table, lambda: _copy(table, columns, rows))
        return
    marks = ", ".join("?" * len(columns))
    _told(table, lambda: _many(f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})', rows))


def stage(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Put rows aside in a temporary table of this connection, without a lock on anything; returns its name."""
    table = f"staged_{model._meta.db_table}_{next(_numbers)}"
    columns = _columns(model, fields)
    quoted = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'CREATE TEMP TABLE "{table}" AS SELECT {quoted} FROM "{model._meta.db_table}" WHERE 1 = 0'
        )
    if connection.vendor == "postgresql":
        _copy(table, columns, rows)
        return table
    raw: Any = connection.connection
    alone = not raw.in_transaction
    if alone:
        raw.execute("BEGIN DEFERRED")
    _many(f'INSERT INTO temp."{table}" ({quoted}) VALUES ({", ".join("?" * len(columns))})', rows)
    if alone:
        raw.execute("COMMIT")
    return table


def insert_staged(
    model: type[models.Model], fields: Sequence[str], table: str, same: Mapping[str, Any]
) -> None:
    """Insert the rows of a temporary table and drop it. same: fields that are equal in all rows."""
    target = ", ".join(f'"{column}"' for column in _columns(model, [*fields, *same]))
    source = ", ".join(f'"{column}"' for column in _columns(model, fields))
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({target}) SELECT {source}{", %s" * len(same)} FROM "{table}"',
            list(same.values()),
        )
        cursor.execute(f'DROP TABLE "{table}"')


_numbers = count(1)


def update(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Change rows: each tuple holds the values of `fields`, then the primary key."""
    columns = _columns(model, fields)
    mark = "?" if connection.vendor == "sqlite" else "%s"
    wanted = ", ".join(f'"{column}" = {mark}' for column in columns)
    sql = f'UPDATE "{model._meta.db_table}" SET {wanted} WHERE id = {mark}'
    if connection.vendor == "sqlite":
        _told(model._meta.db_table, lambda: _many(sql, rows))
        return
    with connection.cursor() as cursor:
        for chunk in chunks(rows, BATCH):
            cursor.executemany(sql, chunk)


def _told(table: str, write: Callable[[], Any]) -> None:
    for one in around:
        write = partial(one, connection, table, write)
    write()


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    quoted = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({quoted}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def _columns(model: type[models.Model], names: Sequence[str]) -> list[str]:
    concrete = {field.name: field.column or "" for field in model._meta.concrete_fields}
    return [concrete[name] for name in names]


def _many(sql: str, rows: Iterable[Sequence[Any]]) -> None:
    connection.ensure_connection()
    raw: Any = connection.connection
    raw.executemany(sql, rows)


def chunks(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Lists of at most `size` rows."""
    waiting = iter(rows)
    while chunk := list(islice(waiting, size)):
        yield chunk

"""Tests on SQLite begin with a database that was migrated once: a copy is kept for each state of the migrations."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.backends.base.creation import BaseDatabaseCreation


def begin_with_a_copy() -> None:
    """From now on a test database in memory is filled from the kept copy, and makes it where it is missing."""
    plain = BaseDatabaseCreation.create_test_db

    def create(self: Any, *args: Any, **kwargs: Any) -> str:
        name: str = plain(self, *args, **kwargs)
        if _in_memory(self.connection) and not _copy().is_file():
            _keep(self.connection.connection)
        return name

    BaseDatabaseCreation.create_test_db = create
    _fill_before_migrating()


def _fill_before_migrating() -> None:
    from django.core.management.commands.migrate import Command

    plain = Command.handle

    def handle(self: Any, *args: Any, **options: Any) -> Any:
        from django.db import connections

        connection = connections[options["database"]]
        if _in_memory(connection) and _copy().is_file():
            connection.ensure_connection()
            if not connection.introspection.table_names():
                with sqlite3.connect(f"file:{_copy()}?mode=ro", uri=True) as kept:
                    kept.backup(connection.connection)
                kept.close()
        return plain(self, *args, **options)

    Command.handle = handle


def _in_memory(connection: Any) -> bool:
    return bool(connection.vendor == "sqlite" and connection.is_in_memory_db())


def _keep(connection: sqlite3.Connection) -> None:
    """Written beside and put in place at once: many test runs may do it together."""
    beside = _copy().with_suffix(f".{os.getpid()}")
    target = sqlite3.connect(beside)
    connection.backup(target)
    target.close()
    os.replace(beside, _copy())


def _copy() -> Path:
    return Path(tempfile.gettempdir()) / f"giaoban-migrated-{_digest()}.sqlite3"


def _digest(cache: dict[str, str] = {}) -> str:  # noqa: B006
    """Of all migrations of all apps, as they are now."""
    if "all" not in cache:
        read = hashlib.sha256()
        for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
            for path in sorted(Path(app.path, "migrations").glob("*.py")):
                read.update(f"{app.label}/{path.name}".encode() + path.read_bytes())
        cache["all"] = read.hexdigest()[:20]
    return cache["all"]

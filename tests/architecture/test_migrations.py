"""Migrations are complete, one line per app, and run on SQLite and PostgreSQL."""

import io
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.architecture.repository import ROOT


def own() -> list[tuple[str, str]]:
    """(app, migration) of the project's own apps."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return sorted(key for key in loader.disk_migrations if key[0] in settings.GIAOBAN_APPS)


def test_models_and_migrations_agree(db):
    """Ours only: a package's own models are its own business."""
    said = io.StringIO()
    try:
        call_command("makemigrations", *settings.GIAOBAN_APPS, check=True, stdout=said)
    except SystemExit:
        raise AssertionError(f"run makemigrations: {said.getvalue()}") from None


def test_each_app_has_one_line_of_migrations():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    before = {key: loader.disk_migrations[key].dependencies for key in own()}
    starts = {}
    for (app, name), dependencies in before.items():
        parents = [d for d in dependencies if d[0] == app]
        assert len(parents) <= 1, f"{app} {name} joins two lines"
        starts.setdefault((app, parents[0] if parents else None), []).append(name)
    assert {place: names for place, names in starts.items() if len(names) > 1} == {}


def test_migrations_are_numbered_in_their_order():
    numbers = {}
    for app, name in own():
        numbers.setdefault(app, []).append(int(name[:4]))
    assert {a: n for a, n in numbers.items() if n != list(range(1, len(n) + 1))} == {}


def test_migrations_ran_on_sqlite_or_what_the_tests_run_on(db):
    assert {"core_auditrow", "units_unit"} & set(connection.introspection.table_names())


def test_migrations_run_on_postgresql(postgres_url: str, tmp_path: Path):
    environment = os.environ | {"DATABASE_URL": postgres_url, "GIAOBAN_HOME": str(tmp_path)}
    for command in (["migrate", "-v", "0"], ["migrate", "--check"]):
        ran = subprocess.run(
            [sys.executable, "-m", "django", *command, "--settings=giaoban.config.settings"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert ran.returncode == 0, ran.stderr

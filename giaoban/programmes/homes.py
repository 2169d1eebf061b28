"""The home of an installation: made when empty, brought up to date, or refused."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from giaoban.core.refused import Refused
from giaoban.reports.folder import recover
from giaoban.reports.models import Staged


def prepare(*, migrate: bool) -> None:
    """Make an empty home ready. One of an older version is brought up to date only where `migrate` says so."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    state = standing()
    if state == "newer":
        raise Refused(_("This home was made by a newer version of giaoban. Install that version."))
    if state == "older" and not migrate:
        raise Refused(_("An older version made this home. Back it up, then start giaoban serve once."))
    if state != "ready":
        bring_up()
    clear_up()


def bring_up() -> None:
    """Run the migrations that are missing; two processes do it one after the other."""
    with alone("migrate"):
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


def clear_up() -> None:
    """Take away what a load that was killed had written ahead, unless another load is at work just now."""
    if Staged.objects.exists():
        try:
            with alone("load", wait=False):
                recover()
        except Refused:
            return


def standing() -> str:
    """empty, older, ready or newer."""
    tables = connection.introspection.table_names()
    if "django_migrations" not in tables:
        return "empty"
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    ours = {key for key in executor.loader.applied_migrations if key[0] in {app for app, _name in known}}
    if not ours:
        return "empty"
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "older"
    return "ready" if ours <= known | _replaced(executor) else "newer"


def _replaced(executor: MigrationExecutor) -> set[tuple[str, str]]:
    return {key for migration in executor.loader.disk_migrations.values() for key in migration.replaces}


@contextmanager
def alone(name: str, *, wait: bool = True) -> Iterator[None]:
    """One process at a time holds the lock of this name in the home. The lock ends with its process."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    with open(settings.HOME / f"{name}.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(_("Another giaoban %(name)s is at work on this home.") % {"name": name}) from None
        yield

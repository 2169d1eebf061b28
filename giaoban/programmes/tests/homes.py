"""Homes of their own for tests that run `giaoban` as people do: another process, its own database."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

GIAOBAN = (sys.executable, "-m", "giaoban.config.cli")
#: How a script begins that works in a home: `at`, `agreement`, and `person`, its coordinator.
COORDINATOR = """
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "giaoban.config.settings"
django.setup()
from datetime import UTC, date, datetime
from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement, Membership

at, agreement = datetime(2020, 5, 1, tzinfo=UTC), Agreement.objects.get()
person = User.objects.create_user(email="coordinator@example.test")
Membership.objects.create(
    user=person, agreement=agreement, unit=agreement.lead, role="coordinator", valid_from=date(2020, 1, 1)
)
"""


def environment(home: Path) -> dict[str, str]:
    """Only what a command needs; SQLite, whatever the tests themselves run on."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("GIAOBAN_") and key != "DATABASE_URL"
    }
    return kept | {"GIAOBAN_HOME": str(home), "GIAOBAN_LANG": "en"}


def giaoban(
    home: Path, *arguments: object, code: int = 0, given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a command and look at its exit code."""
    ran = subprocess.run(
        [*GIAOBAN, *map(str, arguments)], env=environment(home), capture_output=True, text=True, input=given
    )
    assert ran.returncode == code, f"exit {ran.returncode}\n{ran.stdout}\n{ran.stderr}"
    return ran


def counted(home: Path, table: str) -> int:
    """Rows of a table, read past everything."""
    base = sqlite3.connect(f"file:{home / 'giaoban.sqlite3'}?mode=ro", uri=True)
    try:
        return int(base.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    finally:
        base.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children_of(pid: int) -> list[int]:
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout
    return [int(line) for line in told.split()]


def answers(port: int, seconds: float = 60) -> int:
    """The status of the front page, once it answers."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=10) as page:
                return int(page.status)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)

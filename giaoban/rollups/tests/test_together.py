"""Readers beside writers, in a home of their own: nobody ever sees half of a change."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

#: Two provinces exchange visits again and again, each time in one transaction, while files are made and
#: others ask for the total of both.
STORY = """
import threading
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import connection, transaction
from giaoban.reports.models import Revision
from giaoban.reports.tests.world import build
from giaoban.rollups.actions import note
from giaoban.rollups.tests.story import accepted, file_all, row

world = build()
pair = [accepted(world, "lan", 1, visits=12), accepted(world, "minh", 1, visits=30)]
totals, done = set(), threading.Event()

def read():
    while not done.is_set():
        found = row(world, "visits", world.office, "2020-01")
        totals.add((str(found.value), found.accepted))
    connection.close()

readers = [threading.Thread(target=read) for _ in range(2)]
for reader in readers:
    reader.start()
for number in range(30):
    with transaction.atomic():
        for report, visits in zip(pair, (12 + number, 30 - number)):
            Revision.objects.filter(pk=report.accepted_id).update(document={"values": {"visits": visits}})
            note(report)
    if number % 5 == 0:
        file_all()
done.set()
for reader in readers:
    reader.join()
print(sorted(totals))
"""


@pytest.mark.requirement(30)
def test_readers_never_see_half_of_a_change(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    home = kept | {"GIAOBAN_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "giaoban.config.settings"}
    told = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", STORY],
        env=home, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert told.stdout.strip() == "[('42', 2)]", told.stderr[-2000:]

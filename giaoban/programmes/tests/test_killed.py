"""A load that is killed leaves nothing; people who save meanwhile never fail."""

import os
import random
import signal
import subprocess
import time
from datetime import date, timedelta
from pathlib import Path

from giaoban.programmes.tests.folders import folder, replaced
from giaoban.programmes.tests.homes import GIAOBAN, counted, environment, giaoban

TABLES = (
    "agreements_agreement",
    "units_unit",
    "reportforms_indicator",
    "reports_report",
    "core_auditrow",
    "rollups_bucket",
)


def large(path: Path, days: int = 300) -> Path:
    """The small programme with daily reports of every commune, long enough to be killed in the middle."""
    first = date(2020, 2, 1)
    note = "Nước lên chậm và chưa ảnh hưởng đến đường vào chợ. " * 20
    rows = [
        f"{first + timedelta(days=n)},{unit},{n},{n}.50,{note}{n}\n"
        for n in range(days)
        for unit in ("C1", "C3")
    ]
    programme = replaced(
        "programme.toml", ('period = "month"\nreporters = "level:2"', 'period = "day"\nreporters = "level:2"')
    )
    return folder(
        path, programme__toml=programme, reports___month__csv="period,unit,boats,rice,note\n" + "".join(rows)
    )


def rows_of(home: Path) -> dict[str, int]:
    return {table: counted(home, table) for table in TABLES}


def killed(home: Path, path: Path, after: float) -> bool:
    """Start a load and kill it after a while; was it killed before it ended?"""
    child = subprocess.Popen(
        [*GIAOBAN, "load", str(path)],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        child.wait(after)
    except subprocess.TimeoutExpired:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    return child.returncode == -signal.SIGKILL


def test_a_killed_load_leaves_nothing_and_can_be_repeated(new_home, tmp_path):
    path, measured = large(tmp_path / "in"), new_home("measured")
    began = time.perf_counter()
    giaoban(measured, "load", path)
    lasts = time.perf_counter() - began
    chance = random.Random(7)
    everything, nothing = rows_of(measured), dict.fromkeys(TABLES, 0)
    for attempt in range(4):
        home = new_home(f"killed-{attempt}")
        was_killed = killed(home, path, chance.uniform(0.4, 0.95) * lasts)
        assert rows_of(home) in ((nothing, everything) if was_killed else (everything,))
    giaoban(home, "load", path)
    assert counted(home, "reports_report") == 600
    assert "Everything was there already" in giaoban(home, "load", path).stdout
    giaoban(home, "check")


SETUP = (
    "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'giaoban.config.settings'; django.setup()\n"
)
AHEAD = """
import os, signal, sys
from giaoban.config import cli
from giaoban.reports.folder import ahead, write
import giaoban.reports.folder.write
module = sys.modules["giaoban.reports.folder.write"]
module.MUCH, ahead.AT_ONCE = 0, 50
seen = ahead.insert
def dying(*given):
    seen(*given)
    dying.left -= 1
    if not dying.left:
        os.kill(os.getpid(), signal.SIGKILL)
dying.left = int(sys.argv[2])
ahead.insert = dying
sys.exit(cli.main(["load", sys.argv[1]]))
"""


def written_ahead(home: Path, path: Path, chunks: int) -> int:
    """A load that writes its revisions ahead and dies after so many chunks; its exit code."""
    code = SETUP + AHEAD
    ran = subprocess.run(
        [GIAOBAN[0], "-c", code, str(path), str(chunks)],
        env=environment(home),
        capture_output=True,
        text=True,
    )
    return ran.returncode


def test_what_a_long_load_wrote_ahead_is_taken_away_when_it_was_killed(new_home, tmp_path):
    home, path = new_home(), large(tmp_path / "in", days=100)
    assert written_ahead(home, path, 3) == -signal.SIGKILL
    assert (counted(home, "reports_revision"), counted(home, "reports_staged")) == (100, 1)
    assert rows_of(home) == dict.fromkeys(TABLES, 0)
    giaoban(home, "check")
    assert (counted(home, "reports_revision"), counted(home, "reports_staged")) == (0, 0)
    assert written_ahead(home, path, 1000) == 0
    assert (counted(home, "reports_revision"), counted(home, "reports_report")) == (200, 200)
    giaoban(home, "check")


def test_a_backup_taken_in_the_middle_of_a_long_load_is_restored_clean(new_home, tmp_path):
    home, path = new_home(), large(tmp_path / "in", days=100)
    assert written_ahead(home, path, 3) == -signal.SIGKILL
    giaoban(home, "backup", tmp_path / "backup.tar.gz")
    giaoban(tmp_path / "other", "restore", tmp_path / "backup.tar.gz")
    giaoban(tmp_path / "other", "check")
    assert counted(tmp_path / "other", "reports_revision") == 0


PEOPLE = """
import sys, threading, time
from datetime import UTC, datetime
from giaoban.core.actors import System
from giaoban.lib import periods
from giaoban.reportforms.models import Regime
from giaoban.reports.actions import open_report, save_draft
from giaoban.units.models import Unit

at, by = datetime(2020, 5, 1, tzinfo=UTC), System("person")
regime = Regime.objects.get(code="district")
begun = [
    open_report(regime=regime, unit=unit, period=periods.parse(f"2020-{month:02}"), by=by, at=at)
    for unit in Unit.objects.filter(level=1) for month in range(2, 12)
]
print(len(begun), flush=True)
stop, saved, failed, slowest = threading.Event(), [], [], [0.0]

def save(report):
    edition = 0
    while not stop.is_set():
        began = time.perf_counter()
        try:
            document = {"values": {"boats": edition}}
            edition = save_draft(report=report, document=document, edition=edition, by=by, at=at).edition
            saved.append(1)
        except Exception as error:
            failed.append(repr(error))
            return
        slowest[0] = max(slowest[0], time.perf_counter() - began)
        time.sleep(0.1)

people = [threading.Thread(target=save, args=(report,)) for report in begun]
for person in people:
    person.start()
sys.stdin.read()
stop.set()
for person in people:
    person.join()
print(len(saved), len(failed), *failed[:1], flush=True)
"""


def test_twenty_people_save_while_a_large_folder_loads(new_home, tmp_path):
    home = new_home()
    giaoban(home, "load", folder(tmp_path / "small"))
    people = subprocess.Popen(
        [GIAOBAN[0], "-c", SETUP + PEOPLE], env=environment(home), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert people.stdout.readline() == "20\n"
    assert written_ahead(home, large(tmp_path / "large"), 10_000) == 0
    giaoban(home, "load", large(tmp_path / "again"))
    said, _nothing = people.communicate()
    saved, failed, *error = said.split(maxsplit=2)
    assert (int(failed), error) == (0, [])
    assert int(saved) > 20
    assert counted(home, "reports_draft") == 20
    giaoban(home, "check")

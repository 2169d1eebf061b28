"""A server that is killed while people save keeps everything it has said it saved."""

import http.client
import json
import os
import random
import signal
import sqlite3
import subprocess
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

from giaoban.programmes.tests.folders import folder
from giaoban.programmes.tests.homes import (
    COORDINATOR,
    GIAOBAN,
    answers,
    children_of,
    environment,
    free_port,
    giaoban,
)

PREPARE = (
    COORDINATOR
    + """
import json
from django.test import Client
from giaoban.core.actors import System
from giaoban.lib import periods
from giaoban.reportforms.models import Regime
from giaoban.reports.actions import open_report
from giaoban.units.models import Unit
client = Client()
client.force_login(person)
reports = [
    open_report(regime=Regime.objects.get(code="district"), unit=unit, period=periods.parse("2020-04"),
                by=System("test"), at=at).pk
    for unit in Unit.objects.filter(level=1)
]
print(json.dumps([client.cookies["sessionid"].value, reports]))
"""
)


class Person(threading.Thread):
    """Saves one report again and again; `said` is the last value the server has acknowledged."""

    def __init__(self, port: int, session: str, report: int) -> None:
        super().__init__(daemon=True)
        self.port, self.session, self.report = port, session, report
        self.said = self.edition = 0

    def run(self) -> None:
        while True:
            try:
                self._save(self.said + 1)
            except (OSError, http.client.HTTPException):
                return

    def _save(self, value: int) -> None:
        token = "a" * 32
        body = urlencode({"v:boats": value, "edition": self.edition, "csrfmiddlewaretoken": token})
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as line:
            line.request("POST", f"/a/flood/reports/{self.report}/autosave/", body, {
                "Cookie": f"sessionid={self.session}; csrftoken={token}",
                "Content-Type": "application/x-www-form-urlencoded",
            })  # fmt: skip
            answer = line.getresponse()
            told = answer.read()
        assert answer.status == 200, told
        self.said, self.edition = value, json.loads(told)["edition"]


def drafts(home: Path) -> dict[int, tuple[int, int]]:
    """report -> (value, edition), as the database has it."""
    base = sqlite3.connect(home / "giaoban.sqlite3")
    try:
        rows = base.execute("SELECT report_id, document, edition FROM reports_draft").fetchall()
    finally:
        base.close()
    return {
        report: (int(json.loads(document)["values"]["boats"]), edition) for report, document, edition in rows
    }


def family(pid: int) -> list[int]:
    """A process, its children and theirs."""
    return [pid, *(below for child in children_of(pid) for below in family(child))]


def kill(served: subprocess.Popen[bytes]) -> None:
    """Everything at once, as when the power fails; returns when nothing of it can write any more."""
    pids = family(served.pid)
    for pid in pids:
        with suppress(ProcessLookupError):  # a child may end as soon as its parent has
            os.kill(pid, signal.SIGKILL)
    served.wait()
    until = time.monotonic() + 60
    while any(map(lives, pids)):  # one that was writing ends only when its disk has answered
        assert time.monotonic() < until, "a killed process is still there"
        time.sleep(0.01)


def lives(pid: int) -> bool:
    """A process that can still do something: there, and more than its parent's memory of it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.requirement(95)
def test_a_killed_server_keeps_what_it_has_acknowledged(new_home, tmp_path):
    home, chance = new_home(), random.Random(11)
    giaoban(home, "load", folder(tmp_path / "programme"))
    prepared = subprocess.run(
        [GIAOBAN[0], "-c", PREPARE], env=environment(home), capture_output=True, text=True, check=True
    )
    session, reports = json.loads(prepared.stdout)
    acknowledged = dict.fromkeys(reports, (0, 0))
    for _attempt in range(3):
        port = free_port()
        served = subprocess.Popen(
            [*GIAOBAN, "serve", "--port", str(port)],
            env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        people = [Person(port, session, report) for report in reports]
        try:
            assert answers(port) == 200
            for person in people:
                person.said, person.edition = acknowledged[person.report]
                person.start()
            while min(person.said - acknowledged[person.report][0] for person in people) < 3:
                assert all(person.is_alive() for person in people)
                time.sleep(0.05)
            time.sleep(chance.uniform(0, 0.5))
        finally:
            kill(served)
        for person in people:
            person.join()
        kept = drafts(home)
        for person in people:
            value, _edition = kept[person.report]
            assert value in (person.said, person.said + 1)
        acknowledged = kept
    giaoban(home, "check")

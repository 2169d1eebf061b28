"""A server that is stopped has counted its readers; a publication that is killed is there or not, never half."""

import http.client
import random
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from giaoban.programmes.tests.folders import folder
from giaoban.programmes.tests.homes import (
    COORDINATOR,
    GIAOBAN,
    answers,
    counted,
    environment,
    free_port,
    giaoban,
)

OPENED = (
    COORDINATOR
    + """
from giaoban.agreements.standing import Standing
from giaoban.portal.actions.opening import open_portal
from giaoban.portal.actions.writing import put
from giaoban.portal.models import NewsArticle, SectionPage
by = Standing(person, at)
open_portal(agreement=agreement, name_vi="Cổng", name_en="Portal", owner_vi="VP", owner_en="Office", by=by, at=at)
put(parent=SectionPage.objects.get(slug="tin-tuc"), by=by, at=at, publish=True,
    page=NewsArticle(title="Tin 0 hết", lead_vi="Lần 0 hết.", slug="tin", posted_at=at))
"""
)

#: Reads "commit SECONDS" or "publish SECONDS": a child publishes once more and is killed so long after its first
#: commit has begun, or after it has begun at all. Answers with how far it came, and how long its commits took.
EDITOR = """
import django, os, signal, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "giaoban.config.settings"
django.setup()
from django.db import connection
from django.utils import timezone
from giaoban.accounts.models import User
from giaoban.agreements.standing import Standing
from giaoban.portal.actions.writing import publish
from giaoban.portal.models import NewsArticle
from giaoban.portal.stored.watching import Watch

told = Watch._told

def publish_once(number, pipe):
    def marked(self, keys, execute):
        def around():
            os.write(pipe, b"(")
            try:
                return execute()
            finally:
                os.write(pipe, b")")
        return told(self, keys, around)
    Watch._told = marked
    os.write(pipe, b"b")
    page, at = NewsArticle.objects.get(), timezone.now()
    page.title, page.lead_vi = f"Tin {number} hết", f"Lần {number} hết."
    publish(page=page, by=Standing(User.objects.get(), at), at=at)
    os.write(pipe, b".")

for number, line in enumerate(sys.stdin, 1):
    what, seconds = line.split()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            publish_once(number, writing)
        finally:
            os._exit(0)
    os.close(writing)
    seen, awaited, began = b"", {"commit": b"(", "publish": b"b"}[what], time.perf_counter()
    while awaited not in seen and (more := os.read(reading, 1)):
        seen += more
    begun, until = time.perf_counter(), time.perf_counter() + float(seconds)
    while time.perf_counter() < until and b"." not in seen:
        os.set_blocking(reading, False)
        try:
            seen += os.read(reading, 1)
        except BlockingIOError:
            pass
        if seen.endswith(b")") and what == "commit" and "took" not in globals():
            took = time.perf_counter() - begun
    lasted = time.perf_counter() - begun
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.set_blocking(reading, True)
    while more := os.read(reading, 100):
        seen += more
    os.close(reading)
    print(seen.decode(), lasted, globals().pop("took", 0), flush=True)
"""

HERE, LIST, FRONT = "/vi/tin-tuc/tin/", "/vi/tin-tuc/", "/vi/"


@pytest.fixture
def opened(new_home: Callable[[], Path], tmp_path: Path) -> Path:
    """A home with an open portal and one article."""
    home = new_home()
    giaoban(home, "load", folder(tmp_path / "programme"))
    subprocess.run([sys.executable, "-c", OPENED], env=environment(home), check=True)
    return home


@contextmanager
def served(home: Path) -> Iterator[int]:
    """`giaoban serve`; yields its port and stops it with SIGTERM."""
    port = free_port()
    process = subprocess.Popen(
        [*GIAOBAN, "serve", "--port", str(port)],
        env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert answers(port) == 200
        yield port
    finally:
        process.terminate()
        process.wait(40)


def asked(port: int, path: str, agent: str = "") -> tuple[str, bool]:
    """A page's text, and whether it is kept."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as line:
        line.request("GET", path, headers={"User-Agent": agent})
        answer = line.getresponse()
        text = answer.read().decode()
    assert answer.status == 200, (path, answer.status)
    return text, answer.getheader("ETag") is not None


@pytest.mark.requirement(87)
def test_a_server_that_is_stopped_has_written_its_readings(opened: Path):
    with served(opened) as port:
        for _n in range(12):
            text, _is_kept = asked(port, HERE, "Mozilla/5.0")
            assert f'rel="canonical" href="http://localhost:{port}{HERE}"' in text
        asked(port, HERE, "Googlebot/2.1")
        assert counted(opened, "portal_pageday") == 0, "not yet: they are written every half minute"
    with closing(sqlite3.connect(opened / "giaoban.sqlite3")) as base:
        assert base.execute("SELECT sum(reads) FROM portal_pageday").fetchone() == (12,)


def number_in(base: Path) -> str:
    """Which publication the database holds."""
    with closing(sqlite3.connect(base / "giaoban.sqlite3")) as held:
        rows = held.execute(
            "SELECT title, lead_vi FROM portal_portalpage JOIN wagtailcore_page ON id = page_ptr_id"
        )
        title, lead = next(row for row in rows if row[0].endswith("hết"))
    number = title.split()[1]
    assert lead == f"Lần {number} hết.", "never half"
    return str(number)


def as_the_database(home: Path, port: int) -> bool:
    """Every page says what the database holds and is what would be made anew; are all of them kept?"""
    number, all_kept = number_in(home), True
    for path in (HERE, LIST, FRONT, "/vi/rss.xml", "/vi/tin-tuc/tin/index.json"):
        text, is_kept = asked(port, path)
        all_kept &= is_kept
        assert set(re.findall(r"(?:Tin|Lần) (\d+) hết", text)) == {number}, path
        assert text == asked(port, f"{path}?made=anew")[0], path
    return all_kept


@contextmanager
def editor(home: Path) -> Iterator[Callable[[str, float], list[str]]]:
    """`kill("commit", 0.01)`: one more publication, killed; how far it came, and the seconds."""
    process = subprocess.Popen(
        [sys.executable, "-c", EDITOR], env=environment(home), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin and process.stdout

    def kill(what: str, seconds: float) -> list[str]:
        process.stdin.write(f"{what} {seconds}\n")
        process.stdin.flush()
        return process.stdout.readline().split()

    with process:
        yield kill
        process.stdin.close()


@contextmanager
def read_meanwhile(port: int) -> Iterator[None]:
    """Somebody asks for the page all the time."""
    stop = threading.Event()

    def read() -> None:
        while not stop.wait(0.05):
            asked(port, HERE)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield
    finally:
        stop.set()
        reader.join()


@pytest.mark.requirement(88)
def test_a_publication_that_is_killed_is_there_or_not_and_the_pages_with_it(opened: Path):
    chance, reached = random.Random(5), Counter()
    with served(opened) as port:
        with editor(opened) as kill, read_meanwhile(port):
            whole, commit = float(kill("publish", 60)[1]), float(kill("commit", 60)[2])
            as_the_database(opened, port)
            assert number_in(opened) == "2"
            for attempt in range(24):
                before, late = number_in(opened), chance.random()
                seen = (kill("commit", commit * late**4) if attempt % 2 else kill("publish", whole * late))[0]
                reached["inside" if seen.count("(") > seen.count(")") else "outside"] += 1
                assert number_in(opened) in (before, str(attempt + 3))
                as_the_database(opened, port)
        until = time.monotonic() + 40
        while not as_the_database(opened, port) and time.monotonic() < until:
            time.sleep(0.5)
        assert as_the_database(opened, port), "kept again once the killed ones are known to be gone"
    assert reached["inside"] and reached["outside"]
    giaoban(opened, "check")

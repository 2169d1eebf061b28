"""Public pages as bytes: the same as made anew, whatever has changed, however, and whoever was killed meanwhile."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Revision

from giaoban.core.actors import System
from giaoban.portal.actions.moving import remember_address
from giaoban.portal.actions.scheduling import publish_due
from giaoban.portal.actions.writing import put
from giaoban.portal.models import (
    Contact,
    HomePage,
    NewsArticle,
    OrganisationPage,
    PortalPage,
    SectionPage,
    UnitPage,
)
from giaoban.portal.queries import browsing
from giaoban.portal.reading import COOKIE
from giaoban.portal.stored.front import front
from giaoban.portal.stored.journal import GRACE, Journal
from giaoban.portal.stored.shelf import Shelf, encoding, is_known, shelf, variant
from giaoban.portal.tests.conftest import AT, committed
from giaoban.reports.tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
SOON = datetime(2999, 1, 1, tzinfo=UTC)


@pytest.fixture
def world(transactional_db: None) -> World:
    """Committed, as in life."""
    return committed()


@pytest.fixture
def pages(world: World, portal: HomePage, write: Any) -> dict[str, PortalPage]:
    """An article of Cần Thơ, one of An Giang, and Cần Thơ's own page."""
    own = put(
        parent=OrganisationPage.objects.get(), page=UnitPage(title="Cần Thơ", unit=world.ct, phone="0292"),
        by=world.by("kim"), at=AT, publish=True,
    )  # fmt: skip
    return {"ct": write(), "ag": write(title="An Giang đắp đê", unit=world.ag), "unit": own}


@pytest.fixture
def reader() -> Iterator[Client]:
    yield Client()


def addresses() -> list[str]:
    found = [page.address(code) for page in browsing.open_pages(at=timezone.now()) for code in ("vi", "en")]
    return [
        *found,
        "/vi/rss.xml",
        "/en/tin-tuc/atom.xml",
        "/vi/tin-tuc/index.json",
        "/sitemap.xml",
        "/robots.txt",
    ]


def kept() -> set[str]:
    return {path for path in addresses() if shelf().find(path)}


def all_as_made_anew(reader: Client) -> None:
    for path in addresses():
        answer, fresh = reader.get(path), reader.get(f"{path}?made=anew")
        assert answer.status_code == fresh.status_code, path
        assert answer.status_code != 200 or answer.content == fresh.getvalue(), path


def ask(path: str, **environ: str) -> tuple[str, dict[str, str], bytes]:
    """What the application in front of Django answers; "" where it asks Django."""
    told: list[Any] = []

    def django(environ: Any, start: Any) -> list[bytes]:
        start("", [])
        return []

    given = RequestFactory().get(path).environ | environ
    body = b"".join(front(django, shelf())(given, lambda *answer: told.extend(answer)))
    return told[0], dict(told[1]), body


@pytest.mark.requirement(88)
def test_a_page_is_answered_before_django_as_django_would(
    reader: Client, pages: Any, django_assert_num_queries
):
    path = pages["ct"].address("vi")
    assert ask(path)[0] == ""
    made = reader.get(path)
    with django_assert_num_queries(0):
        status, headers, body = ask(path)
    fresh = reader.get(f"{path}?made=anew")
    assert status == "200 OK" and body == fresh.content == made.content
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Content-Language", "Content-Type"):
        assert headers[name] == fresh[name]
    assert "Set-Cookie" not in headers and headers["Vary"] == fresh.get("Vary", "Accept-Encoding")
    assert "Cookie" not in fresh.get("Vary", "") and not fresh.cookies
    assert headers["Cache-Control"] == "public, no-cache"


def test_bytes_are_sent_compressed_once_and_not_at_all_to_who_has_them(reader: Client, pages: Any):
    path = pages["ct"].address("vi")
    plain = reader.get(path).content
    _status, headers, body = ask(path, HTTP_ACCEPT_ENCODING="gzip, deflate")
    assert headers["Content-Encoding"] == "gzip" and gzip.decompress(body) == plain
    status, again, nothing = ask(path, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=headers["ETag"])
    assert status == "304 Not Modified" and nothing == b"" and "Content-Length" not in again
    assert ask(path, HTTP_IF_NONE_MATCH=headers["ETag"])[0] == "200 OK", "another form of it"
    status, headers, body = ask(path, REQUEST_METHOD="HEAD")
    assert status == "200 OK" and body == b"" and headers["Content-Length"] == str(len(plain))
    assert ask(path, HTTP_RANGE="bytes=0-1")[2] == plain
    for elsewhere in (f"{path}?sheet=2", "/vi/khong-co/", "/accounts/login/", "/vi/reading/"):
        assert ask(elsewhere)[0] == "", elsewhere
    assert ask(path, REQUEST_METHOD="POST")[0] == ""


def test_who_reads_larger_gets_the_link_and_nobody_else(reader: Client, pages: Any):
    path = pages["ct"].address("vi")
    plain = reader.get(path).content
    larger = reader.get(path, headers={"cookie": f"{COOKIE}=200"})
    assert larger.content != plain and b"portal-reading.css" in larger.content
    assert larger["Cache-Control"] == "private, no-cache"
    _status, _headers, body = ask(path, HTTP_COOKIE=f"sessionid=x; {COOKIE}=200")
    assert body == larger.content
    assert [variant(c) for c in ("", f"{COOKIE}=100", f"{COOKIE}=999", f"x{COOKIE}=200")] == [0, 0, 0, 0]


def test_small_words_of_the_protocol():
    assert encoding("gzip;q=0") == "" and encoding("deflate") == "" and encoding("GZIP") == "gzip"
    assert is_known('"a"', 'W/"a", "b"') and is_known('"a"', "*") and not is_known('"a"', '"b"')


# ------------------------------------------------------------------ whatever is edited


def _publish(page: PortalPage, **fields: Any) -> None:
    page = page.specific
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def _contact(p: Any, w: World) -> None:
    Contact.objects.create(page=p["unit"].specific, about_vi="Trực", name="Lan")


EDITS: dict[str, tuple[Callable[[Any, World], Any], bool]] = {
    # what is done, and whether the article of An Giang may stay as it is
    "a title": (lambda p, w: _publish(p["ct"], title="Tên khác"), False),
    "a unit's name": (lambda p, w: type(w.ct).objects.filter(pk=w.ct.pk).update(name="Thành phố"), False),
    "a unit's row": (lambda p, w: w.ag.__class__.objects.filter(code=w.ag.code).update(name="Tỉnh"), False),
    "the footer": (lambda p, w: _publish(HomePage.objects.get(), contact_vi="Số 2"), False),
    "a section's name": (lambda p, w: _publish(SectionPage.objects.get(slug="tin-tuc"), title="Tin"), False),
    "taken down": (lambda p, w: p["ct"].specific.unpublish(), False),
    "deleted": (lambda p, w: p["ct"].specific.delete(), False),
    "moved": (lambda p, w: p["ct"].move(SectionPage.objects.get(slug="huong-dan"), "last-child"), False),
    "withdrawn": (lambda p, w: _publish(p["ct"], note_kind="withdrawal", note_vi="Sai."), False),
    "follows another": (lambda p, w: _publish(p["ag"], canonical=p["ct"].portalpage_ptr), False),
    "a private section": (lambda p, w: p["ct"].get_parent().view_restrictions.create(password="x"), False),
    "a draft": (lambda p, w: p["ct"].save_revision(), True),
    "a contact": (_contact, True),
    "a unit page": (lambda p, w: _publish(p["unit"], phone="115"), False),
    "many at once": (lambda p, w: NewsArticle.objects.all().update(title="Như nhau"), False),
    "an address": (lambda p, w: remember_address(page=p["ct"], before="/portal/tin-tuc/cu/"), True),
}  # fmt: skip


@pytest.mark.requirement(88)
@pytest.mark.parametrize("name", EDITS)
def test_after_every_edit_the_bytes_are_what_would_be_made(
    reader: Client, world: World, pages: Any, name: str
):
    edit, may_stay = EDITS[name]
    all_as_made_anew(reader)
    assert kept() == set(addresses())
    edit(pages, world)
    if may_stay:
        assert pages["ag"].address("vi") in kept()
    all_as_made_anew(reader)


def test_what_touches_a_page_nowhere_leaves_it(reader: Client, world: World, pages: Any):
    all_as_made_anew(reader)
    world.people["lan"].save()
    assert kept() == set(addresses())


def test_what_is_not_committed_is_not_kept(reader: Client, pages: Any):
    path = pages["ct"].address("vi")
    before = reader.get(path).content
    with pytest.raises(RuntimeError), transaction.atomic():
        NewsArticle.objects.filter(pk=pages["ct"].pk).update(title="Nửa chừng")
        assert "Nửa chừng" in reader.get(path).content.decode()
        raise RuntimeError
    assert reader.get(path).content == before and shelf().find(path)


# ------------------------------------------------------------------ several processes, killed ones


def test_all_processes_know_before_the_commit(reader: Client, pages: Any):
    path = pages["ct"].address("vi")
    reader.get(path)
    other = Shelf(shelf().folder)
    assert other.find(path).forms[0, ""].body == reader.get(path).content
    change = shelf().journal.announce({f"page:{pages['ct'].pk}"})
    assert other.find(path) is None and shelf().find(path) is None
    reader.get(path)
    assert other.find(path) is None, "not kept while the change may or may not be there"
    shelf().journal.finish(change)
    reader.get(path)
    assert other.find(path)


KILLED = """
import os, sys
from pathlib import Path
from giaoban.portal.stored.journal import Journal
Journal(Path(sys.argv[1])).announce({sys.argv[2]})
os.kill(os.getpid(), 9)
"""


def test_a_process_killed_at_its_commit_leaves_nothing_stale(reader: Client, pages: Any):
    path = pages["ct"].address("vi")
    reader.get(path)
    place = shelf()
    subprocess.run([sys.executable, "-c", KILLED, place.folder, f"page:{pages['ct'].pk}"], check=False)
    assert place.find(path) is None
    assert reader.get(path).status_code == 200 and place.find(path) is None
    assert place.journal.clear_dead(now=time.time()) == 0, "its commit may still be on its way"
    assert place.journal.clear_dead(now=time.time() + GRACE + 1) == 1
    reader.get(path)
    assert place.find(path)


def test_a_new_journal_forgets_everything(reader: Client, pages: Any, tmp_path: Path):
    path = pages["ct"].address("vi")
    reader.get(path)
    other = Shelf(shelf().folder)
    assert other.find(path)
    shelf().begin()
    assert other.find(path) is None and shelf().find(path) is None
    quiet = Journal(tmp_path / "quiet")
    quiet.finish("nobody")
    quiet.refresh()
    assert quiet.on_the_way() == frozenset()


def test_whoever_knows_the_mark_has_read_every_line(tmp_path: Path):
    own, other = Journal(tmp_path / "pages"), Journal(tmp_path / "pages")
    for journal in (own, other):
        journal.refresh()
    known = other.version
    other.refresh()
    assert other.version == known, "nothing was told"
    for n in range(3):
        since = other.offset
        change = own.announce({f"page:{n}"})
        other.refresh()
        assert other.on_the_way() == {f"page:{n}"} and not other.is_fresh([f"page:{n}"], since)
        own.finish(change)
        other.refresh()
        assert other.on_the_way() == frozenset()
    own.begin()
    other.refresh()
    assert other.epoch != own.epoch
    own.refresh()
    assert other.epoch == own.epoch


def test_a_look_at_the_mark_asks_the_system_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    journal = Journal(tmp_path / "pages")
    journal.refresh()
    journal.mark._look_at += 3600
    monkeypatch.setattr("giaoban.portal.stored.mark.os", None)
    monkeypatch.setattr("giaoban.portal.stored.journal.os", None)
    journal.refresh()


def test_a_home_that_is_cleared_under_a_server_is_seen(tmp_path: Path):
    own, other = Journal(tmp_path / "pages"), Journal(tmp_path / "pages")
    own.refresh()
    other.refresh()
    before = other.epoch
    shutil.rmtree(tmp_path / "pages")
    change = own.announce({"page:1"})
    other.mark._look_at = 0.0  # a second later
    other.refresh()
    assert other.epoch != before and other.on_the_way() == {"page:1"}
    own.finish(change)
    own.refresh()
    assert own.epoch == other.epoch


def test_one_makes_what_all_wait_for(tmp_path: Path):
    place, made = Shelf(tmp_path / "shelf"), []

    def make() -> None:
        with place.alone("/vi/"):
            if not made:
                time.sleep(0.05)
                made.append(1)

    threads = [threading.Thread(target=make) for _n in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert made == [1]


# ------------------------------------------------------------------ on time


@pytest.mark.requirement(87)
def test_pages_carry_the_instant_they_depend_on(reader: Client, pages: Any):
    _publish(pages["ct"], expire_at=SOON)
    all_as_made_anew(reader)
    for path in (pages["ct"].address("vi"), "/vi/", "/vi/tin-tuc/", "/vi/rss.xml", "/sitemap.xml"):
        assert shelf().find(path).until == SOON.timestamp(), path
        assert shelf().find(path, now=SOON.timestamp()) is None
    assert shelf().find("/vi/hoi-dap/").until is None


@pytest.mark.requirement(87)
def test_a_planned_page_comes_at_its_instant_by_job_or_first_reader(reader: Client, pages: Any):
    all_as_made_anew(reader)
    planned = pages["ct"].specific
    planned.unpublish()
    planned.go_live_at = SOON
    planned.save_revision().publish()
    all_as_made_anew(reader)
    assert shelf().find("/vi/tin-tuc/").until == SOON.timestamp()
    assert reader.get(planned.address("vi")).status_code == 404
    come = timezone.now() - timedelta(hours=1)
    revision = Revision.objects.get(approved_go_live_at=SOON)
    revision.content["go_live_at"] = come.isoformat()
    revision.approved_go_live_at = come
    revision.save()
    assert reader.get(planned.address("vi")).status_code == 200
    assert NewsArticle.objects.get(pk=planned.pk).live
    all_as_made_anew(reader)
    assert publish_due(by=System("portal"), at=timezone.now()) == 0, "once"


@pytest.mark.requirement(87)
def test_a_page_goes_at_its_instant(reader: Client, pages: Any):
    _publish(pages["ct"], expire_at=SOON)
    assert publish_due(by=System("portal"), at=SOON - timedelta(seconds=1)) == 0
    assert publish_due(by=System("portal"), at=SOON) == 1
    assert not NewsArticle.objects.get(pk=pages["ct"].pk).live
    assert reader.get(pages["ct"].address("vi")).status_code == 404


def test_inside_a_transaction_nothing_is_kept(reader: Client, pages: Any):
    with transaction.atomic():
        assert reader.get("/vi/").status_code == 200
    assert shelf().find("/vi/") is None and not connection.in_atomic_block

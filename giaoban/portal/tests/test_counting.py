"""Readings of pages are numbers: gathered in memory, written together, shown to those who write the pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from giaoban.portal import counting
from giaoban.portal.actions.counting import add
from giaoban.portal.models import PageDay
from giaoban.reports.tests.world import World


@pytest.fixture(autouse=True)
def _nothing_gathered_before() -> None:
    counting._gathered.clear()
    counting._paths.clear()


def test_pages_that_are_read_are_counted_machines_are_not(client: Client, write: Any):
    article = write()
    where = article.address("vi")
    for agent in ("Mozilla/5.0", "Mozilla/5.0", "Googlebot/2.1", "curl/8", ""):
        client.get(where, HTTP_USER_AGENT=agent)
    client.head(where, HTTP_USER_AGENT="Mozilla/5.0")
    client.get(where, HTTP_USER_AGENT="Mozilla/5.0", HTTP_SEC_PURPOSE="prefetch;prerender")
    client.get(article.address("en"), HTTP_USER_AGENT="Mozilla/5.0")
    assert not PageDay.objects.exists(), "a reading writes nothing"
    assert counting.write() == 3 and counting.write() == 0
    rows = PageDay.objects.filter(page=article.pk).order_by("language")
    assert [(row.language, row.reads) for row in rows] == [("en", 1), ("vi", 2)]


def test_a_reading_belongs_to_its_day_in_viet_nam_and_days_add_up(write: Any):
    article = write()
    late, early = datetime(2020, 2, 3, 16, 59, tzinfo=UTC), datetime(2020, 2, 3, 17, tzinfo=UTC)
    for at in (late, early, early):
        counting.count(article.pk, "vi", at=at)
    counting.write()
    counting.count(article.pk, "vi", at=early)
    counting.write()
    rows = PageDay.objects.order_by("day")
    assert [(str(row.day), row.reads) for row in rows] == [("2020-02-03", 1), ("2020-02-04", 3)]


def test_pages_answered_before_django_are_counted_by_their_address(write: Any):
    article = write()
    for path in (
        article.address("vi"),
        article.address("vi"),
        article.address("en"),
        "/vi/",
        "/vi/rss.xml",
        "/sitemap.xml",
    ):
        counting.seen(path, "Mozilla/5.0")
    counting.seen(article.address("vi"), "Googlebot/2.1")
    assert counting.write() == 4
    rows = PageDay.objects.filter(page=article.pk).order_by("language")
    assert [(row.language, row.reads) for row in rows] == [("en", 1), ("vi", 2)]


def test_pages_that_are_gone_are_left_out(write: Any):
    article = write()
    counting.count(article.pk, "vi")
    counting.count(999_999, "vi")
    assert counting.write() == 2
    assert PageDay.objects.get().page_id == article.pk


def test_what_cannot_be_written_is_kept(write: Any, monkeypatch: pytest.MonkeyPatch):
    article = write()
    counting.count(article.pk, "vi")
    counting._gathered["no number", "vi", None] = 1  # type: ignore[index]
    with pytest.raises((ValueError, TypeError)):
        counting.write()
    del counting._gathered["no number", "vi", None]  # type: ignore[arg-type]
    assert counting.write() == 1


def test_writers_see_their_own_pages_and_take_the_numbers_home(sign_in: Any, write: Any, world: World):
    mine, other = write(title="Của Cần Thơ"), write(title="Của An Giang", unit=world.ag)
    today = timezone.localdate()
    add({(mine.pk, "vi", today): (7, 2, 1), (other.pk, "vi", today - timedelta(days=40)): (5, 0, 0)})
    kim = sign_in("kim")
    shown = kim.get("/portal/readers/").content.decode()
    assert "Của Cần Thơ" in shown and "Của An Giang" not in shown, "thirty days"
    assert "Của An Giang" in kim.get("/portal/readers/?days=90").content.decode()
    assert "Của An Giang" in kim.get("/portal/readers/?days=90&download=csv").getvalue().decode("utf-8-sig")
    lan = sign_in("lan").get("/portal/readers/?days=90").content.decode()
    assert "Của Cần Thơ" in lan and "Của An Giang" not in lan
    assert "Của Cần Thơ" not in sign_in("nga").get("/portal/readers/").content.decode()
    assert sign_in("chi").get("/portal/readers/").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_of_readings_asks_the_database_little(
    sign_in: Any, write: Any, django_assert_max_num_queries: Any, many: int
):
    today = timezone.localdate()
    add({(write(title=f"Tin {n}").pk, "vi", today): (n + 1, 0, 0) for n in range(many)})
    kim = sign_in("kim")
    kim.get("/portal/readers/")
    with django_assert_max_num_queries(8):
        kim.get("/portal/readers/")

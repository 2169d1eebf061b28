"""What citizens see: pages in two languages, where they are not translated, where they have gone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from giaoban.portal.actions.writing import put, running_text
from giaoban.portal.models import DocumentPage, HomePage, NewsArticle, PortalPage, RegisterPage
from giaoban.portal.tests.conftest import AT
from giaoban.reports.tests.world import World


@pytest.mark.requirement(79)
def test_an_article_stands_under_both_languages(client: Client, write):
    article = write(source="VPV", byline="Lan", event_on=date(2020, 1, 16), place_vi="Cần Thơ")
    shown = client.get("/vi/tin-tuc/hoi-nghi-so-ket/").content.decode()
    for words in (
        "Hội nghị sơ kết",
        "(VPV)",
        "Ba việc.",
        "Đại biểu nhất trí.",
        "Lan",
        "16/01/2020",
        "Cần Thơ",
    ):
        assert words in shown
    english = client.get(article.address("en"))
    assert english["Content-Language"] == "en"
    assert "Review meeting" in english.content.decode()
    assert '<span lang="vi">Cần Thơ</span>' not in shown


@pytest.mark.requirement(85)
def test_what_is_not_translated_is_marked_never_mixed(client: Client, write):
    write(title_en="", text_en="")
    shown = client.get("/en/tin-tuc/hoi-nghi-so-ket/").content.decode()
    assert '<h1><span lang="vi">Hội nghị sơ kết</span></h1>' in shown
    assert '<p class="untranslated">' in shown
    assert '<div class="prose" lang="vi">' in shown
    assert '<p class="untranslated">' not in client.get("/vi/tin-tuc/hoi-nghi-so-ket/").content.decode()


def test_the_page_says_its_other_language_to_machines(client: Client, write):
    write()
    shown = client.get("/vi/tin-tuc/hoi-nghi-so-ket/").content.decode()
    assert 'hreflang="en" href="http://localhost:8000/en/tin-tuc/hoi-nghi-so-ket/"' in shown
    assert 'rel="canonical" href="http://localhost:8000/vi/tin-tuc/hoi-nghi-so-ket/"' in shown


def test_nobody_is_followed(client: Client, write):
    write()
    answer = client.get("/vi/tin-tuc/hoi-nghi-so-ket/")
    assert not answer.cookies
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "csrf" not in answer.content.decode()


def test_drafts_and_closed_pages_are_not_there(client: Client, write, portal: HomePage):
    write(publish=False)
    assert client.get("/vi/tin-tuc/hoi-nghi-so-ket/").status_code == 404
    assert "Hội nghị sơ kết" not in client.get("/vi/tin-tuc/").content.decode()
    published = write(title="Mở rồi đóng")
    assert client.get(published.address("vi")).status_code == 200
    section = published.get_parent()
    section.specific.unpublish()
    assert client.get(published.address("vi")).status_code == 404


@pytest.mark.requirement(86)
def test_a_correction_and_a_withdrawal_are_said(client: Client, write):
    write(title="Sửa", note_kind="correction", note_vi="Số đúng là 12.", note_en="The right number is 12.")
    write(title="Rút", note_kind="withdrawal", note_vi="Chưa thẩm định.", text="<p>Số sai.</p>")
    assert "The right number is 12." in client.get("/en/tin-tuc/sua/").content.decode()
    withdrawn = client.get("/vi/tin-tuc/rut/").content.decode()
    assert "Chưa thẩm định." in withdrawn and "Số sai." not in withdrawn


@pytest.mark.requirement(87)
def test_an_article_comes_and_goes_at_its_instant(client: Client, write):
    article = write(title="Có hạn")
    NewsArticle.objects.filter(pk=article.pk).update(expire_at=datetime(2020, 3, 1, tzinfo=UTC))
    assert client.get("/vi/tin-tuc/co-han/").status_code == 404
    NewsArticle.objects.filter(pk=article.pk).update(
        expire_at=None, go_live_at=datetime(2999, 1, 1, tzinfo=UTC)
    )
    assert client.get("/vi/tin-tuc/co-han/").status_code == 404


def test_who_moves_a_page_leaves_the_way_to_it(client: Client, write, django_capture_on_commit_callbacks):
    article = write(title="Tên cũ")
    with django_capture_on_commit_callbacks(execute=True):
        article.slug = "ten-moi"
        article.save_revision().publish()
    for language in ("vi", "en"):
        answer = client.get(f"/{language}/tin-tuc/ten-cu/")
        assert (answer.status_code, answer["Location"]) == (301, f"/{language}/tin-tuc/ten-moi/")


def test_a_page_that_is_not_there_is_said_in_the_portals_look(client: Client, portal: HomePage):
    answer = client.get("/en/nowhere/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode() and "noindex" in answer.content.decode()
    assert client.get("/vi/tin-tuc").status_code == 301


@pytest.mark.requirement(86)
def test_of_a_withdrawn_page_of_any_kind_only_the_note_is_told(
    client: Client, world: World, portal: HomePage, write
):
    note = {"note_kind": "withdrawal", "note_vi": "Chưa thẩm định.", "lead_vi": "Con số sai."}
    write(title="Rút", **note)
    paper = DocumentPage(
        title="Rút văn bản", number="01/R", type_vi="Thông báo", issued_on=AT.date(), issuer="VP", unit=world.ct,
        body_vi=running_text("<p>Con số sai.</p>"), **note,
    )  # fmt: skip
    put(parent=RegisterPage.objects.get(), page=paper, by=world.by("kim"), at=AT, publish=True)
    for page in PortalPage.objects.filter(note_kind="withdrawal"):
        shown = client.get(page.address("vi")).content.decode()
        assert "Chưa thẩm định." in shown and "Con số sai" not in shown and page.title in shown
    for path in (
        "/vi/",
        "/vi/tin-tuc/",
        "/vi/tin-tuc/rss.xml",
        "/vi/tin-tuc/rut/index.json",
        "/vi/van-ban/",
        "/vi/van-ban/rut-van-ban/index.json",
    ):
        assert "Con số sai" not in client.get(path).content.decode(), path


@pytest.mark.parametrize(
    "bad", ["/vi/../../etc/passwd", "/vi/tin-tuc/%2e%2e/x/", "/vi//example.org/", "/vi/tin-tuc/x.php"]
)
def test_tricks_with_paths_lead_nowhere(client: Client, portal: HomePage, bad: str):
    answer = client.get(bad)
    assert answer.status_code == 404 or answer["Location"].startswith("/vi/")


def test_a_closed_portal_is_not_there(client: Client, db: None):
    assert client.get("/vi/").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_pages_ask_the_database_little(
    client: Client, write, portal: HomePage, django_assert_num_queries, many: int
):
    for n in range(many):
        write(title=f"Bài {n}")
    client.get("/vi/")
    with django_assert_num_queries(PAGES["home"]):
        client.get("/vi/")
    with django_assert_num_queries(PAGES["section"]):
        client.get("/vi/tin-tuc/")


PAGES = {"home": 6, "section": 6}

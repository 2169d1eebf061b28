"""The public search: marks do not count, written marks come first, and only what is open is found."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from giaoban.portal.actions.finding import learn_everything
from giaoban.portal.jobs import learn_what_is_missing, tidy_words
from giaoban.portal.models import DocumentPage, Findable, HomePage, NewsArticle, RegisterPage, SectionPage
from giaoban.portal.queries import words
from giaoban.portal.queries.finding import lacking
from giaoban.portal.queries.marking import marked
from giaoban.portal.tests.conftest import AT
from giaoban.reports.tests.world import World

TITLE = re.compile(r'<h3[^>]*><a href="[^"]*">(.*?)</a></h3>', re.DOTALL)


def titles(client: Client, query: str, language: str = "vi") -> list[str]:
    """The found titles without marks: of articles, unless a kind is asked for."""
    query += "" if "kind=" in query else "&kind=article"
    where = {"vi": "/vi/tim-kiem/", "en": "/en/search/"}[language]
    answer = client.get(f"{where}?{query}")
    assert answer.status_code == 200
    body = answer.content.decode().partition('<ol class="rows found">')[2].partition("</ol>")[0]
    return [re.sub("</?mark>", "", found) for found in TITLE.findall(body)]


ALIKE = ("hội nghị sơ kết", "hoi nghi so ket", "HỘI NGHỊ", "so ket", "dai bieu", "đại biểu", "Đai bieu",
         "Hô\u0323i nghi\u0323")  # fmt: skip


@pytest.mark.requirement(81)
def test_marks_and_capitals_do_not_count(client: Client, write: Any):
    write(title="Hội nghị sơ kết")
    write(title="Chuyện khác", lead_vi="Không liên quan.", text="<p>Mưa.</p>")
    assert {asked: titles(client, f"q={asked}") for asked in ALIKE} == dict.fromkeys(
        ALIKE, ["Hội nghị sơ kết"]
    )


@pytest.mark.requirement(81)
def test_what_is_written_with_the_same_marks_comes_first(client: Client, write: Any):
    write(title="Bàn về ma", lead_vi="", text="<p>mã mã mã mã mã</p>")
    write(title="Mạ non", lead_vi="", text="<p>Một lần: má.</p>")
    assert titles(client, "q=má")[0] == "Mạ non"
    assert titles(client, "q=mã")[0] == "Bàn về ma"
    assert len(titles(client, "q=ma")) == 2


def test_words_put_together_are_found_as_before(client: Client, write: Any):
    for number in range(3):
        write(title=f"Hội nghị {number}")
    before = titles(client, "q=hội+nghị")
    tidy_words(AT)
    assert titles(client, "q=hội+nghị") == before and len(before) == 3
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT segid) FROM portal_words_idx")
            assert cursor.fetchone() == (1,)


def test_words_side_by_side_come_before_words_apart(client: Client, write: Any):
    write(title="Nghị định của hội", lead_vi="", text="<p>hội hội nghị nghị</p>" * 3)
    write(title="Tin", lead_vi="", text="<p>Dài dòng trước khi hội nghị bắt đầu.</p>" + "<p>chữ</p>" * 50)
    assert titles(client, "q=hoi+nghi+bat+dau") == ["Tin"]
    assert titles(client, 'q="bat+hoi"') == []


def test_english_is_found_in_english_by_the_beginning_of_a_word(client: Client, write: Any):
    write(title="Hội nghị", title_en="Reviews of the year", text_en="<p>Vaccination</p>")
    assert titles(client, "q=review", "en") == ["Reviews of the year"]
    assert titles(client, "q=vaccin", "en") == ["Reviews of the year"]
    assert titles(client, "q=reviews", "vi") == []


def test_what_is_not_translated_is_found_in_english_and_marked(client: Client, write: Any):
    write(title="Phòng, chống lũ", title_en="", text_en="")
    shown = client.get("/en/search/?q=phong+chong").content.decode()
    assert '<h3 lang="vi">' in shown


@pytest.mark.requirement(81, 87)
def test_only_what_is_open_at_that_instant_is_found(client: Client, write: Any):
    def found() -> list[str]:
        return titles(client, "q=lu+ve")

    write(title="Lũ về nháp", publish=False)
    article = write(title="Lũ về")
    rows = NewsArticle.objects.filter(pk=article.pk)
    assert found() == ["Lũ về"]
    rows.update(expire_at=datetime(2020, 3, 1, tzinfo=UTC))
    assert found() == []
    rows.update(expire_at=None, go_live_at=datetime(2999, 1, 1, tzinfo=UTC))
    assert found() == []
    rows.update(go_live_at=None)
    assert found() == ["Lũ về"]
    article.view_restrictions.create(restriction_type="login")
    assert found() == []
    article.view_restrictions.all().delete()
    section = SectionPage.objects.get(slug="tin-tuc")
    section.view_restrictions.create(restriction_type="login")
    assert found() == []
    section.view_restrictions.all().delete()
    section.unpublish()
    assert found() == []


def test_only_units_that_something_public_tells_of_can_be_chosen(client: Client, write: Any, world: World):
    def offered() -> list[str]:
        choice = (
            client.get("/vi/tim-kiem/").content.decode().partition('name="unit"')[2].partition("</select>")[0]
        )
        return re.findall(r'<option value="\d+"[^>]*>([^<]+)<', choice)

    write(unit=world.ct)
    secret = write(title="Kín", unit=world.ag)
    assert offered() == sorted([world.ag.name, world.ct.name])
    secret.view_restrictions.create(restriction_type="login")
    assert offered() == [world.ct.name]
    secret.view_restrictions.all().delete()
    secret.unpublish()
    assert offered() == [world.ct.name]
    section = SectionPage.objects.get(slug="tin-tuc")
    section.view_restrictions.create(restriction_type="login")
    assert offered() == []


def test_a_draft_of_a_published_page_is_not_found_before_it_is_published(client: Client, write: Any):
    article = write(title="Cũ", lead_vi="", text="<p>xưa</p>")
    article.title = "Bí mật mới"
    revision = article.save_revision()
    assert titles(client, "q=bi+mat") == []
    revision.publish()
    assert titles(client, "q=bi+mat") == ["Bí mật mới"]
    assert titles(client, "q=cu") == []


def test_who_is_withdrawn_is_found_by_its_note_not_by_its_text(client: Client, write: Any):
    write(title="Rút", note_kind="withdrawal", note_vi="Chưa thẩm định.", text="<p>Con số sai</p>")
    assert titles(client, "q=con+so+sai") == []
    assert titles(client, "q=tham+dinh") == ["Rút"]


def test_a_deleted_page_leaves_no_words(client: Client, write: Any):
    from django.db import connection

    article = write()
    article.delete()
    assert not Findable.objects.filter(page=article.pk).exists()
    assert titles(client, "q=hoi+nghi+so+ket") == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_words")
        assert cursor.fetchone()[0] == Findable.objects.count()


def test_a_unit_is_found_by_its_present_name(client: Client, write: Any, world: World):
    write(title="Tin của đơn vị")
    assert titles(client, "q=can+tho") == ["Tin của đơn vị"]
    world.ct.name = "Thành phố Tây Đô"
    world.ct.save()
    assert titles(client, "q=tay+do") == ["Tin của đơn vị"]


def test_a_document_is_found_by_its_number(client: Client, portal: HomePage, world: World):
    from giaoban.portal.actions.writing import put

    page = DocumentPage(
        title="Kế hoạch tuyên truyền", number="12/KH-BCĐ", type_vi="Kế hoạch", issued_on=AT.date(),
        issuer="Ban chỉ đạo", signer="Trần Văn A", unit=world.office,
    )  # fmt: skip
    put(parent=RegisterPage.objects.get(), page=page, by=world.by("kim"), at=AT, publish=True)
    for asked in ("12/KH-BCĐ", "12 kh bcd", "tran van a", "ban chi dao"):
        assert titles(client, f"q={asked}&kind=document") == ["Kế hoạch tuyên truyền"]
    assert titles(client, "q=ke+hoach&kind=document") == ["Kế hoạch tuyên truyền"]
    assert titles(client, "q=ke+hoach&kind=article") == []


@pytest.mark.requirement(81)
def test_filters_by_unit_and_days(client: Client, write: Any, world: World):
    write(title="Tin một", posted_at=datetime(2020, 1, 10, tzinfo=UTC))
    write(title="Tin hai", posted_at=datetime(2020, 1, 20, 17, tzinfo=UTC), unit=world.ag)
    assert titles(client, f"q=tin&unit={world.ag.pk}") == ["Tin hai"]
    assert titles(client, "q=tin&since=2020-01-11") == ["Tin hai"]
    assert titles(client, "q=tin&since=2020-01-21&until=2020-01-21") == ["Tin hai"], "midnight in Viet Nam"
    assert titles(client, "q=tin&until=2020-01-20") == ["Tin một"]
    assert titles(client, "q=tin&sort=newest") == ["Tin hai", "Tin một"]
    assert titles(client, "unit=" + str(world.ct.pk)) == ["Tin một"], "filters alone browse"


NONSENSE = {
    "since=yesterday": "“yesterday” is not a day. Write it like 2026-01-31.",
    "until=2020-02-30": "“2020-02-30” is not a day. Write it like 2026-01-31.",
    "since=2020-02-02&until=2020-02-01": "The last day cannot be before the first day.",
}


def test_nonsense_is_answered_with_a_sentence(client: Client, write: Any):
    write()
    for query, sentence in NONSENSE.items():
        shown = client.get(f"/en/search/?q=review&{query}").content.decode()
        assert sentence in shown and '<ol class="rows found">' not in shown


HOSTILE = (
    '"',
    "'",
    "* OR NEAR(",
    "a:b",
    "title:x",
    "\x00",
    "&&|!<->",
    "(",
    "x" * 500,
    "đ\u0323\u0323",
    "-1",
    "…",
    "𝒳",
)


def test_no_question_breaks_the_search(client: Client, write: Any):
    write()
    for asked in HOSTILE:
        for language in ("vi/tim-kiem", "en/search"):
            given = {"q": asked, "unit": "9" * 30, "sheet": "99", "kind": "'"}
            assert client.get(f"/{language}/", given).status_code == 200


def test_what_is_found_is_shown_escaped(client: Client, write: Any):
    write(title="Lũ <b>lớn</b>", lead_vi="<script>alert(1)</script> lũ", text="<p>&lt;img onerror&gt; lũ</p>")
    shown = client.get("/vi/tim-kiem/", {"q": "lũ"}).content.decode()
    assert "<mark>Lũ</mark> &lt;b&gt;lớn&lt;/b&gt;" in shown
    assert "<script>alert" not in shown and "<img onerror" not in shown
    assert (
        'value="&quot;&gt;&lt;script&gt;"'
        in client.get("/vi/tim-kiem/", {"q": '"><script>'}).content.decode()
    )


def test_words_are_marked_at_the_best_place():
    text = "mở đầu " * 60 + "cuối cùng hội nghị sơ kết bế mạc " + "kết thúc " * 60
    shown = marked(text, {"hoi", "nghi"}, 120)
    assert "<mark>hội nghị</mark> sơ" in shown
    assert shown.startswith("… ") and shown.endswith(" …") and len(shown) < 160
    assert marked("một & hai", {"khac"}) == "một &amp; hai"


def test_who_finds_nothing_is_told_what_to_do(client: Client, write: Any, portal: HomePage):
    write(title="Chỉ tiếng Việt", title_en="Flood drill", lead_en="", lead_vi="", text="")
    shown = client.get("/vi/tim-kiem/?q=drill").content.decode()
    assert 'href="/en/search/?q=drill"' in shown and 'href="/vi/tin-tuc/"' in shown
    shown = client.get("/en/search/?q=drill&kind=document").content.decode()
    assert "1 page found without the filters" in shown
    assert "noindex" in shown


def test_long_lists_have_sheets(client: Client, write: Any):
    for n in range(11):
        write(title=f"Tin số {n}")
    assert len(titles(client, "q=tin")) == 10
    assert len(titles(client, "q=tin&sheet=2")) == 1
    assert (
        'rel="prev" href="/vi/tim-kiem/?q=tin+so&amp;sort=newest"'
        in client.get("/vi/tim-kiem/?q=tin+so&sort=newest&sheet=2").content.decode()
    )


def test_the_search_stands_on_every_page_and_keeps_the_words_when_the_language_turns(
    client: Client, write: Any
):
    write()
    assert 'action="/vi/tim-kiem/" role="search"' in client.get("/vi/tin-tuc/").content.decode()
    assert 'href="/en/search/?q=hoi"' in client.get("/vi/tim-kiem/?q=hoi").content.decode()
    assert not client.get("/vi/tim-kiem/?q=hoi").cookies


def test_the_search_can_be_built_anew(client: Client, write: Any):
    write(title="Tin")
    known = set(Findable.objects.values_list("page", "language", "title"))
    words.forget(Findable.objects.values_list("pk", flat=True))
    assert len(lacking(most=100)) == len({page for page, _language, _title in known})
    assert titles(client, "q=tin") == []
    learn_what_is_missing(AT)
    assert titles(client, "q=tin") == ["Tin"] and not lacking()
    learn_everything()
    assert set(Findable.objects.values_list("page", "language", "title")) == known
    assert titles(client, "q=tin") == ["Tin"] and not lacking()


def test_a_closed_portal_has_no_search(client: Client, db: None):
    assert client.get("/vi/tim-kiem/").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_search_asks_the_database_little(
    client: Client, write: Any, django_assert_num_queries: Any, many: int
):
    for n in range(many):
        write(title=f"Tin {n}")
    client.get("/vi/tim-kiem/?q=tin")
    with django_assert_num_queries(6):
        client.get("/vi/tim-kiem/?q=tin")
    with django_assert_num_queries(6):  # seven, where the newest have pictures
        found_nothing = client.get("/vi/tim-kiem/?q=xyzzy&kind=article").content.decode()
    assert "Nothing was found." in found_nothing or "Không tìm thấy" in found_nothing

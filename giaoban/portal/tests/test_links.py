"""Links that lead nowhere are told to whoever writes the page, and to nobody else; none holds anything up."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone
from wagtail.models import ReferenceIndex, Site

from giaoban.portal.actions.moving import remember_address
from giaoban.portal.actions.writing import put
from giaoban.portal.models import (
    DocumentPage,
    Furniture,
    HomePage,
    MeetingPage,
    NewsArticle,
    PageFile,
    PortalFile,
    PortalPage,
    RegisterPage,
    RelatedDocument,
    SectionPage,
)
from giaoban.portal.queries import ground
from giaoban.portal.queries.links import links_of, nowhere_on
from giaoban.portal.tests.conftest import AT
from giaoban.portal.tests.test_furniture import furnish, line
from giaoban.portal.tests.test_rights import form
from giaoban.reports.tests.world import World

REPORT = "/editor/links/"


@pytest.fixture(autouse=True)
def _who_reads_english(world: World) -> None:
    for person in ("kim", "lan"):
        world.people[person].language = "en"
        world.people[person].save()


def reasons(page: PortalPage) -> list[tuple[str, str]]:
    """(words, reason) of the links that lead nowhere, or elsewhere."""
    rows = PortalPage.objects.filter(pk=page.pk)
    return [(link.words, link.reason) for link in links_of(rows, at=timezone.now())]


def to_page(pk: int) -> str:
    return f'<p><a linktype="page" id="{pk}">đọc</a></p>'


@pytest.fixture
def paper(world: World, portal: HomePage) -> DocumentPage:
    return put(
        parent=RegisterPage.objects.get(), by=world.by("kim"), at=AT, publish=True,
        page=DocumentPage(
            title="Kế hoạch", number="01/KH", type_vi="Kế hoạch", issued_on=date(2020, 1, 2), issuer="VP"
        ),
    )  # fmt: skip


def _draft(page: PortalPage) -> None:
    page.specific.unpublish()


def _private(page: PortalPage) -> None:
    page.view_restrictions.create(password="x")


def _above(page: PortalPage) -> None:
    page.get_parent().specific.unpublish()


def _withdrawn(page: PortalPage) -> None:
    PortalPage.objects.filter(pk=page.pk).update(note_kind="withdrawal", note_vi="Sai.")


HAPPENED = {
    "taken down": (_draft, ground.UNPUBLISHED),
    "made private": (_private, ground.PRIVATE),
    "deleted": (lambda page: page.specific.delete(), ground.DELETED),
    "shut in above": (_above, ground.ABOVE),
    "withdrawn": (_withdrawn, ground.WITHDRAWN),
}


@pytest.mark.parametrize("what", HAPPENED)
def test_what_happens_to_a_page_is_told_of_links_to_it(write: Any, paper: DocumentPage, what: str):
    act, reason = HAPPENED[what]
    article = write(text=to_page(paper.pk))
    RelatedDocument.objects.create(page=article, document=paper)
    assert reasons(article) == []
    act(paper)
    told = reasons(article)
    assert ("đọc", reason) in told
    # a document that is deleted takes its line in the article with it
    assert told == [("đọc", reason)] + ([] if what == "deleted" else [("Kế hoạch", reason)])


ADDRESSES = {
    "/vi/tin-tuc/": "", "/en/": "", "/vi/tin-tuc": "", "http://localhost:8000/vi/van-ban/": "", "#muc-2": "",
    "../": "", "/": "", "/vi/tim-kiem/?q=lu": "", "/sitemap.xml": "", "/en/tin-tuc/rss.xml": "", "/vi/reading/": "",
    "mailto:a@b.vn": "", "tel:0292": "", "/accounts/login/": "", "/static/core/emblem.svg": "",
    "/vi/khong-co/": ground.NOTHING, "/vi/tin-tuc/index.json": "", "/en/nowhere/index.json": ground.NOTHING,
    "/khong-co": ground.NOTHING, "khong-co/": ground.NOTHING, "http://[": ground.NOTHING,
    "/a/mua-lu/reports/": ground.INSIDE, "/portal/": ground.INSIDE, "/editor/": ground.INSIDE,
    "https://example.vn/x": ground.EXTERNAL, "//example.vn/": ground.EXTERNAL,
    "/media/files/999/x.pdf": ground.NO_FILE, "/editor/files/999/x.pdf": ground.NOTHING,
    "/vi/feedback/999/": ground.DELETED,
}  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_written_by_hand(write: Any, address: str):
    article = write(text=f'<p>Xem <a href="{address}"><b>đây</b> &amp; kia</a>.</p>')
    assert reasons(article) == ([("đây & kia", ADDRESSES[address])] if ADDRESSES[address] else [])


def test_an_old_address_leads_on_until_its_page_goes(write: Any):
    target = write(title="Tên cũ")
    article = write(title="Bài", text='<p><a href="/vi/tin-tuc/ten-cu/">cũ</a></p>')
    target.slug = "ten-moi"
    target.save_revision().publish()
    remember_address(page=target, before="/portal/tin-tuc/ten-cu/")
    assert reasons(article) == []
    target.unpublish()
    assert reasons(article) == [("cũ", ground.UNPUBLISHED)]


def test_files_figures_answers_and_fields(world: World, write: Any, paper: DocumentPage):
    file = PortalFile.objects.create(title="Phụ lục", file="portal-files/x.pdf")
    body = [
        {"type": "text", "value": f'<p><a linktype="document" id="{file.pk}">tệp</a></p>'},
        {"type": "quote", "value": {"words": '<a href="/khong-co">không phải liên kết</a>', "who": ""}},
        {"type": "numbers", "value": {"numbers": [{"value": "12", "label": "xã", "link": "/vi/mat/"}]}},
        {"type": "question", "value": {"question": "Ở đâu?", "answer": '<p><a href="/vi/mat/"></a></p>'}},
        {"type": "numbers", "value": {"numbers": [
            {"value": "13", "label": "xã", "link": f"/media/files/{file.pk}/x.pdf"}]}},
    ]  # fmt: skip
    article = write()
    unseen = ("13", ground.UNSEEN_FILE)
    for part, told in ((body[1:], [unseen]), (body, [])):
        article.body_vi = json.dumps(part)
        article.save()
        ReferenceIndex.create_or_update_for_object(article)
        assert reasons(article) == [("12", ground.NOTHING), ("without words", ground.NOTHING), *told]
    article.body_vi = json.dumps(body[1:])
    article.save()
    ReferenceIndex.create_or_update_for_object(article)
    assert unseen in reasons(article)
    PageFile.objects.create(page=paper, file=file)
    file_page = put(
        parent=SectionPage.objects.get(slug="so-ket-hoi-nghi"), by=world.by("kim"), at=AT,
        page=MeetingPage(title="Họp", starts_at=AT, ends_at=AT),
    )  # fmt: skip
    NewsArticle.objects.filter(pk=article.pk).update(meeting=file_page)
    assert reasons(article)[2:] == [("Họp", ground.UNPUBLISHED)]
    PageFile.objects.all().delete()
    article.body_vi = json.dumps(body)
    article.save()
    file.delete()
    assert ("tệp", ground.NO_FILE) in reasons(article)


def test_what_no_reader_sees_is_not_told(write: Any):
    broken = '<p><a href="/vi/mat/">mất</a></p>'
    assert reasons(write(title="Nháp", text=broken, publish=False)) == []
    assert reasons(write(title="Rút", text=broken, note_kind="withdrawal", note_vi="Sai.")) == []
    live = write(title="Sống")
    live.body_vi = json.dumps([{"type": "text", "value": broken}])
    live.save_revision()
    assert reasons(live) == [], "the draft is not public"
    assert [link.words for link in nowhere_on(live.get_latest_revision_as_object(), at=timezone.now())] == [
        "mất"
    ]


def test_the_report_and_the_neighbour_who_sees_nothing(sign_in: Any, world: World, write: Any):
    broken = '<p><a href="/vi/mat/">mất</a> <a href="https://example.vn/">xa</a></p>'
    article = write(title="Bài Cần Thơ", text=broken)
    write(title="Bài An Giang", unit=world.ag, text=broken)
    shown = sign_in("kim").get(REPORT).content.decode()
    assert "Bài Cần Thơ" in shown and "Bài An Giang" in shown and "nothing stands at this address" in shown
    assert f"/editor/pages/{article.pk}/edit/" in shown and "https://example.vn/" not in shown
    own = sign_in("lan").get(REPORT).content.decode()
    assert "Bài Cần Thơ" in own and "Bài An Giang" not in own
    elsewhere = sign_in("kim").get(f"{REPORT}results/?where=elsewhere").content.decode()
    assert "https://example.vn/" in elsewhere and "/vi/mat/" not in elsewhere
    found = sign_in("kim").get(f"{REPORT}?q=bai an giang").content.decode()
    assert "Bài An Giang" in found and "Bài Cần Thơ" not in found
    assert Client().get(REPORT).status_code == 302


def test_menu_and_footer_are_told_to_who_may_mend_them(
    sign_in: Any, world: World, portal: HomePage, write: Any
):
    news, gone = SectionPage.objects.get(slug="tin-tuc"), SectionPage.objects.get(title="Hướng dẫn")
    furnish(
        [line(news), line(gone), line(address="/vi/tin-tuc/", vi="Tin"), line(address="/vi/mat/", vi="Mất")],
        [("Cột", "", [
            line(address="https://example.vn/", vi="Bộ"), line(portal), line(address="/en/lost/", vi="Lạc"),
            line(address="/vi/tim-kiem/", vi="Tìm"),
        ])],
    )  # fmt: skip
    gone.specific.unpublish()
    told = links_of(PortalPage.objects.none(), Furniture.objects.all(), at=timezone.now())
    assert [(str(link.field), link.words, link.address, link.reason) for link in told] == [
        ("main menu", gone.title, "/vi/huong-dan/", ground.UNPUBLISHED),
        ("main menu", "Mất", "/vi/mat/", ground.NOTHING),
        ("columns of the footer", "Bộ", "https://example.vn/", ground.EXTERNAL),
        ("columns of the footer", "Lạc", "/vi/lost/", ground.NOTHING),
        ("columns of the footer", "Tìm", "/en/tim-kiem/", ground.NOTHING),
    ]
    kim, form = sign_in("kim"), f"/editor/settings/portal/furniture/{Site.objects.get().pk}/"
    shown = kim.get(REPORT).content.decode()
    assert shown.count(f'href="{form}"') >= 4 and "Menus and footer" in shown and "/vi/mat/" in shown
    assert kim.get(form).status_code == 200
    text = b"".join(kim.get(f"{REPORT}?export=csv").streaming_content).decode()
    assert f"/vi/mat/,nothing stands at this address,http://testserver{form}" in text
    assert "https://example.vn/" in kim.get(f"{REPORT}results/?where=elsewhere").content.decode()
    own = sign_in("lan").get(REPORT).content.decode()
    assert "/vi/mat/" not in own and gone.title not in own


def test_the_report_to_take_home(sign_in: Any, write: Any):
    write(title="=Bài", text='<p><a href="/vi/mat/">mất</a></p>')
    client = sign_in("kim")
    text = b"".join(client.get(f"{REPORT}?export=csv").streaming_content).decode()
    lines = list(csv.reader(text.splitlines()))
    assert lines[0] == ["Page", "Field", "Link", "Address", "Reason", "Editor"]
    assert lines[1][:5] == ["=Bài", "text in Vietnamese", "mất", "/vi/mat/", "nothing stands at this address"]
    sheet = BytesIO(b"".join(client.get(f"{REPORT}?export=xlsx").streaming_content))
    rows = list(openpyxl.load_workbook(sheet).active.values)
    assert list(rows[1]) == lines[1]


@pytest.mark.parametrize("many", [1, 3])
def test_many_links_cost_as_much_as_one(write: Any, django_assert_num_queries: Any, many: int):
    for n in range(many):
        write(title=f"Bài {n}", text='<p><a href="/vi/mat/">mất</a></p>' * many)
    with django_assert_num_queries(14):
        assert len(links_of(PortalPage.objects.all(), at=timezone.now())) == many * many


def test_who_saves_is_told_and_not_held_up(sign_in: Any, world: World, write: Any):
    draft = write(title="Chưa đăng", publish=False)
    client, section = sign_in("kim"), SectionPage.objects.get(slug="tin-tuc")
    body = {
        "body_vi-count": "1", "body_vi-0-deleted": "", "body_vi-0-order": "0", "body_vi-0-type": "text",
        "body_vi-0-value": json.dumps({
            "blocks": [{"key": "a", "text": "đọc", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
                        "entityRanges": [{"key": 0, "offset": 0, "length": 3}]}],
            "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": draft.pk}}},
        }),
    }  # fmt: skip
    fields = form(unit=str(world.ct.pk), **body, **{"action-publish": "1"})
    answer = client.post(f"/editor/pages/add/portal/newsarticle/{section.pk}/", fields)
    assert answer.status_code == 302
    page = NewsArticle.objects.get(slug="tin-moi")
    assert page.live, "it is published all the same"
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert any("“đọc” (the page is not published)" in sentence for sentence in told), told
    shown = client.get(f"/editor/pages/{page.pk}/edit/").content.decode()
    assert "Text in Vietnamese: “đọc” – the page is not published" in shown

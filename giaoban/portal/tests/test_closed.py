"""What stands below a closed page is told nowhere: not in lists, feeds, links, site map, search, files."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import ReferenceIndex

from giaoban.meetings.tests.hall import let_go
from giaoban.portal.actions.writing import publish, put, running_text
from giaoban.portal.models import (
    DocumentPage,
    HomePage,
    NewsArticle,
    PageFile,
    PortalFile,
    PortalPage,
    RegisterPage,
    RelatedDocument,
    SectionPage,
    UnitPage,
)
from giaoban.portal.tests.conftest import AT
from giaoban.reports.tests.world import World

SECRET = "Chuyện nội bộ"
ADDRESS = "/vi/tin-tuc/noi-bo/chuyen-noi-bo/"


@pytest.fixture
def inner(world: World, portal: HomePage) -> SectionPage:
    """A section below the news."""
    section = SectionPage(title="Nội bộ", title_en="Inner matters")
    return put(
        parent=SectionPage.objects.get(slug="tin-tuc"), page=section, by=world.by("kim"), at=AT, publish=True
    )


@pytest.fixture
def secret(inner: SectionPage, world: World) -> NewsArticle:
    """An article in it."""
    page = NewsArticle(
        title=SECRET, title_en="Secret matter", unit=world.ct, body_vi=running_text("<p>Kín.</p>")
    )
    return put(parent=inner, page=page, by=world.by("kim"), at=AT, publish=True)


def _private(inner: SectionPage) -> None:
    inner.view_restrictions.create(restriction_type="login")


def _unpublished(inner: SectionPage) -> None:
    inner.specific.unpublish()


CLOSINGS = {"private": _private, "unpublished": _unpublished}
EVERYWHERE = (
    "/vi/", "/en/", "/vi/tin-tuc/", "/vi/tin-tuc/?month=2020-02", "/vi/rss.xml", "/vi/atom.xml", "/vi/tin-tuc/rss.xml",
    "/vi/index.json", "/vi/tin-tuc/index.json", "/sitemap.xml", "/vi/tim-kiem/?q=chuyen+noi+bo",
    "/en/search/?q=secret", "/en/search/?q=nothing-like-this", "/vi/tin-tuc/ke-tiep/", "/vi/tin-tuc/ke-tiep/index.json",
    "/vi/don-vi/", "/vi/don-vi/can-tho/", "/vi/don-vi/can-tho/rss.xml", "/vi/don-vi/can-tho/index.json",
    "/vi/van-ban/", "/vi/khong-co/",
)  # fmt: skip


@pytest.fixture
def around_it(world: World, secret: NewsArticle, write: Any) -> None:
    """Pages that would name it: one that follows it, one it follows, its unit's page."""
    write(title="Kế tiếp", canonical=PortalPage.objects.get(pk=secret.pk))
    chart = PortalPage.objects.get(slug="don-vi").specific
    put(parent=chart, page=UnitPage(title="Cần Thơ", unit=world.ct), by=world.by("kim"), at=AT, publish=True)


@pytest.mark.parametrize("how", CLOSINGS)
def test_what_stands_below_a_closed_page_is_told_nowhere(
    client: Client, inner: SectionPage, around_it: None, how: str
):
    told = [path for path in EVERYWHERE if b"chuyen-noi-bo" in client.get(path).getvalue()]
    assert len(told) > 10, "it is told while it is open"
    CLOSINGS[how](inner)
    for path in EVERYWHERE:
        answer = client.get(path)
        said = answer.getvalue().decode()
        assert SECRET not in said and "Secret matter" not in said and "chuyen-noi-bo" not in said, path
        let_go(answer)
    for path in (ADDRESS, f"{ADDRESS}index.json", f"{ADDRESS}saved.html", f"{ADDRESS}rss.xml"):
        assert client.get(path).status_code in (302, 404), path
    for what in ("", "useful/"):
        page = NewsArticle.objects.get(title=SECRET).pk
        assert client.post(f"/vi/feedback/{page}/{what}", {"answer": "yes"}).status_code == 404


def test_an_article_names_no_page_that_its_reader_may_not_read(
    client: Client, world: World, portal: HomePage, write: Any
):
    register = RegisterPage.objects.get()
    paper = DocumentPage(
        title="Văn bản kín", number="01/K", type_vi="Thông báo", issued_on=AT.date(), issuer="VP"
    )
    put(parent=register, page=paper, by=world.by("kim"), at=AT, publish=True)
    article = write()
    RelatedDocument.objects.create(page=article, document=paper)
    path = article.address("vi")
    assert "Văn bản kín" in client.get(path).content.decode()
    paper.view_restrictions.create(restriction_type="login")
    assert "Văn bản kín" not in client.get(path).content.decode()
    newer = DocumentPage(
        title="Văn bản mới", number="02/K", type_vi="Thông báo", issued_on=AT.date(), issuer="VP", replaced_by=paper
    )  # fmt: skip
    put(parent=register, page=newer, by=world.by("kim"), at=AT, publish=True)
    shown = client.get(newer.address("vi")).content.decode()
    assert "Văn bản mới" in shown and "Văn bản kín" not in shown


@pytest.fixture
def file(db: None) -> PortalFile:
    made = PortalFile(title="Toàn văn")
    made.file.save("toan-van.txt", ContentFile(b"noi dung"))
    return made


def _status(client: Client, url: str) -> int:
    answer = client.get(url)
    let_go(answer)
    return answer.status_code


def test_a_file_of_a_draft_is_for_those_who_write(
    sign_in: Any, world: World, write: Any, file: PortalFile, client: Client
):
    link = f'<p><a id="{file.pk}" linktype="document">Toàn văn</a></p>'
    article = write(publish=False, text=link)
    assert file.url == f"/media/files/{file.pk}/toan-van.txt"
    for url in (file.url, f"/editor/files/{file.pk}/toan-van.txt"):
        assert _status(Client(), url) in (301, 404), url
    assert [_status(sign_in(who), file.url) for who in ("lan", "hoa", "kim", "chi", "nga")] == [
        200, 200, 200, 404, 404,
    ]  # fmt: skip
    publish(page=article, by=world.by("kim"), at=AT)
    ReferenceIndex.create_or_update_for_object(article)
    shown = Client().get(article.address("vi")).content.decode()
    assert f'href="{file.url}"' in shown
    assert _status(Client(), file.url) == 200
    article.unpublish()
    assert _status(Client(), file.url) == 404


def test_a_file_below_a_closed_page_is_closed(
    client: Client, world: World, portal: HomePage, file: PortalFile
):
    register = RegisterPage.objects.get()
    paper = DocumentPage(
        title="Văn bản", number="01/K", type_vi="Thông báo", issued_on=AT.date(), issuer="VP"
    )
    put(parent=register, page=paper, by=world.by("kim"), at=AT, publish=True)
    PageFile.objects.create(page=paper, file=file)
    assert _status(client, file.url) == 200
    register.view_restrictions.create(restriction_type="login")
    assert _status(client, file.url) == 404

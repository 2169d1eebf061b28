"""Pictures and files answer whoever may read a page that shows them, and who writes; for others they are not there."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from giaoban.meetings.tests.hall import let_go
from giaoban.portal.actions.writing import publish
from giaoban.portal.models import (
    HomePage,
    NewsArticle,
    PageFile,
    PortalFile,
    PortalImage,
    PortalPage,
    SectionPage,
)
from giaoban.portal.queries import ground
from giaoban.portal.stored.told import is_told
from giaoban.portal.tests.conftest import AT, committed
from giaoban.portal.tests.test_links import reasons
from giaoban.portal.tests.test_stored import SOON
from giaoban.reports.tests.world import World

PUBLIC, PRIVATE = "public, max-age=31536000, immutable", "private, no-store"
#: Who writes on this portal, and who does not: a neighbour's agreement, a reader of reports.
WRITERS, NEIGHBOURS = ("lan", "hoa", "kim"), ("chi", "nga")


@pytest.fixture
def bring(db: None) -> Any:
    def make(title: str = "Đê") -> PortalImage:
        file = BytesIO()
        Image.linear_gradient("L").resize((1600, 900)).convert("RGB").save(file, "JPEG")
        file.seek(0)
        name = f"{title}.jpg"
        return PortalImage.objects.create(
            title=title, alt_vi="Con đê ven sông lúc nước lên", file=ImageFile(file, name=name)
        )

    return make


def seen(client: Client, picture: PortalImage) -> str:
    """How its renditions may be kept by this reader, all alike; "" where they are not there for him."""
    told = set()
    for made in picture.renditions.all():
        answer = client.get(made.url)
        assert answer.status_code in (200, 404)
        told.add(answer["Cache-Control"] if answer.status_code == 200 else "")
        let_go(answer)
    assert len(told) == 1
    return told.pop()


def in_text(picture: PortalImage) -> str:
    return json.dumps([{"type": "picture", "value": {"image": picture.pk, "caption": ""}}])


def test_a_picture_on_no_page_is_for_those_who_write(
    sign_in: Any, world: World, portal: HomePage, bring: Any
):
    picture = bring()
    assert seen(Client(), picture) == ""
    assert [seen(sign_in(who), picture) for who in WRITERS] == [PRIVATE] * 3
    assert [seen(sign_in(who), picture) for who in NEIGHBOURS] == ["", ""]
    assert Client().get(f"/media/{picture.file.name}").status_code == 404
    assert sign_in("kim").get("/media/portal/khong-co.jpg").status_code == 404


@pytest.mark.parametrize("field", ["picture", "body_vi", "body_en"])
def test_a_picture_comes_and_goes_with_its_page(
    sign_in: Any, world: World, write: Any, bring: Any, field: str
):
    first, second = bring(), bring("Cầu")

    def shows(page: NewsArticle, picture: PortalImage) -> NewsArticle:
        setattr(page, field, picture if field == "picture" else in_text(picture))
        page.save_revision()
        return page

    article = shows(write(publish=False), first)
    article.save()
    assert seen(Client(), first) == "" and seen(sign_in("nga"), first) == ""
    assert seen(sign_in("lan"), first) == PRIVATE
    publish(page=article, by=world.by("kim"), at=AT)
    assert seen(Client(), first) == PUBLIC and seen(sign_in("nga"), first) == PUBLIC
    draft = shows(NewsArticle.objects.get(), second)
    assert (seen(Client(), first), seen(Client(), second)) == (PUBLIC, ""), "the draft takes another"
    draft.get_latest_revision().publish()
    assert (seen(Client(), first), seen(Client(), second)) == ("", PUBLIC)
    NewsArticle.objects.get().unpublish()
    assert seen(Client(), second) == ""
    NewsArticle.objects.get().save_revision().publish()
    assert seen(Client(), second) == PUBLIC
    NewsArticle.objects.get().delete()
    assert seen(Client(), second) == ""


def test_a_picture_keeps_the_instants_of_its_page(write: Any, bring: Any):
    picture = bring()
    write(picture=picture)
    soon, past = timezone.now() + timedelta(hours=1), timezone.now() - timedelta(seconds=1)
    for dates, told in (
        ({"go_live_at": soon}, ""), ({"go_live_at": past}, PUBLIC), ({"expire_at": past}, ""),
        ({"expire_at": soon}, PUBLIC),
    ):  # fmt: skip
        PortalPage.objects.filter(slug="hoi-nghi-so-ket").update(
            **{"go_live_at": None, "expire_at": None} | dates
        )
        assert seen(Client(), picture) == told, dates


def test_a_picture_of_two_pages_stays_with_the_other(write: Any, bring: Any):
    picture = bring()
    article, other = write(picture=picture), write(title="Bài khác", picture=picture)
    article.unpublish()
    assert seen(Client(), picture) == PUBLIC
    other.view_restrictions.create(restriction_type="login")
    assert seen(Client(), picture) == ""


def test_the_picture_of_a_private_page_is_for_its_readers(sign_in: Any, world: World, write: Any, bring: Any):
    picture = bring()
    article = write(picture=picture)
    article.view_restrictions.create(restriction_type="password", password="Sông Hậu")
    stranger, reader = Client(), Client()
    assert reader.post(f"/private{article.address('vi')}", {"password": "Sông Hậu"}).status_code == 302
    assert (seen(stranger, picture), seen(reader, picture)) == ("", PRIVATE)
    SectionPage.objects.get(slug="tin-tuc").view_restrictions.create(restriction_type="login")
    assert seen(reader, picture) == "", "another door stands before it"
    article.view_restrictions.all().delete()
    assert seen(stranger, picture) == "" and seen(sign_in("nga"), picture) == PRIVATE


def test_a_withdrawn_page_shows_neither_picture_nor_file(
    sign_in: Any, world: World, register: Any, bring: Any
):
    picture, file = bring(), PortalFile(title="Toàn văn")
    file.file.save("toan-van.txt", ContentFile(b"noi dung"))
    page = register("01/HD", picture=picture)
    PageFile.objects.create(page=page, file=file)

    def status(client: Client) -> int:
        answer = client.get(file.url)
        let_go(answer)
        return answer.status_code

    lists = (
        "/vi/van-ban/",
        page.address("vi"),
        "/vi/tim-kiem/?q=huong+dan",
        f"{page.address('vi')}index.json",
    )
    drawn = {path for path in lists if "/media/portal/" in Client().get(path).content.decode()}
    assert drawn and seen(Client(), picture) == PUBLIC and status(Client()) == 200
    page.note_kind, page.note_vi = "withdrawal", "Sai số liệu."
    page.save_revision().publish()
    for path in lists:
        assert "/media/portal/" not in Client().get(path).content.decode(), path
    assert seen(Client(), picture) == "" and status(Client()) == 404
    assert seen(sign_in("lan"), picture) == PRIVATE and status(sign_in("lan")) == 200


@pytest.mark.parametrize("many", [1, 3])
def test_many_pages_cost_as_much_as_one(write: Any, bring: Any, django_assert_num_queries: Any, many: int):
    picture = bring()
    for n in range(many):
        write(title=f"Bài {n}", picture=picture)
    url = picture.renditions.first().url
    with django_assert_num_queries(5):
        answer = Client().get(url)
    let_go(answer)
    assert answer.status_code == 200 and "Cookie" not in answer.get("Vary", "")


def publish_with(article: NewsArticle, picture: PortalImage) -> None:
    with transaction.atomic():
        article.body_vi = in_text(picture)
        article.save_revision().publish()


@pytest.mark.django_db(transaction=True)
class TestRemembered:
    """In life a public picture is asked of the database once, and again when anything has changed."""

    @pytest.fixture
    def world(self, transactional_db: None) -> World:
        return committed()

    @pytest.fixture
    def pictures(self, world: World, bring: Any) -> list[PortalImage]:
        return [bring(), bring("Cầu")]

    @pytest.fixture
    def shown(self, pictures: list[PortalImage], django_assert_num_queries: Any) -> Any:
        """Which of the two everybody sees; those without a query the second time."""
        urls = [picture.renditions.first().url for picture in pictures]

        def ask() -> list[bool]:
            found = [bool(seen(Client(), picture)) for picture in pictures]
            for url in (url for url, told in zip(urls, found, strict=True) if told):
                with django_assert_num_queries(0):
                    answer = Client().get(url)
                let_go(answer)
                assert answer["Cache-Control"] == PUBLIC
            return found

        return ask

    def test_it_costs_no_query_and_is_never_stale(self, write: Any, pictures: list[PortalImage], shown: Any):
        article = write()
        assert shown() == [False, False]
        publish_with(article, pictures[0])
        assert shown() == [True, False]
        write(title="Bài khác")
        assert shown() == [True, False]
        publish_with(article, pictures[1])
        assert shown() == [False, True]
        door = article.view_restrictions.create(restriction_type="login")
        assert shown() == [False, False]
        door.delete()
        assert shown() == [False, True]
        article.unpublish()
        assert shown() == [False, False]
        publish_with(article, pictures[0])
        assert shown() == [True, False]

    def test_a_yes_ends_with_the_next_instant(self, write: Any, pictures: list[PortalImage], shown: Any):
        write(picture=pictures[0], expire_at=SOON)
        assert shown() == [True, False]
        name = pictures[0].renditions.first().url.removeprefix("/media/portal/")
        before = SOON - timedelta(seconds=1)
        assert [is_told(name, lambda: False, at=at) for at in (before, SOON)] == [True, False]


def test_a_link_to_a_picture_that_readers_do_not_see_is_told(write: Any, bring: Any):
    url = bring().renditions.first().url
    links = f'<p><a href="{url}">đê</a> <a href="/media/portal/mat.jpg">mất</a></p>'
    article = write(text=links)
    assert reasons(article) == [("đê", ground.UNSEEN_FILE), ("mất", ground.NO_FILE)]
    write(title="Bài khác", picture=PortalImage.objects.get())
    assert reasons(article) == [("mất", ground.NO_FILE)]

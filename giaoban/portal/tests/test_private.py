"""Private pages: read by those they are meant for, made for each of them, stored for nobody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import PageViewRestriction

from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.meetings.tests.hall import let_go
from giaoban.portal.actions.entering import MOST_A_DAY, try_password
from giaoban.portal.actions.writing import put
from giaoban.portal.models import (
    DocumentPage,
    HomePage,
    NewsArticle,
    PageFile,
    PortalFile,
    RegisterPage,
    SectionPage,
)
from giaoban.portal.stored.shelf import shelf
from giaoban.portal.tests.conftest import AT
from giaoban.reports.tests.world import World

WORDS = "Đại biểu nhất trí."
PATH = "/vi/tin-tuc/hoi-nghi-so-ket/"


def privacy(client: Client, page: Any, kind: str, password: str = "") -> Any:
    return client.post(f"/editor/pages/{page.pk}/privacy/", {"restriction_type": kind, "password": password})


def reads(client: Client, path: str = PATH) -> bool:
    answer = client.get(path, follow=True)
    found = WORDS in answer.content.decode()
    assert not found or answer["Cache-Control"] == "private, no-store" and answer["X-Robots-Tag"] == "noindex"
    return found


def test_a_page_for_people_of_the_product_asks_others_to_sign_in(sign_in: Any, world: World, write: Any):
    page = write()
    assert privacy(sign_in("kim"), page, "login").status_code == 200
    stranger = Client()
    door = stranger.get(PATH)
    assert (
        door.status_code == 302
        and door["Location"] == f"/private{PATH}"
        and door["Cache-Control"] == "no-store"
    )
    asked = stranger.get(f"/private{PATH}")
    assert asked.status_code == 302 and asked["Location"] == f"/accounts/login/?next=/private{PATH}"
    assert not reads(stranger)
    for who in ("lan", "minh", "hoa", "chi"):
        assert reads(sign_in(who)), who
    shown = sign_in("chi").get(f"/private{PATH}").content.decode()
    assert "This page is private" not in shown and "Trang này là trang riêng" in shown
    for public_only in (
        "saved.html",
        "rss.xml",
        "index.json",
        "/useful/",
        'rel="canonical"',
        "ld+json",
        "og:title",
    ):
        assert public_only not in shown, public_only
    assert shelf().find(PATH) is None and shelf().find(f"/private{PATH}") is None
    told = AuditRow.objects.filter(subject=f"portal.portalpage:{page.pk}").values_list("verb", flat=True)
    assert "view restriction create" in told
    privacy(sign_in("kim"), page, "none")
    assert stranger.get(PATH).status_code == 200
    assert stranger.get(f"/private{PATH}")["Location"] == PATH


def test_a_page_with_a_password_opens_to_whoever_knows_it(sign_in: Any, world: World, write: Any):
    page = write()
    privacy(sign_in("kim"), page, "password", "Sông Hậu")
    reader, path = Client(), f"/private{PATH}"
    asked = reader.get(PATH, follow=True)
    assert asked.status_code == 200 and asked["Cache-Control"] == "private, no-store"
    for telling in ("Hội nghị sơ kết", "Ba việc.", WORDS):
        assert telling not in asked.content.decode()
    assert "Private page" in reader.get(f"/private/en{PATH[3:]}").content.decode()
    wrong = reader.post(path, {"password": "song hau"})
    assert wrong.status_code == 422 and "Đây không phải là mật khẩu của trang này" in wrong.content.decode()
    assert reader.post(path, {"password": ""}).status_code == 422
    assert not reads(reader)
    assert reader.post(path, {"password": "Sông Hậu"})["Location"] == path
    assert reads(reader) and reads(reader, f"/en{PATH[3:]}") is False
    assert "Delegates agreed." in reader.get(f"/private/en{PATH[3:]}").content.decode()
    assert not reads(Client()) and not reads(sign_in("lan")), "each reader writes it himself"
    assert Client(enforce_csrf_checks=True).post(path, {"password": "Sông Hậu"}).status_code == 403


def test_passwords_are_not_guessed(world: World, write: Any):
    door = write().view_restrictions.create(restriction_type="password", password="x")

    def refused(password: str, address: str = "10.0.0.1", at: datetime = AT) -> str:
        try:
            try_password(door=door, password=password, address=address, at=at)
        except Refused as refusal:
            return refusal.field or "often"
        return ""

    assert {refused(str(n)) for n in range(MOST_A_DAY)} == {"password"}
    assert refused("x") == "often"
    assert refused("x", address="10.0.0.2") == ""


def test_a_private_section_is_private_to_its_last_page(sign_in: Any, world: World, write: Any):
    write()
    section = SectionPage.objects.get(slug="tin-tuc")
    privacy(sign_in("kim"), section, "login")
    assert not reads(Client())
    kim = sign_in("kim")
    assert reads(kim)
    assert "hoi-nghi-so-ket" in kim.get("/vi/tin-tuc/", follow=True).content.decode()
    NewsArticle.objects.get().view_restrictions.create(restriction_type="password", password="x")
    assert not reads(kim), "its own door stands behind the other"
    assert "hoi-nghi-so-ket" not in kim.get("/vi/tin-tuc/", follow=True).content.decode()


def test_a_private_page_that_is_not_published_is_not_there(sign_in: Any, world: World, write: Any):
    page = write()
    page.view_restrictions.create(restriction_type="login")
    page.unpublish()
    for path in (PATH, f"/private{PATH}"):
        assert sign_in("kim").get(path, follow=True).status_code == 404


def test_the_file_of_a_private_page_is_for_its_readers(sign_in: Any, world: World, portal: HomePage):
    file = PortalFile(title="Toàn văn")
    file.file.save("toan-van.txt", ContentFile(b"noi dung"))
    paper = DocumentPage(
        title="Văn bản", number="01/K", type_vi="Thông báo", issued_on=AT.date(), issuer="VP"
    )
    put(parent=RegisterPage.objects.get(), page=paper, by=world.by("kim"), at=AT, publish=True)
    PageFile.objects.create(page=paper, file=file)
    paper.view_restrictions.create(restriction_type="login")
    for client, status in ((sign_in("chi"), 200), (Client(), 404)):
        answer = client.get(file.url)
        assert answer.status_code == status
        let_go(answer)


@pytest.mark.parametrize("who", ["lan", "hoa", "minh", "nga", "chi"])
def test_who_does_not_publish_makes_nothing_private_or_public(
    sign_in: Any, world: World, write: Any, who: str
):
    page = write()
    privacy(sign_in(who), page, "login")
    assert not PageViewRestriction.objects.exists()
    page.view_restrictions.create(restriction_type="login")
    privacy(sign_in(who), page, "none")
    assert PageViewRestriction.objects.count() == 1


def test_only_doors_that_open_are_offered(sign_in: Any, world: World, write: Any, portal: HomePage):
    page = write()
    asked = sign_in("kim").get(f"/editor/pages/{page.pk}/privacy/").json()["html"]
    assert 'value="password"' in asked and 'value="login"' in asked and 'value="groups"' not in asked
    privacy(sign_in("kim"), page, "groups")
    privacy(sign_in("kim"), portal, "login")
    assert not PageViewRestriction.objects.exists(), "the front page is the way to every other"

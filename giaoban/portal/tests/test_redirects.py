"""Old addresses lead on in one step, from Django and past the stored bytes, and never in a circle."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from giaoban.core.models import AuditRow
from giaoban.portal.models import HomePage, SectionPage
from giaoban.portal.stored.shelf import shelf
from giaoban.portal.tests.conftest import committed
from giaoban.portal.tests.test_stored import ask
from giaoban.reports.tests.world import World

LIST = "/editor/redirects/"


@pytest.fixture
def editor(sign_in: Any, world: World, portal: HomePage) -> Client:
    world.people["kim"].language = "en"
    world.people["kim"].save()
    return sign_in("kim")


def add(editor: Client, old: str, page: Page | None = None, link: str = "", **more: str) -> str:
    """What the form says; nothing if it was taken."""
    fields = {"old_path": old, "redirect_page": str(page.pk) if page else "", "redirect_link": link}
    answer = editor.post(f"{LIST}add/", fields | {"is_permanent": "on"} | more)
    return "" if answer.status_code == 302 else answer.content.decode()


def led(path: str) -> tuple[int, str]:
    answer = Client().get(path)
    return answer.status_code, answer.get("Location", "")


def test_an_old_address_is_kept_without_site_and_language(editor: Client, write: Any):
    article = write()
    assert add(editor, "http://localhost:8000/en/cu/bai/?so=2", article) == ""
    assert Redirect.objects.get().old_path == "/cu/bai?so=2"
    assert add(editor, "/vi/cu/", article, is_permanent="") == ""
    assert led("/vi/cu/") == (302, article.address("vi")) and led("/en/cu/") == (302, article.address("en"))
    assert led("/cu/")[0] == 302, "without a language, as the former site had it"
    assert led("/en/cu/bai/?so=2") == (301, article.address("en")) and led("/en/cu/bai/?so=3")[0] == 404
    assert Client().get("/vi/cu/")["Cache-Control"] == "no-cache", (
        "a browser asks again: it may move once more"
    )
    told = AuditRow.objects.filter(
        subject=f"wagtailredirects.redirect:{Redirect.objects.get(old_path='/cu').pk}"
    )
    assert [row.verb for row in told] == ["create"] and told[0].actor.startswith("user:")


def test_where_it_may_lead(editor: Client, write: Any):
    article = write()
    assert add(editor, "/xa/", link="https://example.vn/a?b=1") == ""
    assert led("/vi/xa/") == (301, "https://example.vn/a?b=1")
    assert add(editor, "/noi/", link="/en/tin-tuc/hoi-nghi-so-ket/") == ""
    assert Redirect.objects.get(old_path="/noi").redirect_page_id == article.pk, "it follows the page"
    assert add(editor, "/so-do/", link="/sitemap.xml") == ""
    assert led("/vi/so-do/") == (301, "http://localhost:8000/sitemap.xml")
    for address in ("javascript:alert(1)", "ftp://x.vn/", "example.vn"):
        assert "An address begins with https://, or with / for this site." in add(editor, "/x/", link=address)
    assert "Nothing stands at /vi/khong-co/." in add(editor, "/x/", link="/vi/khong-co/")
    assert "Say where it leads" in add(editor, "/x/")
    assert "Not both" in add(editor, "/x/", article, "https://example.vn/")
    assert "stands at this address" in add(editor, article.address("vi"), link="https://example.vn/")
    assert "stands at this address" in add(editor, "/vi/", link="https://example.vn/")
    assert "valid URL" not in add(editor, "/vi/", link="/vi/van-ban/"), "one sentence for one mistake"
    assert "already exists" in add(editor, "/noi/", article)
    assert Redirect.objects.count() == 3


def test_chains_become_one_step_and_circles_are_refused(editor: Client, write: Any):
    article = write()
    assert add(editor, "/b/", article) == ""
    assert add(editor, "/a/", link="/vi/b/") == ""
    assert Redirect.objects.get(old_path="/a").redirect_page_id == article.pk
    assert "leads back to itself" in add(editor, "/c/", link="/c/")
    assert add(editor, "/cu.aspx", link="/moi.aspx") == ""
    assert "leads back to itself" in add(editor, "/moi.aspx", link="/cu.aspx")
    assert add(editor, "/moi.aspx", link="https://example.vn/") == ""
    assert led("/cu.aspx") == (301, "https://example.vn/"), "who led to it leads where it leads"
    row = Redirect.objects.get(old_path="/moi.aspx")
    fields = {"old_path": "/moi.aspx", "redirect_page": article.pk, "redirect_link": ""}
    assert editor.post(f"{LIST}{row.pk}/", fields).status_code == 302
    assert led("/moi.aspx") == (302, article.address("vi"))
    article.unpublish()
    assert led("/vi/a/")[0] == 404, "never to a page that is not public"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_is_brought_from_a_file(editor: Client, write: Any, kind: str):
    article = write()
    lines = [
        ("cũ", "mới"),
        ("/Pages/1.aspx", "/vi/tin-tuc/hoi-nghi-so-ket/"),
        ("/en/2/", "/vi/mat/"),
        ("/3/", "/3/"),
    ]
    if kind == "csv":
        data = "\n".join(",".join(line) for line in lines).encode()
    else:
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append(line)
        book.save(kept := io.BytesIO())
        data = kept.getvalue()
    shown = editor.post(f"{LIST}import/", {"import_file": SimpleUploadedFile(f"a.{kind}", data)})
    hidden = {name: shown.context["form"].initial[name] for name in ("import_file_name", "input_format")}
    answer = editor.post(
        f"{LIST}import/process/", hidden | {"from_index": "0", "to_index": "1", "permanent": "on"}
    )
    said = answer.content.decode()
    assert "Nothing stands at /vi/mat/." in said and "leads back to itself" in said
    assert [(row.old_path, row.redirect_page_id) for row in Redirect.objects.all()] == [
        ("/Pages/1.aspx", article.pk)
    ]
    assert led("/Pages/1.aspx") == (301, article.address("vi"))


def test_the_list_is_searched_and_filtered_by_who_publishes_alone(editor: Client, sign_in: Any, write: Any):
    article = write()
    add(editor, "/mot/", article)
    add(editor, "/hai/", link="https://example.vn/", is_permanent="")
    found = editor.get(f"{LIST}results/?q=mot").content.decode()
    assert "/mot" in found and "/hai" not in found
    brief = editor.get(f"{LIST}results/?is_permanent=False").content.decode()
    assert "/hai" in brief and "/mot" not in brief
    assert "/hai" in b"".join(editor.get(f"{LIST}?export=csv").streaming_content).decode()
    for who in ("lan", "minh"):
        client = sign_in(who)
        assert client.get(LIST)["Location"] == "/editor/"
        client.post(f"{LIST}add/", {"old_path": "/ba/", "redirect_page": article.pk})
    assert not Redirect.objects.filter(old_path="/ba").exists()


@pytest.mark.django_db(transaction=True)
class TestPastTheStoredBytes:
    @pytest.fixture
    def world(self, transactional_db: None) -> World:
        return committed()

    def test_a_page_moved_there_and_back(self, write: Any, portal: HomePage):
        article, section = write(), SectionPage.objects.get(slug="huong-dan")
        first = article.address("vi")
        assert led(first)[0] == 200 and ask(first)[0] == "200 OK"
        article.move(section, "last-child")
        second = type(article).objects.get(pk=article.pk).address("vi")
        assert ask(first)[0] == "" and led(first) == (301, second)
        assert ask(first)[0] == "", "a redirect is never kept"
        assert led(second)[0] == 200 and ask(second)[0] == "200 OK"
        type(article).objects.get(pk=article.pk).move(SectionPage.objects.get(slug="tin-tuc"), "last-child")
        assert led(first)[0] == 200 and led(second) == (301, first)
        assert ask(first)[0] == "200 OK" and shelf().find(second) is None

    def test_a_page_put_where_an_old_address_led_on(self, write: Any, portal: HomePage):
        target = write(title="Đích")
        Redirect.objects.create(old_path="/tin-tuc/moi", redirect_page=target)
        assert led("/vi/tin-tuc/moi/") == (301, target.address("vi"))
        write(title="Mới")
        assert led("/vi/tin-tuc/moi/")[0] == 200 and ask("/vi/tin-tuc/moi/")[0] == "200 OK"

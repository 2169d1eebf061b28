"""Whatever goes wrong, a reader gets a sentence in his language and a way on, in the look of where he is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from giaoban.portal.models import HomePage, NewsArticle, SectionPage
from giaoban.reports.tests.world import World

#: Address, method, what is sent with it -> status, its heading in both languages.
WRONG: dict[str, tuple[str, str, dict[str, Any], int, str, str]] = {
    "no page": ("khong-co/", "get", {}, 404, "Không tìm thấy trang", "Page not found"),
    "no address": ("x.php", "get", {}, 404, "Không tìm thấy trang", "Page not found"),
    "another site's form": (
        "reading/", "post", {"headers": {"origin": "https://xau.example"}}, 403,
        "Nội dung này không được gửi từ trang của chúng tôi", "This was not sent from our page",
    ),
    "no token": ("", "post", {}, 403, "Trang đã mở quá lâu", "The page was open too long"),
    "no sense": (
        "", "get", {"headers": {"host": "xau.example"}}, 400,
        "Không hiểu được địa chỉ hoặc nội dung gửi lên", "The address or the form sent was not understood",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("what", WRONG)
def test_each_is_said_in_the_portals_look_and_language(portal: HomePage, what: str, language: str):
    path, method, given, status, *headings = WRONG[what]
    client = Client(enforce_csrf_checks=True)
    answer = getattr(client, method)(f"/{language}/{path}", **given)
    said = answer.content.decode()
    assert answer.status_code == status and answer["Content-Language"] == language
    assert f'<html lang="{language}">' in said and "portal/portal.css" in said and "noindex" in said
    assert f"<h1>{headings[language == 'en']}</h1>" in said
    assert f'<li><a href="/{language}/">' in said and f'<a href="/{language}/tin-tuc/">' in said
    assert not answer.cookies and answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_was_withdrawn_and_taken_down_is_gone(write: Any, language: str):
    article = write(note_kind="withdrawal", note_vi="Số liệu sai.", note_en="The figures are wrong.")
    path = article.address(language)
    assert Client().get(path).status_code == 200, "as long as it is published its note stands there"
    article.unpublish()
    answer = Client().get(path)
    said = answer.content.decode()
    assert answer.status_code == 410
    assert {"vi": "Số liệu sai.", "en": "The figures are wrong."}[language] in said and "noindex" in said


def test_what_was_never_public_is_only_missing(write: Any):
    never = write(title="Nháp", note_kind="withdrawal", note_vi="Bí mật.", publish=False)
    private = write(title="Kín", note_kind="withdrawal", note_vi="Bí mật.")
    private.unpublish()
    private.view_restrictions.create(password="x")
    below = write(title="Dưới", note_kind="withdrawal", note_vi="Bí mật.")
    taken_down = write(title="Gỡ")
    for page in (below, taken_down):
        NewsArticle.objects.get(pk=page.pk).unpublish()
    paths = [page.address("vi") for page in (never, private, taken_down)]
    for path in paths:
        answer = Client().get(path)
        assert answer.status_code == 404 and "Bí mật" not in answer.content.decode(), path
    assert Client().get(below.address("vi")).status_code == 410
    SectionPage.objects.get(slug="tin-tuc").unpublish()
    answer = Client().get(below.address("vi"))
    assert answer.status_code == 404 and "Bí mật" not in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/vi/", "Hệ thống gặp sự cố"),
        ("/en/tin-tuc/", "Something went wrong on our side"),
        ("/accounts/login/", "Hệ thống gặp sự cố"),
    ],
)
def test_what_breaks_on_our_side_needs_no_database(portal: HomePage, path: str, words: str):
    asked: list[str] = []

    def gone(execute: Any, sql: str, *given: Any) -> Any:
        asked.append(sql)
        raise OperationalError("the disk is full")

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(gone):
        answer = client.get(path)
    said = answer.content.decode()
    assert answer.status_code == 500 and words in said and len(asked) == 1
    assert ("portal/portal.css" in said) is path.startswith(("/vi/", "/en/")), "in the look of where he is"
    assert "disk is full" not in said


def test_in_the_workspace_it_is_said_in_its_own_look(sign_in: Any, world: World, portal: HomePage):
    answer = sign_in("kim").get("/a/khong-co/")
    said = answer.content.decode()
    assert answer.status_code == 404 and "core/workspace.css" in said and "portal.css" not in said
    assert Client().get("/khong-co/").status_code == 404


def test_before_the_portal_is_open_the_workspace_says_it(db: None):
    answer = Client().get("/vi/")
    assert answer.status_code == 404 and "core/workspace.css" in answer.content.decode()

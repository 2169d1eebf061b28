"""Text size, contrast and spacing: without scripts, in a cookie that is asked for."""

from __future__ import annotations

import pytest
from django.test import Client

from giaoban.portal.reading import COOKIE, Reading, style

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_REFERER": "http://testserver/vi/tin-tuc/"}


@pytest.mark.requirement(80)
def test_larger_text_is_kept_and_normal_text_forgets(client: Client, portal):
    answer = client.post("/vi/reading/", {"act": "larger"}, **HERE)
    assert (answer.status_code, answer["Location"]) == (302, "http://testserver/vi/tin-tuc/")
    assert client.cookies[COOKIE].value == "200"
    assert 'href="/portal-reading.css"' in client.get("/vi/").content.decode()
    assert "font-size: 112.5%" in client.get("/portal-reading.css").content.decode()
    client.post("/vi/reading/", {"act": "normal"}, **HERE)
    assert client.cookies[COOKIE].value == ""
    assert "portal-reading.css" not in client.get("/vi/").content.decode()


def test_the_form_shows_what_is_chosen(client: Client, portal):
    client.post("/vi/reading/", {"act": "contrast"}, **HERE)
    shown = client.get("/en/reading/").content.decode()
    assert 'value="contrast" aria-pressed="true"' in shown and 'value="spacing" aria-pressed="false"' in shown


@pytest.mark.parametrize(
    "headers", [{"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "http://evil.example"}, {}]
)
def test_other_sites_change_nothing(client: Client, portal, headers: dict[str, str]):
    assert client.post("/vi/reading/", {"act": "larger"}, **headers).status_code == 403
    assert COOKIE not in client.cookies


def test_the_way_back_stays_on_this_site(client: Client, portal):
    answer = client.post(
        "/vi/reading/", {"act": "larger", "back": "https://evil.example/"}, HTTP_SEC_FETCH_SITE="same-origin"
    )
    assert answer["Location"] == "/vi/"


@pytest.mark.parametrize("cookie", ["", "999", "<style>", "2000"])
def test_a_strange_cookie_is_no_cookie(client: Client, portal, cookie: str):
    client.cookies[COOKIE] = cookie
    assert "portal-reading.css" not in client.get("/vi/").content.decode()


def test_text_grows_to_twice_its_size_and_no_further():
    reading = Reading()
    for _press in range(9):
        reading = reading.after("larger")
    assert reading.percent == "200"
    assert reading.after("no such button") == reading
    assert "font-size: 200%" in style(reading)

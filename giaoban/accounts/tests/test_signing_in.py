"""Signing in: by invitation only, in both languages, with a second step, not by guessing."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from giaoban.accounts.library_words import WORDS
from giaoban.accounts.tests.people import person

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-dai"


def sign_in(browser: Client, password: str = PASSWORD):
    return browser.post("/accounts/login/", {"login": "Lan@example.org", "password": password})


def confirm_access(browser: Client):
    """What changes the sign-in itself asks for the password once more."""
    assert "/accounts/reauthenticate/" in browser.get("/accounts/2fa/totp/activate/")["Location"]
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_the_address_may_be_typed_in_capitals():
    person("Lan")
    assert sign_in(Client())["Location"] == "/"


def test_nobody_signs_himself_up():
    browser = Client()
    given = {"email": "x@example.org", "password1": PASSWORD}
    assert "Chỉ dành cho người được mời" in browser.post("/accounts/signup/", given).content.decode()
    assert "/accounts/signup/" not in browser.get("/accounts/login/").content.decode()


def test_guessing_is_stopped():
    person("Lan")
    browser = Client()
    for _ in range(6):
        sign_in(browser, "doan-mo")
    assert "Đăng nhập sai quá nhiều lần" in sign_in(browser).content.decode()
    assert browser.get("/accounts/profile/").status_code == 302


def test_a_forgotten_password_is_reset_by_mail_and_strangers_learn_nothing():
    person("Lan")
    browser = Client()
    known = browser.post("/accounts/password/reset/", {"email": "lan@example.org"}, follow=True)
    unknown = browser.post("/accounts/password/reset/", {"email": "khong-co@example.org"}, follow=True)
    assert [m.to for m in mail.outbox] == [["lan@example.org"]]
    assert mail.outbox[0].subject == "Giao Ban: Đặt lại mật khẩu"
    assert "đặt lại mật khẩu" in mail.outbox[0].body
    assert known.redirect_chain == unknown.redirect_chain


def test_a_second_step_is_asked_for_once_it_is_set_up():
    person("Lan")
    browser = Client()
    sign_in(browser)
    confirm_access(browser)
    page = browser.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'id="authenticator_secret"[^>]*value="([^"]+)"', page).group(1)
    assert 'src="data:image/svg+xml' in page
    browser.post("/accounts/2fa/totp/activate/", {"code": code(secret)})

    other = Client()
    assert sign_in(other)["Location"] == "/accounts/2fa/authenticate/"
    assert other.get("/accounts/profile/").status_code == 302
    assert "Mã không đúng" in other.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    cache.clear()
    assert other.post("/accounts/2fa/authenticate/", {"code": code(secret)})["Location"] == "/"
    assert other.get("/accounts/profile/").status_code == 200


def test_passkeys_are_offered_without_inline_scripts():
    html = Client().get("/accounts/login/").content.decode()
    assert 'id="passkey_login"' in html
    for script in re.findall(r"<script\b[^>]*>", html):
        assert " src=" in script or 'type="application/json"' in script


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/profile/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/logout/",
    ],
)
def test_every_page_of_the_account_stands_in_both_languages(address):
    lan = person("Lan")
    browser = Client()
    sign_in(browser)
    confirm_access(browser)
    seen = {}
    for language in ("vi", "en"):
        lan.language = language
        lan.save()
        answer = browser.get(address, follow=True)
        assert answer.status_code == 200
        seen[language] = re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", answer.content.decode(), re.S).group(1)
    assert seen["vi"] != seen["en"]


def test_every_word_of_the_library_has_vietnamese():
    with translation.override("vi"):
        same = [w for w in WORDS if isinstance(w, str) and translation.gettext(w) == w]
    assert same == []

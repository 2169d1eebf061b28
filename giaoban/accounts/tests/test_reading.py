"""Language, text size, profile: kept per person and per browser, with no script."""

import pytest
from django.test import Client

from giaoban.accounts.models import User
from giaoban.accounts.tests.people import person
from giaoban.core.models import AuditRow

pytestmark = pytest.mark.django_db


def html(browser: Client, address: str = "/accounts/login/") -> str:
    return browser.get(address).content.decode()


def test_a_stranger_reads_vietnamese_whatever_his_browser_prefers():
    assert '<html lang="vi" data-text-size="normal">' in html(Client(headers={"accept-language": "en"}))


@pytest.mark.requirement(80)
def test_a_visitor_keeps_his_language_and_text_size():
    browser = Client()
    answer = browser.post("/accounts/reading/", {"language": "en", "next": "/accounts/login/?next=/units/"})
    assert answer["Location"] == "/accounts/login/?next=/units/"
    browser.post("/accounts/reading/", {"text_size": "large"})
    assert '<html lang="en" data-text-size="large">' in html(browser)


@pytest.mark.requirement(80)
def test_a_person_finds_them_again_on_another_machine():
    lan = person("Lan")
    here, there = Client(), Client()
    here.force_login(lan)
    here.post("/accounts/reading/", {"language": "en", "text_size": "small"})
    there.force_login(User.objects.get(pk=lan.pk))
    assert '<html lang="en" data-text-size="small">' in html(there, "/accounts/profile/")


@pytest.mark.parametrize(
    "wrong", [{"language": "xx"}, {"text_size": "huge"}, {"next": "https://evil.example/"}]
)
def test_nonsense_changes_nothing_and_leads_nowhere(wrong):
    browser = Client()
    answer = browser.post("/accounts/reading/", wrong)
    assert answer["Location"] == "/"
    assert not browser.cookies


def test_a_person_changes_his_profile_and_the_trail_names_the_fields():
    lan, browser = person("Lan"), Client()
    browser.force_login(lan)
    given = {
        "name": "Nguyễn Thị Lan",
        "title": "Chuyên viên",
        "phone": "",
        "language": "en",
        "text_size": "normal",
    }
    answer = browser.post("/accounts/profile/", given, follow=True)
    assert "Your account was saved." in answer.content.decode()
    lan.refresh_from_db()
    assert (lan.name, lan.title, lan.language) == ("Nguyễn Thị Lan", "Chuyên viên", "en")
    assert AuditRow.objects.get().detail == {"fields": ["language", "name", "title"]}


def test_a_profile_needs_a_name_and_a_person():
    assert Client().get("/accounts/profile/").status_code == 302
    lan, browser = person("Lan"), Client()
    browser.force_login(lan)
    answer = browser.post("/accounts/profile/", {"name": "", "language": "vi", "text_size": "normal"})
    assert 'href="#id_name"' in answer.content.decode()
    lan.refresh_from_db()
    assert lan.name == "Lan"

"""Every page a role can reach: both languages, phone, 200 % text, keyboard, with nothing for axe to find."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import sit_down
from tests.e2e.crawl import walk
from tests.e2e.reader import SMALL, WIDE, Reader
from tests.e2e.words import foreign

ROLES = ("operator", "coordinator", "chair", "verifier", "reporter")
Survey = Callable[[str], tuple[list[str], dict[str, list[str]]]]

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
TEXT = "size => { document.documentElement.style.fontSize = size; }"
#: What reacts to a press but cannot be reached with the Tab key, and what breaks its order.
UNREACHABLE = """() => [...document.querySelectorAll('[hx-get], [hx-post], [role=button], [tabindex]')]
  .filter(e => e.tabIndex > 0 || (e.tabIndex < 0 && !e.hasAttribute('tabindex') && !e.disabled
    && !e.matches('form, details, [hx-trigger=load]')))
  .map(e => e.outerHTML.slice(0, 120))"""


def wrong_with(page: Page, *, axe: bool) -> list[str]:
    """Everything wrong with the page that is open, in one line each."""
    found = _axe(page) if axe else []
    if page.locator("h1").count() != 1:
        found.append("not exactly one h1")
    if not page.title().split("·")[0].strip():
        found.append("no title")
    found += [f"not for the keyboard: {html}" for html in page.evaluate(UNREACHABLE)]
    return found + foreign(page) + _sideways(page)


def _axe(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{v['id']}: {node['html'][:160]}" for v in violations for node in v["nodes"][:3]]


def _sideways(page: Page) -> list[str]:
    """Whether the page must be pushed sideways: as it is, on a phone, with text of twice the size, with both."""
    before, found = page.viewport_size, []
    for name, size, text in (
        ("", before, ""),
        (" on a phone", SMALL, ""),
        (" at 200 %", WIDE, "200%"),
        (" on a phone at 200 %", SMALL, "200%"),
    ):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.evaluate(TEXT, text)
        if page.evaluate(SIDEWAYS):
            found.append(f"scrolls sideways{name}")
    page.evaluate(TEXT, "")
    page.set_viewport_size(before)  # type: ignore[arg-type]
    return found


@pytest.fixture(scope="module")
def survey(server: str, browser: Browser) -> Survey:
    """`survey(role)`: the addresses the role reaches, and what is wrong with them in Vietnamese. Walked once."""

    @cache
    def made(role: str) -> tuple[list[str], dict[str, list[str]]]:
        person = sit_down(browser, server).sign_in(role).read_in("vi")
        if role == "reporter":
            person.page.click("form[action$='/reports/open/'] button >> nth=0")
        faults: dict[str, list[str]] = {}

        def look(path: str) -> None:
            if found := wrong_with(person.page, axe=True):
                faults[path] = found

        pages = walk(person, look)
        if person.complaints:
            faults["the browser"] = person.complaints
        person.context.close()
        return pages, faults

    return made


@pytest.mark.requirement(80)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_in_vietnamese(survey: Survey, role: str) -> None:
    pages, faults = survey(role)
    assert len(pages) >= 12
    assert faults == {}


@pytest.mark.requirement(80)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_in_english_on_a_phone(reader: Callable[..., Reader], survey: Survey, role: str) -> None:
    person = reader(role, lang="en", size=SMALL)
    faults = {}
    for path in survey(role)[0]:
        if found := wrong_with(person.go(path), axe=role == "coordinator"):
            faults[path] = found
    person.go("/")
    person.read_in("vi")
    assert faults == {}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_pages_before_signing_in(reader: Callable[..., Reader], lang: str) -> None:
    person = reader(lang=lang, size=SMALL)
    for path in ("/accounts/login/", "/accounts/password/reset/"):
        assert wrong_with(person.go(path), axe=True) == []
        assert person.page.get_attribute("html", "lang") == lang


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_that_is_not_there(reader: Callable[..., Reader], lang: str) -> None:
    person = reader("reporter", lang=lang).expects(404)
    assert wrong_with(person.go("/a/nowhere/"), axe=True) == []
    person.go("/")
    person.read_in("vi")


def test_a_mistake_is_read_first_where_the_address_names_a_place(reader: Callable[..., Reader]) -> None:
    page = reader("coordinator").go("/a/mua-lu-2020/meetings/")
    page.click("#list a:has-text('Tập huấn nhập báo cáo')")
    page.click(".page-tabs a:has-text('Kết luận')")
    page.click("form[data-hall] .btn-primary")
    expect(page.locator(".error-summary")).to_be_focused()

"""Signing in with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.reader import PASSWORD, Reader

NAME_OF_FOCUSED = (
    "(e => (e.getAttribute('aria-label') || e.innerText || e.name || '').trim())(document.activeElement)"
)


@pytest.mark.requirement(80)
def test_a_reporter_signs_in_with_the_keyboard_alone(reader: Callable[..., Reader]) -> None:
    person = reader()
    page = person.go("/accounts/login/")
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(NAME_OF_FOCUSED))
        if reached[-1] == "login":
            page.keyboard.type("reporter@giaoban.example")
        if reached[-1] == "password":
            break
    assert reached[0] == "Chuyển đến nội dung"
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{person.server}/")
    assert page.locator("h1").count() == 1

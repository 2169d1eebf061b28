"""A person at the browser."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext, Page

PASSWORD = "giao-ban-2020"
SMALL, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


class Reader:
    """Signed in or not, in a window of his own. What the browser complains about is kept in `complaints`."""

    def __init__(self, server: str, context: BrowserContext) -> None:
        self.server, self.context = server, context
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.expected: set[int] = set()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._hear)
        self.page.on("response", self._look)

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _look(self, answer: Any) -> None:
        if answer.status >= 400 and answer.status not in self.expected:
            self.complaints.append(f"{answer.request.method} {answer.url} answers {answer.status}")

    def expects(self, *statuses: int) -> Reader:
        """Answers with these statuses belong to the story."""
        self.expected |= set(statuses)
        return self

    def go(self, path: str) -> Page:
        self.page.goto(self.server + path if path.startswith("/") else path)
        return self.page

    def sign_in(self, who: str) -> Reader:
        """As one of the five of the demonstration, or with an address."""
        page = self.go("/accounts/login/")
        page.fill("input[name=login]", who if "@" in who else f"{who}@giaoban.example")
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(f"{self.server}/")
        return self

    def read_in(self, language: str) -> Reader:
        """Press VI or EN; the account remembers it."""
        if self.page.get_attribute("html", "lang") != language:
            self.page.click(f"button[name=language][value={language}]")
            self.page.wait_for_selector(f"html[lang={language}]")
        return self

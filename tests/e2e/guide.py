"""A page of the guide, walked word by word: what it prints in bold is pressed, what it shows is photographed."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

from django.utils import translation
from PIL import Image
from playwright.sync_api import Locator

from tests.e2e.reader import Reader

DOCS = Path(__file__).resolve().parents[2] / "docs"
PICTURES = DOCS / "images"

#: Set to 1 to take the pictures of the guide anew; else only those that are missing fail.
TAKE = os.environ.get("GIAOBAN_PICTURES") == "1"
SIZE = {"width": 1000, "height": 750}


class Guide:
    """One page of the guide and who walks it. `done`: every word pressed or looked for so far."""

    def __init__(self, page: str, language: str, reader: Reader) -> None:
        self.text = (DOCS / page).read_text()
        self.language, self.reader, self.page = language, reader, reader.page
        self.done: set[str] = set()

    @property
    def bold(self) -> set[str]:
        """The words printed in bold; a way through the menu, A › B, is both words."""
        found = re.findall(r"\*\*(.+?)\*\*", self.text)
        return {word.strip() for part in found for word in part.split("›")}

    @property
    def pictures(self) -> set[str]:
        return set(re.findall(r"\.\./images/(\S+?\.png)\)", self.text))

    def word(self, msgid: str, context: str = "") -> str:
        """A word of the screen in the reader's language; the guide must print it."""
        with translation.override(self.language):
            word = translation.pgettext(context, msgid) if context else translation.gettext(msgid)
        self.done |= {word, word[0].lower() + word[1:]}
        return word

    def press(self, msgid: str, within: str = "main", context: str = "") -> None:
        """Press the link or button inside a part of the page, and wait for what follows."""
        name = re.compile(rf"^\s*{re.escape(self.word(msgid, context))}(\s|$)")
        place = self.page.locator(within)
        with self.page.expect_navigation():
            place.get_by_role("link", name=name).or_(place.get_by_role("button", name=name)).first.click()

    def follow(self, link: Locator) -> None:
        """Press a link that the guide names by what it stands for, and wait for the page behind it."""
        with self.page.expect_navigation():
            link.first.click()

    def sign_in(self, address: str) -> None:
        """As the guide says: out of the account before, into this one."""
        if self.page.locator("details.menu").count():
            self.page.click("details.menu summary")
            with self.page.expect_navigation():
                self.page.locator("details.menu form button").click()
        self.reader.sign_in(address).read_in(self.language)
        self.done.add(address)

    def picture(self, name: str, height: int = SIZE["height"]) -> None:
        """The picture of this name shows this page: taken anew when asked, else it must be there."""
        where = PICTURES / ("" if self.language == "en" else self.language) / name
        if TAKE:
            self.page.set_viewport_size(SIZE | {"height": height})
            self.page.wait_for_timeout(300)
            taken = Image.open(io.BytesIO(self.page.screenshot()))
            where.parent.mkdir(exist_ok=True)
            taken.convert("RGB").quantize(128).save(where, optimize=True)
            self.page.set_viewport_size(SIZE)
        assert where.is_file(), f"{where.name} is missing: GIAOBAN_PICTURES=1 takes it"
        assert str(where.relative_to(PICTURES)) in self.pictures, f"no page of the guide shows {where}"

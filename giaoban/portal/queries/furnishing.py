"""The menu and the footer as a reader sees them: as the editor set them, else as the tree has them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from giaoban.portal.models import LANGUAGES, HomePage, PortalPage, Words
from giaoban.portal.queries.browsing import Around

_LANGUAGE = re.compile(r"^/(?:vi|en)/")


@dataclass(frozen=True)
class Entry:
    """A line of a menu: its own words, else the title of its page; an address, else where its page is."""

    labels: dict[str, str]
    page: PortalPage | None
    link: str

    @property
    def pk(self) -> int | None:
        return self.page.pk if self.page else None

    def say(self, name: str, language: str) -> Words:
        for code in (language, *LANGUAGES):
            if name == "title" and self.labels.get(code):
                return Words(self.labels[code], code)
        return self.page.say(name, language) if self.page else Words("", language)

    def address(self, language: str) -> str:
        return self.page.address(language) if self.page else in_language(self.link, language)


@dataclass(frozen=True)
class Column:
    labels: dict[str, str]
    links: list[Entry]

    def say(self, _name: str, language: str) -> Words:
        code = language if self.labels.get(language) else "vi"
        return Words(self.labels[code], code)


@dataclass(frozen=True)
class Texts:
    """A text of the furniture in both languages."""

    labels: dict[str, str]

    def say(self, _name: str, language: str) -> Words:
        code = next((code for code in (language, *LANGUAGES) if self.labels[code]), language)
        return Words(self.labels[code], code)


@dataclass(frozen=True)
class Shown:
    """menu: pages or lines; contact: whose contact is shown; licence: what is said of it, if anything."""

    menu: list[Any]
    contact: Any
    columns: list[Column] = field(default_factory=list)
    licence: Texts | None = None


def furniture(front: HomePage, around: Around) -> Shown:
    """What stands around the pages of this site. No query: it came with the menu of the tree."""
    said = around.furniture
    if said is None:
        return Shown(around.menu, front)
    menu = [piece["value"] for piece in json.loads(said["menu"] or "[]")]
    columns = [piece["value"] for piece in json.loads(said["columns"] or "[]")]
    shown = [
        Column(_both(column, "title"), _entries([item["value"] for item in column["links"]], around))
        for column in columns
    ]
    contact, licence = _both(said, "contact"), _both(said, "licence")
    return Shown(
        _entries(menu, around) or around.menu,
        Texts(contact) if any(contact.values()) else front,
        [column for column in shown if column.links],
        Texts(licence) if any(licence.values()) else None,
    )


def in_language(address: str, language: str) -> str:
    """Addresses of this site are those of the reader's language."""
    return _LANGUAGE.sub(f"/{language}/", address)


def _entries(lines: list[dict[str, Any]], around: Around) -> list[Entry]:
    """The lines that lead somewhere."""
    return [
        Entry(_both(line, "label"), _own(around.near.get(line["page"])), line["address"])
        for line in lines
        if line["address"] or line["page"] in around.near
    ]


def _own(page: PortalPage | None) -> PortalPage | None:
    """The front page is called by the name of the site."""
    return page.homepage if page is not None and page.depth == 2 else page  # type: ignore[no-any-return]


def _both(row: dict[str, Any], name: str) -> dict[str, str]:
    return {code: row.get(f"{name}_{code}") or "" for code in LANGUAGES}

"""The words of a page: what its reader sees, as plain text."""

from __future__ import annotations

import html
import re

from giaoban.portal.models import (
    DocumentPage,
    HomePage,
    MeetingPage,
    NewsArticle,
    PortalPage,
    UnitPage,
)
from giaoban.portal.models.checking import strings

#: Beside title, lead and text: fields without a language, and fields in both.
MORE: dict[type[PortalPage], tuple[tuple[str, ...], tuple[str, ...]]] = {
    NewsArticle: (("source", "byline"), ("place",)),
    DocumentPage: (("number", "issuer", "signer"), ("type",)),
    MeetingPage: (("chairs",), ("place",)),
    UnitPage: ((), ("address",)),
    HomePage: ((), ("owner", "contact")),
}
#: Parts of a piece of text that are not words: what a picture is, where a figure leads.
SILENT = {"id", "image", "link", "type"}
_BREAK = re.compile(r"<(?:/p|/li|/h\d|br ?/?|hr ?/?|/blockquote)>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


def title_of(page: PortalPage, language: str) -> tuple[str, str]:
    """The title as it reads in the language, and the language it is in."""
    words = page.say("title", language)
    return str(words), words.language


def lead_of(page: PortalPage, language: str) -> str:
    """The lead; of a withdrawn page the note that stands in its place."""
    return str(page.say("note" if page.is_withdrawn else "lead", language))


def text_of(page: PortalPage, language: str) -> str:
    """Everything else that can be read on the page: its text, its unit, number, place."""
    alone, both = MORE.get(type(page), ((), ()))
    parts: list[str] = []
    if not page.is_withdrawn:
        parts.append(body_of(page, language))
    parts += [getattr(page, name) for name in alone] + [_said(page, name, language) for name in both]
    parts += [page.unit.name] if page.unit else []
    return " · ".join(part for part in parts if part.strip())


def body_of(page: PortalPage, language: str) -> str:
    """The text of the page itself."""
    body = page.say("body", language)
    pieces = strings(body.text.get_prep_value() if body else [])
    return " ".join(plain(words) for name, words in pieces if name not in SILENT)


def _said(page: PortalPage, field: str, language: str) -> str:
    return str(page.say(field, language))


def plain(text: str) -> str:
    """Rich text as plain text."""
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub(" ", text))).split())

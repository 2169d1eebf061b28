"""A page for machines: what it is in the words of schema.org, and the same with its text as JSON. Knows no request.

The JSON of a page, at `index.json` below its address:

    kind, language, address     what it is, the language asked for, where people read it
    languages                   the address in each language
    title, lead                 {"text", "language"}: the language the words are in, where nobody has translated them
    text                        the words of the page, as plain text
    unit                        {"code", "name"}, or null
    posted_at, changed_at       instants, UTC
    note                        {"kind": correction | withdrawal, "text"}, or null
    way                         the pages above it, the front page first: {"title", "address"}
    newest                      of front page, section, register and unit: the newest below, at most 30
    schema                      the graph that stands in the page, schema.org
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags

from giaoban.portal.models import (
    LANGUAGES,
    DocumentPage,
    MeetingPage,
    NewsArticle,
    PortalPage,
    QuestionsPage,
    UnitPage,
)
from giaoban.portal.pictures import drawn
from giaoban.portal.queries.findable import body_of

Thing = dict[str, Any]


def graph(page: PortalPage, way: list[PortalPage], language: str) -> Thing:
    """The page and the way to it, as schema.org has it. way: the pages above, the front page first."""
    front = way[0] if way else page
    thing: Thing = {
        "@type": page.schema, "url": _url(page, language), "name": str(page.say("title", language)),
        "description": str(page.say("lead", language)), "inLanguage": page.say("title", language).language,
        "datePublished": _instant(page.posted), "dateModified": _instant(page.last_published_at),
        "publisher": _body(str(front.say("owner", language) or front.say("title", language))),
    }  # fmt: skip
    for kind, more in MORE.items():
        if isinstance(page, kind):
            thing |= more(page, language)
    steps = [
        {"@type": "ListItem", "position": n, "name": str(step.say("title", language)), "item": _url(step, language)}
        for n, step in enumerate([*way, page], start=1)
    ]  # fmt: skip
    below = {"@type": "BreadcrumbList", "itemListElement": steps}
    return {"@context": "https://schema.org", "@graph": [_said(thing), *([below] if way else [])]}


def as_json(page: PortalPage, way: list[PortalPage], newest: list[PortalPage] | None, language: str) -> Thing:
    """The page with its text. newest: what a list shows."""
    found: Thing = {
        "kind": page.kind, "language": language, "address": _url(page, language),
        "languages": {code: _url(page, code) for code in LANGUAGES},
        "title": _words(page, "title", language), "lead": _words(page, "lead", language),
        "text": "" if page.is_withdrawn else body_of(page, language),
        "unit": {"code": page.unit.code, "name": page.unit.name} if page.unit else None,
        "posted_at": _instant(page.posted), "changed_at": _instant(page.last_published_at),
        "note": {"kind": page.note_kind, "text": str(page.say("note", language))} if page.note_kind else None,
        "way": [_link(step, language) for step in way], "schema": graph(page, way, language),
    }  # fmt: skip
    if newest is not None:
        found["newest"] = [_link(row, language) for row in newest]
    return found


def _words(page: PortalPage, field: str, language: str) -> Thing:
    words = page.say(field, language)
    return {"text": str(words), "language": words.language}


def _link(page: PortalPage, language: str) -> Thing:
    return {"title": str(page.say("title", language)), "address": _url(page, language)}


def _url(page: PortalPage, language: str) -> str:
    return str(settings.SITE_URL) + page.address(language)


def _instant(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else ""


def _body(name: str) -> Thing:
    return {"@type": "GovernmentOrganization", "name": name}


def _place(name: str) -> Thing:
    return {"@type": "Place", "name": name} if name else {}


def _said(thing: Thing) -> Thing:
    """Without what is empty."""
    return {name: value for name, value in thing.items() if value}


def _article(page: NewsArticle, language: str) -> Thing:
    shown = drawn(page.illustration, "share") if page.illustration else None
    return {
        "headline": str(page.say("title", language)), "image": settings.SITE_URL + shown.src if shown else "",
        "author": _body(page.byline or page.source or (page.unit.name if page.unit else "")),
        "contentLocation": _place(str(page.say("place", language))),
    }  # fmt: skip


def _meeting(page: MeetingPage, language: str) -> Thing:
    state = "EventCancelled" if page.is_cancelled else "EventScheduled"
    return {
        "startDate": _instant(page.starts_at), "endDate": _instant(page.ends_at),
        "location": _place(str(page.say("place", language))), "eventStatus": f"https://schema.org/{state}",
        "organizer": _body(page.unit.name) if page.unit else {},
    }  # fmt: skip


def _document(page: DocumentPage, language: str) -> Thing:
    ended: date | None = page.ended_on
    return {
        "identifier": page.number, "author": _body(page.issuer), "dateCreated": page.issued_on.isoformat(),
        "genre": str(page.say("type", language)), "expires": ended.isoformat() if ended else "",
    }  # fmt: skip


def _unit(page: UnitPage, language: str) -> Thing:
    return {"telephone": page.phone, "email": page.email, "address": str(page.say("address", language))}


def _questions(page: QuestionsPage, language: str) -> Thing:
    pieces = page.say("body", language).text or []
    asked = [piece.value for piece in pieces if piece.block_type == "question"]
    return {
        "mainEntity": [
            {"@type": "Question", "name": one["question"],
             "acceptedAnswer": {"@type": "Answer", "text": strip_tags(one["answer"].source)}}
            for one in asked
        ]
    }  # fmt: skip


#: What a kind of page says beside what every page says.
MORE: dict[type[PortalPage], Callable[[Any, str], Thing]] = {
    NewsArticle: _article, MeetingPage: _meeting, DocumentPage: _document, UnitPage: _unit,
    QuestionsPage: _questions,
}  # fmt: skip

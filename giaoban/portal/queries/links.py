"""Where the links of pages lead: read from the stored texts, told where a reader would find nothing."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from giaoban.portal.models import (
    LANGUAGES,
    DocumentPage,
    Furniture,
    MeetingPage,
    NewsArticle,
    NoteKind,
    PortalPage,
    RelatedDocument,
    public,
)
from giaoban.portal.queries.findable import plain
from giaoban.portal.queries.furnishing import in_language
from giaoban.portal.queries.ground import EXTERNAL, Ground

_ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.S)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
#: Fields in which a page names another: whose field, the column of the naming page, the field.
POINTERS: tuple[tuple[Any, str, str], ...] = (
    (PortalPage, "pk", "canonical"),
    (NewsArticle, "pk", "meeting"),
    (NewsArticle, "pk", "review"),
    (MeetingPage, "pk", "review"),
    (DocumentPage, "pk", "replaced_by"),
    (RelatedDocument, "page_id", "document"),
)


@dataclass(frozen=True)
class Found:
    """A link as it stands in a text. kind: "page" or "document" with a number, "address" with one."""

    words: str
    kind: str
    target: str


@dataclass(frozen=True)
class Link:
    """A link of a page that leads nowhere (reason says why), or to another site. site: of menu and footer instead,
    around the pages of that site."""

    page: int
    title: str
    field: Any
    words: str
    address: str
    reason: Any
    site: int = 0

    @property
    def is_external(self) -> bool:
        return self.reason is EXTERNAL


def found_in(value: Any) -> Iterator[Found]:
    """Every link of a stored body, in its order."""
    if isinstance(value, list):
        for inside in value:
            yield from found_in(inside)
    elif isinstance(value, dict):
        for name, inside in value.items():
            is_rich = name == "answer" or (name == "value" and value.get("type") == "text")
            if is_rich and isinstance(inside, str):
                yield from _in_rich(inside)
            elif name == "link" and inside:
                yield Found(str(value.get("value", "")), "address", inside)
            else:
                yield from found_in(inside)


def _in_rich(text: str) -> Iterator[Found]:
    for attributes, inside in _ANCHOR.findall(text):
        given = {name: html.unescape(said) for name, said in _ATTRIBUTE.findall(attributes)}
        kind = given.get("linktype", "address")
        yield Found(plain(inside), kind, given.get("href" if kind == "address" else "id", ""))


def links_of(
    pages: QuerySet[PortalPage], furniture: QuerySet[Furniture] | None = None, *, at: datetime
) -> list[Link]:
    """What leads nowhere, or elsewhere, in menu and footer, then on those of the pages that everybody may read. As
    many queries for many."""
    ground = Ground(at)
    around = [link for row in furniture or () for link in _furnished(ground, row)]
    found: list[Link] = []
    raw = {f"raw_{code}": Cast(f"body_{code}", TextField()) for code in LANGUAGES}
    holds = Q()
    for name in raw:
        holds |= Q(**{f"{name}__contains": "<a "}) | Q(**{f"{name}__contains": '"link"'})
    rows = pages.filter(public(at)).exclude(note_kind=NoteKind.WITHDRAWAL).order_by("path")
    for pk, title, *bodies in rows.annotate(**raw).filter(holds).values_list("pk", "title", *raw):
        for code, body in zip(LANGUAGES, bodies, strict=True):
            found += _judged(ground, pk, title, code, json.loads(body or "[]"))
    titles = dict(pages.filter(public(at)).order_by("path").values_list("pk", "title"))
    for model, column, name in POINTERS:
        for pk, target in model.objects.filter(**{f"{name}__isnull": False}).values_list(
            column, f"{name}_id"
        ):
            if pk in titles:
                found += _pointed(ground, pk, titles[pk], model, name, target)
    place = {pk: n for n, pk in enumerate(titles)}
    seen = (link for link in found if not ground.reason(link.page))
    return around + sorted(seen, key=lambda link: place[link.page])


def nowhere_on(page: PortalPage, *, at: datetime) -> list[Link]:
    """The links of a page, as it stands in memory, that lead nowhere."""
    ground = Ground(at)
    found = []
    for code in LANGUAGES:
        found += _judged(ground, page.pk, page.title, code, getattr(page, f"body_{code}").get_prep_value())
    for model, column, name in POINTERS:
        if column == "pk" and isinstance(page, model) and getattr(page, f"{name}_id"):
            found += _pointed(ground, page.pk, page.title, model, name, getattr(page, f"{name}_id"))
    for paper in page.papers.all() if isinstance(page, NewsArticle) else ():
        found += _pointed(ground, page.pk, page.title, RelatedDocument, "document", paper.document_id)
    return [link for link in found if not link.is_external]


def _judged(ground: Ground, pk: int, title: str, language: str, body: Any) -> Iterator[Link]:
    field = PortalPage._meta.get_field(f"body_{language}").verbose_name
    for link in found_in(body):
        reason, address = ground.judge(link.kind, link.target, pk, language)
        if reason:
            yield Link(pk, title, field, link.words or str(_("without words")), address, reason)


def _furnished(ground: Ground, row: Furniture) -> Iterator[Link]:
    """The same of the lines of menu and footer. An address leads to the reader's language: judged in both."""
    for name in ("menu", "columns"):
        field = Furniture._meta.get_field(name).verbose_name
        for line in _lines(getattr(row, name).get_prep_value()):
            target, words = line["page"], line["label_vi"]
            judged = [
                ground.judge("page", str(target), 0, code)
                if target
                else ground.judge("address", in_language(line["address"], code), 0, code)
                for code in LANGUAGES
            ]
            reason, address = next((one for one in judged if one[0]), ("", ""))
            if reason:
                words = words or ground.title(target) or str(_("without words"))
                yield Link(
                    0, capfirst(Furniture._meta.verbose_name), field, words, address, reason, row.site_id
                )


def _lines(pieces: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for piece in pieces:
        inside = piece["value"]
        if "links" in inside:
            yield from _lines(inside["links"])
        else:
            yield inside


def _pointed(ground: Ground, pk: int, title: str, model: Any, name: str, target: int) -> Iterator[Link]:
    if reason := ground.reason(target):
        field = model._meta.get_field(name).verbose_name
        yield Link(pk, title, field, ground.title(target), ground.address(target, "vi"), reason)

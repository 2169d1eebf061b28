"""Make a page's bytes: ask Django for it as an anonymous reader would, and note what it was made from."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from giaoban.core.actors import System
from giaoban.portal.actions.scheduling import publish_due
from giaoban.portal.models.noting import Note, noting
from giaoban.portal.queries.dated import Dated, dated
from giaoban.portal.stored.journal import EVERYTHING
from giaoban.portal.stored.shelf import PUBLIC, Headers, Shelf, Stored, forms_of, instant, shelf
from giaoban.portal.stored.tables import FRAME, lists_by_type

logger = logging.getLogger("giaoban.portal")
View = TypeVar("View", bound=Callable[..., Any])
GetResponse = Callable[[HttpRequest], HttpResponse]

#: Not of the page but of one answer.
_OWN = {"content-length", "vary", "etag", "cache-control", "set-cookie", "date"}


def kept(view: View) -> View:
    """Marks a view whose pages are the same for everybody, but for the link to the private style sheet."""
    view.is_kept = True  # type: ignore[attr-defined]
    return view


def may_be_kept(request: HttpRequest) -> bool:
    """Is it a page that is kept, asked for as it is kept? Inside a transaction nothing is: it may be undone."""
    if request.method not in ("GET", "HEAD") or request.META.get("QUERY_STRING"):
        return False
    if not PUBLIC.fullmatch(request.path_info) or connection.in_atomic_block:
        return False
    try:
        return getattr(resolve(request.path_info).func, "is_kept", False)
    except Resolver404:
        return False


def page(request: HttpRequest, get_response: GetResponse) -> Stored | HttpResponse:
    """The page's bytes, made by whoever comes first; or what Django answers instead of a page."""
    place, path = shelf(), request.path_info
    found = place.find(path)
    if found is not None:
        return found
    with place.alone(path):
        return place.find(path) or _made(request, get_response, place, timezone.now())


def _made(
    request: HttpRequest, get_response: GetResponse, place: Shelf, at: datetime
) -> Stored | HttpResponse:
    journal = place.journal
    dates = planned(place, at)
    journal.refresh()
    since, epoch, moving = journal.offset, journal.epoch, journal.on_the_way()
    for name in ("HTTP_COOKIE", "HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_RANGE"):
        request.META.pop(name, None)
    request.method = "GET"
    request.is_kept = True  # type: ignore[attr-defined]
    with noting() as note:
        response = get_response(request)
        if response.status_code != 200 or response.cookies:
            return response
        body = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]
        response.close()
    keys = {*note.keys, EVERYTHING, "dates"}
    made = Stored(
        request.path_info, epoch, since, tuple(keys), instant(_until(note, dates, keys, at)),
        forms_of(_variants(body, response)),
    )  # fmt: skip
    if note.unknown:
        logger.warning(
            "%s is not kept: nobody watches %s", request.path_info, ", ".join(sorted(note.unknown))
        )
    elif keys & moving:
        journal.clear_dead(now=at.timestamp())
    else:
        place.put(made)
    return made


def planned(place: Shelf, at: datetime) -> list[Dated]:
    """The instants set for pages, after what is due has been done. Asked anew when something has changed."""
    journal = place.journal
    journal.refresh()
    known = (journal.epoch, journal.offset)
    if place.dates[0] == known:
        found = place.dates[1]
    else:
        found = dated()
        if not journal.on_the_way():
            place.dates = (known, found)
    if any(one.is_due(at) for one in found):
        try:
            publish_due(by=System("portal"), at=at)
        except Exception:
            logger.exception("planned pages could not be published")
        found = dated()
    return found


def _until(note: Note, dates: list[Dated], keys: set[str], at: datetime) -> datetime | None:
    """The earliest instant at which the page may say something else."""
    for one in dates:
        mine = f"page:{one.page}" in keys or lists_by_type().get(one.type, FRAME) in keys
        if mine and one.at > at:
            note.ends(one.at)
    return note.until


def _variants(body: bytes, response: Any) -> list[tuple[bytes, Headers]]:
    """Plain, and with the link. A page without the link is the same in both."""
    headers = [(name, value) for name, value in response.items() if name.lower() not in _OWN]
    link = f'<link rel="stylesheet" href="{reverse("portal:style")}">'.encode()
    shared = [*headers, ("Cache-Control", "public, no-cache")]
    if link not in body:
        return [(body, shared), (body, shared)]
    return [(body.replace(link, b"", 1), shared), (body, [*headers, ("Cache-Control", "private, no-cache")])]

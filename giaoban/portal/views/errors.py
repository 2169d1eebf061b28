"""What a reader is told where something goes wrong: in the portal's look below /vi/ and /en/, in the workspace's
elsewhere. Each says what happened and has a way on; the last one needs no database."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views import csrf, defaults

from giaoban.portal import reading
from giaoban.portal.models import PortalPage
from giaoban.portal.queries import browsing
from giaoban.portal.queries.showing import Asked
from giaoban.portal.showing import show_part

_PUBLIC = re.compile(r"/(vi|en)/")
_TOO_LONG = (_("The page was open too long"), _("Go back, reload the page and send it again."))
#: What happened -> its name, and what to do.
SAID: dict[str, tuple[Any, Any]] = {
    "400": (
        _("The address or the form sent was not understood"),
        _("Go back, reload the page and try again."),
    ),
    "403": (
        _("This was not sent from our page"),
        _("Go back, reload the page and send it once more from there."),
    ),
    "404": (
        _("Page not found"),
        _("There is no page at this address. It may have been withdrawn, or the address may be mistyped."),
    ),
    "410": (
        _("This page was withdrawn"),
        _("It stood at this address and was taken back by those who wrote it."),
    ),
    "csrf": _TOO_LONG,
}
_STATUS = {"csrf": 403}


def told(
    request: HttpRequest, language: str, what: str, gone: PortalPage | None = None
) -> HttpResponse | None:
    """The page that says it, in the portal's frame; None while there is no portal. gone: what was withdrawn."""
    front = browsing.home()
    if front is None:
        return None
    title, sentence = SAID[what]
    html = show_part(
        front, "portal/error.html", Asked(language, timezone.now()), is_missing=True,
        with_reading=reading.is_wanted(request),
        title=title, sentence=sentence, gone=gone,
    )  # fmt: skip
    headers = {"Content-Language": language, "Cache-Control": "no-store"}
    return HttpResponse(html, status=_STATUS.get(what) or int(what), headers=headers)


def _told_or(what: str, otherwise: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For Django: the portal's page below its addresses, else the workspace's."""

    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        found = _PUBLIC.match(request.path_info)
        return (found and told(request, found[1], what)) or otherwise(request, *given, **named)

    return answer


not_understood = _told_or("400", defaults.bad_request)
denied = _told_or("403", defaults.permission_denied)
not_found = _told_or("404", defaults.page_not_found)
open_too_long = _told_or("csrf", csrf.csrf_failure)


def broken(request: HttpRequest) -> HttpResponse:
    """Something is wrong on our side, perhaps with the database: nothing is asked of it."""
    found = _PUBLIC.match(request.path_info)
    if not found:
        return defaults.server_error(request)
    with translation.override(found[1]):
        html = render_to_string("portal/broken.html", {"language": found[1]})
    return HttpResponseServerError(html, headers={"Content-Language": found[1], "Cache-Control": "no-store"})

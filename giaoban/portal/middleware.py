"""The second content security policy, for Wagtail's editor alone; and the public pages, kept as bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.constants import NONE, SELF
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from wagtail.models import Page

from giaoban.core.language import reader_language
from giaoban.portal.queries.browsing import open_pages
from giaoban.portal.rights import may_see
from giaoban.portal.stored import storing
from giaoban.portal.stored.front import ABOUT_THE_BODY, chosen
from giaoban.portal.stored.shelf import is_known
from giaoban.portal.views.public import led_on

EDITOR = "/editor/"
#: What addresses of the editor call a page.
PAGE_NAMES = ("page_id", "page_to_move_id", "parent_page_id", "destination_id")

#: Wagtail's editor sets styles from its scripts, draws pictures from blobs, and frames its own previews.
POLICY = {
    "default-src": [SELF],
    "script-src": [SELF],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}


class EditorMiddleware:
    """Below /editor/ the editor's policy holds; everywhere else the strict one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(EDITOR):
            # a preview is the answer to a question of its own, and comes with the policy of a public page
            response.headers.pop("Content-Security-Policy", None)
            response._csp_config = POLICY  # type: ignore[attr-defined]
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """No address of the editor says anything about a page to whoever may do nothing on it. A link may lead to
        any public page."""
        if not request.path.startswith(EDITOR) or not request.user.is_authenticated:
            return
        choosing = request.path.startswith(f"{EDITOR}choose-page/")
        named = [kwargs[name] for name in PAGE_NAMES if name in kwargs]
        if request.path.startswith(f"{EDITOR}pages/") and "pk" in kwargs:
            named.append(kwargs["pk"])
        named += [pk for pk in request.GET.getlist("id") if choosing and pk.isascii() and pk.isdigit()]
        for page in Page.objects.filter(pk__in=named):
            if not may_see(request.user, page) and not (choosing and _is_open(page)):
                raise Http404


def _is_open(page: Page) -> bool:
    return page.depth == 1 or open_pages(at=timezone.now()).filter(pk=page.pk).exists()


class OldAddressMiddleware:
    """Where nothing stands, an old address may still lead on: of a feed, of a file, of the site before this one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        asked = getattr(request.resolver_match, "view_name", "") == "portal:page"  # which has looked itself
        if response.status_code != 404 or request.method not in ("GET", "HEAD") or asked:
            return response
        return led_on(request, reader_language()) or response


class StoredMiddleware:
    """Makes public pages to be kept, and answers with them; the outermost, so that every header is there.

    In front of Django (`stored.front`) they are answered without it; this one makes those that are not there yet.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not storing.may_be_kept(request):
            return self.get_response(request)
        environ = dict(request.META)
        found = storing.page(request, self.get_response)
        if isinstance(found, HttpResponseBase):
            return found  # type: ignore[return-value]
        form = chosen(found, environ)
        if is_known(form.etag, environ.get("HTTP_IF_NONE_MATCH", "")):
            headers = [pair for pair in form.headers if pair[0] not in ABOUT_THE_BODY]
            return HttpResponse(status=304, headers=dict(headers))
        return HttpResponse(form.body, headers=dict(form.headers))

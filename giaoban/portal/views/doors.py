"""Private pages: what stands between a reader and a page."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.models import PageViewRestriction

from giaoban.portal.queries import browsing
from giaoban.portal.queries.browsing import Found


def door(found: Found, request: HttpRequest) -> PageViewRestriction | None:
    """The first restriction, from above, that this reader has not passed."""
    pages = [*found.way, found.page]
    rows = PageViewRestriction.objects.filter(page__in=[page.pk for page in pages]).order_by("page__path")
    return next((row for row in rows if not row.accept_request(request)), None)


def may_enter(path: str, request: HttpRequest) -> bool:
    """May this reader read the page at an address, private or not?"""
    found = browsing.page_at(path, at=request.at, private=True)  # type: ignore[attr-defined]
    return found is not None and door(found, request) is None

"""A page as HTML: the same for a reader, a preview and whoever keeps it. Knows no request."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

from giaoban.portal.models import PortalPage, rendering
from giaoban.portal.queries.showing import Asked, contents, frame


def show(
    page: PortalPage,
    asked: Asked,
    *,
    way: list[PortalPage] | None = None,
    with_reading: bool = False,
    **more: Any,
) -> str:
    """The page in a language. with_reading: with the link to the reader's private style sheet."""
    with translation.override(asked.language):
        told = {} if page.is_withdrawn else contents(page, asked)
        context = {**frame(page, asked, way), **told, "with_reading": with_reading, **more}
        return render_to_string("portal/withdrawn.html" if page.is_withdrawn else page.template_name, context)


def show_part(home: PortalPage, template: str, asked: Asked, **context: Any) -> str:
    """A page that is no page of the tree (search, display settings), in the same frame."""
    with translation.override(asked.language):
        return render_to_string(template, {**frame(home, asked), "is_part": True, **context})


def preview(page: PortalPage, language: str, request: HttpRequest) -> HttpResponse:
    """The page as it will be, for its editor; beside the form it brings what Wagtail checks and counts it with."""
    checked = {"request": request} if getattr(request, "in_preview_panel", False) else {}
    return HttpResponse(show(page, Asked(language, timezone.now()), is_preview=True, **checked))


rendering["preview"] = preview

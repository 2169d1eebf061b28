"""The public side: pages, display settings. No session, no token, no cookie but the one that is asked for."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings as conf
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from giaoban.portal import reading
from giaoban.portal.counting import count
from giaoban.portal.origins import from_here
from giaoban.portal.queries import browsing
from giaoban.portal.queries.leading import led_to
from giaoban.portal.queries.showing import Asked
from giaoban.portal.saving import one_file
from giaoban.portal.showing import show, show_part
from giaoban.portal.stored.storing import kept
from giaoban.portal.views.errors import told

#: What lists may be asked for by the address.
CHOICES = ("q", "year", "kind", "unit", "since", "until", "sort")
MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")


def asked_of(request: HttpRequest, language: str, **more: Any) -> Asked:
    """What the address asks; nonsense is as good as nothing."""
    number = request.GET.get("sheet", "1")
    month = request.GET.get("month", "")
    chosen = tuple(
        (name, request.GET[name].strip()[:100]) for name in CHOICES if request.GET.get(name, "").strip()
    )
    return Asked(
        language, request.at, int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,  # type: ignore[attr-defined]
        month if MONTH.fullmatch(month) else "", chosen=chosen, **more,
    )  # fmt: skip


@kept
@require_safe
def page(request: HttpRequest, language: str, path: str) -> HttpResponse:
    """A page, or where it has gone, or 404."""
    if path and not path.endswith("/"):
        return HttpResponsePermanentRedirect(f"/{language}/{path}/".replace("//", "/"))
    asked = asked_of(request, language)
    found = browsing.page_at(path, at=asked.at)
    if found is None:
        return _elsewhere(request, language, path)
    if request.method == "GET" and not request.headers.get("sec-purpose"):
        count(found.page.pk, language, agent=request.headers.get("user-agent", ""))
    with_reading = reading.is_wanted(request)
    html = show(found.page, asked, way=found.way, with_reading=with_reading)
    cache = "private, no-cache" if with_reading else "public, no-cache"
    return HttpResponse(html, headers={"Content-Language": language, "Cache-Control": cache})


def led_on(request: HttpRequest, language: str) -> HttpResponse | None:
    """The answer at an old address. Browsers are to ask again: the page may move once more, even back."""
    found = led_to(request.get_full_path(), language, at=request.at)  # type: ignore[attr-defined]
    if found is None:
        return None
    kind = HttpResponsePermanentRedirect if found.for_good else HttpResponseRedirect
    return kind(found.address, headers={"Cache-Control": "no-cache"})


def _elsewhere(request: HttpRequest, language: str, path: str) -> HttpResponse:
    """The door of a private page; where the page has gone; or 404."""
    if browsing.page_at(path, at=request.at, private=True):  # type: ignore[attr-defined]
        there = reverse("portal:private", args=[language, path])
        return HttpResponseRedirect(there, headers={"Cache-Control": "no-store"})
    return led_on(request, language) or _gone(request, language, path) or missing(request, language)


@require_safe
def saved(request: HttpRequest, language: str, path: str) -> HttpResponse:
    """The page as one file to keep."""
    asked = asked_of(request, language)
    found = browsing.page_at(path, at=asked.at)
    if found is None:
        return missing(request, language)
    html = one_file(show(found.page, asked, way=found.way), conf.SITE_URL)
    name = f"{found.page.slug}-{language}.html"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(html, headers=headers)


def missing(request: HttpRequest, language: str) -> HttpResponse:
    """Nothing stands here: said in the portal's own look, with ways on."""
    found = told(request, language, "404")
    if found is None:
        raise Http404
    return found


def _gone(request: HttpRequest, language: str, path: str) -> HttpResponse | None:
    """What was withdrawn and then taken down is not missing: it says so, and why."""
    page = browsing.withdrawn_at(path, at=request.at)  # type: ignore[attr-defined]
    return told(request, language, "410", gone=page) if page else None


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, language: str) -> HttpResponse:
    """Text size, contrast, line spacing: a form that shows them, and the buttons of every page."""
    now = reading.read(request)
    if request.method == "POST":
        if not from_here(request):
            return told(request, language, "403") or HttpResponse(status=403)
        answer = HttpResponseRedirect(_back(request, language))
        reading.remember(answer, now.after(request.POST.get("act", "")))
        return answer
    front = browsing.home()
    if front is None:
        raise Http404
    context = {"reading": now, "back": _back(request, language), "with_reading": not now.is_plain}
    html = show_part(front, "portal/reading.html", asked_of(request, language), **context)
    return HttpResponse(html, headers={"Cache-Control": "private, no-store"})


def _back(request: HttpRequest, language: str) -> str:
    """The page the reader came from, if it is one of ours."""
    for found in (request.POST.get("back", ""), request.headers.get("referer", "")):
        if found and url_has_allowed_host_and_scheme(
            found, {request.get_host()}, require_https=request.is_secure()
        ):
            return found
    return reverse("portal:page", args=[language, ""])


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The reader's private style sheet."""
    sheet = reading.style(reading.read(request))
    headers = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}
    return HttpResponse(sheet, content_type="text/css; charset=utf-8", headers=headers)

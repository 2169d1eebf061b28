"""Private pages, below /private/: made for each reader, kept nowhere, told nowhere."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods
from wagtail.models import PageViewRestriction

from giaoban.core.pages.asking import refuse
from giaoban.core.refused import Refused
from giaoban.portal import reading
from giaoban.portal.actions.entering import try_password
from giaoban.portal.forms import PasswordForm
from giaoban.portal.queries import browsing
from giaoban.portal.queries.showing import Asked
from giaoban.portal.showing import show, show_part
from giaoban.portal.views.doors import door
from giaoban.portal.views.public import asked_of

HEADERS = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, language: str, path: str) -> HttpResponse:
    """The page for whom it is meant; others are asked to sign in, or for its password."""
    asked = asked_of(request, language)
    found = browsing.page_at(path, at=asked.at, private=True)
    if found is None or browsing.page_at(path, at=asked.at):
        return HttpResponseRedirect(reverse("portal:page", args=[language, path]), headers=HEADERS)
    shut = door(found, request)
    if shut is None:
        html = show(
            found.page, asked, way=found.way, is_private=True, with_reading=reading.is_wanted(request)
        )
        return HttpResponse(html, headers=HEADERS | {"Content-Language": language})
    if shut.restriction_type == PageViewRestriction.PASSWORD:
        return _password(request, asked, shut, path)
    return redirect_to_login(request.path)


def _password(request: HttpRequest, asked: Asked, shut: PageViewRestriction, path: str) -> HttpResponse:
    with translation.override(asked.language):
        form = PasswordForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and _is_right(request, form, shut):
            shut.mark_as_passed(request)
            return HttpResponseRedirect(request.path, headers=HEADERS)
    context: dict[str, Any] = {
        "form": form, "csrf_token": get_token(request), "with_reading": reading.is_wanted(request),
        "turn": reverse("portal:private", args=["en" if asked.language == "vi" else "vi", path]),
    }  # fmt: skip
    front = browsing.home()
    assert front is not None  # it stands above every page
    html = show_part(front, "portal/password.html", asked, **context)
    headers = HEADERS | {"Content-Language": asked.language}
    return HttpResponse(html, status=422 if form.errors else 200, headers=headers)


def _is_right(request: HttpRequest, form: PasswordForm, shut: PageViewRestriction) -> bool:
    try:
        try_password(
            door=shut, password=form.cleaned_data["password"], address=request.META.get("REMOTE_ADDR", ""),
            at=request.at,  # type: ignore[attr-defined]
        )  # fmt: skip
    except Refused as refusal:
        refuse(form, refusal)
        return False
    return True

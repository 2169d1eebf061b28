"""Home, and search."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from giaoban.desk import queries
from giaoban.portal.queries import browsing


def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person who signed in. Who has not finds the portal where there is one."""
    if not request.user.is_authenticated:
        if browsing.home():
            return redirect("portal:page", request.LANGUAGE_CODE, "")  # type: ignore[attr-defined]
        return redirect_to_login("/")
    return render(request, "desk/home.html", {"tray": queries.tray(request.by)})


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Everything with these words that he may see."""
    words = request.GET.get("q", "").strip()[:200]
    hits = queries.search(request.by, words) if words else []
    return render(request, "desk/search.html", {"words": words, "hits": hits})

"""The public search. Its address is its question: it can be kept, sent on and gone back to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from giaoban.portal import reading
from giaoban.portal.queries import browsing, finding
from giaoban.portal.queries.showing import Asked
from giaoban.portal.showing import show_part
from giaoban.portal.views.public import asked_of


@require_safe
def search(request: HttpRequest, language: str) -> HttpResponse:
    """Found pages, or what to do when nothing is found."""
    front = browsing.home()
    if front is None:
        raise Http404
    asked = asked_of(request, language)
    with translation.override(language):
        context = found(asked)
    plain = reading.read(request).is_plain
    html = show_part(front, "portal/search.html", asked, **context, with_reading=not plain)
    cache = "public, no-cache" if plain else "private, no-cache"
    return HttpResponse(html, headers={"Content-Language": language, "Cache-Control": cache})


def found(asked: Asked) -> dict[str, Any]:
    """What the page shows. One query for the units, three for the hits.

    Where there are none, three more, for ways on.
    """
    given = dict(asked.chosen)
    wished = finding.wish(given, asked.number)
    here = finding.Search(asked.language, at=asked.at, beside=asked.around)
    answer = here.find(wished)
    context = {
        "wished": wished, "chosen": given, "sheet": answer.sheet, "is_searched": not wished.is_empty,
        "kinds": [(kind, answer.kinds.get(kind, 0)) for kind in finding.KINDS], "units": here.units(),
        "here": address(asked.language), "turn": address("en" if asked.language == "vi" else "vi", wished.words),
    }  # fmt: skip
    if not answer.sheet.total and not wished.mistakes:
        context["newest"] = finding.newest(at=asked.at, beside=asked.around)
        if wished.words:
            there = here.spoken("en" if asked.language == "vi" else "vi")
            wider = [(here, wished.widest)] if wished.is_narrowed else []
            elsewhere, *unnarrowed = finding.how_many((there, wished), *wider)
            context |= {"elsewhere": elsewhere, "unnarrowed": sum(unnarrowed)}
    return context


def address(language: str, words: str = "") -> str:
    """Where the search stands in a language, with its words."""
    found = reverse("portal:search", kwargs={"language": language})
    return f"{found}?{urlencode({'q': words})}" if words else found

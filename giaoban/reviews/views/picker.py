"""Pick words out of unit reports for a paragraph."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from giaoban.core.folding import matching
from giaoban.core.language import reader_language
from giaoban.core.refused import Refused
from giaoban.lib.errors import LibError
from giaoban.lib.periods import parse
from giaoban.lib.text import sentences as cut
from giaoban.plans.models import Activity
from giaoban.plans.queries import activities_of
from giaoban.reviews.actions.sentences import Excerpt, take_activities
from giaoban.reviews.actions.sentences import take as take_words
from giaoban.reviews.labels import period_label
from giaoban.reviews.models import Block, Review
from giaoban.reviews.queries import narratives
from giaoban.reviews.views.editor import back_to, draft_for
from giaoban.reviews.views.pages import about

SIZE = 20
MOST_ACTIVITIES = 50


@login_required
def take(request: HttpRequest, agreement: str, pk: int, block: int) -> HttpResponse:
    """Search the units' words (marks and đ do not count), tick sentences, take them."""
    row = draft_for(request, agreement, pk)
    found = get_object_or_404(Block.objects.select_related("section"), section__review=row, pk=block)
    if request.method == "POST":
        chosen = [_excerpt(value) for value in request.POST.getlist("take")]
        activities = _activities(request, row)
        if not chosen and not activities:
            raise Refused(_("Tick at least one sentence to take."))
        given: dict[str, Any] = {"review": row, "block": found, "by": request.by, "at": request.at}
        taken = take_words(excerpts=chosen, **given) if chosen else []
        taken += take_activities(activities=activities, **given) if activities else []
        said = ngettext("%(count)s sentence was taken.", "%(count)s sentences were taken.", len(taken))
        messages.success(request, said % {"count": len(taken)})
        return back_to(row, found.section, f"block-{found.pk}")
    context = about(request, row) | {"block": found, "section": found.section} | _listing(request, row)
    return render(request, "reviews/take.html", context)


def _activities(request: HttpRequest, row: Review) -> list[Activity]:
    """The activities ticked, of those the reader may see."""
    asked = [int(pk) for pk in request.POST.getlist("activity") if pk.isdigit()]
    found = activities_of(row.agreement, request.by).filter(pk__in=asked)
    return list(found.order_by("held_on", "pk")) if asked else []


def _recorded(request: HttpRequest, row: Review, period: str, unit: int | None, words: str) -> list[Activity]:
    """The activities of the period, the typical ones first."""
    first, last = narratives.days_of(row.agreement, period)
    rows = activities_of(row.agreement, request.by).filter(held_on__range=(first, last))
    rows = rows.filter(unit=unit) if unit else rows
    rows = matching(rows, words, ("title", "output", "place", "partners")) if words else rows
    return list(rows.order_by("-is_typical", "held_on", "pk")[:MOST_ACTIVITIES])


def _listing(request: HttpRequest, row: Review) -> dict[str, Any]:
    asked = request.GET
    period = _period(asked.get("period", ""), row.period)
    unit = int(asked["unit"]) if asked.get("unit", "").isdigit() else None
    question, words = asked.get("question", ""), asked.get("q", "").strip()[:200]
    titles = narratives.questions(row.agreement, row.language)
    rows = narratives.found(row.agreement, period, titles, unit=unit, question=question, words=words)
    page = Paginator(rows, SIZE).get_page(asked.get("page"))
    language = reader_language()
    taken = narratives.taken(row, page.object_list)
    lines = [
        (
            n,
            period_label(n.period, language),
            (n.revision, n.code) in taken,
            [(f"{n.revision}|{n.code}|{i}", text) for i, text in enumerate(cut(n.text))],
        )
        for n in page.object_list
    ]
    return {
        "lines": lines, "slice": page, "words": words, "unit": unit, "question": question, "period": period,
        "units": narratives.units_heard(row.agreement, period),
        "questions": titles.items(),
        "activities": [] if question else _recorded(request, row, period, unit, words),
    }  # fmt: skip


def _period(text: str, otherwise: str) -> str:
    try:
        return parse(text.strip()).text
    except LibError:
        return otherwise


def _excerpt(value: str) -> Excerpt:
    """revision|question|n-th sentence, as the list wrote it."""
    revision, _bar, rest = value.partition("|")
    code, _bar, nth = rest.rpartition("|")
    if not (revision.isdigit() and nth.isdigit()):
        raise Refused(_("This list is out of date. Reload it and choose again."))
    return Excerpt(int(revision), code, nth=int(nth))

"""Read a review; its history."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from giaoban.lib.paper import html
from giaoban.reviews import queries
from giaoban.reviews.exports import FORMATS
from giaoban.reviews.models import Review, State
from giaoban.reviews.policy import REVIEWS
from giaoban.reviews.queries import composing
from giaoban.reviews.views.lists import TONES


def about(request: HttpRequest, review: Review) -> dict[str, Any]:
    """What every page of a review shows around its content. No query: every right reaches the whole agreement."""

    def may(right: str) -> bool:
        return REVIEWS.may_in(request.by, right, review.agreement_id)

    moves = [m for m in REVIEWS.moves.values() if review.state in m.sources and may(m.right)]
    return {
        "agreement": review.agreement, "review": review, "tone": TONES[State(review.state)], "formats": FORMATS,
        "moves": [m for m in moves if m.name != "replace"], "may_write": review.is_draft and may("write"),
        "may_correct": review.state == State.ISSUED and may("issue"),
    }  # fmt: skip


@login_required
def review(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The review as it reads, every figure linked to what is behind it."""
    row = queries.review_for(request.by, agreement, pk)
    found = queries.contents(row)
    paper = html.fragment(composing.screen(row, found), level=2)
    context = about(request, row) | {
        "paper": mark_safe(paper), "figures": len(found.used), "unsupported": len(found.unsupported),
        "publishable": any(b.block.publishable for b in found.bodies),
        "recall": getattr(row, "recall", None), "correction": row.corrected_by.select_related("new").last(),
    }  # fmt: skip
    return render(request, "reviews/review.html", context)


@login_required
def paper_css(request: HttpRequest, agreement: str) -> HttpResponse:
    """The style of a paper; the same that files carry."""
    return HttpResponse(
        html.stylesheet(), content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=3600"}
    )


@login_required
def history(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Who did what with the review, and when."""
    row = queries.review_for(request.by, agreement, pk)
    return render(request, "reviews/history.html", about(request, row) | {"lines": queries.history(row)})

"""What reviews show on the pages of lower apps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from giaoban.agreements.models import Article
from giaoban.core.slots import fills
from giaoban.reviews.models import Review, State
from giaoban.reviews.queries import visible


@fills("agreements.article", template="reviews/panel_article.html", order=30)
def reviews_carrying_out(rows: Sequence[Article], *, request: HttpRequest) -> dict[int, dict[str, Any]]:
    """The reviews of each article that the reader may read. One query."""
    found: dict[int, list[Review]] = defaultdict(list)
    known = visible(request.by).filter(article__in=rows).exclude(state=State.DISCARDED)  # type: ignore[attr-defined]
    for review in known.select_related("agreement"):
        found[review.article_id or 0].append(review)
    return {pk: {"reviews": reviews} for pk, reviews in found.items()}

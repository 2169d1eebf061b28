"""What forms and regimes show on the pages of lower apps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from giaoban.agreements.models import Agreement, Article
from giaoban.agreements.queries import agreements_of
from giaoban.core.slots import fills
from giaoban.reportforms.models import Regime


@fills("agreements.overview", template="reportforms/panel_regimes.html")
def regimes(rows: Sequence[Agreement], *, request: HttpRequest) -> dict[int, dict[str, Any]]:
    """The regimes of each agreement. One query."""
    found: dict[int, list[Regime]] = defaultdict(list)
    for regime in Regime.objects.filter(agreement__in=rows).select_related("form"):
        found[regime.agreement_id].append(regime)
    return {row.pk: {"agreement": row, "regimes": found[row.pk]} for row in rows}


@fills("agreements.article", template="reportforms/panel_article.html", order=10)
def regimes_carrying_out(rows: Sequence[Article], *, request: HttpRequest) -> dict[int, dict[str, Any]]:
    """The regimes that point to each article, of agreements the reader may read. One query."""
    found: dict[int, list[Regime]] = defaultdict(list)
    seen = agreements_of(request.by).values("pk")  # type: ignore[attr-defined]
    known = Regime.objects.filter(article__in=rows, agreement__in=seen)
    for regime in known.select_related("agreement"):
        found[regime.article_id or 0].append(regime)
    return {pk: {"regimes": regimes} for pk, regimes in found.items()}

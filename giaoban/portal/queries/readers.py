"""What readers told: requests for corrections, and numbers of readings, useful or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from giaoban.core.actors import Actor
from giaoban.portal.models import Correction, PageDay, PortalPage
from giaoban.portal.policy import CORRECTIONS, PORTAL
from giaoban.portal.queries.browsing import light

#: Days that the numbers may be asked for.
SPANS = (7, 30, 90, 365)


def corrections_of(by: Actor) -> QuerySet[Correction]:
    """Requests about the pages this person writes, the most urgent first."""
    return (
        Correction.objects.filter(CORRECTIONS.q(by, "read"))
        .select_related("page__unit")
        .order_by("due_on", "pk")
    )


def correction_for(by: Actor, pk: int) -> Correction:
    """A request, or 404."""
    return get_object_or_404(corrections_of(by), pk=pk)


def waiting(by: Actor) -> int:
    """How many requests wait for this person."""
    return Correction.objects.filter(CORRECTIONS.q(by, "answer"), state="new").count()


def read_pages(by: Actor, *, since: date, until: date) -> QuerySet[PortalPage]:
    """The pages this person writes that somebody read in these days: reads, useful, useless."""
    within = Q(days__day__gte=since, days__day__lte=until)
    rows = light(PortalPage.objects.filter(PORTAL.q(by, "write"))).select_related("unit")
    sums = {name: Coalesce(Sum(f"days__{name}", filter=within), 0) for name in ("reads", "useful", "useless")}
    rows = rows.annotate(**sums, asked=F("useful") + F("useless"))
    return rows.filter(Q(reads__gt=0) | Q(asked__gt=0))


def last_day(by: Actor) -> date | None:
    """The newest day with a number about the pages this person writes."""
    mine = PortalPage.objects.filter(PORTAL.q(by, "write")).values("pk")
    return PageDay.objects.filter(page__in=mine).aggregate(day=Max("day"))["day"]  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Bar:
    """A day of the plot: its readings, and where its bar stands in a drawing 100 high."""

    day: date
    reads: int
    x: int
    height: int

    @property
    def y(self) -> int:
        return 100 - self.height


def by_day(by: Actor, *, since: date, until: date) -> list[Bar]:
    """The readings of every day, quiet days too."""
    mine = PortalPage.objects.filter(PORTAL.q(by, "write")).values("pk")
    rows = PageDay.objects.filter(page__in=mine, day__gte=since, day__lte=until).values("day")
    held: dict[Any, int] = {row["day"]: row["n"] for row in rows.annotate(n=Sum("reads"))}
    days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    most = max(held.values(), default=0) or 1
    return [
        Bar(day, held.get(day, 0), n * 10, round(100 * held.get(day, 0) / most)) for n, day in enumerate(days)
    ]

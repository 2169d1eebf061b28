"""What stands on each kind of page, beside its own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, F, Q, QuerySet, Value, When, prefetch_related_objects

from giaoban.portal.models import (
    DocumentPage,
    HomePage,
    MeetingPage,
    NewsArticle,
    OrganisationPage,
    PlanPage,
    PortalPage,
    RegisterPage,
    ReviewPage,
    SectionPage,
    UnitPage,
)
from giaoban.portal.models.noting import holds_until
from giaoban.portal.queries import browsing, working
from giaoban.portal.queries.furnishing import furniture


@dataclass(frozen=True)
class Asked:
    """What a reader asks of a page: its language, the instant, and for lists a sheet, a month, words."""

    language: str
    at: datetime
    number: int = 1
    month: str = ""
    chosen: tuple[tuple[str, str], ...] = ()

    def link(self, number: int) -> str:
        """The same question for another sheet, as the query of an address."""
        pairs = [*self.chosen, ("month", self.month), ("sheet", str(number) if number > 1 else "")]
        return "?" + urlencode([(name, value) for name, value in pairs if value])

    @cached_property
    def around(self) -> browsing.Around:
        """The menu, and what is closed. Asked for once."""
        return browsing.around(at=self.at, furnished=True)

    def open(self, rows: QuerySet[browsing.Kind], page: PortalPage) -> QuerySet[browsing.Kind]:
        """Of these pages those that whoever reads `page` may read too, without their texts."""
        return browsing.light(self.around.open(rows, at=self.at, within=page))

    @property
    def day(self) -> date:
        """Today, where the portal is; what asks for it holds until the day is over."""
        here = self.at.astimezone(ZoneInfo(settings.TIME_ZONE))
        holds_until(datetime.combine(here.date() + timedelta(days=1), time(), tzinfo=here.tzinfo))
        return here.date()


def frame(page: PortalPage, asked: Asked, way: list[PortalPage] | None = None) -> dict[str, Any]:
    """The frame around every page: front page, menu, way to the page. One query, one more without the way."""
    way = browsing.ancestors(page) if way is None else way
    front = page if isinstance(page, HomePage) else way[0].homepage
    around = furniture(front, asked.around)
    return {
        "page": page,
        "home": front,
        "way": way[1:],
        "menu": around.menu,
        "furniture": around,
        "way_keys": {step.pk for step in way[1:]},
        "language": asked.language,
        "other": "en" if asked.language == "vi" else "vi",
        "asked": asked,
        "origin": settings.SITE_URL,
    }


def contents(page: PortalPage, asked: Asked) -> dict[str, Any]:
    """The page's own part, by its type."""
    for kind in type(page).__mro__:
        if kind in SHOWN:
            return SHOWN[kind](page, asked)
    return {}


def _home(page: HomePage, asked: Asked) -> dict[str, Any]:
    """The newest meeting and the newest review lead; then news and documents. Pictures in one query."""

    def newest(kinds: tuple[type[PortalPage], ...], many: int, *related: str) -> list[PortalPage]:
        rows = browsing.telling(at=asked.at, beside=asked.around, kinds=kinds).prefetch_related(None)
        return list(rows.select_related("picture", "unit", *related)[:many])

    news = newest((NewsArticle,), 7)
    work = newest((ReviewPage, MeetingPage), 8, "meetingpage")
    meeting = next((row for row in work if hasattr(row, "meetingpage")), None)
    review = next((row for row in work if not hasattr(row, "meetingpage")), None)
    prefetch_related_objects([row for row in (*news, meeting) if row], "picture__renditions")
    numbers, language = browsing.numbers_of(review, asked.language) if review else ([], "")
    return {
        "first": news[0] if news else None, "news": news[1:], "meeting": meeting, "review": review,
        "numbers": numbers[:4], "numbers_language": language,
        "documents": newest((DocumentPage,), 4, "documentpage"),
    }  # fmt: skip


def _section(page: SectionPage, asked: Asked) -> dict[str, Any]:
    every = browsing.telling(at=asked.at, beside=asked.around, under=page)
    rows = every
    months = browsing.months(every)
    if asked.month:
        year, month = asked.month.split("-")
        rows = rows.filter(when__year=int(year), when__month=int(month))
    return {
        "sheet": browsing.sheet(
            rows, asked.number, total=None if asked.month else sum(m["n"] for m in months)
        ),
        "months": months,
        "below": browsing.children(page, at=asked.at),
    }


def _article(page: NewsArticle, asked: Asked) -> dict[str, Any]:
    papers = [row.document for row in page.papers.select_related("document")]
    named = [row for row in (page.canonical, page.meeting, page.review, *papers) if row]
    rows = PortalPage.objects.filter(Q(pk__in=[row.pk for row in named]) | Q(canonical=page.pk))
    found = list(asked.open(rows, page).select_related("unit").order_by("pk"))
    readable = {row.pk for row in found}
    followed = page.canonical if page.canonical_id in readable and not page.canonical.is_withdrawn else None
    own_first = Case(When(unit=page.unit_id, then=0), default=1) if page.unit_id else Value(0)
    others = browsing.telling(at=asked.at, beside=asked.around, kinds=(NewsArticle,)).exclude(pk=page.pk)
    return {
        "papers": [row for row in papers if row.pk in readable],
        "meeting": page.meeting if page.meeting_id in readable else None,
        "review": page.review if page.review_id in readable else None,
        "others": list(others.order_by(own_first, F("when").desc(nulls_last=True), "-pk")[:3]),
        "canonical": followed,
        "told_again": [row for row in found if row.canonical_id == page.pk and not row.is_withdrawn],
    }


SHOWN: dict[type[PortalPage], Callable[[Any, Asked], dict[str, Any]]] = {
    HomePage: _home,
    SectionPage: _section,
    NewsArticle: _article,
    ReviewPage: working.review_page,
    MeetingPage: working.meeting_page,
    OrganisationPage: working.organisation_page,
    UnitPage: working.unit_page,
    PlanPage: working.plan_page,
    DocumentPage: working.document_page,
    RegisterPage: working.register_page,
}

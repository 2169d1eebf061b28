"""The programme's work as the public sees it: an issued review, a meeting, a plan with its results, units."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from giaoban.lib import periods
from giaoban.plans.queries.targets import targets_of
from giaoban.portal.models import (
    DocumentPage,
    MeetingPage,
    NewsArticle,
    OrganisationPage,
    PlanPage,
    PortalPage,
    ReviewPage,
    UnitPage,
)
from giaoban.portal.models.noting import holds_until
from giaoban.portal.queries import browsing
from giaoban.portal.queries.recounting import publishable
from giaoban.portal.queries.sitting import sitting
from giaoban.reviews.screen import ShownBody, shown_bodies
from giaoban.rollups.queries.rows import ask
from giaoban.units.models import Parent, Unit, valid_on

#: A meeting that ends at an instant is over just after it.
SOON = timedelta(microseconds=1)


@dataclass
class Shown:
    """A section of a review with the blocks of it that may be published."""

    title: str
    level: int
    bodies: list[ShownBody]


def review_page(page: ReviewPage, asked: Any) -> dict[str, Any]:
    """The publishable blocks, nothing reworded, and the figures in them with how complete each is."""
    review = page.of_review
    found = publishable(review)
    bodies = {b.block.pk: b for b in shown_bodies(found, review.language)}
    sections = [
        Shown(s.title, s.level, [bodies[b.block.pk] for b in under]) for s, under in found.sections if under
    ]
    sources = {f.sources.pk: f.sources for f in found.used if f.sources}
    which = Q(newsarticle__review=page) | Q(meetingpage__review=page)
    articles, meetings = _grouped(page, asked, which, NewsArticle, MeetingPage)
    return {
        "review": review,
        "sources": sorted(sources.values(), key=lambda s: (-s.reports, s.pk)),
        "sections": sections,
        "figures": [(f, f.shown(review.language)) for f in found.used],
        "articles": articles,
        "meetings": meetings,
    }


def _grouped(page: PortalPage, asked: Any, which: Q, *kinds: type[PortalPage]) -> list[list[PortalPage]]:
    """Of these pages those that may be read, kind by kind. One query."""
    found: dict[int, list[PortalPage]] = {ContentType.objects.get_for_model(kind).pk: [] for kind in kinds}
    rows = PortalPage.objects.filter(which, content_type__in=[*found])
    for row in asked.open(rows, page).order_by("path"):
        found[row.content_type_id].append(row)
    return list(found.values())


def meeting_page(page: MeetingPage, asked: Any) -> dict[str, Any]:
    """Before, during, after: by the instant it is asked for."""
    for change in (page.starts_at, page.ends_at):
        if change >= asked.at:
            holds_until(change + SOON)
    when = "after" if page.ends_at < asked.at else "during" if page.starts_at <= asked.at else "before"
    which = Q(newsarticle__meeting=page) | Q(pk=page.review_id)
    articles, reviews = _grouped(page, asked, which, NewsArticle, ReviewPage)
    return {
        "when": when,
        "review": reviews[0] if reviews else None,
        "articles": articles,
        **sitting(page, asked),
    }


@dataclass
class Branch:
    """A unit of the chart with those below it."""

    unit: Unit
    page: UnitPage | None = None
    below: list[Branch] = field(default_factory=list)


def organisation_page(page: OrganisationPage, asked: Any) -> dict[str, Any]:
    """The tree of the agreement's units of that day, from the coordinating one down."""
    if page.agreement is None:
        return {"trunk": None}
    edges = Parent.objects.filter(valid_on(asked.day), hierarchy=page.agreement.hierarchy)
    under: dict[int, list[Unit]] = {}
    for edge in edges.select_related("unit").order_by("unit__code"):
        under.setdefault(edge.parent_id, []).append(edge.unit)
    pages = {p.unit_id: p for p in asked.open(UnitPage.objects.filter(path__startswith=page.path), page)}
    return {"trunk": _branch(page.agreement.lead, under, pages)}


def _branch(unit: Unit, under: dict[int, list[Unit]], pages: dict[int | None, UnitPage]) -> Branch:
    below = [_branch(child, under, pages) for child in under.get(unit.pk, ())]
    return Branch(unit, pages.get(unit.pk), below)


def unit_page(page: UnitPage, asked: Any) -> dict[str, Any]:
    """Contacts, the unit above, and the unit's own news."""
    edge = Parent.objects.filter(valid_on(asked.day), unit=page.unit_id).select_related("parent").first()
    return {
        "contacts": list(page.contacts.all()),
        "above": edge.parent if edge else None,
        "news": list(
            browsing.telling(at=asked.at, beside=asked.around, unit=page.unit_id, kinds=(NewsArticle,))[:6]
        ),
    }


@dataclass(frozen=True)
class Outcome:
    """A target of the year and what came of it, with how many reports stand behind it."""

    indicator: Any
    target: Decimal
    value: Decimal | None
    decimals: int
    accepted: int
    due: int

    @property
    def reached(self) -> bool:
        return self.value is not None and self.value >= self.target


def plan_page(page: PlanPage, asked: Any) -> dict[str, Any]:
    """The targets of the coordinating unit for the year, each with its exact result."""
    agreement = page.agreement
    if agreement is None:
        return {"outcomes": []}
    assert asked.day
    period = periods.parse(str(page.year))
    targets = list(targets_of(agreement).filter(unit=agreement.lead_id, period=period.text))
    answer = ask(agreement, [t.indicator for t in targets], [agreement.lead], [period]) if targets else None
    outcomes = []
    for target in targets:
        row = answer.row(target.indicator, agreement.lead, period) if answer else None
        outcomes.append(
            Outcome(
                target.indicator, target.value, row.shown if row else None, target.indicator.decimals,
                row.accepted if row else 0, row.due if row else 0,
            )
        )  # fmt: skip
    return {"outcomes": outcomes}


def document_page(page: DocumentPage, asked: Any) -> dict[str, Any]:
    """Where the document stands today, its files, what it replaced and what replaced it."""
    after = asked.open(DocumentPage.objects.filter(pk=page.replaced_by_id), page).first()
    return {
        "force": page.force(asked.day),
        "files": [row.file for row in page.files.select_related("file")],
        "after": after,
        "before": list(asked.open(page.replaces.all(), page)),
    }


def register_page(page: Any, asked: Any) -> dict[str, Any]:
    """The documents, newest first, found by words and year."""
    from giaoban.core.folding import matching

    every = asked.open(DocumentPage.objects.filter(path__startswith=page.path), page)
    years = sorted({day.year for day in every.values_list("issued_on", flat=True)}, reverse=True)
    chosen = dict(asked.chosen)
    rows = every.order_by("-issued_on", "-pk")
    if chosen.get("year", "").isdigit():
        rows = rows.filter(issued_on__year=int(chosen["year"]))
    if chosen.get("q"):
        rows = matching(rows, chosen["q"], ("title", "title_en", "number", "issuer", "signer"))
    sheet = browsing.sheet(rows, asked.number, 20)
    return {
        "sheet": sheet, "years": years, "chosen": chosen, "rows": [(row, row.force(asked.day)) for row in sheet.rows],
    }  # fmt: skip

"""What is behind a figure: its query in words, its reports by unit, page by page, and how it stands today."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef

from giaoban.core.actors import Actor
from giaoban.reports.models import Report, Revision
from giaoban.reports.policy import REPORTS
from giaoban.reviews.models import Figure, FigureKind, Review
from giaoban.reviews.questions import Question

SIZE = 50


@dataclass
class Source:
    """One report behind a figure, at the revision that counted. may_open: is its page the reader's too?"""

    report: Report
    revision: Revision
    may_open: bool

    @property
    def is_current(self) -> bool:
        """Does this revision still count?"""
        return self.report.accepted_id == self.revision.pk


@dataclass
class Trace:
    """units: one line per unit. sources: the reports of one unit, or of all, paged."""

    figure: Figure
    question: Question | None
    parts: list[Figure] = field(default_factory=list)
    units: list[dict[str, Any]] = field(default_factory=list)
    unit: int | None = None
    page: Page[tuple[int, int]] | None = None
    sources: list[Source] = field(default_factory=list)

    @property
    def digest(self) -> str:
        return self.figure.sources.digest if self.figure.sources else ""


def trace(
    review: Review, figure: Figure, *, by: Actor, unit: int | None = None, page: str | None = None
) -> Trace:
    """Four queries. by: who reads; unit: only this unit's reports; page: of them, 50 at a time."""
    derived = figure.kind in (FigureKind.CHANGE, FigureKind.SHARE)
    question = None if derived else Question.stored(figure.kind, figure.query)
    found = Trace(figure, question, unit=unit)
    if derived:
        wanted = [figure.query["of"], figure.query["against"]]
        found.parts = list(Figure.objects.filter(review=review, number__in=wanted))
    if figure.sources is None:
        return found
    found.units = figure.sources.units
    pairs = figure.sources.pairs
    if unit is not None:
        own = set(
            Report.objects.filter(unit=unit, pk__in=[r for r, _v in pairs]).values_list("pk", flat=True)
        )
        pairs = [pair for pair in pairs if pair[0] in own]
    found.page = Paginator(pairs, SIZE).get_page(page)
    found.sources = _sources(list(found.page.object_list), by)
    return found


def _sources(pairs: list[tuple[int, int]], by: Actor) -> list[Source]:
    readable = Report.objects.filter(REPORTS.q(by, "read"), pk=OuterRef("report_id"))
    revisions = Revision.objects.filter(pk__in=[v for _r, v in pairs]).defer("document")
    rows = revisions.select_related("report__unit", "report__regime").annotate(may_open=Exists(readable))
    return [
        Source(revision.report, revision, revision.may_open)
        for revision in sorted(rows, key=lambda r: (r.report.last_day, r.report.unit.code))
    ]

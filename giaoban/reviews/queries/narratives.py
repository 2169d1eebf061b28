"""What units said in their own words, to be taken into a review: search, filter, what is taken already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTransform

from giaoban.agreements.models import Agreement
from giaoban.lib import periods
from giaoban.lib.text import fold, pick
from giaoban.reportforms.models import FormVersion, Regime
from giaoban.reportforms.queries import window_of
from giaoban.reports.models import Report
from giaoban.reviews.models import Review, SentenceSource
from giaoban.units.models import Unit


@dataclass(frozen=True)
class Narrative:
    """One answer of one accepted report."""

    report: int
    revision: int
    unit: Unit
    period: str
    last_day: date
    code: str
    question: str
    text: str


def questions(agreement: Agreement, language: str) -> dict[str, str]:
    """Every question of the agreement's forms: code -> title, in the order of the forms."""
    versions = FormVersion.objects.filter(form__agreement=agreement).order_by("form", "number")
    found: dict[str, str] = {}
    for version in versions:
        found |= {q["code"]: pick(q["title"], language) or q["code"] for q in version.narratives}
    return found


def days_of(agreement: Agreement, period: str) -> tuple[date, date]:
    """First and last day of a period in the calendars of the agreement's regimes, the widest of them."""
    asked = periods.parse(period)
    regimes = Regime.objects.filter(agreement=agreement)
    spans = [periods.span(asked, window_of(r), "week" if r.frequency == "week" else None) for r in regimes]
    spans = spans or [periods.span(asked, periods.Window())]
    return min(s.first for s in spans), max(s.last for s in spans)


def accepted_in(agreement: Agreement, period: str) -> QuerySet[Report]:
    """The accepted reports of every kind whose own span lies inside the period, oldest first."""
    first, last = days_of(agreement, period)
    rows = Report.objects.filter(
        agreement=agreement, accepted__isnull=False, starts_on__gte=first, last_day__lte=last
    )
    return rows.order_by("last_day", "unit__code", "pk")


def found(
    agreement: Agreement, period: str, titles: Mapping[str, str], *, unit: int | None = None, question: str = "",
    words: str = "",
) -> list[Narrative]:  # fmt: skip
    """The answers in accepted reports of the period, oldest first; marks, đ and capitals do not count in words.

    titles: of the questions, see `questions`. unit: only this unit's. question: only answers to this one.
    """
    rows = accepted_in(agreement, period).filter(accepted__document__has_key="narratives")
    if unit is not None:
        rows = rows.filter(unit=unit)
    said = rows.annotate(said=KeyTransform("narratives", "accepted__document")).values_list(
        "pk", "accepted_id", "unit_id", "period", "last_day", "said"
    )
    wanted = fold(words).split()
    answers = [
        (report, revision, unit_id, own, last_day, code, text)
        for report, revision, unit_id, own, last_day, narratives in said
        for code, text in narratives.items()
        if (not question or code == question) and _holds(text, wanted)
    ]
    units = Unit.objects.in_bulk({answer[2] for answer in answers})
    return [
        Narrative(report, revision, units[unit_id], own, last_day, code, titles.get(code, code), text)
        for report, revision, unit_id, own, last_day, code, text in answers
    ]


def taken(review: Review, narratives: Iterable[Narrative]) -> set[tuple[int, str]]:
    """Which of them stand in the review already: pairs (revision, question). One query."""
    revisions = {n.revision for n in narratives}
    rows = SentenceSource.objects.filter(
        sentence__block__section__review=review, sentence__removed=False,
        sentence__block__removed=False, revision__in=revisions,
    )  # fmt: skip
    return set(rows.values_list("revision", "narrative"))


def _holds(text: str, words: list[str]) -> bool:
    if not words:
        return True
    folded = fold(text)
    return all(word in folded for word in words)


def units_heard(agreement: Agreement, period: str) -> list[Unit]:
    """The units that said something in the period, by code: the choices of a filter."""
    ids = accepted_in(agreement, period).filter(accepted__document__has_key="narratives").values("unit")
    return list(Unit.objects.filter(pk__in=ids).order_by("code"))

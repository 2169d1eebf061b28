"""Contributions, photographs and answers, for those who may know of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from giaoban.core.actors import Actor
from giaoban.meetings.models import (
    Contribution,
    ContributionState,
    Meeting,
    Question,
    QuestionPart,
    SurveyTicket,
)
from giaoban.meetings.policy import CONTRIBUTIONS, MEETINGS

#: Below this many answers a survey shows no result, so that nobody is recognised.
FEWEST = 3
SHOWN = (ContributionState.PLACED, ContributionState.GIVEN, ContributionState.WRITTEN)


def contributions_of(meeting: Meeting, by: Actor) -> QuerySet[Contribution]:
    """Those on the list for everybody; those merely registered for their unit and the secretariat."""
    own = CONTRIBUTIONS.q(by, "register")
    if MEETINGS.may_in(by, "read_draft", meeting.agreement_id):
        own = Q(pk__isnull=False)
    rows = Contribution.objects.filter(meeting=meeting).filter(own | Q(state__in=SHOWN))
    return rows.select_related("unit", "document", "meeting__agreement")


def contribution_for(meeting: Meeting, by: Actor, pk: int, right: str = "read") -> Contribution:
    found = contributions_of(meeting, by).filter(CONTRIBUTIONS.q(by, right), pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


@dataclass(frozen=True)
class Result:
    """A survey question with its counts in the order of its answers; counts is None while too few answered."""

    question: Question
    counts: list[tuple[str, int]] | None
    answered: int


def survey_results(meeting: Meeting) -> tuple[int, list[Result]]:
    """How many answered, and the counts. Three queries."""
    answered = SurveyTicket.objects.filter(delegate__invitation__meeting=meeting).count()
    results = []
    for question in meeting.questions.filter(part=QuestionPart.SURVEY).prefetch_related("tallies"):
        given = {tally.option: tally.count for tally in question.tallies.all()}
        total = sum(given.values())
        counts = [(option, given.get(option, 0)) for option in question.options] if total >= FEWEST else None
        results.append(Result(question, counts, total))
    return answered, results

"""Questions about conclusions and the amendments proposed for them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from giaoban.agreements.models import Proposal, ProposalState, State
from giaoban.agreements.queries.amending import own_units, proposals_of
from giaoban.core.actors import Actor
from giaoban.meetings.models import STANDING, Conclusion
from giaoban.meetings.policy import CONCLUSIONS
from giaoban.meetings.queries.conclusions import visible_conclusions


def proposal_of(conclusion: Conclusion, by: Actor) -> tuple[Proposal | None, bool]:
    """The amendment proposed for a conclusion, and whether the reader may open it."""
    found = conclusion.proposal
    if found is None:
        return None, False
    return found, proposals_of(by, conclusion.meeting.agreement).filter(pk=found.pk).exists()


def may_propose(conclusion: Conclusion, by: Actor) -> bool:
    """Does the conclusion still wait for its amendment to be proposed, by this actor?"""
    agreement = conclusion.meeting.agreement
    if not conclusion.amends or conclusion.state not in STANDING or agreement.state == State.REPLACED:
        return False
    if conclusion.proposal and conclusion.proposal.state != ProposalState.WITHDRAWN:
        return False
    return CONCLUSIONS.may_in(by, "give", agreement.pk) and bool(own_units(by, agreement))


def first_words(conclusion: Conclusion) -> dict[str, str]:
    """What the form of the proposal starts with."""
    meeting = conclusion.meeting
    day = date_format(meeting.agreement.day_of(meeting.starts_at), "SHORT_DATE_FORMAT")
    told = {"number": conclusion.number, "meeting": meeting, "day": day}
    return {
        "text": str(conclusion),
        "reason": _("Conclusion %(number)s of %(meeting)s, %(day)s.") % told,
    }


def behind(proposals: Sequence[Proposal], by: Actor) -> dict[int, Conclusion]:
    """The conclusion each proposal came of, if the reader may read it. One query."""
    rows = visible_conclusions(by).filter(proposal__in=proposals)
    return {row.proposal_id or 0: row for row in rows}

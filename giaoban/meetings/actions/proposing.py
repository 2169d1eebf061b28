"""A conclusion that asks for an amendment becomes a proposal in the agreement."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements import actions as agreements
from giaoban.agreements.models import Article, Proposal, ProposalState
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.meetings.models import STANDING, Conclusion
from giaoban.meetings.policy import CONCLUSIONS
from giaoban.units.models import Unit


def propose_amendment(
    *, conclusion: Conclusion, unit: Unit, article: Article | None, text: str, reason: str, by: Actor, at: datetime
) -> Proposal:  # fmt: skip
    """Propose the amendment that an accepted conclusion asks for. Once; again when it was withdrawn."""
    with transaction.atomic():
        rows = Conclusion.objects.select_for_update(of=("self",))
        locked = rows.select_related("meeting__agreement", "proposal").get(pk=conclusion.pk)
        if not CONCLUSIONS.may(by, "give", locked):
            raise Refused(_("You may not make proposals of the conclusions of this meeting."), code="right")
        if not locked.amends or locked.state not in STANDING:
            raise Refused(
                _("Only an accepted conclusion that asks for an amendment becomes a proposal."), code="state"
            )
        if locked.proposal and locked.proposal.state != ProposalState.WITHDRAWN:
            raise Refused(_("The amendment is proposed already."), code="state")
        made = agreements.propose(
            agreement=locked.meeting.agreement, unit=unit, article=article, text=text, reason=reason, by=by, at=at
        )  # fmt: skip
        locked.proposal = made
        locked.save(update_fields=["proposal"])
        audit.record(subject=locked, verb="propose amendment", by=by, at=at, detail={"proposal": made.pk})
    return made

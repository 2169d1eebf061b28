"""What units propose, and what the parties answer in a consultation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements.models import (
    Agreement,
    Article,
    Opinion,
    Proposal,
    Stance,
    State,
    Version,
    VersionState,
)
from giaoban.agreements.policy import OPINIONS, PROPOSALS
from giaoban.agreements.queries.parties import parts_on
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import move
from giaoban.core.refused import Refused
from giaoban.lib.text import nfc
from giaoban.units.models import Unit


def propose(
    *, agreement: Agreement, unit: Unit, article: Article | None, text: str, reason: str, by: Actor, at: datetime
) -> Proposal:  # fmt: skip
    """A unit proposes other words for an article, or (article None) something new, and says why."""
    text, reason = nfc(text.strip()), nfc(reason.strip())
    if not text:
        raise Refused(_("Write the words you propose."), field="text")
    if not reason:
        raise Refused(_("Give a reason."), field="reason")
    if agreement.state == State.REPLACED:
        raise Refused(_("The agreement was replaced; it is not amended any more."))
    if article is not None and article.agreement_id != agreement.pk:
        raise Refused(
            _("This article belongs to another agreement. Propose the change there."), field="article"
        )
    with transaction.atomic():
        made = Proposal.objects.create(
            agreement=agreement, article=article, unit=unit, text=text, reason=reason, made_at=at
        )
        if not PROPOSALS.may(by, "propose", made):
            raise Refused(_("You may propose only for your own unit."), field="unit", code="right")
        detail = {"article": article.pk if article else None, "unit": unit.pk}
        audit.record(subject=made, verb="propose", by=by, at=at, detail=detail)
    return made


def answer(
    *, proposal: Proposal, take_up: bool, reason: str, by: Actor, at: datetime, version: Version | None = None
) -> Proposal:  # fmt: skip
    """Take a proposal up (into the draft `version`, if there is one) or not; the unit reads why."""

    def change(row: Proposal) -> dict[str, int | None]:
        row.answer = nfc(reason.strip())
        row.version = version if take_up else None
        return {"version": row.version.pk if row.version else None}

    name = "take_up" if take_up else "decline"
    return move(proposal, name, by=by, at=at, policy=PROPOSALS, reason=reason, change=change)


def reconsider(*, proposal: Proposal, reason: str, by: Actor, at: datetime) -> Proposal:
    """What was not taken up is looked at once more; the old answer stays in the history."""
    return move(proposal, "reconsider", by=by, at=at, policy=PROPOSALS, reason=reason)


def withdraw(*, proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    """The unit takes its proposal back."""
    return move(proposal, "withdraw", by=by, at=at, policy=PROPOSALS)


def give_opinion(*, version: Version, unit: Unit, stance: str, text: str, by: Actor, at: datetime) -> Opinion:
    """What a party answers in the round that is open; it may be changed until the round ends."""
    text = nfc(text.strip())
    with transaction.atomic():
        version = Version.objects.select_for_update().select_related("agreement__lead").get(pk=version.pk)
        _check_round(version, unit, at)
        if stance not in Stance.values:
            raise Refused(_("Choose one of the answers."), field="stance")
        if stance != Stance.AGREES and not text:
            raise Refused(_("Say which words should change, and how."), field="text")
        given = {"stance": stance, "text": text, "given_at": at}
        made, is_new = Opinion.objects.update_or_create(
            version=version, round=version.round, unit=unit, defaults=given
        )
        if not OPINIONS.may(by, "give", made):
            raise Refused(_("You may answer only for your own unit."), field="unit", code="right")
        detail = {"unit": unit.pk, "round": version.round, "to": stance}
        verb = "give opinion" if is_new else "change opinion"
        audit.record(subject=version, verb=verb, by=by, at=at, detail=detail)
    return made


def _check_round(version: Version, unit: Unit, at: datetime) -> None:
    today = version.agreement.day_of(at)
    if version.state != VersionState.CONSULTED:
        raise Refused(_("No consultation is open on this version."), code="state")
    if version.due_on is not None and today > version.due_on:
        raise Refused(
            _("The day by which to answer has passed. Write to the coordinating unit."), code="late"
        )
    if unit.pk not in {part.unit_id for part in parts_on(version.agreement, today)}:
        raise Refused(_("This unit is not party to the agreement."), field="unit")

"""Delegates: named by their unit, agreed to, replaced, declined; who waits moves up in a fixed order."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from giaoban.core import audit, lifecycle
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib.text import nfc
from giaoban.meetings.actions.extras import answer_questions
from giaoban.meetings.actions.mailing import calendar_out
from giaoban.meetings.actions.seats import locked, promote
from giaoban.meetings.models import (
    ACTIVE,
    TAKEN,
    Delegate,
    DelegateState,
    Invitation,
    InvitationState,
)
from giaoban.meetings.policy import DELEGATES, INVITATIONS, MEETINGS
from giaoban.meetings.queries.seating import hall_of


@dataclass(frozen=True)
class Person:
    """Whom a unit names; everything but the name may be left empty."""

    name: str
    title: str = ""
    phone: str = ""
    email: str = ""
    transport: str = ""
    lodging: str = ""
    position: int | None = None

    def fields(self) -> dict[str, Any]:
        texts = ("name", "title", "phone", "email", "transport", "lodging")
        return {name: nfc(" ".join(getattr(self, name).split())) for name in texts}


def name_delegate(
    *,
    invitation: Invitation,
    person: Person,
    answers: Mapping[int, str] | None = None,
    by: Actor,
    at: datetime,
) -> Delegate:
    """Name somebody. He gets a seat, or waits, or is first to be agreed to; beyond the reserve it is refused."""
    _check_person(person)
    with transaction.atomic():
        row = _answerable(invitation, by, at)
        active = row.delegates.filter(state__in=ACTIVE).count()
        if active >= row.seats + row.reserve:
            raise Refused(_full(row), field="name", code="quota")
        if row.state == InvitationState.SENT:
            row = lifecycle.move(
                row,
                "accept",
                by=by,
                at=at,
                policy=INVITATIONS,
                change=lambda i: setattr(i, "answered_at", at),
            )
        last = row.delegates.aggregate(last=Max("position"))["last"] or 0
        made = Delegate.objects.create(
            invitation=row, code=_code(), state=_first_state(row), position=person.position or last + 1, named_at=at,
            **person.fields(),
        )  # fmt: skip
        if answers is not None:
            answer_questions(delegate=made, answers=answers)
        audit.record(subject=made, verb="name delegate", by=by, at=at, detail={"state": made.state})
        _invited(made, by, at)
    return made


def edit_delegate(
    *, delegate: Delegate, person: Person, answers: Mapping[int, str] | None = None, by: Actor, at: datetime
) -> Delegate:
    """Correct a name, a title, a phone; somebody else is a replacement."""
    _check_person(person)
    with transaction.atomic():
        _answerable(delegate.invitation, by, at)
        row = Delegate.objects.select_for_update().get(pk=delegate.pk)
        given = person.fields() | ({"position": person.position} if person.position else {})
        changed = [name for name, value in given.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, given[name])
        if answers is not None:
            answer_questions(delegate=row, answers=answers)
            changed = [*changed, "answers"]
        if changed:
            row.save()
            audit.record(subject=row, verb="edit delegate", by=by, at=at, detail={"fields": changed})
        if "email" in changed:
            _invited(row, by, at)
    return row


def replace(
    *, delegate: Delegate, person: Person, reason: str = "",
    answers: Mapping[int, str] | None = None, by: Actor, at: datetime,
) -> Delegate:  # fmt: skip
    """Somebody else comes in his place, with his seat and his order. Both stay on record."""
    _check_person(person)
    with transaction.atomic():
        row = _answerable(delegate.invitation, by, at)
        old = Delegate.objects.get(pk=delegate.pk)
        if hasattr(old, "replaced_by"):
            raise Refused(_("%(name)s was replaced already.") % {"name": old.name}, code="state")
        kept = old.state if old.state in ACTIVE else ""
        if not kept and row.delegates.filter(state__in=ACTIVE).count() >= row.seats + row.reserve:
            raise Refused(_full(row), field="name", code="quota")
        old = lifecycle.move(old, "replace", by=by, at=at, policy=DELEGATES, reason=reason)
        state = DelegateState.SEATED if kept == DelegateState.CONFIRMED else kept or _first_state(row)
        made = Delegate.objects.create(
            invitation=row, code=_code(), state=state, position=person.position or old.position, named_at=at,
            replaces=old, **person.fields(),
        )  # fmt: skip
        if answers is not None:
            answer_questions(delegate=made, answers=answers)
        audit.record(
            subject=made, verb="name delegate", by=by, at=at, detail={"state": state, "replaces": old.pk}
        )
        calendar_out(meeting=row.meeting, delegates=[old], by=by, at=at, cancel=True)
        _invited(made, by, at)
    return made


def confirm(*, delegate: Delegate, by: Actor, at: datetime) -> Delegate:
    """He will come."""
    _answerable(delegate.invitation, by, at)
    return lifecycle.move(delegate, "confirm", by=by, at=at, policy=DELEGATES)


def decline_delegate(*, delegate: Delegate, reason: str, by: Actor, at: datetime) -> Delegate:
    """He will not come; the seat goes to the next who waits."""
    return _leave(delegate, "decline", reason, by, at)


def agree(*, delegate: Delegate, by: Actor, at: datetime) -> Delegate:
    """The secretariat agrees: a seat if one is free, else he waits for one."""
    with transaction.atomic():
        meeting = locked(delegate.invitation.meeting)
        name = "seat" if hall_of(meeting).has_seat(delegate.invitation_id) else "wait"
        row = lifecycle.move(delegate, name, by=by, at=at, policy=DELEGATES)
        _invited(row, by, at)
    return row


def refuse(*, delegate: Delegate, reason: str, by: Actor, at: datetime) -> Delegate:
    """The secretariat does not agree."""
    return _leave(delegate, "refuse", reason, by, at)


def reconsider(*, delegate: Delegate, by: Actor, at: datetime) -> Delegate:
    """One who was not agreed to is looked at again, if his unit has not filled his place."""
    with transaction.atomic():
        row = _answerable(delegate.invitation, by, at)
        if row.delegates.filter(state__in=ACTIVE).count() >= row.seats + row.reserve:
            raise Refused(_full(row), code="quota")
        return lifecycle.move(
            delegate, "reconsider", by=by, at=at, policy=DELEGATES, change=lambda d: setattr(d, "reason", "")
        )


def let_go(*, invitation: Invitation, reason: str, by: Actor, at: datetime) -> None:
    """All delegates of a unit that does not come."""
    gone = [
        lifecycle.move(
            row, "decline", by=by, at=at, policy=DELEGATES, reason=reason,
            change=lambda d: setattr(d, "reason", reason.strip()),
        )
        for row in invitation.delegates.filter(state__in=ACTIVE)
    ]  # fmt: skip
    calendar_out(meeting=invitation.meeting, delegates=gone, by=by, at=at, cancel=True)


def _leave(delegate: Delegate, name: str, reason: str, by: Actor, at: datetime) -> Delegate:
    def change(row: Delegate) -> None:
        row.reason = reason.strip()

    with transaction.atomic():
        row = lifecycle.move(delegate, name, by=by, at=at, policy=DELEGATES, reason=reason, change=change)
        calendar_out(meeting=row.invitation.meeting, delegates=[row], by=by, at=at, cancel=True)
        promote(meeting=row.invitation.meeting, at=at)
    return row


def _invited(delegate: Delegate, by: Actor, at: datetime) -> None:
    """Whoever holds a seat gets it into his calendar."""
    if delegate.state in TAKEN:
        calendar_out(meeting=delegate.invitation.meeting, delegates=[delegate], by=by, at=at)


def _answerable(invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """The invitation, with the meeting locked, if this actor may still name people."""
    meeting = locked(invitation.meeting)
    row = Invitation.objects.select_related("unit").get(pk=invitation.pk)
    row.meeting = meeting
    if not INVITATIONS.may(by, "answer", row):
        raise Refused(_("You may not answer for this unit."), code="right")
    host = MEETINGS.may_in(by, "write", meeting.agreement_id)
    if not meeting.is_live or (at >= meeting.starts_at and not host):
        raise Refused(_("The meeting has begun or is over; ask the secretariat."), code="state")
    if not row.is_answerable:
        raise Refused(_("This invitation is not open to answers now."), code="state")
    return row


def _first_state(invitation: Invitation) -> str:
    if invitation.meeting.moderated:
        return DelegateState.ASKED
    free = hall_of(invitation.meeting).has_seat(invitation.pk)
    return DelegateState.SEATED if free else DelegateState.WAITING


def _full(invitation: Invitation) -> str:
    most = invitation.seats + invitation.reserve
    sentence = ngettext(
        "Your unit may name %(most)s delegate, reserve included. Replace somebody, or ask for more seats.",
        "Your unit may name %(most)s delegates, reserve included. Replace somebody, or ask for more seats.",
        most,
    )
    return sentence % {"most": most}


def _check_person(person: Person) -> None:
    if not person.name.strip():
        raise Refused(_("Give the delegate's name."), field="name")
    if person.email.strip():
        try:
            validate_email(person.email.strip())
        except ValidationError:
            raise Refused(_("This is not an e-mail address."), field="email") from None


def _code() -> str:
    """Ten letters and digits that are not mixed up when read aloud."""
    return "".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _n in range(10))

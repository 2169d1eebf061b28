"""Answers from calendars: a REPLY changes the state of the delegate it names."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib import itip
from giaoban.meetings.actions.delegates import Person, confirm, decline_delegate, replace
from giaoban.meetings.calendars import meeting_id
from giaoban.meetings.models import ACTIVE, Delegate, DelegateState
from giaoban.meetings.policy import DELEGATES


def take_reply(*, reply: itip.Reply, by: Actor, at: datetime) -> str:
    """Matched by meeting and address; a lower SEQUENCE or an older answer is refused. Returns a sentence."""
    with transaction.atomic():
        row = _named(reply, by)
        meeting = row.invitation.meeting
        itip.refuse_stale(reply, sequence=meeting.sequence, answered_at=row.answered_at)
        sentence = _taken(row, reply, by, at)
        Delegate.objects.filter(pk=row.pk).update(answered_at=reply.stamp, answer_sequence=reply.sequence)
        audit.record(subject=row, verb="calendar reply", by=by, at=at, detail={"answer": reply.answer})
    return sentence


def _named(reply: itip.Reply, by: Actor) -> Delegate:
    known = Delegate.objects.filter(
        invitation__meeting=meeting_id(reply.uid) or 0, email__iexact=reply.attendee
    )
    rows = known.select_related("invitation__meeting__agreement").order_by("-named_at", "-pk")
    found = next((row for row in rows if DELEGATES.may(by, "answer", row)), None)
    if found is None:
        raise Refused(
            _("Nobody with the address %(address)s is a delegate of this meeting.")
            % {"address": reply.attendee}
        )
    return found


def _taken(row: Delegate, reply: itip.Reply, by: Actor, at: datetime) -> str:
    told = {"name": row.name, "title": str(row.invitation.meeting)}
    if reply.answer == "ACCEPTED":
        if row.state != DelegateState.CONFIRMED:
            confirm(delegate=row, by=by, at=at)
        return _("%(name)s will come: %(title)s.") % told
    if reply.answer == "DECLINED":
        if row.state != DelegateState.DECLINED:
            decline_delegate(
                delegate=row, reason=reply.comment or _("answered from the calendar"), by=by, at=at
            )
        return _("%(name)s will not come: %(title)s.") % told
    if reply.answer == "DELEGATED" and row.state in ACTIVE:
        person = Person(name=reply.delegated_to.partition("@")[0], email=reply.delegated_to)
        replace(delegate=row, person=person, reason=reply.comment, by=by, at=at)
        return _("%(name)s sends somebody else: %(title)s. Correct the name of the new delegate.") % told
    return _("%(name)s has not decided yet: %(title)s.") % told

"""Letters, calendar mail and notices of a meeting. Everything goes through the queue of notices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from giaoban.accounts.models import User
from giaoban.agreements.models import Membership, Role
from giaoban.core.actors import Actor
from giaoban.lib import itip
from giaoban.meetings.calendars import attendee_of, event_of, shows_video
from giaoban.meetings.letters import spoken
from giaoban.meetings.models import TAKEN, Delegate, Invitation, InvitationState, Meeting
from giaoban.notices.actions import post, tell
from giaoban.notices.words import Receiver
from giaoban.units.models import valid_on

INVITED, CHANGED = "meetings.invited", "meetings.changed"


def about(meeting: Meeting) -> tuple[str, int]:
    return ("meetings.meeting", meeting.pk)


def people_of(meeting: Meeting, units: Iterable[int], *, at: datetime) -> dict[int, list[User]]:
    """Unit -> its reporters and verifiers in the agreement on that day. One query."""
    day = at.date()
    held = Membership.objects.filter(
        valid_on(day), agreement=meeting.agreement_id, unit__in=list(units), user__is_active=True,
        role__in=(Role.REPORTER, Role.VERIFIER),
    ).select_related("user")  # fmt: skip
    found: dict[int, list[User]] = defaultdict(list)
    for membership in held:
        found[membership.unit_id or 0].append(membership.user)
    return found


def letter_out(
    *, invitation: Invitation, people: Sequence[User], attachments: Sequence[Any], by: Actor, at: datetime
) -> None:
    """The invitation to one unit: a notice to its people, a letter to them and to its office."""
    meeting = invitation.meeting

    def body(receiver: Receiver) -> str:
        told = {
            "meeting": meeting,
            "invitation": invitation,
            "receiver": receiver,
            "when": spoken(meeting.starts_at),
        }
        told["until"] = spoken(meeting.answer_by) if meeting.answer_by else ""
        told["link"] = settings.SITE_URL + invitation.get_absolute_url()
        return render_to_string("meetings/mail/invitation.txt", told).strip()

    office = [Receiver(invitation.address, invitation.unit.name)] if invitation.address else []
    to: list[User | Receiver] = [*people, *office]
    if to:
        post(
            to=to, subject=lambda receiver: _("Invitation: %(title)s") % {"title": meeting}, body=body,
            attachments=attachments, about=("meetings.invitation", invitation.pk), by=by, at=at, kind=INVITED,
        )  # fmt: skip
    if people:
        tell(
            people=people,
            sentence=lambda: _("%(unit)s is invited: %(title)s") % {"unit": invitation.unit, "title": meeting},
            url=invitation.get_absolute_url(), about=("meetings.invitation", invitation.pk), by=by, at=at, kind=INVITED,
        )  # fmt: skip


def calendar_out(
    *, meeting: Meeting, delegates: Iterable[Delegate], by: Actor, at: datetime, cancel: bool = False
) -> int:
    """One calendar mail to each delegate with an address: a request, or its cancellation. Returns how many."""
    if not meeting.is_live and not cancel:
        return 0
    known = {d.email.lower(): d for d in delegates if d.email}
    write = itip.cancel if cancel else itip.request

    def calendar(receiver: Receiver) -> itip.Message:
        event = event_of(meeting, at=at, with_video=shows_video(meeting))
        return write(event.only(attendee_of(known[receiver.address.lower()])))

    def body(receiver: Receiver) -> str:
        told = {"meeting": meeting, "receiver": receiver, "cancel": cancel, "when": spoken(meeting.starts_at)}
        return render_to_string("meetings/mail/calendar.txt", told).strip()

    def subject(receiver: Receiver) -> str:
        said = _("Called off: %(title)s") if cancel else _("Meeting: %(title)s")
        return said % {"title": meeting}

    receivers = [Receiver(d.email, d.name) for d in known.values()]
    mails = post(
        to=receivers, subject=subject, body=body, calendar=calendar, about=about(meeting), by=by, at=at, kind=INVITED
    )  # fmt: skip
    return len(mails)


def calendar_to_all(*, meeting: Meeting, by: Actor, at: datetime, cancel: bool = False) -> int:
    """The update, or the cancellation, to everybody who holds a seat."""
    rows = Delegate.objects.filter(invitation__meeting=meeting, state__in=TAKEN).exclude(email="")
    return calendar_out(
        meeting=meeting, delegates=rows.select_related("replaces"), by=by, at=at, cancel=cancel
    )


def tell_units(*, meeting: Meeting, sentence: Any, by: Actor, at: datetime, once: str = "") -> None:
    """A notice to the people of every unit that was invited, and did not decline."""
    told = Q(state__in=(InvitationState.SENT, InvitationState.ACCEPTED))
    units = meeting.invitations.filter(told).values_list("unit", flat=True)
    people = [person for held in people_of(meeting, units, at=at).values() for person in held]
    tell(
        people=people, sentence=sentence, url=meeting.get_absolute_url(), about=about(meeting), by=by, at=at,
        kind=CHANGED, once=once,
    )  # fmt: skip

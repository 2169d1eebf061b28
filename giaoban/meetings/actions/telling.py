"""News of minutes and conclusions to the people of the units that take part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from giaoban.accounts.models import User
from giaoban.agreements.models import Membership
from giaoban.core.actors import Actor
from giaoban.documents.models import Document
from giaoban.meetings.actions.mailing import CHANGED
from giaoban.meetings.models import InvitationState, Meeting
from giaoban.notices.actions import post, tell
from giaoban.notices.queries import not_reached
from giaoban.notices.words import Receiver
from giaoban.units.models import valid_on


def tell_units(
    meeting: Meeting, units: Iterable[int], sentence: Callable[[], str], url: str, *, by: Actor, at: datetime,
    attachments: Sequence[Document] = (),
) -> list[User]:  # fmt: skip
    """Tell everybody who acts for these units in the agreement that day; files go along with the mail. Whom."""
    held = Membership.objects.filter(
        valid_on(at.date()), agreement=meeting.agreement_id, unit__in=list(units), user__is_active=True
    )
    people = list(User.objects.filter(pk__in=held.values("user")).distinct())
    about = (meeting._meta.label_lower, meeting.pk)
    tell(
        people=people, sentence=sentence, url=url, about=about, by=by, at=at, kind=CHANGED, attachments=attachments
    )  # fmt: skip
    return people


def send_to_offices(
    meeting: Meeting, template: str, subject: Callable[[], str], *, besides: Iterable[User],
    attachments: Sequence[Document], by: Actor, at: datetime, **told: Any,
) -> None:  # fmt: skip
    """A letter to the office of every unit that was invited with an address. Told: what the template says.

    besides: who is told the same; an office whose mail one of them reads gets no second one.
    """
    rows = (
        meeting.invitations.exclude(state=InvitationState.WITHDRAWN)
        .exclude(address="")
        .select_related("unit")
    )
    offices = not_reached([Receiver(row.address, row.unit.name) for row in rows], besides, CHANGED)
    if not offices:
        return

    def body(receiver: Receiver) -> str:
        return render_to_string(template, {"meeting": meeting, "receiver": receiver, **told}).strip()

    about = (meeting._meta.label_lower, meeting.pk)
    post(
        to=offices, subject=lambda receiver: subject(), body=body, attachments=attachments, about=about, by=by, at=at,
        kind=CHANGED,
    )  # fmt: skip

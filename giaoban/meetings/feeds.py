"""Meetings in the calendars that people and units subscribe to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from giaoban.accounts.models import User
from giaoban.agreements.standing import Standing
from giaoban.lib import itip
from giaoban.meetings.calendars import event_of, shows_video
from giaoban.meetings.models import InvitationState, Meeting, State
from giaoban.meetings.queries import visible
from giaoban.units.models import Unit

#: Meetings stay in a feed for a year after they ended.
KEPT = timedelta(days=366)


def in_calendars(*, person: User | None, unit: Unit | None, at: datetime) -> Iterator[itip.Event]:
    """What this person may know of, or what this unit is invited to."""
    if person is not None:
        rows = visible(Standing(person, at)).exclude(state=State.DRAFT)
    else:
        sent = (InvitationState.SENT, InvitationState.ACCEPTED)
        rows = Meeting.objects.filter(invitations__unit=unit, invitations__state__in=sent)
        rows = rows.exclude(state=State.DRAFT).select_related("agreement__lead").distinct()
    for meeting in rows.filter(ends_at__gte=at - KEPT):
        yield event_of(meeting, at=at, with_video=person is None and shows_video(meeting))

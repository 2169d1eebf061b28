"""Free seats go to those who wait."""

from __future__ import annotations

from datetime import datetime

from giaoban.core import lifecycle
from giaoban.core.actors import System
from giaoban.meetings.actions.mailing import calendar_out
from giaoban.meetings.models import Delegate, Meeting
from giaoban.meetings.policy import DELEGATES
from giaoban.meetings.queries.seating import next_seated

#: Seats of the waiting list are given by the rule, not by a person.
RULE = System("waiting list")


def locked(meeting: Meeting) -> Meeting:
    """The meeting, fresh; whoever counts its seats does so alone. Inside a transaction."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def promote(*, meeting: Meeting, at: datetime) -> list[Delegate]:
    """Give free seats to those who wait, in the fixed order; dated, and in the trail."""
    meeting = locked(meeting)
    seated = [
        lifecycle.move(
            row, "seat", by=RULE, at=at, policy=DELEGATES, change=lambda d: setattr(d, "promoted_at", at)
        )
        for row in list(next_seated(meeting))
    ]
    calendar_out(meeting=meeting, delegates=seated, by=RULE, at=at)
    return seated

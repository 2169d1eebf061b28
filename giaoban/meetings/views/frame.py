"""What every page of a meeting shows around its content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.meetings.models import Invitation, Meeting, State
from giaoban.meetings.policy import MEETINGS
from giaoban.meetings.tabs import tabs_of

TONES = {
    State.DRAFT: "wait", State.ANNOUNCED: "good", State.OPEN: "warn", State.HELD: "good", State.CLOSED: "plain",
    State.CANCELLED: "bad",
}  # fmt: skip


def about(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """The context of `meetings/frame.html`. No query: the rights of a meeting reach the whole agreement."""
    return {
        "agreement": meeting.agreement, "meeting": meeting, "tone": TONES[State(meeting.state)],
        "tabs": tabs_of(meeting, request.by),
        "may_write": may_write(request, meeting) and meeting.state not in (State.CLOSED, State.CANCELLED),
    }  # fmt: skip


def may_write(request: HttpRequest, meeting: Meeting) -> bool:
    return MEETINGS.may_in(request.by, "write", meeting.agreement_id)


def crumbs(of: Agreement | Meeting | Invitation) -> list[tuple[Any, str]]:
    """The way to a form about a meeting, about one unit's invitation, or about the meetings of an agreement."""
    if isinstance(of, Invitation):
        listed = reverse("meetings:delegations", args=[of.meeting.agreement.code, of.meeting_id])
        return [*crumbs(of.meeting), (_("Delegations"), listed), (of.unit.name, of.get_absolute_url())]
    agreement = of if isinstance(of, Agreement) else of.agreement
    steps = [
        (str(agreement), agreement.get_absolute_url()),
        (_("Meetings"), reverse("meetings:index", args=[agreement.code])),
    ]
    return [*steps, (str(of), of.get_absolute_url())] if isinstance(of, Meeting) else steps

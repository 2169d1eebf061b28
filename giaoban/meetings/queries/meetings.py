"""Which meetings there are, and who may know of them."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import Move
from giaoban.meetings.models import Meeting, Officer, State
from giaoban.meetings.policy import MEETINGS


def visible(by: Actor, agreement: Agreement | None = None) -> QuerySet[Meeting]:
    """The meetings the actor may know of: drafts only if he prepares them."""
    announced = ~Q(state=State.DRAFT) & ~Q(state=State.CANCELLED, announced_at__isnull=True)
    may = MEETINGS.q(by, "read_draft") | (MEETINGS.q(by, "read") & announced)
    rows = Meeting.objects.filter(may).select_related("agreement__lead", "host", "series")
    return rows if agreement is None else rows.filter(agreement=agreement)


def meeting_for(by: Actor, agreement: str, pk: int, right: str = "") -> Meeting:
    """One meeting, or 404 for everybody who may not know of it, or has not the right."""
    rows = visible(by).filter(agreement__code=agreement, pk=pk)
    if right:
        rows = rows.filter(MEETINGS.q(by, right))
    found = rows.first()
    if found is None:
        raise Http404(pk)
    return found


def officers_of(meeting: Meeting) -> list[Officer]:
    """Those in the chair, then the secretaries, in protocol order."""
    return list(meeting.officers.select_related("unit"))


def moves_of(meeting: Meeting, by: Actor) -> list[Move]:
    """The moves the actor may make now. No query: the rights of a meeting reach the whole agreement."""
    here = [m for m in MEETINGS.moves.values() if meeting.state in m.sources]
    return [m for m in here if MEETINGS.may_in(by, m.right, meeting.agreement_id)]

"""Which papers of a meeting somebody may know of."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from giaoban.agreements.models import Role
from giaoban.core.actors import Actor
from giaoban.meetings.models import Audience, Embargo, Meeting, MeetingPaper, PaperVersion
from giaoban.meetings.queries.agenda import may_prepare
from giaoban.meetings.queries.delegations import places_of


def opened(at: datetime) -> Q:
    """Papers whose embargo is over at that instant; it ends on the second it names."""
    return (
        Q(embargo=Embargo.NONE)
        | Q(embargo=Embargo.START, meeting__starts_at__lte=at)
        | Q(embargo=Embargo.INSTANT, opens_at__lte=at)
    )


def readable(by: Actor, meeting: Meeting) -> QuerySet[MeetingPaper]:
    """The papers the reader may know of: all for those who prepare, else what is his and open."""
    rows = MeetingPaper.objects.filter(meeting=meeting).select_related("item", "unit", "meeting")
    if not may_prepare(by, meeting):
        at: datetime = by.at  # type: ignore[attr-defined]
        rows = rows.filter(opened(at), _for(by, meeting), withdrawn_at=None)
    versions = PaperVersion.objects.select_related("document")
    return rows.prefetch_related(Prefetch("versions", versions)).order_by("item__position", "id")


def _for(by: Actor, meeting: Meeting) -> Q:
    held = [m for m in getattr(by, "memberships", ()) if m.agreement_id in (None, meeting.agreement_id)]
    units = {m.unit_id for m in held if m.unit_id}
    may = Q(audience__in=(Audience.AGREEMENT, Audience.PUBLIC)) if held else Q(pk__in=[])
    may |= Q(audience=Audience.UNIT, unit__in=units)
    roles = {m.role for m in held}
    chairs, takes_part = (True, True) if Role.CHAIR in roles else places_of(meeting, units)
    if chairs:
        may |= Q(audience=Audience.CHAIRS)
    if takes_part or Role.OPERATOR in roles:
        may |= Q(audience=Audience.DELEGATIONS)
    return may


def paper_for(by: Actor, meeting: Meeting, pk: int) -> MeetingPaper:
    """One paper, or 404 for whoever must not know of it."""
    found = readable(by, meeting).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found

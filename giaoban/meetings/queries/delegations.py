"""Which units take part in a meeting."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.db.models import CharField, Value

from giaoban.meetings.models import ANSWERABLE, Meeting, OfficerRole
from giaoban.units.queries import specified


def delegation_units(meeting: Meeting) -> set[int]:
    """The units that take part, by id: those invited who did not decline, organisers, host, those in the chair.

    While nobody is invited, the parties of the agreement on that day stand for the invited.
    """
    return _taking_part(meeting, _places(meeting))


def places_of(meeting: Meeting, units: set[int]) -> tuple[bool, bool]:
    """Does one of these units sit in the chair, and does one take part at all? One query."""
    places = _places(meeting)
    chairs = bool(units & places["chair"])
    return chairs, chairs or bool(units & _taking_part(meeting, places))


def _taking_part(meeting: Meeting, places: dict[str, set[int]]) -> set[int]:
    hosts = places["chair"] | places["host"] | ({meeting.host_id} if meeting.host_id else set())
    return hosts | (places["invited"] or _parties(meeting))


def _places(meeting: Meeting) -> dict[str, set[int]]:
    """The units in the chair, organising, and invited, by id. One query."""
    rows = {
        "chair": meeting.officers.filter(role=OfficerRole.CHAIR),
        "host": meeting.organisers.all(),
        "invited": meeting.invitations.filter(state__in=ANSWERABLE),
    }
    parts = [
        found.order_by().annotate(place=Value(name, output_field=CharField())).values_list("place", "unit")
        for name, found in rows.items()
    ]
    places: dict[str, set[int]] = {name: set() for name in rows}
    for name, unit in parts[0].union(*parts[1:]):
        places[name].add(unit)
    return places


def _parties(meeting: Meeting) -> set[int]:
    agreement = meeting.agreement
    day = meeting.starts_at.astimezone(ZoneInfo(agreement.timezone)).date()
    spans = specified(agreement.parties, agreement.lead_id)
    return {span.unit_id for span in spans if span.overlaps(day, day)}

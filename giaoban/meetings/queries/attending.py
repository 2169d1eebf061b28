"""Who belongs on the register of a meeting, in protocol order, and the sheet that the minutes need."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from giaoban.attendance.actions.registers import Person
from giaoban.attendance.models import Register
from giaoban.attendance.queries.heads import Heads, heads_by_unit
from giaoban.attendance.queries.registers import register_of
from giaoban.attendance.queries.stays import Stay, stays_of
from giaoban.meetings.models import TAKEN, Delegate, DelegateState, InvitationState, Meeting

ABOUT = Meeting._meta.label_lower
OFFICER, DELEGATE = "meetings.officer", "meetings.delegate"
#: Delegates who are counted: those who hold a seat, and those who said that they will not come.
COUNTED = (*TAKEN, DelegateState.DECLINED, DelegateState.REPLACED)
#: Invitations that count, in case their unit named nobody.
ASKED = (InvitationState.SENT, InvitationState.ACCEPTED, InvitationState.DECLINED)


def register_for(meeting: Meeting) -> Register:
    """The register of the meeting; else "not found"."""
    found = register_of(ABOUT, meeting.pk)
    if found is None:
        raise Http404(meeting.pk)
    return found


def meetings_at_the_door(at: datetime) -> QuerySet[Meeting]:
    """Meetings whose check-in is prepared and has not closed."""
    running = Register.objects.filter(about_kind=ABOUT, closes_at__gt=at, erased_at=None)
    return Meeting.objects.filter(pk__in=running.values("about_id"))


def people_of(meeting: Meeting) -> list[Person]:
    """Everybody whom the meeting names: the chair, the secretary, then the delegations in protocol order.

    Who was replaced stays, with the one who comes in his place. Three queries.
    """
    people = [
        Person((OFFICER, one.pk), one.name, one.title, one.unit, position=place)
        for place, one in enumerate(meeting.officers.select_related("unit"), 1)
    ]
    rows = Delegate.objects.filter(invitation__meeting=meeting, state__in=COUNTED)
    rows = rows.select_related("invitation__unit").order_by("invitation__position", "position", "pk")
    line = [row for row in rows if row.name]
    known = {row.pk for row in line}
    heads = {row.replaces_id for row in line}
    for place, row in enumerate(line, len(people) + 1):
        if row.state == DelegateState.REPLACED and row.pk not in heads:
            continue
        before = (DELEGATE, row.replaces_id) if row.replaces_id in known else None
        declined = row.state == DelegateState.DECLINED
        people.append(
            Person(
                (DELEGATE, row.pk), row.name, row.title, row.invitation.unit, position=place, instead_of=before,
                is_excused=declined, excuse=row.reason if declined else "",
            )
        )  # fmt: skip
    return people


def sheet_of(meeting: Meeting, stays: list[Stay] | None = None) -> list[Heads]:
    """Invited, present, replaced, late, absent by unit, in protocol order. Units that were asked and named
    nobody are absent with all their seats; with a reason if they declined."""
    if stays is None:
        register = register_of(ABOUT, meeting.pk)
        stays = stays_of(register) if register else []
    lines = heads_by_unit(stays)
    known = {line.unit_id for line in lines}
    asked = meeting.invitations.filter(state__in=ASKED).select_related("unit")
    for row in asked.exclude(unit__in=[pk for pk in known if pk]):
        declined = row.state == InvitationState.DECLINED
        line = Heads(row.unit.name, row.unit_id, row.unit.level, invited=row.seats)
        line.excused, line.absent = (row.seats, 0) if declined else (0, row.seats)
        line.excuses = [row.reason] if declined and row.reason else []
        lines.append(line)
    return lines


def attendance_of(meeting: Meeting) -> dict[str, Any]:
    """The sheet as the minutes keep it: counts only, no person. Empty before check-in is prepared."""
    if register_of(ABOUT, meeting.pk) is None:
        return {"units": []}
    return {
        "units": [
            {
                "unit": line.unit_id, "name": line.unit, "invited": line.invited, "present": line.present,
                "late": line.late, "replaced": line.replaced, "excused": line.excused, "absent": line.absent,
            }
            for line in sheet_of(meeting)
        ]
    }  # fmt: skip

"""Check-in of a meeting: the meeting's policy decides, the register does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.attendance.actions import doors, people, printing, registers, scans
from giaoban.attendance.models import Attendee, Door, Printing, Register, Scan
from giaoban.attendance.queries.printing import printable
from giaoban.attendance.queries.registers import register_of
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.meetings.actions.meetings import writable
from giaoban.meetings.models import Meeting, State
from giaoban.meetings.policy import MEETINGS
from giaoban.meetings.queries.attending import ABOUT, meetings_at_the_door, people_of

#: Check-in opens so long before the meeting begins, and closes so long after its end.
BEFORE, AFTER = timedelta(hours=2), timedelta(hours=1)
#: Somebody is late who comes later than this after the beginning.
PATIENCE = timedelta(minutes=15)

#: Who may print what: badges open doors.
PRINT_RIGHTS = {"badges": "write", "plates": "read_draft", "protocol": "read_draft", "seats": "read_draft"}

Row = TypeVar("Row")


def open_check_in(
    *, meeting: Meeting, opens_at: datetime, closes_at: datetime, late_after: datetime, by: Actor, at: datetime
) -> Register:  # fmt: skip
    """Prepare check-in: a register with everybody the meeting names, and the key of its badges."""
    with transaction.atomic():
        row = writable(meeting, by=by)
        register = registers.open_register(
            about=row, label=row.titles.get("vi") or str(row), place=row.venue, opens_at=opens_at, closes_at=closes_at,
            late_after=late_after, by=by, at=at,
        )  # fmt: skip
        registers.keep_list(register=register, people=people_of(row), by=by, at=at)
    return register


def change_check_in(
    *, meeting: Meeting, opens_at: datetime, closes_at: datetime, late_after: datetime, by: Actor, at: datetime
) -> Register:  # fmt: skip
    """Other hours; the name and the venue follow the meeting."""
    with transaction.atomic():
        row = writable(meeting, by=by)
        return registers.change_register(
            register=_register(row), label=row.titles.get("vi") or str(row), place=row.venue, opens_at=opens_at,
            closes_at=closes_at, late_after=late_after, by=by, at=at,
        )  # fmt: skip


def update_list(*, meeting: Meeting, by: Actor, at: datetime) -> registers.Listed:
    """Bring the register to whom the meeting names now."""
    with transaction.atomic():
        row = writable(meeting, by=by)
        return registers.keep_list(register=_register(row), people=people_of(row), by=by, at=at)


def follow_all(*, by: Actor, at: datetime) -> int:
    """Bring every register whose check-in has not closed up to date; how many changed."""
    changed = 0
    for meeting in meetings_at_the_door(at).exclude(state__in=(State.CLOSED, State.CANCELLED)):
        listed = update_list(meeting=meeting, by=by, at=at)
        changed += listed != registers.Listed()
    return changed


def shut_doors(*, meeting: Meeting, by: Actor, at: datetime) -> None:
    """Close every door of a meeting that was called off, or whose file was closed."""
    register = register_of(ABOUT, meeting.pk)
    for door in register.doors.filter(revoked_at=None) if register else ():
        doors.close_door(door=door, by=by, at=at)


def erase_people(*, meeting: Meeting, by: Actor, at: datetime) -> int:
    """Erase the names of the register; the numbers stay. After check-in has closed, also of a closed file."""
    if not MEETINGS.may(by, "write", meeting):
        raise Refused(_("You may not change this meeting."), code="right")
    with transaction.atomic():
        register = _register(meeting)
        if at < register.closes_at:
            raise Refused(_("Names can be erased when check-in has closed."), code="state")
        return registers.erase_people(register=register, by=by, at=at)


def ask_for_print(*, meeting: Meeting, kind: str, language: str, by: Actor, at: datetime) -> Printing:
    """Have everybody on the list printed by a job, in a language; see attendance.printing."""
    if not MEETINGS.may(by, PRINT_RIGHTS[kind], meeting):
        raise Refused(_("You may not print this."), code="right")
    register = _register(meeting)
    return printing.ask_for_print(
        register=register, kind=kind, language=language, people=len(printable(register)), by=by, at=at
    )


def open_door(*, meeting: Meeting, name: str, expires_at: datetime, by: Actor, at: datetime) -> Door:
    return _within(meeting, by, lambda register: doors.open_door(
        register=register, name=name, expires_at=expires_at, by=by, at=at
    ))  # fmt: skip


def close_door(*, meeting: Meeting, door: Door, by: Actor, at: datetime) -> Door:
    return _within(meeting, by, lambda _register: doors.close_door(door=door, by=by, at=at))


def renew_key(*, meeting: Meeting, by: Actor, at: datetime) -> Any:
    return _within(meeting, by, lambda register: registers.renew_key(register=register, by=by, at=at))


def number_seats(*, meeting: Meeting, per_row: int, by: Actor, at: datetime) -> int:
    return _within(
        meeting, by, lambda register: people.number_seats(register=register, per_row=per_row, by=by, at=at)
    )


def add_guest(*, meeting: Meeting, by: Actor, at: datetime, **facts: Any) -> Attendee:
    return _within(meeting, by, lambda register: people.add_guest(register=register, by=by, at=at, **facts))


def for_person(
    verb: str, *, meeting: Meeting, attendee: Attendee, by: Actor, at: datetime, **facts: Any
) -> Any:
    """One of the verbs about one person: a key of PERSON."""
    return _within(meeting, by, lambda _register: PERSON[verb](attendee=attendee, by=by, at=at, **facts))


def set_aside(*, meeting: Meeting, scan: Scan, reason: str, by: Actor, at: datetime) -> Scan:
    return _within(meeting, by, lambda _register: registers.set_aside(scan=scan, reason=reason, by=by, at=at))


PERSON: dict[str, Callable[..., Any]] = {
    "note": scans.note,
    "excuse": people.excuse,
    "seat": people.give_seat,
    "code": registers.new_code,
    "withdraw": people.withdraw_guest,
}


def _within(meeting: Meeting, by: Actor, act: Callable[[Register], Row]) -> Row:
    """Act on the register of a meeting that this actor may change."""
    with transaction.atomic():
        return act(_register(writable(meeting, by=by)))


def _register(meeting: Meeting) -> Register:
    found = register_of(ABOUT, meeting.pk)
    if found is None:
        raise Refused(_("Check-in is not prepared yet."), code="state")
    return found

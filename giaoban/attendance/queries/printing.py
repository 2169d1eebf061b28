"""Who is printed, and the prints that a job makes."""

from __future__ import annotations

from collections.abc import Iterable

from giaoban.attendance.models import Attendee, Printing, Register

#: People on a sheet; on lists rather more, but long names take two lines.
ON_A_SHEET = {"badges": 8, "plates": 2, "protocol": 15, "seats": 15}


def printable(register: Register, chosen: Iterable[int] = ()) -> list[Attendee]:
    """Who gets a badge and a plate, in protocol order: not who was replaced, taken off, or will not come.
    Those chosen by their ids get one in any case."""
    people = register.attendees.select_related("unit").order_by("position", "pk")
    if chosen:
        return list(people.filter(pk__in=chosen))
    return list(people.filter(withdrawn_at=None, replaced_by=None, is_excused=False))


def printing_of(register: Register, kind: str, language: str) -> Printing | None:
    """The print of this kind that somebody asked for in this language."""
    return register.printings.filter(kind=kind, language=language).first()

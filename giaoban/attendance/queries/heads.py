"""Heads counted by unit, and the attendance sheet of the minutes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from giaoban.attendance.models import Attendee
from giaoban.attendance.queries.stays import Stay


@dataclass
class Heads:
    """One line of the sheet. Invited are places: a replaced person and the one who came for him are one."""

    unit: str
    unit_id: int | None = None
    level: int | None = None
    invited: int = 0
    present: int = 0
    inside: int = 0
    replaced: int = 0
    late: int = 0
    excused: int = 0
    absent: int = 0
    extra: int = 0
    excuses: list[str] = field(default_factory=list)

    @property
    def missing(self) -> int:
        return self.excused + self.absent


COUNTS = ("invited", "present", "inside", "replaced", "late", "excused", "absent", "extra")


def unit_of(attendee: Attendee) -> str:
    """The name of the unit as it was when the list was made."""
    return attendee.unit_name or (attendee.unit.name if attendee.unit else "")


def heads_by_unit(stays: Iterable[Stay]) -> list[Heads]:
    """By unit, in the order in which the protocol first names each."""
    found: dict[tuple[int | None, str], Heads] = {}
    for stay in stays:
        one = stay.attendee
        key = (one.unit_id, "" if one.unit_id else one.unit_name)
        line = found.setdefault(key, Heads(unit_of(one), one.unit_id, one.level))
        count(line, stay)
    return list(found.values())


def heads_by_level(stays: Iterable[Stay]) -> list[Heads]:
    """By level of the unit, the highest first; without a unit last."""
    found: dict[int | None, Heads] = {}
    for stay in stays:
        level = stay.attendee.level
        count(found.setdefault(level, Heads("", level=level)), stay)
    return [found[level] for level in sorted(found, key=lambda n: (n is None, n or 0))]


def total(lines: Iterable[Heads]) -> Heads:
    """The sum of lines."""
    together = Heads("")
    for line in lines:
        for name in COUNTS:
            setattr(together, name, getattr(together, name) + getattr(line, name))
    return together


def count(line: Heads, stay: Stay) -> None:
    """Add one person to a line."""
    one = stay.attendee
    line.inside += stay.inside
    line.late += stay.is_late
    line.present += stay.came
    if stay.is_extra:
        line.extra += stay.came
        return
    if one.instead_of_id is not None:
        line.replaced += stay.came
        return
    if one.withdrawn_at is not None and not stay.came and not stay.replacements:
        return
    line.invited += 1
    if stay.filled:
        return
    excused = one.is_excused or any(other.attendee.is_excused for other in stay.replacements)
    line.excused += excused
    line.absent += not excused
    if excused and one.excuse:
        line.excuses.append(one.excuse)

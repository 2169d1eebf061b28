"""From scans to attendance. Pure: the same scans give the same stays, whatever their order or number of copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from giaoban.attendance.models import Attendee, Register, Result, Scan, Way

PRESENT, REPLACED, EXCUSED, ABSENT = "present", "replaced", "excused", "absent"


@dataclass
class Stay:
    """What is known of one attendee. scans: those that count, by time."""

    attendee: Attendee
    late_after: datetime
    scans: list[Scan] = field(default_factory=list)
    replacements: list[Stay] = field(default_factory=list)

    @cached_property
    def first_in(self) -> datetime | None:
        return next((scan.at for scan in self.scans if scan.way == Way.IN), None)

    @cached_property
    def last_out(self) -> datetime | None:
        """When he left, if he is not inside any more."""
        last = self.scans[-1] if self.scans else None
        return last.at if last and last.way == Way.OUT else None

    @property
    def came(self) -> bool:
        return self.first_in is not None

    @property
    def inside(self) -> bool:
        return bool(self.scans) and self.scans[-1].way == Way.IN

    @property
    def is_late(self) -> bool:
        return self.first_in is not None and self.first_in > self.late_after

    @property
    def is_extra(self) -> bool:
        """Nobody invited him, and he comes in nobody's place."""
        return self.attendee.walk_in and self.attendee.instead_of_id is None

    @property
    def filled(self) -> bool:
        """Did he come, or somebody in his place, or in that one's place?"""
        return self.came or any(other.filled for other in self.replacements)

    @property
    def outcome(self) -> str:
        if self.came:
            return PRESENT
        if self.replacements:
            return REPLACED
        return EXCUSED if self.attendee.is_excused else ABSENT


def stays_of(register: Register) -> list[Stay]:
    """Everybody of the register in protocol order, with what is known of him. Two queries."""
    people = register.attendees.select_related("unit")
    return stays_from(people, register.scans.filter(set_aside_at=None), register.late_after)


def stays_from(people: Iterable[Attendee], scans: Iterable[Scan], late_after: datetime) -> list[Stay]:
    """The same from rows at hand, in any order."""
    by_attendee: dict[int | None, dict[str, Scan]] = defaultdict(dict)
    for scan in scans:
        if scan.result == Result.ACCEPTED:
            by_attendee[scan.attendee_id].setdefault(scan.nonce, scan)
    stays = {
        one.pk: Stay(one, late_after, sorted(by_attendee[one.pk].values(), key=lambda s: (s.at, s.nonce)))
        for one in sorted(people, key=lambda one: (one.position, one.pk))
    }
    for stay in stays.values():
        before = stays.get(stay.attendee.instead_of_id or 0)
        if before is not None:
            before.replacements.append(stay)
    return list(stays.values())

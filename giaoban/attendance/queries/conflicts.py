"""What the secretary should look at: scans that contradict each other or the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from giaoban.attendance.models import Attendee, Register, Result, Scan, Way
from giaoban.attendance.queries.stays import Stay, stays_of
from giaoban.lib.text import fold

#: A device whose clock is further ahead than this has a wrong clock.
CLOCK = timedelta(minutes=2)
#: The same way again within this time, at the same device, is one person who held his badge twice.
AGAIN = timedelta(seconds=20)

KINDS = {
    "refused": _("The door let somebody in whose badge does not hold."),
    "twice": _("Entered again without having left: two people with one badge, or an exit not noted."),
    "left": _("Left without having entered."),
    "stood-in": _("Both came: the one on the list and the one in his place."),
    "two-for-one": _("Two people came in the place of one."),
    "withdrawn": _("Came with the badge of somebody taken off the list."),
    "same-name": _("Came as not on the list, but the list has this name in this unit."),
    "clock": _("The clock of the device was ahead."),
    "hours": _("Outside the hours of check-in."),
}


@dataclass(frozen=True)
class Conflict:
    """kind: a key of KINDS. scans: what happened, by time."""

    kind: str
    attendee: Attendee | None
    scans: tuple[Scan, ...]

    @property
    def sentence(self) -> Any:
        return KINDS[self.kind]

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.scans[-1].nonce


def conflicts_of(register: Register, stays: list[Stay] | None = None) -> list[Conflict]:
    """All conflicts of the register, by time. One query, and two if the stays are not at hand."""
    stays = stays_of(register) if stays is None else stays
    refused = register.scans.filter(set_aside_at=None).exclude(result=Result.ACCEPTED).select_related("door")
    found = [Conflict("refused", None, (scan,)) for scan in refused]
    for stay in stays:
        found += _of_one(stay, register)
    found += _same_names(stays)
    return sorted(found, key=lambda c: (c.scans[-1].at, c.key))


def _of_one(stay: Stay, register: Register) -> Iterator[Conflict]:
    one = stay.attendee
    yield from _out_of_turn(stay)
    for scan in stay.scans:
        if scan.at > scan.received_at + CLOCK:
            yield Conflict("clock", one, (scan,))
        elif not register.opens_at <= scan.at <= register.closes_at:
            yield Conflict("hours", one, (scan,))
    came = [other for other in stay.replacements if other.came]
    if stay.came and came:
        yield Conflict("stood-in", one, _by_time([stay, *came]))
    if len(came) > 1:
        yield Conflict("two-for-one", one, _by_time(came))
    if one.withdrawn_at is not None and not stay.replacements and stay.scans:
        if stay.scans[-1].at >= one.withdrawn_at:
            yield Conflict("withdrawn", one, (stay.scans[-1],))


def _by_time(stays: Iterable[Stay]) -> tuple[Scan, ...]:
    """The first scan of each."""
    return tuple(sorted((stay.scans[0] for stay in stays), key=lambda scan: (scan.at, scan.nonce)))


def _out_of_turn(stay: Stay) -> Iterator[Conflict]:
    before: Scan | None = None
    for scan in stay.scans:
        if scan.way == Way.OUT and (before is None or before.way == Way.OUT):
            if before is None or not _same_moment(before, scan):
                yield Conflict("left", stay.attendee, (scan,))
        elif before is not None and before.way == scan.way == Way.IN and not _same_moment(before, scan):
            yield Conflict("twice", stay.attendee, (before, scan))
        before = scan


def _same_moment(one: Scan, other: Scan) -> bool:
    return one.device == other.device and other.at - one.at <= AGAIN


def _same_names(stays: Iterable[Stay]) -> Iterator[Conflict]:
    listed = {(fold(s.attendee.name), s.attendee.unit_id) for s in stays if not s.attendee.walk_in}
    for stay in stays:
        one = stay.attendee
        if one.walk_in and one.name and stay.scans and (fold(one.name), one.unit_id) in listed:
            yield Conflict("same-name", one, (stay.scans[0],))

"""How many seats are taken, and who of those who wait is next.

A unit fills its own seats first. Seats of units that declined form a pool per level; those who wait
take from it in the order in which they were named. Nobody sits beyond the quota of the level or the
seats in the hall.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Q

from giaoban.meetings.models import TAKEN, Delegate, DelegateState, Invitation, InvitationState, Meeting


@dataclass
class Place:
    """What the hall knows of one invitation."""

    level: int
    seats: int
    taken: int
    is_given_back: bool


@dataclass
class Hall:
    """The seats of one meeting; `take` counts one more as taken."""

    capacity: int | None
    quotas: dict[int, int]
    places: dict[int, Place] = field(default_factory=dict)

    def has_seat(self, invitation_id: int) -> bool:
        place = self.places[invitation_id]
        if place.is_given_back or (self.capacity is not None and self._taken() >= self.capacity):
            return False
        quota = self.quotas.get(place.level)
        if quota is not None and self._taken(place.level) >= quota:
            return False
        return self._pool(place.level) > 0 if place.taken >= place.seats else self._pool(place.level) >= 0

    def take(self, invitation_id: int) -> None:
        self.places[invitation_id].taken += 1

    def _taken(self, level: int | None = None) -> int:
        return sum(p.taken for p in self.places.values() if level is None or p.level == level)

    def _pool(self, level: int) -> int:
        here = [p for p in self.places.values() if p.level == level]
        free = sum(p.seats for p in here if p.is_given_back)
        return free - sum(max(0, p.taken - p.seats) for p in here if not p.is_given_back)


def hall_of(meeting: Meeting) -> Hall:
    """Two queries."""
    hall = Hall(meeting.capacity, dict(meeting.quotas.values_list("level", "seats")))
    taken = Count("delegates", filter=Q(delegates__state__in=TAKEN))
    for row in Invitation.objects.filter(meeting=meeting).select_related("unit").annotate(taken=taken):
        back = row.state == InvitationState.DECLINED
        seats = 0 if row.state == InvitationState.WITHDRAWN else row.seats
        hall.places[row.pk] = Place(row.unit.level, seats, row.taken, back or not seats)
    return hall


def next_seated(meeting: Meeting) -> Iterator[Delegate]:
    """Those who wait and now get a seat, in the fixed order: named first, then protocol, then number."""
    waiting = Delegate.objects.filter(invitation__meeting=meeting, state=DelegateState.WAITING)
    waiting = waiting.filter(invitation__state__in=(InvitationState.SENT, InvitationState.ACCEPTED))
    rows = list(waiting.select_related("invitation").order_by("named_at", "invitation__position", "pk"))
    if not rows:
        return
    hall = hall_of(meeting)
    for row in rows:
        if hall.has_seat(row.invitation_id):
            hall.take(row.invitation_id)
            yield row


def seats_by_level(meeting: Meeting) -> list[tuple[int, int, int, int | None]]:
    """Per level: level, seats given out, taken, quota (None: no quota)."""
    hall = hall_of(meeting)
    given, taken = Counter[int](), Counter[int]()
    for place in hall.places.values():
        given[place.level] += place.seats
        taken[place.level] += place.taken
    return [(n, given[n], taken[n], hall.quotas.get(n)) for n in sorted(set(given) | set(hall.quotas))]

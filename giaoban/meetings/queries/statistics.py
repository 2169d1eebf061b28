"""Figures about who was invited and who came forward, by unit and by level."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q

from giaoban.meetings.models import TAKEN, DelegateState, Invitation, InvitationState, Meeting

SEATED = Q(delegates__state__in=TAKEN)


@dataclass
class Line:
    """One unit, one level, or the whole meeting."""

    label: str
    units: int = 0
    declined: int = 0
    seats: int = 0
    seated: int = 0
    replaced: int = 0
    late: int = 0

    def add(self, other: Line) -> None:
        for name in ("units", "declined", "seats", "seated", "replaced", "late"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass
class Statistics:
    by_unit: list[Line]
    by_level: list[Line]
    total: Line


def statistics(meeting: Meeting) -> Statistics:
    """One query. late: delegates named after the day they were to be named by."""
    late = SEATED & Q(delegates__named_at__gt=F("meeting__answer_by"), delegates__replaces__isnull=True)
    rows = (
        Invitation.objects.filter(meeting=meeting)
        .exclude(state__in=(InvitationState.PREPARED, InvitationState.WITHDRAWN))
        .select_related("unit")
        .annotate(
            seated=Count("delegates", filter=SEATED),
            replaced=Count("delegates", filter=Q(delegates__state=DelegateState.REPLACED)),
            late=Count("delegates", filter=late),
        )
        .order_by("position", "pk")
    )
    by_unit: list[Line] = []
    levels: dict[int, Line] = {}
    total = Line("")
    for row in rows:
        declined = int(row.state == InvitationState.DECLINED)
        line = Line(row.unit.name, 1, declined, row.seats, row.seated, row.replaced, row.late)
        by_unit.append(line)
        levels.setdefault(row.unit.level, Line(str(row.unit.level))).add(line)
        total.add(line)
    return Statistics(by_unit, [levels[n] for n in sorted(levels)], total)

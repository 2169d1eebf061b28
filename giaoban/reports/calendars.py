"""Deadlines of reports in the calendars of reporters and units."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement, Role
from giaoban.agreements.standing import Standing
from giaoban.lib.itip import Event
from giaoban.notices import feeds
from giaoban.reportforms.queries import schedules
from giaoban.reports import queries
from giaoban.reports.telling import name_of
from giaoban.units.models import Unit

#: Deadlines of periods that run within this time, and of so many periods before.
AHEAD, PERIODS = timedelta(days=92), 8


def deadlines(*, person: User | None, unit: Unit | None, at: datetime) -> Iterator[Event]:
    """What the person has to report for his units, or what the unit owes."""
    for agreement, units in _places(person, unit, at):
        zone = ZoneInfo(agreement.timezone)
        for schedule in schedules(agreement):
            wanted = queries.recent_periods(schedule, (at + AHEAD).astimezone(zone).date(), PERIODS)
            for owed in queries.owed(schedule, wanted, at=at, units=units):
                if not owed.due.excluded:
                    yield _event(owed, agreement, zone, at)


def _places(person: User | None, unit: Unit | None, at: datetime) -> list[tuple[Agreement, set[int]]]:
    if unit is not None:
        return [(agreement, {unit.pk}) for agreement in Agreement.objects.all()]
    assert person is not None
    places: dict[int, tuple[Agreement, set[int]]] = {}
    for held in Standing(person, at).memberships:
        if held.role == Role.REPORTER and held.agreement is not None:
            places.setdefault(held.agreement.pk, (held.agreement, set()))[1].add(held.unit_id)
    return list(places.values())


def _event(owed: queries.Owed, agreement: Agreement, zone: ZoneInfo, at: datetime) -> Event:
    due = owed.due.due_at.astimezone(zone)
    if owed.report:
        owed.report.agreement = agreement
    path = owed.report.get_absolute_url() if owed.report else reverse("reports:due", args=[agreement.code])
    what = name_of(owed.regime, owed.due.period)
    return Event(
        uid=f"report-{owed.regime.pk}-{owed.unit.pk}-{owed.due.period.text}@{urlsplit(settings.SITE_URL).hostname}",
        summary=_("Due: %(what)s · %(unit)s") % {"what": what, "unit": owed.unit.name},
        starts=due - timedelta(hours=1), ends=due, stamp=at, url=settings.SITE_URL + path, is_transparent=True,
        reminder=timedelta(days=1) if owed.waits else None,
    )  # fmt: skip


feeds.register(deadlines)

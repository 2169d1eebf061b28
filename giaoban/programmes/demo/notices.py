"""The sample year's notices: reminders at its end, what was read before, and two calendars."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement
from giaoban.agreements.standing import Standing
from giaoban.lib.periods import Period
from giaoban.notices import actions, queries
from giaoban.reportforms.models import Regime
from giaoban.reportforms.queries import Schedule
from giaoban.reports.actions import remind
from giaoban.units.models import Unit


def notify(agreement: Agreement, people: Mapping[str, User], units: Mapping[str, Unit]) -> None:
    """people: the five who can sign in, by role. What happened before December they have read."""
    schedule = Schedule(
        Regime.objects.select_related("agreement", "form").get(agreement=agreement, code="thang")
    )
    due = schedule.owed(units["89"], Period("month", 2020, 12)).due_at
    for person in people.values():
        _read_before(person, due - timedelta(days=20))
    for at in (due - timedelta(days=2), due + timedelta(hours=1)):
        remind(at=at)
    by = Standing(people["reporter"], due)
    actions.make_feed(person=people["reporter"], by=by, at=due)
    actions.make_feed(unit=units["89"], by=by, at=due)


def _read_before(person: User, until: datetime) -> None:
    for notice in queries.inbox(person).filter(read_at=None, made_at__lt=until):
        actions.mark_read(notice=notice, at=notice.made_at + timedelta(hours=1))

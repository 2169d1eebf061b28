"""Days that are not what their weekday says."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from giaoban.agreements.models import Agreement
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.reportforms.models import CalendarDay
from giaoban.reportforms.policy import demand


def set_day(
    *, agreement: Agreement, on: date, working: bool, by: Actor, at: datetime, name: str = ""
) -> CalendarDay:
    """A holiday, or a day worked to make up for one. A day already there is put right."""
    demand(by, agreement)
    with transaction.atomic():
        day, _made = CalendarDay.objects.update_or_create(
            agreement=agreement, on=on, defaults={"working": working, "name": name.strip()}
        )
        audit.record(subject=agreement, verb="set calendar day", by=by, at=at, detail={"on": on.isoformat()})
    return day


def remove_day(*, day: CalendarDay, by: Actor, at: datetime) -> None:
    """The day is what its weekday says again."""
    demand(by, day.agreement)
    with transaction.atomic():
        detail = {"on": day.on.isoformat()}
        audit.record(subject=day.agreement, verb="remove calendar day", by=by, at=at, detail=detail)
        day.delete()

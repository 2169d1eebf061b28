"""Who sits in the chair, who keeps the minutes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.meetings.actions.meetings import writable
from giaoban.meetings.models import Meeting, Officer
from giaoban.units.models import Unit


def add_officer(
    *, meeting: Meeting, role: str, name: str, title: str, unit: Unit, by: Actor, at: datetime,
    position: int | None = None,
) -> Officer:  # fmt: skip
    """Add somebody; without a position he comes last."""
    with transaction.atomic():
        row = writable(meeting, by=by)
        if position is None:
            last = row.officers.filter(role=role).aggregate(last=Max("position"))["last"]
            position = (last or 0) + 1
        made = Officer.objects.create(
            meeting=row, role=role, name=name, title=title, unit=unit, position=position
        )
        audit.record(subject=row, verb="add officer", by=by, at=at, detail={"officer": made.pk})
    return made


def edit_officer(*, officer: Officer, by: Actor, at: datetime, **details: Any) -> Officer:
    """Change name, title, unit, part or place in the order."""
    with transaction.atomic():
        row = writable(officer.meeting, by=by)
        changed = [name for name, value in details.items() if getattr(officer, name) != value]
        for name in changed:
            setattr(officer, name, details[name])
        if changed:
            officer.save()
            audit.record(subject=row, verb="edit officer", by=by, at=at, detail={"officer": officer.pk})
    return officer


def remove_officer(*, officer: Officer, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        row = writable(officer.meeting, by=by)
        audit.record(subject=row, verb="remove officer", by=by, at=at, detail={"officer": officer.pk})
        officer.delete()

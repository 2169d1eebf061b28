"""A meeting that is called off, or whose file is closed, has no open doors."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from giaoban.core.actors import Actor
from giaoban.core.lifecycle import Move, moved
from giaoban.meetings.actions.attending import shut_doors
from giaoban.meetings.models import Meeting


@receiver(moved, sender=Meeting, dispatch_uid="meetings.doors")
def doors_close(row: Meeting, move: Move, by: Actor, at: datetime, **_: Any) -> None:
    """In the transaction of the move."""
    if move.name in ("cancel", "close"):
        shut_doors(meeting=row, by=by, at=at)

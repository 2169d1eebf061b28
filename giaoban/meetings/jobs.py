"""What comes round for meetings."""

from __future__ import annotations

from datetime import datetime

from giaoban.core.actors import System
from giaoban.core.jobs import every
from giaoban.meetings.actions import attending, keeping

BY = System("meetings")


@every(minutes=2)
def bring_registers_up_to_date(at: datetime) -> None:
    """A delegate named or replaced shortly before the meeting stands on the list of the doors."""
    attending.follow_all(by=BY, at=at)


@every(hours=1)
def remind_units(at: datetime) -> None:
    """Units that have named nobody are reminded, then those above them are told."""
    keeping.remind(by=BY, at=at)
    keeping.escalate(by=BY, at=at)


@every(hours=24)
def erase_contacts(at: datetime) -> None:
    """Phones and addresses of delegates whose term is over."""
    keeping.erase_contacts(by=BY, at=at)

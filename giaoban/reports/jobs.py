"""Work that comes round: reminders of deadlines."""

from __future__ import annotations

from datetime import datetime

from giaoban.core.jobs import every
from giaoban.reports.actions import remind


@every(hours=1)
def remind_of_deadlines(at: datetime) -> None:
    """Reporters and coordinators are told what is due and what is late, each once."""
    remind(at=at)

"""What comes round: signed versions take effect on their day."""

from __future__ import annotations

from datetime import datetime, timedelta

from giaoban.agreements import actions
from giaoban.agreements.queries.text import due_versions
from giaoban.core.actors import System
from giaoban.core.jobs import every


@every(minutes=10)
def put_versions_in_force(at: datetime) -> None:
    """Versions signed for a day that has come, in the zone of their agreement."""
    for version in due_versions(at.date() + timedelta(days=1)).select_related("agreement"):
        if version.effective_on and version.effective_on <= version.agreement.day_of(at):
            actions.take_effect(version=version, by=System("agreements"), at=at)

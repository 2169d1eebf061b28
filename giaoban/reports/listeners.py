"""A move of a report is told to those who have to do something now, or wait for it; what an accepted report
says of tasks becomes their progress, and a report opened again takes it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from giaoban.agreements.models import Role
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import Move, moved
from giaoban.notices.actions import tell
from giaoban.plans.actions import take_report, withdraw_progress
from giaoban.reports.models import Report, ReportKind, Revision
from giaoban.reports.queries import holders
from giaoban.reports.telling import NEWS, saying


@receiver(moved, sender=Report, dispatch_uid="reports-notices")
def tell_those_concerned(row: Report, move: Move, by: Actor, at: datetime, **_: Any) -> None:
    """In the transaction of the move. Who made it is not told."""
    news = NEWS.get(move.name)
    if news is None:
        return
    place = row.receiver_id if news.role == Role.VERIFIER else row.unit_id
    people = holders(row.agreement, news.role, {place} if place else set(), at)
    tell(
        people=[p for p in people.get(place, ()) if p.actor_id != by.actor_id],
        sentence=saying(news.sentence, row.unit, row.regime, row.when), url=row.get_absolute_url(),
        about=("reports.report", row.pk), by=by, at=at, kind=news.kind,
    )  # fmt: skip


@receiver(moved, sender=Report, dispatch_uid="reports.tasks")
def tasks_told(row: Report, move: Move, by: Actor, at: datetime, detail: dict[str, Any], **_: Any) -> None:
    """In the transaction of the move."""
    if move.name == "accept":
        _take(row, by, at)
    elif move.name == "reopen":
        _withdraw(row, by, at)
    elif move.name == "correct":
        before = Revision.objects.get(pk=detail["before"])
        if row.accepted and before.document.get("tasks") != row.accepted.document.get("tasks"):
            _withdraw(row, by, at)
            _take(row, by, at)


def _take(row: Report, by: Actor, at: datetime) -> None:
    said = row.accepted.document.get("tasks", {}) if row.accepted and row.kind == ReportKind.OWN else {}
    if said:
        take_report(
            agreement=row.agreement, unit=row.unit, said=said, ref=f"revision:{row.accepted_id}",
            sent_on=row.agreement.day_of(row.submitted_at or at), last_day=row.last_day, by=by, at=at,
        )  # fmt: skip


def _withdraw(row: Report, by: Actor, at: datetime) -> None:
    if any("tasks" in document for document in row.revisions.values_list("document", flat=True)):
        refs = [f"revision:{pk}" for pk in row.revisions.values_list("pk", flat=True)]
        withdraw_progress(refs=refs, by=by, at=at)

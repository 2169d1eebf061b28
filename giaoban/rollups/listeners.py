"""Reports that are accepted, corrected or reopened change the totals: note it, and have files made later."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from giaoban.core.lifecycle import Move, moved
from giaoban.reports.models import Report, ReportKind
from giaoban.rollups.actions import note
from giaoban.rollups.jobs import compact_bucket
from giaoban.rollups.models import Bucket

MOVES = ("accept", "correct", "reopen")


@receiver(moved, sender=Report, dispatch_uid="rollups")
def figures_changed(row: Report, move: Move, **_: Any) -> None:
    """In the transaction of the move."""
    if move.name in MOVES and row.kind == ReportKind.OWN:
        bucket = note(row)
        if Bucket.objects.filter(pk=bucket.pk, queued=False).update(queued=True):
            transaction.on_commit(partial(compact_bucket.enqueue, bucket.pk))

"""Load a programme folder: everything checked, then all of it or nothing written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from giaoban.agreements import folder as agreements
from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.core.folders import Progress, Quiet
from giaoban.core.models import AuditRow
from giaoban.plans import folder as plans
from giaoban.programmes.reading import Programme, read
from giaoban.reportforms import folder as reportforms
from giaoban.reports import folder as reports
from giaoban.rollups.actions.noting import note_periods
from giaoban.rollups.jobs import compact_bucket
from giaoban.rollups.models import Bucket
from giaoban.units import folder as units


@dataclass(frozen=True)
class Loaded:
    """What a load did: rows of reports read, reports changed, rows the trail grew by, buckets of figures touched."""

    agreement: str
    rows: int
    changed: int
    audited: int
    buckets: tuple[int, ...]


def load(
    *, path: Path, by: Actor, at: datetime, replace: bool = False, progress: Progress | None = None,
    scratch: Path | None = None,
) -> Loaded:  # fmt: skip
    """Read and check the folder, then write what differs in one transaction.

    scratch: a folder for rows put aside while the rest is checked. Raises Refused with every problem.
    """
    told = progress or Quiet()
    programme = read(path, at=at, replace=replace, progress=told, scratch=scratch)
    found = programme.reports
    told.step(_("Preparing"))
    keys = units.reserved(programme.book)
    writer = reports.Writer(found, keys, by=by, at=at)
    if found.changed:
        writer.prepare()
    told.step(_("Writing"))
    with writer.transaction():
        before = AuditRow.objects.aggregate(m=Max("pk"))["m"] or 0
        agreement = _write_frame(programme, keys, by, at)
        buckets: list[int] = []
        if found.changed:
            writer.write(agreement)
            buckets = note_periods(writer.changes(agreement))
            _enqueue(buckets)
        audited = AuditRow.objects.filter(pk__gt=before, actor=by.actor_id).count()
    if found.changed:
        _count_anew()
    return Loaded(agreement.code, found.rows, found.changed, audited, tuple(buckets))


def _write_frame(programme: Programme, keys: dict[int, int], by: Actor, at: datetime) -> Agreement:
    """Everything but the reports."""
    units.write(programme.book, keys, by=by, at=at)
    agreement = agreements.write(programme.agreement, keys, programme.review, by=by, at=at)
    reportforms.write(programme.forms, agreement, by=by, at=at)
    plans.write(programme.targets, agreement, keys, by=by, at=at)
    return agreement


def _count_anew() -> None:
    """PostgreSQL chooses its ways by statistics; its own round would gather those of the new rows too late."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _enqueue(buckets: list[int]) -> None:
    """Have the files of these figures made anew once the load is committed."""
    waiting = Bucket.objects.filter(pk__in=buckets, queued=False)
    for bucket in list(waiting.values_list("pk", flat=True)):
        transaction.on_commit(partial(compact_bucket.enqueue, bucket))
    waiting.update(queued=True)

"""Make the files of a bucket anew. Safe to kill anywhere: a generation is either in use or ignored."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
from django.db import transaction
from pyarrow import parquet

from giaoban.agreements.models import Agreement
from giaoban.core.snapshot import snapshot
from giaoban.lib import periods
from giaoban.reports.models import Report, ReportKind, State
from giaoban.rollups.engine import flatten, partials
from giaoban.rollups.engine.session import Names, Session
from giaoban.rollups.engine.tree import Tree
from giaoban.rollups.models import Bucket, Generation, Pending
from giaoban.rollups.store import shelf
from giaoban.rollups.store.buckets import key_of
from giaoban.rollups.store.calendars import spans_of_bucket
from giaoban.rollups.store.catalogue import Catalogue
from giaoban.rollups.store.engine import session
from giaoban.rollups.store.relations import Wanted, distrust, relations
from giaoban.rollups.store.trees import tree_of
from giaoban.units.queries import tree_stamp

#: A reader that was sent to files finds them for at least this long after they were replaced.
GRACE = timedelta(hours=1)
ROW_GROUP = 122_880
NAMES = Names().numbered(0)


@dataclass(frozen=True)
class Seen:
    """What a compaction saw: only this is settled when it ends."""

    bucket: Bucket
    wanted: Wanted
    tree: Tree
    marks: list[tuple[int, int]]
    facts: pa.Table
    reports: pa.Table


def compact(*, bucket: int, at: datetime, afresh: bool = False) -> Generation | None:
    """Write the figures of a bucket as they are accepted now. afresh: from the revisions alone.

    None if a bulk change or another compaction came in between; whoever caused it asks again.
    """
    engine = session()
    with snapshot():
        seen = _look(engine, bucket, afresh)
    with shelf.writing(seen.bucket.regime_id, seen.bucket.key) as (folder, path):
        _write(engine, seen, folder)
    return _settle(seen, path, at)


def _look(engine: Session, pk: int, afresh: bool) -> Seen:
    bucket = Bucket.objects.select_related("regime__agreement").get(pk=pk)
    catalogue = Catalogue.of(bucket.regime.agreement)
    regime = catalogue.regimes[bucket.regime.code]
    stamp = tree_stamp()
    spans, starts = spans_of_bucket(regime, bucket.key)
    indicators = frozenset(pk for pk, _ in catalogue.shape.indicators.values())
    wanted = Wanted(catalogue, regime, spans, starts, indicators, stamp, afresh)
    found = relations(engine, wanted, NAMES)
    try:
        facts, reports = _rows(engine, found.names)
    except duckdb.Error:
        distrust(found.generations)
        raise
    marks = list(Pending.objects.filter(bucket=bucket).values_list("pk", "mark"))
    return Seen(bucket, wanted, tree_of(regime.hierarchy, stamp), marks, facts, reports)


def _rows(engine: Session, names: Names) -> tuple[pa.Table, pa.Table]:
    """Facts and reports, in the order in which they are kept."""
    facts = _sorted(engine, names.facts, flatten.FACTS.names, "indicator_id, cell, span, unit_id")
    return facts, _sorted(engine, names.reports, flatten.REPORTS.names, "span, unit_id")


def _sorted(engine: Session, name: str, columns: list[str], order: str) -> pa.Table:
    return engine.con.sql(f"SELECT {', '.join(columns)} FROM {name} ORDER BY {order}").to_arrow_table()


def _write(engine: Session, seen: Seen, folder: Path) -> None:
    found = partials.inner_spots(seen.tree, sorted(seen.wanted.spans))
    made = {
        shelf.FACTS: seen.facts,
        shelf.REPORTS: seen.reports,
        shelf.PARTIALS: partials.sums(engine, seen.facts, found),
        shelf.COUNTS: partials.counts(engine, seen.reports, found),
    }
    for name, rows in made.items():
        # by way of Arrow: DuckDB's own writer turns 128-bit sums into floating point
        parquet.write_table(rows, folder / name, compression="zstd", row_group_size=ROW_GROUP)


def _settle(seen: Seen, path: str, at: datetime) -> Generation | None:
    """Point the bucket to the new files and forget exactly what they took in."""
    with transaction.atomic():
        bucket = Bucket.objects.select_for_update().get(pk=seen.bucket.pk)
        if (bucket.edition, bucket.current_id) != (seen.bucket.edition, seen.bucket.current_id):
            shelf.remove(path)
            return None
        made = Generation.objects.create(
            bucket=bucket, path=path, reports=seen.reports.num_rows, facts=seen.facts.num_rows,
            size=shelf.size(path) or 0, digest=shelf.digest(path), inputs=seen.wanted.inputs(), made_at=at,
        )  # fmt: skip
        Generation.objects.filter(bucket=bucket, replaced_at=None).exclude(pk=made.pk).update(replaced_at=at)
        Bucket.objects.filter(pk=bucket.pk).update(current=made)
        for pk, mark in seen.marks:
            Pending.objects.filter(pk=pk, mark=mark).delete()
    return made


def rebuild(*, agreement: Agreement, at: datetime, told: Callable[[int, int], None] | None = None) -> int:
    """Make all files of an agreement anew from its revisions. told(done, all) after each. How many were made."""
    found = Report.objects.filter(agreement=agreement, state=State.ACCEPTED, kind=ReportKind.OWN)
    keys = {
        (r, key_of(periods.parse(p))) for r, p in found.order_by().values_list("regime", "period").distinct()
    }
    for regime, key in sorted(keys):
        Bucket.objects.get_or_create(regime_id=regime, key=key)
    buckets = list(Bucket.objects.filter(regime__agreement=agreement).values_list("pk", flat=True))
    for number, bucket in enumerate(buckets, 1):
        compact(bucket=bucket, at=at, afresh=True)
        if told is not None:
            told(number, len(buckets))
    return len(buckets)


def sweep(*, at: datetime) -> int:
    """Remove files that were replaced longer ago than a reader may need them, and what a killed writer left."""
    old = Generation.objects.filter(replaced_at__lt=at - GRACE)
    paths = list(old.values_list("path", flat=True))
    old.delete()
    for path in paths:
        shelf.remove(path)
    known = set(Generation.objects.values_list("path", flat=True))
    for folder in shelf.root().glob("*/*/*"):
        path = folder.relative_to(shelf.root()).as_posix()
        forgotten = datetime.fromtimestamp(folder.stat().st_mtime, tz=at.tzinfo) < at - GRACE
        if path not in known and forgotten:
            shutil.rmtree(folder, ignore_errors=True)
            paths.append(path)
    return len(paths)

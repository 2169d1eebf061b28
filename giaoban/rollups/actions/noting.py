"""Note which accepted figures changed, in the transaction that changed them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import F

from giaoban.core.bulk import chunks
from giaoban.lib import periods
from giaoban.reports.models import Report
from giaoban.rollups.models import Bucket, Pending
from giaoban.rollups.store.buckets import key_of

#: A bucket of which more than this part changed at once is read from the revisions until it is compacted.
MUCH = 0.2
BATCH = 500


class Noted(NamedTuple):
    """A changed report: its id, regime and period."""

    report: int
    regime: int
    period: str


def note(report: Report) -> Bucket:
    """One report was accepted, corrected or reopened. A few small writes."""
    key = key_of(periods.parse(report.period))
    bucket, _ = Bucket.objects.get_or_create(regime_id=report.regime_id, key=key)
    row, made = Pending.objects.get_or_create(report=report, defaults={"bucket": bucket})
    if not made:
        Pending.objects.filter(pk=row.pk).update(mark=F("mark") + 1)
    return bucket


def note_bulk(changed: Iterable[Noted]) -> list[int]:
    """Many reports changed in this transaction, of which the accepted ones count. The ids of their buckets."""
    by_period: dict[tuple[int, str], list[int]] = defaultdict(list)
    for report, regime, period in changed:
        by_period[regime, period].append(report)
    return note_periods(by_period)


def note_periods(changed: Mapping[tuple[int, str], Sequence[int]]) -> list[int]:
    """The same with (regime, period) -> reports."""
    by_bucket: dict[tuple[int, str], list[int]] = defaultdict(list)
    for (regime, period), reports in changed.items():
        by_bucket[regime, key_of(periods.parse(period))] += reports
    touched = []
    for (regime, key), reports in sorted(by_bucket.items()):
        bucket, _ = Bucket.objects.select_related("current").get_or_create(regime_id=regime, key=key)
        touched.append(bucket.pk)
        if bucket.current is not None and len(reports) <= max(1, bucket.current.reports * MUCH):
            _note_each(bucket, reports)
        else:
            Pending.objects.filter(bucket=bucket).delete()
            Bucket.objects.filter(pk=bucket.pk).update(edition=F("edition") + 1, current=None)
    return touched


def _note_each(bucket: Bucket, reports: list[int]) -> None:
    for batch in chunks(reports, BATCH):
        Pending.objects.filter(report__in=batch).update(mark=F("mark") + 1)
        rows = [Pending(report_id=report, bucket=bucket) for report in batch]
        Pending.objects.bulk_create(rows, ignore_conflicts=True)

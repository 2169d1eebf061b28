"""A cache of figures in columnar files, and what changed since it was made. All derived, all rebuildable."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from giaoban.reportforms.models import Regime
from giaoban.reports.models import Report


class Bucket(models.Model):
    """The reports of one regime whose files are made together: one period, or a month of days, a quarter of weeks.

    edition counts the changes that came in bulk: a compaction that began before one is thrown away.
    queued: a compaction waits to run. current is null while there are no files; the figures then come
    from the revisions.
    """

    regime = models.ForeignKey(Regime, on_delete=models.CASCADE, related_name="buckets")
    key = models.CharField(_("period"), max_length=12)
    edition = models.PositiveIntegerField(default=0)
    queued = models.BooleanField(default=False)
    current = models.ForeignKey("Generation", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("regime", "key")
        constraints = [models.UniqueConstraint(fields=("regime", "key"), name="one_bucket_per_key")]

    def __str__(self) -> str:
        return f"{self.regime_id}/{self.key}"


class Generation(models.Model):
    """One set of immutable files. path: below FACTS_ROOT. replaced_at: since when nobody is sent to them.

    inputs: what the files depend on beside the reports (the calendar, the tree, decimals and breakdowns).
    """

    bucket = models.ForeignKey(Bucket, on_delete=models.CASCADE, related_name="generations")
    path = models.CharField(max_length=200)
    reports = models.PositiveIntegerField()
    facts = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    inputs: models.JSONField[dict[str, Any]] = models.JSONField()
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)


class Pending(models.Model):
    """A report whose accepted figures changed since the files were made. mark: another one for each change."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="+")
    bucket = models.ForeignKey(Bucket, on_delete=models.CASCADE, related_name="pending")
    mark = models.PositiveIntegerField(default=0)

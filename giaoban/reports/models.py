"""A unit's report for a period: its state, its immutable revisions, its draft, its evidence."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import Agreement
from giaoban.documents.models import Document
from giaoban.lib import periods
from giaoban.reportforms.models import FormVersion, Regime
from giaoban.units.models import Unit


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")


class ReportKind(models.TextChoices):
    OWN = "own", _("own figures")
    CONSOLIDATED = "consolidated", _("consolidated")


class Report(models.Model):
    """One per regime, unit, period and kind.

    starts_on, last_day: the report's own span, both inclusive: its period cut to the unit's validity;
    the tree is read on last_day. receiver: the unit that verifies it. current: the newest revision;
    accepted: the revision whose figures count (null while none does). submitted_at: when it was last
    sent in (null: unknown). on_time is null while unknown. Foreign keys that nobody searches by, or
    that an index of several columns begins with, have no index of their own.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="reports", db_index=False)
    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, related_name="reports", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    period = models.CharField(_("period"), max_length=12)
    kind = models.CharField(max_length=12, choices=ReportKind.choices, default=ReportKind.OWN)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    starts_on = models.DateField()
    last_day = models.DateField()
    due_at = models.DateTimeField(_("due"))
    receiver = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    current = models.ForeignKey(
        "Revision", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    accepted = models.ForeignKey(
        "Revision", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    on_time = models.BooleanField(null=True)

    class Meta:
        ordering = ("-last_day", "unit__code")
        constraints = [
            models.UniqueConstraint(
                fields=("regime", "unit", "period", "kind"), name="one_report_per_period"
            ),
        ]
        indexes = [
            models.Index(fields=("agreement", "state", "last_day"), name="report_state"),
            models.Index(fields=("agreement", "last_day"), name="report_day"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.agreement.code, self.pk])

    @property
    def when(self) -> periods.Period:
        return periods.parse(self.period)


class Revision(models.Model):
    """Immutable: what a report said. document (see documents.md in docs/reference):
    {"values": {CELL: int | "decimal text"}, "estimated": [CELL], "comments": {CELL: text},
    "narratives": {CODE: text}, "tasks": {CODE: what was said, see `tasks`}}; CELL is `code` or
    `code[dim=opt,…]`; empty parts are left out.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    document: models.JSONField[dict[str, Any]] = models.JSONField()
    digest = models.CharField(max_length=64)
    author = models.CharField(max_length=60)
    on_behalf = models.BooleanField(_("entered on behalf of the unit"), default=False)
    origin = models.CharField(max_length=10, default="form")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=("report", "number"), name="one_revision_number")]


class Draft(models.Model):
    """The one document of a report still being written. `edition` counts up: a stale writer is told."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="draft")
    document: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=0)
    author = models.CharField(max_length=60)
    saved_at = models.DateTimeField()


class Return(models.Model):
    """What was asked when a report was returned: the cells to look at. The reason itself is in the trail."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="returns")
    cells: models.JSONField[list[str]] = models.JSONField(default=list)
    reason = models.TextField()
    author = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)


class Evidence(models.Model):
    """A file that proves or explains a report, or one cell of it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="evidence")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    cell = models.CharField(max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)


class Staged(models.Model):
    """Revisions first..last that a load has written ahead: no report has them until the load is committed."""

    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    at = models.DateTimeField()

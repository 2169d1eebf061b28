"""The agenda: items in order, and the versions of it that were published."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.core.language import reader_language
from giaoban.lib.text import pick
from giaoban.meetings.models.meeting import Meeting
from giaoban.reports.models import Report
from giaoban.reviews.models import Section
from giaoban.units.models import Unit


class ItemKind(models.TextChoices):
    FREE = "free", _("an item of its own")
    REVIEW = "review", _("a section of a review")
    REPORT = "report", _("the report of a unit")
    CONCLUSIONS = "conclusions", _("conclusions of last time")


class AgendaItem(models.Model):
    """One item. speaker: who presents it, as it is read out.

    starts_at: when it must begin; empty: right after the item before. duration in minutes. section and
    report: what it is about, by its kind. removed: taken off; what hangs on it stays in the trail.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=12, choices=ItemKind.choices, default=ItemKind.FREE)
    titles: models.JSONField[dict[str, str]] = models.JSONField(_("title"), default=dict)
    speaker = models.CharField(_("speaker"), max_length=240, blank=True)
    speaker_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("speaker's unit")
    )  # fmt: skip
    starts_at = models.DateTimeField(pgettext_lazy("agenda", "begins"), null=True, blank=True)
    duration = models.PositiveSmallIntegerField(_("minutes"), default=15)
    section = models.ForeignKey(Section, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    removed = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(condition=Q(duration__lte=720), name="agenda_item_within_a_day"),
            models.CheckConstraint(
                condition=Q(kind="report") | Q(report__isnull=True), name="agenda_report_by_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind="review") | Q(section__isnull=True), name="agenda_section_by_kind"
            ),
        ]

    def __str__(self) -> str:
        return pick(self.titles, reader_language())


class AgendaVersion(models.Model):
    """The agenda as it was published; immutable.

    lines: [{"item", "titles", "kind", "speaker", "unit" (name), "from", "to" (ISO instants)}].
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda_versions")
    number = models.PositiveSmallIntegerField(_("version"))
    lines: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    note = models.CharField(_("what is new"), max_length=400, blank=True)
    published_by = models.CharField(max_length=60)
    published_at = models.DateTimeField(_("published"))

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("meeting", "number"), name="one_agenda_version_number")
        ]

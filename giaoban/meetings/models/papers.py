"""Papers of a meeting: who may read one, from when, and its versions."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from giaoban.core.language import reader_language
from giaoban.documents.models import Document
from giaoban.lib.text import pick
from giaoban.meetings.models.agenda import AgendaItem
from giaoban.meetings.models.meeting import Meeting
from giaoban.units.models import Unit


class Audience(models.TextChoices):
    CHAIRS = "chairs", _("those who chair")
    DELEGATIONS = "delegations", _("the delegations")
    UNIT = "unit", _("one unit")
    AGREEMENT = "agreement", _("everybody in the agreement")
    PUBLIC = "public", _("everybody, on the public portal too")


class Embargo(models.TextChoices):
    NONE = "none", _("at once")
    START = "start", _("when the meeting begins")
    INSTANT = "instant", _("at a given time")


class MeetingPaper(models.Model):
    """A paper, of one item of the agenda or of the whole meeting.

    Until its embargo ends only those who prepare the meeting know that it exists. opens_at: the end of an
    embargo until a given time. withdrawn_at: nobody else sees it any more.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="papers", verbose_name=_("item"),
    )  # fmt: skip
    titles: models.JSONField[dict[str, str]] = models.JSONField(_("title"), default=dict)
    audience = models.CharField(
        _("who may read it"), max_length=12, choices=Audience.choices, default=Audience.DELEGATIONS
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    embargo = models.CharField(_("from when"), max_length=8, choices=Embargo.choices, default=Embargo.NONE)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("item__position", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(audience="unit", unit__isnull=False)
                | (~Q(audience="unit") & Q(unit__isnull=True)),
                name="paper_names_its_unit",
            ),
            models.CheckConstraint(
                condition=Q(embargo="instant", opens_at__isnull=False)
                | (~Q(embargo="instant") & Q(opens_at__isnull=True)),
                name="paper_names_its_instant",
            ),
        ]

    def __str__(self) -> str:
        return pick(self.titles, reader_language())

    def is_open(self, at: datetime) -> bool:
        """Is its embargo over? It ends on the second it names."""
        return self.readable_from is None or self.readable_from <= at

    @property
    def readable_from(self) -> datetime | None:
        """When its embargo ends; None: it has none."""
        return {Embargo.START: self.meeting.starts_at, Embargo.INSTANT: self.opens_at}.get(
            Embargo(self.embargo)
        )


class PaperVersion(models.Model):
    """One file of a paper; the newest is read, the older ones stay."""

    paper = models.ForeignKey(MeetingPaper, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("what is new"), max_length=400, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=("paper", "number"), name="one_paper_version_number")]

"""Minutes: words and decisions per item, the delegations' answers, the signed files."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.documents.models import Document
from giaoban.meetings.models.agenda import AgendaItem
from giaoban.meetings.models.meeting import Meeting
from giaoban.units.models import Unit


class MinutesState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("minutes", "being written")
    CIRCULATED = "circulated", _("with the delegations")
    ADOPTED = "adopted", _("adopted")
    SIGNED = "signed", pgettext_lazy("minutes", "signed")


class Minutes(models.Model):
    """The minutes of a meeting. answer_by: until when the delegations answer.

    attendance: what the register said when it was filled in (see `queries.minutes.attendance`). round: how
    often they were sent to the delegations. files are frozen when signed.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    state = models.CharField(
        _("state"), max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT
    )
    attendance: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    answer_by = models.DateField(_("answers until"), null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(_("number and symbol"), max_length=80, blank=True)
    signed_on = models.DateField(_("dated"), null=True, blank=True)
    begun_at = models.DateTimeField()

    class Meta:
        verbose_name = _("minutes")

    def get_absolute_url(self) -> str:
        return reverse("meetings:minutes", args=[self.meeting.agreement.code, self.meeting_id])

    @property
    def is_draft(self) -> bool:
        return self.state == MinutesState.DRAFT


class Entry(models.Model):
    """What was said under an item. `edition` counts up: a stale writer is told."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="entries")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what was said"), blank=True)
    edition = models.PositiveIntegerField(default=0)
    author = models.CharField(max_length=60)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("item__position", "id")
        constraints = [models.UniqueConstraint(fields=("minutes", "item"), name="one_entry_per_item")]


class Way(models.TextChoices):
    CONSENSUS = "consensus", _("by consensus")
    VOTE = "vote", _("by vote")


class Decision(models.Model):
    """Something decided. Of a vote only the counts are kept, never who voted how."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    text = models.TextField(_("decision"))
    way = models.CharField(
        pgettext_lazy("decision", "how"), max_length=10, choices=Way.choices, default=Way.CONSENSUS
    )
    votes_for = models.PositiveIntegerField(pgettext_lazy("votes", "for"), null=True, blank=True)
    votes_against = models.PositiveIntegerField(pgettext_lazy("votes", "against"), null=True, blank=True)
    abstentions = models.PositiveIntegerField(_("abstentions"), null=True, blank=True)

    class Meta:
        ordering = ("item__position", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    way="vote", votes_for__isnull=False, votes_against__isnull=False, abstentions__isnull=False
                )
                | Q(
                    way="consensus", votes_for__isnull=True, votes_against__isnull=True, abstentions__isnull=True
                ),
                name="votes_are_counted",
            )
        ]  # fmt: skip


class AnswerState(models.TextChoices):
    AGREED = "agreed", _("agreed")
    ASKED = "asked", _("asks for a change")
    TAKEN = "taken", _("change taken up")
    DECLINED = "declined", _("change not taken up")


class Answer(models.Model):
    """What a delegation says of the minutes in one round: agreed, or which change it asks for."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="answers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(_("state"), max_length=10, choices=AnswerState.choices)
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("item")
    )
    text = models.TextField(_("the change asked for"), blank=True)
    reply = models.TextField(_("why not"), blank=True)
    author = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ("unit__code", "id")
        constraints = [
            models.UniqueConstraint(fields=("minutes", "unit", "round"), name="one_answer_per_round")
        ]


class SignedFile(models.Model):
    """A file of signed minutes or of an issued notice, frozen. `format`: docx, pdf."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="signed_files")
    kind = models.CharField(
        max_length=10, choices=[("minutes", _("minutes")), ("notice", _("notice of conclusions"))]
    )
    format = models.CharField(max_length=8)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("kind", "format")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "kind", "format"), name="one_signed_file_per_format")
        ]

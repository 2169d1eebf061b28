"""Conclusions of a meeting, what they rest on, and the notice that carries them to the units."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.agreements.models import Proposal
from giaoban.core.language import reader_language
from giaoban.lib.text import pick
from giaoban.meetings.models.agenda import AgendaItem
from giaoban.meetings.models.meeting import Meeting
from giaoban.reviews.models import Figure, Sentence
from giaoban.units.models import Unit


class ConclusionState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("conclusion", "proposed")
    ACCEPTED = "accepted", pgettext_lazy("conclusion", "accepted")
    GIVEN = "given", pgettext_lazy("conclusion", "given as a task")
    DROPPED = "dropped", pgettext_lazy("conclusion", "dropped")


#: What the chair has concluded.
STANDING = (ConclusionState.ACCEPTED, ConclusionState.GIVEN)


class Conclusion(models.Model):
    """What the chair concluded: words, who leads, who supports, until when.

    number: its place in the meeting. edition counts up: a stale writer is told. amends: it asks for the
    agreement to be amended. proposal: the amendment that was proposed for it.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="conclusions")
    number = models.PositiveSmallIntegerField(_("number"))
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("item")
    )
    texts: models.JSONField[dict[str, str]] = models.JSONField(_("conclusion"), default=dict)
    lead = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead unit")
    )
    support = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("supporting units"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    output = models.CharField(_("expected output"), max_length=400, blank=True)
    amends = models.BooleanField(_("asks for an amendment of the agreement"), default=False)
    proposal = models.OneToOneField(
        Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("proposal of amendment"),
    )  # fmt: skip
    state = models.CharField(
        _("state"), max_length=10, choices=ConclusionState.choices, default=ConclusionState.PROPOSED
    )
    edition = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=60)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        ordering = ("number", "id")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "number"), name="one_conclusion_number"),
        ]

    def __str__(self) -> str:
        return pick(self.texts, reader_language())

    def get_absolute_url(self) -> str:
        return reverse("meetings:conclusion", args=[self.meeting.agreement.code, self.meeting_id, self.pk])

    @property
    def ref(self) -> str:
        """Its name in the task that came of it."""
        return f"conclusion:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in (ConclusionState.PROPOSED, ConclusionState.ACCEPTED)


class Ground(models.Model):
    """What a conclusion rests on: a figure of a review, or a sentence of it."""

    conclusion = models.ForeignKey(Conclusion, on_delete=models.CASCADE, related_name="grounds")
    figure = models.ForeignKey(Figure, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(figure__isnull=False, sentence__isnull=True)
                | Q(figure__isnull=True, sentence__isnull=False),
                name="ground_is_one_thing",
            ),
            models.UniqueConstraint(fields=("conclusion", "figure"), name="one_ground_per_figure"),
            models.UniqueConstraint(fields=("conclusion", "sentence"), name="one_ground_per_sentence"),
        ]


class NoticeState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("notice of conclusions", "draft")
    ISSUED = "issued", pgettext_lazy("notice of conclusions", "issued")


class ConclusionNotice(models.Model):
    """The notice of conclusions: the numbered paper that goes to the units."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="notice")
    state = models.CharField(
        _("state"), max_length=10, choices=NoticeState.choices, default=NoticeState.DRAFT
    )
    number = models.CharField(_("number and symbol"), max_length=80, blank=True)
    dated = models.DateField(_("dated"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice of conclusions")

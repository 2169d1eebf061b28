"""A meeting: what it is, when and where, who holds it, who sits in the chair."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.agreements.models import Agreement
from giaoban.core.language import reader_language
from giaoban.lib.text import pick
from giaoban.units.models import Unit


class Kind(models.TextChoices):
    REVIEW = "review", _("review conference")
    TRAINING = "training", _("training")
    BRIEFING = "briefing", _("regular briefing")
    SIGNING = "signing", _("signing ceremony")


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")
    MIXED = "mixed", _("in person and online")


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("meeting", "being prepared")
    ANNOUNCED = "announced", _("announced")
    OPEN = "open", _("in session")
    HELD = "held", _("held")
    CLOSED = "closed", pgettext_lazy("meeting", "file closed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


#: Everybody of the agreement knows of it, and it has not ended.
LIVE = (State.ANNOUNCED, State.OPEN)


class VideoRule(models.TextChoices):
    CHAIRS = "chairs", _("the secretariat and the chairs only")
    DELEGATES = "delegates", _("also the units that are invited")
    EVERYBODY = "everybody", _("everybody of the agreement")


class Series(models.Model):
    """Meetings that come round, with a host that rotates (`hosts`, in their order)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="series")
    titles: models.JSONField[dict[str, str]] = models.JSONField(_("title"), default=dict)
    is_open = models.BooleanField(_("goes on"), default=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return pick(self.titles, reader_language())


class SeriesHost(models.Model):
    """A unit's place in the rotation."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="hosts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("series", "position"), name="one_host_per_turn"),
        ]


class Meeting(models.Model):
    """One meeting of an agreement.

    sequence counts up with every change that calendars must follow (iTIP SEQUENCE). answer_by: until when
    units name their delegates. capacity: seats in the hall, None without limit. moderated: a named
    delegate takes a seat only when the secretariat agrees. keep_days: how long after the end the phones
    and e-mail addresses of delegates are kept. former: the meeting this one was copied from.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.REVIEW)
    titles: models.JSONField[dict[str, str]] = models.JSONField(_("title"), default=dict)
    purpose = models.TextField(_("purpose and content"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    mode = models.CharField(_("held"), max_length=10, choices=Mode.choices, default=Mode.IN_PERSON)
    venue = models.CharField(_("venue"), max_length=300, blank=True)
    host = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("host unit")
    )
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("series")
    )  # fmt: skip
    former = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    video_url = models.URLField(_("video link"), max_length=400, blank=True)
    video_rule = models.CharField(
        _("who sees the video link"), max_length=10, choices=VideoRule.choices, default=VideoRule.DELEGATES
    )
    transport = models.TextField(_("transport"), blank=True)
    lodging = models.TextField(_("lodging"), blank=True)
    contact = models.CharField(_("contact of the secretariat"), max_length=300, blank=True)
    answer_by = models.DateTimeField(_("delegates are named by"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("seats in the hall"), null=True, blank=True)
    moderated = models.BooleanField(_("the secretariat agrees to each delegate"), default=False)
    keep_days = models.PositiveSmallIntegerField(_("days that contacts are kept"), default=90)
    sequence = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)
    settings: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-starts_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_in_order"),
        ]

    def __str__(self) -> str:
        return pick(self.titles, reader_language())

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.agreement.code, self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def uid(self) -> str:
        """Its name in calendars; never changes."""
        return f"meeting-{self.pk}"


class Organiser(models.Model):
    """A unit that holds the meeting, in protocol order."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="organisers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=("meeting", "unit"), name="one_place_per_organiser")]


class OfficerRole(models.TextChoices):
    CHAIR = "chair", _("in the chair")
    SECRETARY = "secretary", _("secretary")


class Officer(models.Model):
    """Somebody in the chair, or the secretary: a name and a title as they are printed, in protocol order."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="officers")
    role = models.CharField(_("part"), max_length=10, choices=OfficerRole.choices, default=OfficerRole.CHAIR)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("position"), max_length=200, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    position = models.PositiveSmallIntegerField(_("protocol order"))

    class Meta:
        ordering = ("role", "position", "id")

"""What readers tell: that something is wrong, and only as a number that a page was read or useful."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.portal.models.base import PortalPage


class CorrectionState(models.TextChoices):
    NEW = "new", pgettext_lazy("correction", "new")
    ANSWERED = "answered", _("answered")
    DECLINED = "declined", _("turned down")


class Correction(models.Model):
    """A reader's request to put something on a page right. The address is erased when its term is over."""

    page = models.ForeignKey(PortalPage, on_delete=models.CASCADE, related_name="corrections")
    language = models.CharField(max_length=2)
    place = models.CharField(_("where on the page"), max_length=300, blank=True)
    words = models.TextField(_("what is wrong"), max_length=2000)
    email = models.EmailField(_("e-mail address"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=CorrectionState.choices, default=CorrectionState.NEW
    )
    made_at = models.DateTimeField(_("came"))
    due_on = models.DateField(_("answer by"))
    answer = models.TextField(_("answer"), blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("request for correction")
        indexes = [models.Index(fields=("state", "due_on"), name="correction_waiting")]

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("portal:correction", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == CorrectionState.NEW


class PageDay(models.Model):
    """A page on one day, under one language: how often it was read, how often it was called useful or not.

    Numbers only: nothing says by whom.
    """

    page = models.ForeignKey(PortalPage, on_delete=models.CASCADE, related_name="days")
    language = models.CharField(max_length=2)
    day = models.DateField()
    reads = models.PositiveIntegerField(default=0)
    useful = models.PositiveIntegerField(default=0)
    useless = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("page", "language", "day"), name="page_day_once_a_language")
        ]
        indexes = [models.Index(fields=("day", "page"), name="page_day_by_day")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.language} {self.day}"


class DayKey(models.Model):
    """The key of one day, under which addresses are digested. Thrown away with the day, and all it made."""

    day = models.DateField(unique=True)
    key = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.day)


class Knock(models.Model):
    """How often something came from one address, whose digest says nothing once the day's key is gone."""

    under = models.ForeignKey(DayKey, on_delete=models.CASCADE, related_name="knocks")
    digest = models.CharField(max_length=64)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("under", "digest"), name="knock_once_a_digest")]

    def __str__(self) -> str:
        return self.digest[:8]

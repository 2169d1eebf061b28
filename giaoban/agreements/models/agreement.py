"""The agreement itself, and who holds which role in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.core.language import reader_language
from giaoban.lib.text import pick
from giaoban.units.models import TERRITORY, Unit


class LegalForm(models.TextChoices):
    COSIGNED = "cosigned", _("signed by all parties")
    DECISION = "decision", _("issued by a decision")
    JOINT_RESOLUTION = "joint-resolution", _("joint resolution")
    PROGRAMME = "programme", _("programme of coordination")


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("agreement", "draft")
    IN_FORCE = "in_force", pgettext_lazy("agreement", "in force")
    AMENDED = "amended", pgettext_lazy("agreement", "being amended")
    REPLACED = "replaced", pgettext_lazy("agreement", "replaced")


class Agreement(models.Model):
    """A programme of coordination. `code` is its address and never changes.

    parties: a rule that names units (figures and due counts go by it); what part each plays: `Party`.
    number, titles, signed_on, ends_on: those of the version in force. parent: the agreement it stands under.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    titles: models.JSONField[dict[str, str]] = models.JSONField(_("title"), default=dict)
    number = models.CharField(_("number and symbol"), max_length=80, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    lead = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("coordinating unit")
    )
    parties = models.CharField(_("parties"), max_length=400, help_text="level:N, group:NAME, or unit codes")
    hierarchy = models.CharField(max_length=40, default=TERRITORY)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    timezone = models.CharField(_("time zone"), max_length=60, default="Asia/Ho_Chi_Minh")
    source = models.CharField(_("source of the data"), max_length=400, blank=True)
    is_sample = models.BooleanField(_("sample data"), default=False)
    settings: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    form = models.CharField(
        _("legal form"), max_length=16, choices=LegalForm.choices, default=LegalForm.COSIGNED
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.IN_FORCE)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="local_agreements",
        verbose_name=_("stands under"),
    )  # fmt: skip

    class Meta:
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="term_in_order"
            )
        ]

    def __str__(self) -> str:
        return pick(self.titles, reader_language()) or self.code

    def get_absolute_url(self) -> str:
        return reverse("agreements:overview", args=[self.code])

    def day_of(self, at: datetime) -> date:
        """The day of an instant in the agreement's own zone."""
        return at.astimezone(ZoneInfo(self.timezone)).date()


class Role(models.TextChoices):
    REPORTER = "reporter", _("reporter")
    VERIFIER = "verifier", _("verifier")
    COORDINATOR = "coordinator", _("coordinator")
    CHAIR = "chair", _("chair")
    OPERATOR = "operator", _("operator")


class Membership(models.Model):
    """A role of a person in one agreement (or, for operators, in all) for a unit, dated."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    may_accept_own = models.BooleanField(_("may accept a report he wrote himself"), default=False)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until (first day no longer valid)"), null=True, blank=True)

    class Meta:
        ordering = ("agreement", "role", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="role_dates"
            ),
            models.CheckConstraint(
                condition=Q(role="operator", agreement__isnull=True)
                | Q(agreement__isnull=False, unit__isnull=False),
                name="role_has_its_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.unit or ''}"

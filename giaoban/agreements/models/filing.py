"""Numbered papers of an agreement: which stand in its register, and who may read them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models.agreement import Agreement
from giaoban.documents.models import Paper


class Audience(models.TextChoices):
    OFFICE = "office", _("the coordinating unit")
    PARTIES = "parties", _("all parties")
    PUBLIC = "public", _("everybody (may be published)")


class Filing(models.Model):
    """A paper's place in the register of an agreement."""

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="filing")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="filings")
    audience = models.CharField(
        _("for whom"), max_length=8, choices=Audience.choices, default=Audience.PARTIES
    )

    def __str__(self) -> str:
        return str(self.paper)

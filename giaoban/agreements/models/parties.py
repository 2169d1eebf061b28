"""What part each party plays, in which order the parties stand, and who signs for them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models.agreement import Agreement
from giaoban.units.models import Unit


class PartyRole(models.TextChoices):
    LEAD = "lead", _("lead party")
    MEMBER = "member", _("member")
    OFFICE = "office", _("standing office")
    OBSERVER = "observer", _("observer")


class Party(models.Model):
    """A unit's part in an agreement. A party without a row is a member that stands after the others.

    signer_*: whose name the signature cell bears: authority ("TM. ỦY BAN NHÂN DÂN"), title, name.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="party_rows")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=8, choices=PartyRole.choices, default=PartyRole.MEMBER)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=100)
    signer_authority = models.CharField(_("signs for"), max_length=160, blank=True)
    signer_title = models.CharField(_("title of the signer"), max_length=160, blank=True)
    signer_name = models.CharField(_("name of the signer"), max_length=120, blank=True)

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=("agreement", "unit"), name="one_part_per_unit")]

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_role_display()}"

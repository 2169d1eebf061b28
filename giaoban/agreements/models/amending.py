"""How an agreement is amended: what units propose, and what the parties say of a draft."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models.agreement import Agreement
from giaoban.agreements.models.text import Article, Version
from giaoban.units.models import Unit


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("proposal", "proposed")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "taken up")
    DECLINED = "declined", pgettext_lazy("proposal", "not taken up")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "withdrawn")


class Proposal(models.Model):
    """A unit wants an article changed, or (article empty) something new. answer: why it was taken up or not."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="proposals")
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals",
        verbose_name=pgettext_lazy("text", "article"),
    )  # fmt: skip
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    text = models.TextField(_("proposed words"))
    reason = models.TextField(_("reason"))
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED
    )
    answer = models.TextField(pgettext_lazy("party", "answer"), blank=True)
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    made_at = models.DateTimeField(_("made"))

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        about = self.article.label if self.article else gettext("something new")
        return gettext("Proposal of %(unit)s on %(article)s") % {"unit": self.unit, "article": about}

    def get_absolute_url(self) -> str:
        return reverse("agreements:proposal", args=[self.agreement.code, self.pk])


class Stance(models.TextChoices):
    AGREES = "agrees", _("agrees")
    COMMENTS = "comments", _("agrees, with comments")
    DISAGREES = "disagrees", _("does not agree yet")


class Opinion(models.Model):
    """What a party, as a unit, says of the draft text in one round of consultation."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="opinions")
    round = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    stance = models.CharField(pgettext_lazy("party", "answer"), max_length=10, choices=Stance.choices)
    text = models.TextField(_("comments"), blank=True)
    given_at = models.DateTimeField(_("answered on"))

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=("version", "round", "unit"), name="one_opinion_per_unit_and_round"
            )
        ]

"""The text of an agreement: versions, and articles that keep their identity through them."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models.agreement import Agreement
from giaoban.core.language import reader_language
from giaoban.documents.models import Paper
from giaoban.lib.text import pick


class VersionState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("version", "draft")
    CONSULTED = "consulted", pgettext_lazy("version", "in consultation")
    SIGNED = "signed", pgettext_lazy("version", "signed")
    IN_FORCE = "in_force", pgettext_lazy("version", "in force")
    REPLACED = "replaced", pgettext_lazy("version", "replaced")
    DISCARDED = "discarded", pgettext_lazy("version", "discarded")


#: Being prepared: an agreement has one of these at most.
OPEN = (VersionState.DRAFT, VersionState.CONSULTED, VersionState.SIGNED)
#: Signed at some time: the text never changes again.
FINAL = (VersionState.SIGNED, VersionState.IN_FORCE, VersionState.REPLACED)


class Version(models.Model):
    """One version of the text. number counts up within the agreement.

    bases: the bases of the document, one on each line. ends_on: the last day of the term it sets.
    signatures: who signed for which party, frozen at signing: [{"unit", "name", "lines", "signer"}].
    round, due_on: of the consultation. paper: the signed text in the register.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT
    )
    titles: models.JSONField[dict[str, str]] = models.JSONField(_("title"), default=dict)
    bases = models.TextField(_("bases"), blank=True)
    note = models.TextField(_("what changes and why"), blank=True)
    signed_number = models.CharField(_("number and symbol"), max_length=80, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    effective_on = models.DateField(_("takes effect on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    signatures: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list, blank=True)
    round = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField(_("answers until"), null=True, blank=True)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("agreement", "number"), name="one_version_per_number"),
            models.UniqueConstraint(
                fields=("agreement",), condition=Q(state__in=("draft", "consulted", "signed")), name="one_open_version"
            ),
            models.UniqueConstraint(
                fields=("agreement",), condition=Q(state="in_force"), name="one_version_in_force"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return gettext("Version %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("agreements:version", args=[self.agreement.code, self.number])

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT

    @property
    def is_final(self) -> bool:
        return self.state in FINAL


class ArticleKind(models.TextChoices):
    CHAPTER = "chapter", _("chapter")
    ARTICLE = "article", pgettext_lazy("text", "article")
    CLAUSE = "clause", _("clause")
    POINT = "point", _("point")


class Article(models.Model):
    """A chapter, article, clause or point through all versions: what regimes, plans and reviews point to.

    labels ("Khoản 2 Điều 3"), titles, review_month, position, is_in_force: as in the version in force; of one
    that is in none, as last written. review_month: the parties review it every year in this month (1 to 12).
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="articles")
    kind = models.CharField(_("kind"), max_length=8, choices=ArticleKind.choices)
    labels: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    titles: models.JSONField[dict[str, str]] = models.JSONField(_("title"), default=dict)
    review_month = models.PositiveSmallIntegerField(
        _("reviewed every year in"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )  # fmt: skip
    position = models.PositiveIntegerField(default=0)
    is_in_force = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        lang = reader_language()
        label, title = pick(self.labels, lang), pick(self.titles, lang)
        return f"{label}. {title}" if label and title else label or title or "…"

    def get_absolute_url(self) -> str:
        return reverse("agreements:article", args=[self.agreement.code, self.pk])

    @property
    def label(self) -> str:
        return pick(self.labels, reader_language())


class Wording(models.Model):
    """What an article says in one version, and where it stands there. edition counts up: a stale writer is told."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="wordings")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="wordings")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="below")
    position = models.PositiveIntegerField()
    titles: models.JSONField[dict[str, str]] = models.JSONField(_("title"), default=dict, blank=True)
    texts: models.JSONField[dict[str, str]] = models.JSONField(_("text"), default=dict, blank=True)
    review_month = models.PositiveSmallIntegerField(_("reviewed every year in"), null=True, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=("version", "article"), name="one_wording_per_version")]

"""Stored files and numbered papers. Each is reached through the thing it belongs to, whose policy decides."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def _where(document: Document, filename: str) -> str:
    """Named by content, so that equal files are one and no name of a person's disk is kept in the path."""
    return f"documents/{document.sha256[:2]}/{document.sha256}"


class Document(models.Model):
    """Immutable: the bytes, what they are called, and who brought them."""

    file = models.FileField(upload_to=_where, max_length=200)
    name = models.CharField(_("file name"), max_length=240)
    caption = models.CharField(_("caption"), max_length=400, blank=True)
    alternative = models.CharField(_("alternative text"), max_length=400, blank=True)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    added_by = models.CharField(max_length=60)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class PaperType(models.TextChoices):
    """The kinds of administrative papers, as Decree 30/2020 calls them, and laws."""

    LAW = "law", pgettext_lazy("paper", "Law")
    ORDINANCE = "ordinance", pgettext_lazy("paper", "Ordinance")
    DECREE = "decree", pgettext_lazy("paper", "Decree")
    CIRCULAR = "circular", pgettext_lazy("paper", "Circular")
    RESOLUTION = "resolution", pgettext_lazy("paper", "Resolution")
    JOINT_RESOLUTION = "joint-resolution", pgettext_lazy("paper", "Joint resolution")
    DECISION = "decision", pgettext_lazy("paper", "Decision")
    DIRECTIVE = "directive", pgettext_lazy("paper", "Directive")
    REGULATION = "regulation", pgettext_lazy("paper", "Regulation")
    PROGRAMME = "programme", pgettext_lazy("paper", "Programme")
    PLAN = "plan", pgettext_lazy("paper", "Plan")
    GUIDANCE = "guidance", pgettext_lazy("paper", "Guidance")
    REPORT = "report", pgettext_lazy("paper", "Report")
    MINUTES = "minutes", pgettext_lazy("paper", "Minutes")
    NOTICE = "notice", pgettext_lazy("paper", "Notice")
    INVITATION = "invitation", pgettext_lazy("paper", "Invitation")
    SUBMISSION = "submission", pgettext_lazy("paper", "Submission")
    LETTER = "letter", pgettext_lazy("paper", "Official letter")
    TELEGRAM = "telegram", pgettext_lazy("paper", "Official telegram")
    ACCORD = "accord", pgettext_lazy("paper", "Written agreement")
    MEMORANDUM = "memorandum", pgettext_lazy("paper", "Memorandum")
    OTHER = "other", pgettext_lazy("paper", "Other paper")


class Direction(models.TextChoices):
    IN = "in", _("incoming")
    OUT = "out", _("outgoing")


class Paper(models.Model):
    """A paper of the register, in or out. The number is text as written on it and never taken apart.

    received_on: of an incoming paper. valid_to: the first day it no longer holds.
    """

    type = models.CharField(_("type"), max_length=20, choices=PaperType.choices)
    number = models.CharField(_("number and symbol"), max_length=80, blank=True)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices)
    issued_on = models.DateField(_("issued on"))
    received_on = models.DateField(_("received on"), null=True, blank=True)
    issuer = models.CharField(_("issuer"), max_length=300)
    signer = models.CharField(_("signer"), max_length=200, blank=True)
    abstract = models.CharField(_("abstract"), max_length=600)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("first day no longer valid"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces",
        verbose_name=_("replaced by"),
    )  # fmt: skip
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )

    class Meta:
        ordering = ("-issued_on", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="paper_dates",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("pk")), name="paper_not_by_itself"
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.get_type_display(), self.number) if part)

    def is_valid_on(self, day: date) -> bool:
        """Does it hold on that day? Without dates a paper holds from its issue on."""
        return (self.valid_from or self.issued_on) <= day and (self.valid_to is None or day < self.valid_to)


class PaperKind(models.TextChoices):
    """The papers that the product writes as .docx, each with a house template of its own."""

    REVIEW = "review", _("Reviews")
    PLAN = "plan", _("Plans of the year")
    AGREEMENT = "agreement", _("Text of the agreement")
    INVITATION = "invitation", _("Letters of invitation")
    MINUTES = "minutes", _("Minutes and notices of conclusions")


class HouseTemplate(models.Model):
    """The house's own template of a kind of paper; without a document the built-in one is used."""

    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind.choices, unique=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("file")
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("kind",)

    def __str__(self) -> str:
        return str(self.get_kind_display())

"""The consolidated review: paragraphs and figures, each with the reports it came from."""

from __future__ import annotations

import json
import zlib
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.agreements.models import Agreement, Article
from giaoban.documents.models import Document
from giaoban.lib import numbers, periods
from giaoban.plans.models import Activity, Task
from giaoban.reports.models import Revision


class ReviewKind(models.TextChoices):
    INTERIM = "interim", _("interim review")
    FINAL = "final", _("final review")


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("review", "draft")
    SIGNED = "signed", _("signed off")
    ISSUED = "issued", _("issued")
    REPLACED = "replaced", _("replaced")
    RECALLED = "recalled", _("recalled")
    DISCARDED = "discarded", _("discarded")


#: Frozen: neither words nor figures change any more.
FROZEN = (State.ISSUED, State.REPLACED, State.RECALLED)
#: Still being prepared.
OPEN = (State.DRAFT, State.SIGNED)


class Review(models.Model):
    """The review of an agreement for a period, in one language.

    layout: the house's words of the document, copied when it is begun (see `outline.layout`).
    manifest: what was issued, frozen; null while it is a draft. missing: what was lacking when it was
    issued all the same.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="reviews")
    period = models.CharField(_("period"), max_length=12)
    kind = models.CharField(_("kind"), max_length=8, choices=ReviewKind.choices, default=ReviewKind.INTERIM)
    language = models.CharField(
        _("language"), max_length=5, choices=[("vi", "Tiếng Việt"), ("en", "English")]
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=400)
    number = models.CharField(_("number and symbol"), max_length=80, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    issued_on = models.DateField(_("dated"), null=True, blank=True)
    layout: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("corrects"),
    )
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews",
        verbose_name=_("article it carries out"),
    )  # fmt: skip
    manifest: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True, blank=True)
    missing: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list, blank=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-period", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=("agreement", "period", "language"), condition=Q(state__in=("draft", "signed")),
                name="one_open_review",
            ),
            models.UniqueConstraint(
                fields=("agreement", "period", "language"), condition=Q(state="issued"), name="one_issued_review"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reviews:review", args=[self.agreement.code, self.pk])

    @property
    def when(self) -> periods.Period:
        return periods.parse(self.period)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN


class Section(models.Model):
    """A heading of the review with what stands under it. `level` 1 is a part, 2 a clause within it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=300)
    level = models.PositiveSmallIntegerField(default=1)
    is_annex = models.BooleanField(_("annex"), default=False)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=("review", "code"), name="one_section_per_code")]

    def __str__(self) -> str:
        return self.title


class BlockKind(models.TextChoices):
    PARAGRAPH = "paragraph", _("paragraph")
    TABLE = "table", _("table")
    CHART = "chart", _("chart")
    NOTE = "note", _("note on how this was made")


class Block(models.Model):
    """A paragraph, a table, a chart or a note, in its place in a section.

    data of a paragraph: {"lead": words in bold before it}, or {}. of a table: {"caption", "head",
    "columns": [{"title", "group"?}], "rows": [{"title", "total"?}], "cells", "note"}; a cell is the
    number of a figure, [number, "complete"] for its accepted/due, or null. of a chart: {"caption",
    "form": "bar" | "line", "table": block id, "columns": [n]}: it draws columns of a table of the
    same review, so that every point is a figure. of a note: {"text"}.
    """

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="blocks")
    kind = models.CharField(max_length=10, choices=BlockKind.choices, default=BlockKind.PARAGRAPH)
    position = models.PositiveIntegerField()
    publishable = models.BooleanField(_("may be published"), default=False)
    removed = models.BooleanField(default=False)
    data: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("position", "id")


class Origin(models.TextChoices):
    TAKEN = "taken", _("taken")
    MERGED = "merged", _("merged")
    SHORTENED = "shortened", _("shortened")
    WRITTEN = "written", _("written")


class Sentence(models.Model):
    """A sentence of a paragraph. A figure stands in it as {{figure:12}} (see `wording`).

    edition counts up: a stale writer is told. edited_from: the words before the first rewriting or
    shortening; empty if there was none.
    """

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="sentences")
    position = models.PositiveIntegerField()
    text = models.TextField(_("sentence"))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices)
    edited_from = models.TextField(_("edited from"), blank=True)
    edition = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=60)
    changed_at = models.DateTimeField()
    removed = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "id")


class SentenceSource(models.Model):
    """Where a sentence comes from: a question of a revision and the words used of its answer, or a task, or
    an activity, or a page of an upper app.

    label: unit and period (or day, or the task's code) as they stand in the document. address: of that page,
    from the root; a conclusion of a meeting, which may have become a task as well.
    """

    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="sources")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    narrative = models.CharField(_("question"), max_length=80, blank=True)
    excerpt = models.TextField(_("excerpt"))
    label = models.CharField(max_length=300)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(revision__isnull=False)
                | Q(task__isnull=False)
                | Q(activity__isnull=False)
                | ~Q(address=""),
                name="source_names_something",
            )
        ]

    @property
    def where(self) -> tuple[int | None, int | None, int | None, str, str, str]:
        """What it points at: two sources with the same are one."""
        return (self.revision_id, self.task_id, self.activity_id, self.address, self.narrative, self.excerpt)

    def copied_to(self, sentence: Sentence) -> SentenceSource:
        """The same source, unsaved, for another sentence."""
        return SentenceSource(
            sentence=sentence, revision_id=self.revision_id, task_id=self.task_id, activity_id=self.activity_id,
            address=self.address, narrative=self.narrative, excerpt=self.excerpt, label=self.label,
        )  # fmt: skip


class SourceSet(models.Model):
    """The reports and revisions behind figures. Many figures share one; immutable.

    units: [{"unit", "code", "name", "reports", "first", "last"}], one line per unit. packed: the
    pairs (report, revision), sorted, compressed; read them with `pairs`.
    """

    digest = models.CharField(max_length=64, unique=True)
    reports = models.PositiveIntegerField()
    units: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    packed = models.BinaryField()

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """(report id, revision id), sorted."""
        flat = json.loads(zlib.decompress(self.packed))
        return list(zip(flat[::2], flat[1::2], strict=True))

    @staticmethod
    def pack(pairs: list[tuple[int, int]]) -> bytes:
        return zlib.compress(json.dumps([n for pair in pairs for n in pair], separators=(",", ":")).encode())


class FigureKind(models.TextChoices):
    ROLLUP = "rollup", _("roll-up")
    TARGET = "target", _("plan target")
    CHANGE = "change", _("change in per cent")
    SHARE = "share", _("per cent of the target")


class Figure(models.Model):
    """A number of the review: what was asked, what came out, and from which reports.

    query of a roll-up: {"indicator", "unit" (id), "period", "basis"?, "by"?, "option"?, "regime"?}; of
    a target: {"indicator", "unit", "period"}; of a change or a share: {"of": n, "against": m},
    numbers of figures of this review. key: its digest; one query stands once in a review. value:
    exact decimal text, rounded as shown; empty if there is none. Where it stands: `wording` and Block.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="figures")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(max_length=8, choices=FigureKind.choices, default=FigureKind.ROLLUP)
    query: models.JSONField[dict[str, Any]] = models.JSONField()
    key = models.CharField(max_length=64)
    label = models.CharField(_("what it says"), max_length=600)
    value = models.CharField(max_length=80, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    accepted = models.PositiveIntegerField(null=True)
    due = models.PositiveIntegerField(null=True)
    on_time = models.PositiveIntegerField(null=True)
    newest = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    sources = models.ForeignKey(SourceSet, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("review", "number"), name="one_figure_per_number"),
            models.UniqueConstraint(fields=("review", "key"), name="one_figure_per_query"),
        ]

    @property
    def tag(self) -> str:
        """Its name in the document: one content control, one line of the annex."""
        return f"f{self.number}"

    @property
    def amount(self) -> Decimal | None:
        return Decimal(self.value) if self.value else None

    def shown(self, language: str) -> str:
        """As it stands in the document; an en dash where there is no value."""
        return numbers.show(Decimal(self.value), self.decimals, language) if self.value else "–"


class IssuedFile(models.Model):
    """A file of an issued review, frozen. `format`: docx, pdf, html, sources."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=8)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("format",)
        constraints = [
            models.UniqueConstraint(fields=("review", "format"), name="one_issued_file_per_format")
        ]


class Correction(models.Model):
    """The record that an issued review was replaced, and why. `new` takes effect when it is issued."""

    old = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="corrected_by")
    new = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="correction_of")
    reason = models.TextField(_("reason"))
    author = models.CharField(max_length=60)
    at = models.DateTimeField()


class Recall(models.Model):
    """The record that an issued review was recalled, and why."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="recall")
    reason = models.TextField(_("reason"))
    author = models.CharField(max_length=60)
    at = models.DateTimeField()

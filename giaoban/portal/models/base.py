"""What every page of the portal has: both languages, its unit, its dates, its note."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page

from giaoban.agreements.models import Agreement
from giaoban.core.language import reader_language
from giaoban.lib.text import slug as slug_of
from giaoban.portal.models import checking, editing
from giaoban.portal.models.blocks import as_read, body
from giaoban.portal.models.media import PortalImage
from giaoban.portal.models.noting import NotedRow
from giaoban.units.models import Unit

LANGUAGES = ("vi", "en")
#: Addresses below the portal that belong to no page.
RESERVED = {"search", "tim-kiem", "reading", "feedback", "rss", "atom", "index", "files"}

#: Kinds of pages whose readers are asked whether they are useful and right.
TELLABLE = ("article", "review", "meeting", "document", "guide", "plan", "questions")


class NoteKind(models.TextChoices):
    NONE = "", _("no note")
    CORRECTION = "correction", _("correction")
    WITHDRAWAL = "withdrawal", _("withdrawal")


@dataclass(frozen=True)
class Words:
    """A text with the language it is in: the reader's, or the other where nobody has translated it."""

    text: Any
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return str(self.text)


#: How a preview is drawn; the app hands it in, since models know no screens.
rendering: dict[str, Callable[..., HttpResponse]] = {}


def shown(at: datetime, prefix: str = "") -> Q:
    """Q for pages that are published at that instant, private ones among them."""
    return (
        Q(**{f"{prefix}live": True})
        & (Q(**{f"{prefix}go_live_at__isnull": True}) | Q(**{f"{prefix}go_live_at__lte": at}))
        & (Q(**{f"{prefix}expire_at__isnull": True}) | Q(**{f"{prefix}expire_at__gt": at}))
    )


def public(at: datetime, prefix: str = "") -> Q:
    """Q for pages that everybody may read at that instant, if nothing above them is closed."""
    return shown(at, prefix) & Q(**{f"{prefix}view_restrictions__isnull": True})


class PortalPage(NotedRow, Page):
    """A page in Vietnamese (`title`, `…_vi`) and English (`…_en`), edited in one form.

    english_of: digest of the Vietnamese for which the English was written; english_was: digest of that
    English. posted_at: the date people see; first publication if empty. canonical: the page of another
    unit that tells of the same event first. origin: the row of the programme it was proposed from.
    """

    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    lead_vi = models.TextField(_("lead in Vietnamese"), blank=True, max_length=600)
    lead_en = models.TextField(_("lead in English"), blank=True, max_length=600)
    body_vi = body(_("text in Vietnamese"))
    body_en = body(_("text in English"))
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agreement"),
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    posted_at = models.DateTimeField(
        _("posted"), null=True, blank=True, help_text=_("Empty: when it is first published.")
    )
    picture = models.ForeignKey(
        PortalImage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    english_fits = models.BooleanField(
        _("the English still fits"), default=False,
        help_text=_("Tick it when the Vietnamese has changed and the English needs no change."),
    )  # fmt: skip
    english_of = models.CharField(max_length=64, blank=True, editable=False)
    english_was = models.CharField(max_length=64, blank=True, editable=False)
    note_kind = models.CharField(_("note"), max_length=10, blank=True, default="", choices=NoteKind.choices)
    note_vi = models.TextField(_("note in Vietnamese"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    noted_on = models.DateField(_("noted on"), null=True, blank=True)
    canonical = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="told_again",
        verbose_name=_("first told by"), help_text=_("Another unit's page about the same event, if it came first."),
    )  # fmt: skip
    origin = models.CharField(max_length=80, blank=True, editable=False, db_index=True)
    is_sample = models.BooleanField(_("sample text"), default=False, editable=False)

    noted_as: ClassVar[str] = "page"
    noted_with = (("unit_id", "units_unit"), ("agreement_id", "agreements_agreement"))

    #: What this page is called in lists, filters and machines; schema.org's word for it.
    kind: ClassVar[str] = "page"
    schema: ClassVar[str] = "WebPage"
    template_name: ClassVar[str] = "portal/page.html"
    is_creatable = False
    show_in_menus_default = False
    preview_modes = [("vi", "Tiếng Việt"), ("en", "English")]
    #: There are no groups: rights are a table.
    private_page_options: ClassVar[list[str]] = ["password", "login"]

    content_panels: ClassVar[list[Any]] = []
    promote_panels = editing.PROMOTE
    settings_panels = editing.SETTINGS
    edit_handler = editing.handler(editing.VIETNAMESE, editing.ENGLISH, editing.ABOUT)

    class Meta:
        verbose_name = _("page")

    # ------------------------------------------------------------- two languages

    def say(self, field: str, language: str) -> Words:
        """The field in the language, else in the other, with the language it is in. A withdrawn page has no lead:
        lists, feeds and machines say nothing of what was taken back."""
        if field == "lead" and self.is_withdrawn:
            return Words("", language)
        for code in (language, *(c for c in LANGUAGES if c != language)):
            found = getattr(self, "title" if (field, code) == ("title", "vi") else f"{field}_{code}")
            if found:
                return Words(found, code)
        return Words("", language)

    @property
    def has_english(self) -> bool:
        return bool(self.title_en)

    @property
    def is_english_stale(self) -> bool:
        """Has the Vietnamese changed since the English was written?"""
        return self.has_english and self.english_of != self._digest("vi")

    def _digest(self, language: str) -> str:
        title = self.title if language == "vi" else self.title_en
        stream = getattr(self, f"body_{language}")
        plain = [
            title,
            getattr(self, f"lead_{language}"),
            [as_read(block["value"]) for block in stream.get_prep_value()],
        ]
        told = json.dumps(plain, ensure_ascii=False, default=str, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()

    def mark_translation(self) -> None:
        """Note which Vietnamese the English belongs to."""
        english = self._digest("en") if self.has_english else ""
        if english != self.english_was or self.english_fits:
            self.english_was, self.english_of = english, self._digest("vi") if english else ""
        self.english_fits = False

    # ------------------------------------------------------------- rules of one row

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED:
            raise ValidationError(
                {"slug": gettext("This address belongs to the portal itself. Choose another.")}
            )
        if self.note_kind and not self.note_vi.strip():
            raise ValidationError(
                {"note_vi": gettext("Say in a sentence what was corrected or why it was withdrawn.")}
            )
        if self.canonical_id and self.canonical_id == self.pk:
            raise ValidationError({"canonical": gettext("A page cannot follow itself.")})
        self.settle()

    def minimal_clean(self) -> None:
        super().minimal_clean()
        self.settle()

    def settle(self) -> None:
        """What follows from the rest of the row, in drafts too: its address, its agreement, its translation."""
        self._check_texts()
        self.slug = self.slug or slug_of(self.title)[:80].strip("-")
        if self.agreement_id is None and self.path and self.depth > 2:
            above = PortalPage.objects.filter(path=self.path[: -self.steplen]).first()
            self.agreement = above.agreement if above else None
        self.mark_translation()

    def _check_texts(self) -> None:
        """Refuse, in drafts too, what no text may hold."""
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            try:
                if isinstance(field, StreamField):
                    checking.check_body(value.get_prep_value())
                elif isinstance(value, str):
                    checking.check_words(value)
            except ValidationError as error:
                raise ValidationError({field.name: error}) from None

    @property
    def is_asked_about(self) -> bool:
        """Are its readers asked whether it was useful and right?"""
        return self.kind in TELLABLE

    @property
    def is_withdrawn(self) -> bool:
        return self.note_kind == NoteKind.WITHDRAWAL

    @property
    def illustration(self) -> PortalImage | None:
        """The picture that stands for it in lists and beside links; a withdrawn page has none."""
        return None if self.is_withdrawn else self.picture

    @property
    def posted(self) -> datetime | None:
        return self.posted_at or self.first_published_at

    # ------------------------------------------------------------- addresses

    def get_url_parts(self, *asked: Any, **named: Any) -> tuple[int, str, str] | None:
        """As Wagtail's, below the language: /vi/… and /en/…."""
        parts = super().get_url_parts(*asked, **named)
        if parts is None or parts[2] is None:
            return parts
        return parts[0], parts[1], f"/{reader_language()}{parts[2]}"

    def address(self, language: str) -> str:
        """Its path in a language. The first two steps of url_path are the root and the home page."""
        inside = self.url_path.split("/", 2)[2] if self.url_path.count("/") > 1 else ""
        return f"/{language}/{inside}"

    def serve_preview(self, *given: Any) -> HttpResponse:
        mode = given[1] if given[1] in LANGUAGES else "vi"
        return rendering["preview"](self, mode, given[0])

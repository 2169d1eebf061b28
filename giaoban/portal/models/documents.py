"""The register of documents: what was issued, by whom, in force until when, replaced by what."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable

from giaoban.portal.models import editing
from giaoban.portal.models.base import PortalPage
from giaoban.portal.models.editing import WordsPanel
from giaoban.portal.models.media import PortalFile
from giaoban.portal.models.noting import NotedRow


class RegisterPage(PortalPage):
    """The list of documents."""

    kind: ClassVar[str] = "register"
    schema: ClassVar[str] = "CollectionPage"
    template_name: ClassVar[str] = "portal/register.html"
    is_creatable = True
    show_in_menus_default = True
    parent_page_types = ["portal.HomePage", "portal.SectionPage"]
    subpage_types = ["portal.DocumentPage"]
    edit_handler = editing.handler(editing.VIETNAMESE, editing.ENGLISH, editing.ABOUT)

    class Meta:
        verbose_name = _("register of documents")
        verbose_name_plural = _("registers of documents")


class Force(models.TextChoices):
    COMING = "coming", _("not yet in force")
    IN_FORCE = "in force", _("in force")
    ENDED = "ended", _("no longer in force")
    REPLACED = "replaced", _("replaced")


class DocumentPage(PortalPage):
    """A document: its text first, its files second. The number is text and kept as it was given."""

    number = models.CharField(_("number and symbol"), max_length=80)
    type_vi = models.CharField(_("type in Vietnamese"), max_length=80)
    type_en = models.CharField(_("type in English"), max_length=80, blank=True)
    issued_on = models.DateField(_("dated"))
    issuer = models.CharField(_("issued by"), max_length=200)
    signer = models.CharField(_("signed by"), max_length=200, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    ended_on = models.DateField(_("first day no longer in force"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaces",
        verbose_name=_("replaced by"),
    )  # fmt: skip

    kind: ClassVar[str] = "document"
    schema: ClassVar[str] = "DigitalDocument"
    template_name: ClassVar[str] = "portal/document.html"
    is_creatable = True
    parent_page_types = ["portal.RegisterPage"]
    subpage_types: ClassVar[list[Any]] = []
    edit_handler = editing.handler(
        [*editing.VIETNAMESE, WordsPanel("type_vi")],
        [*editing.ENGLISH, WordsPanel("type_en")],
        [
            FieldRowPanel([FieldPanel("number"), FieldPanel("issued_on")]),
            FieldRowPanel([FieldPanel("issuer"), FieldPanel("signer")]),
            FieldRowPanel([FieldPanel("effective_on"), FieldPanel("ended_on")]),
            PageChooserPanel("replaced_by", page_type="portal.DocumentPage"),
            InlinePanel("files", label=_("file")),
            *editing.ABOUT,
        ],
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        super().clean()
        if self.effective_on and self.ended_on and self.ended_on <= self.effective_on:
            raise ValidationError({"ended_on": gettext("It cannot end before it begins.")})
        if self.replaced_by_id and self.replaced_by_id == self.pk:
            raise ValidationError({"replaced_by": gettext("A document cannot replace itself.")})

    def force(self, day: date) -> Force:
        """Where it stands on that day."""
        if self.replaced_by_id and (self.ended_on is None or self.ended_on <= day):
            return Force.REPLACED
        if self.ended_on and self.ended_on <= day:
            return Force.ENDED
        if self.effective_on and self.effective_on > day:
            return Force.COMING
        return Force.IN_FORCE


class PageFile(NotedRow, Orderable):
    """A file of a document page."""

    page = ParentalKey(DocumentPage, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(PortalFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))

    panels = [FieldPanel("file")]

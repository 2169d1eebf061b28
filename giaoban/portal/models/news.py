"""News: what happened, when, told by whom, with the papers that belong to it."""

from __future__ import annotations

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
from giaoban.portal.models.noting import NotedRow

FACTS: list[Any] = [
    FieldRowPanel([FieldPanel("event_on"), FieldPanel("event_until")], heading=_("When it happened")),
    PageChooserPanel("meeting", page_type="portal.MeetingPage"),
    PageChooserPanel("review", page_type="portal.ReviewPage"),
    InlinePanel("papers", label=_("related document")),
]


class NewsArticle(PortalPage):
    """An article. event_on is when it happened, apart from when it was posted."""

    source = models.CharField(
        _("source"), max_length=80, blank=True, help_text=_("Stands before the lead, in brackets.")
    )
    byline = models.CharField(_("written by"), max_length=160, blank=True)
    event_on = models.DateField(_("happened on"), null=True, blank=True)
    event_until = models.DateField(_("until"), null=True, blank=True)
    place_vi = models.CharField(_("place in Vietnamese"), max_length=200, blank=True)
    place_en = models.CharField(_("place in English"), max_length=200, blank=True)
    meeting = models.ForeignKey(
        "portal.MeetingPage", on_delete=models.SET_NULL, null=True, blank=True, related_name="articles",
        verbose_name=_("meeting"),
    )  # fmt: skip
    review = models.ForeignKey(
        "portal.ReviewPage", on_delete=models.SET_NULL, null=True, blank=True, related_name="articles",
        verbose_name=_("review"),
    )  # fmt: skip

    kind: ClassVar[str] = "article"
    schema: ClassVar[str] = "NewsArticle"
    template_name: ClassVar[str] = "portal/article.html"
    shown_with: ClassVar[tuple[str, ...]] = ("canonical", "meeting", "review")
    is_creatable = True
    parent_page_types = ["portal.SectionPage"]
    subpage_types: ClassVar[list[Any]] = []
    edit_handler = editing.handler(
        [*editing.VIETNAMESE, WordsPanel("place_vi")],
        [*editing.ENGLISH, WordsPanel("place_en")],
        [*editing.ABOUT, FieldRowPanel([FieldPanel("source"), FieldPanel("byline")]), *FACTS],
    )

    class Meta:
        verbose_name = _("news article")
        verbose_name_plural = _("news articles")

    def clean(self) -> None:
        super().clean()
        if self.event_on and self.event_until and self.event_until < self.event_on:
            raise ValidationError({"event_until": gettext("It cannot end before it begins.")})


class RelatedDocument(NotedRow, Orderable):
    """A document of the register that belongs to an article."""

    page = ParentalKey(NewsArticle, on_delete=models.CASCADE, related_name="papers")
    document = models.ForeignKey(
        "portal.DocumentPage", on_delete=models.CASCADE, related_name="+", verbose_name=_("document")
    )

    panels = [PageChooserPanel("document", page_type="portal.DocumentPage")]

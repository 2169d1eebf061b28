"""Home, sections, questions and answers, guides: the frame that articles stand in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from giaoban.portal.models import editing
from giaoban.portal.models.base import PortalPage, Words
from giaoban.portal.models.editing import WordsPanel


class HomePage(PortalPage):
    """The front page. Its children that stand in menus are the menu; the footer's words are its own."""

    site_name_vi = models.CharField(_("name of the portal in Vietnamese"), max_length=120)
    site_name_en = models.CharField(_("name of the portal in English"), max_length=120, blank=True)
    owner_vi = models.CharField(_("publishing body in Vietnamese"), max_length=200, blank=True)
    owner_en = models.CharField(_("publishing body in English"), max_length=200, blank=True)
    contact_vi = models.TextField(_("contact in Vietnamese"), blank=True)
    contact_en = models.TextField(_("contact in English"), blank=True)

    kind: ClassVar[str] = "home"
    schema: ClassVar[str] = "WebSite"
    template_name: ClassVar[str] = "portal/home.html"
    is_creatable = True
    private_page_options: ClassVar[list[str]] = []  # the way to every other page
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    edit_handler = editing.handler(
        [WordsPanel("site_name_vi"), *editing.VIETNAMESE, WordsPanel("owner_vi"), WordsPanel("contact_vi")],
        [WordsPanel("site_name_en"), *editing.ENGLISH, WordsPanel("owner_en"), WordsPanel("contact_en")],
        editing.ABOUT,
    )

    class Meta:
        verbose_name = _("home page")

    @property
    def names(self) -> dict[str, Words]:
        return {code: self.say("site_name", code) for code in ("vi", "en")}

    def say(self, field: str, language: str) -> Words:
        if field == "title":
            return super().say("site_name", language)
        return super().say(field, language)


class SectionPage(PortalPage):
    """A heading with its articles, newest first, by month."""

    kind: ClassVar[str] = "section"
    schema: ClassVar[str] = "CollectionPage"
    template_name: ClassVar[str] = "portal/section.html"
    is_creatable = True
    show_in_menus_default = True
    parent_page_types = ["portal.HomePage", "portal.SectionPage"]
    edit_handler = editing.handler(editing.VIETNAMESE, editing.ENGLISH, editing.ABOUT)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class QuestionsPage(PortalPage):
    """Questions and answers."""

    kind: ClassVar[str] = "questions"
    schema: ClassVar[str] = "FAQPage"
    template_name: ClassVar[str] = "portal/questions.html"
    is_creatable = True
    show_in_menus_default = True
    parent_page_types = ["portal.HomePage", "portal.SectionPage"]
    subpage_types: ClassVar[list[Any]] = []
    edit_handler = editing.handler(editing.VIETNAMESE, editing.ENGLISH, editing.ABOUT)

    class Meta:
        verbose_name = _("questions and answers")
        verbose_name_plural = _("questions and answers")


class GuidePage(PortalPage):
    """How to do something, step by step: each heading of its text is a step."""

    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    kind: ClassVar[str] = "guide"
    schema: ClassVar[str] = "HowTo"
    template_name: ClassVar[str] = "portal/guide.html"
    is_creatable = True
    parent_page_types = ["portal.HomePage", "portal.SectionPage"]
    subpage_types: ClassVar[list[Any]] = []
    edit_handler = editing.handler(
        editing.VIETNAMESE, editing.ENGLISH, [FieldRowPanel([FieldPanel("checked_on")]), *editing.ABOUT]
    )

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

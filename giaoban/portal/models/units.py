"""Units of the programme as the public sees them: what they do, whom to call; and the tree of all."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from giaoban.portal.models import editing
from giaoban.portal.models.base import PortalPage
from giaoban.portal.models.editing import WordsPanel
from giaoban.portal.models.noting import NotedRow


class OrganisationPage(PortalPage):
    """The organisation chart: the units of the agreement with their pages."""

    kind: ClassVar[str] = "organisation"
    schema: ClassVar[str] = "GovernmentOrganization"
    template_name: ClassVar[str] = "portal/organisation.html"
    is_creatable = True
    show_in_menus_default = True
    parent_page_types = ["portal.HomePage", "portal.SectionPage"]
    subpage_types = ["portal.UnitPage"]
    edit_handler = editing.handler(editing.VIETNAMESE, editing.ENGLISH, editing.ABOUT)

    class Meta:
        verbose_name = _("organisation chart")
        verbose_name_plural = _("organisation charts")


class UnitPage(PortalPage):
    """A unit's own page: functions, contacts, its news."""

    address_vi = models.CharField(_("address in Vietnamese"), max_length=240, blank=True)
    address_en = models.CharField(_("address in English"), max_length=240, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)

    kind: ClassVar[str] = "unit"
    schema: ClassVar[str] = "GovernmentOrganization"
    template_name: ClassVar[str] = "portal/unit.html"
    is_creatable = True
    parent_page_types = ["portal.OrganisationPage"]
    subpage_types: ClassVar[list[Any]] = []
    edit_handler = editing.handler(
        [*editing.VIETNAMESE, WordsPanel("address_vi")],
        [*editing.ENGLISH, WordsPanel("address_en")],
        [
            *editing.ABOUT,
            FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            InlinePanel("contacts", label=_("contact")),
        ],
    )

    class Meta:
        verbose_name = _("unit page")
        verbose_name_plural = _("unit pages")

    def clean(self) -> None:
        super().clean()
        if self.unit_id is None:
            raise ValidationError({"unit": gettext("Choose the unit this page is about.")})


class Contact(NotedRow, Orderable):
    """Whom to call about what: an office, or a person in an office."""

    page = ParentalKey(UnitPage, on_delete=models.CASCADE, related_name="contacts")
    about_vi = models.CharField(_("responsible for, in Vietnamese"), max_length=160)
    about_en = models.CharField(_("responsible for, in English"), max_length=160, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)

    panels = [
        FieldRowPanel([WordsPanel("about_vi"), WordsPanel("about_en")]),
        FieldRowPanel([FieldPanel("name"), FieldPanel("phone"), FieldPanel("email")]),
    ]

"""What stands around every page, where it is not to be as the tree has it: menu, columns of the footer, contact."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.fields import StreamField

from giaoban.portal.models.checking import check_address, check_words
from giaoban.portal.models.editing import WordsPanel


class EntryBlock(blocks.StructBlock):
    """A line of a menu: a page, under its own title or another, or any address."""

    page = blocks.PageChooserBlock(label=_("page"), required=False)
    address = blocks.CharBlock(label=_("or an address"), max_length=300, required=False)
    label_vi = blocks.CharBlock(
        label=_("label in Vietnamese"),
        max_length=80,
        required=False,
        help_text=_("Empty: the title of the page."),
    )
    label_en = blocks.CharBlock(label=_("label in English"), max_length=80, required=False)

    class Meta:
        icon = "link"
        label = _("Line of a menu")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        wrong = {}
        if bool(cleaned["page"]) == bool(cleaned["address"]):
            wrong["page"] = ValidationError(gettext("Choose a page, or write an address. Not both."))
        elif cleaned["page"] and cleaned["page"].depth > 3 and not cleaned["page"].numchild:
            wrong["page"] = ValidationError(
                gettext(
                    "Choose a page right under the front page or one with others below it, or write the address."
                )
            )
        elif cleaned["address"] and not cleaned["label_vi"]:
            wrong["label_vi"] = ValidationError(gettext("An address needs a label."))
        for name, check in (("address", check_address), ("label_vi", check_words), ("label_en", check_words)):
            try:
                check(cleaned[name])
            except ValidationError as error:
                wrong[name] = error
        if wrong:
            raise StructBlockValidationError(block_errors=wrong)
        return cleaned


class ColumnBlock(blocks.StructBlock):
    """A column of the footer."""

    title_vi = blocks.CharBlock(label=_("heading in Vietnamese"), max_length=80)
    title_en = blocks.CharBlock(label=_("heading in English"), max_length=80, required=False)
    links = blocks.ListBlock(EntryBlock(), label=_("links"), min_num=1, max_num=12)

    class Meta:
        icon = "list-ul"
        label = _("Column")


class Furniture(BaseSiteSetting):
    """The menu and the footer of a site. Whatever is empty stays as the tree and the front page have it."""

    menu = StreamField(
        [("entry", EntryBlock())], verbose_name=_("main menu"), blank=True, max_num=12,
        help_text=_("Empty: the pages right under the front page that stand in menus."),
    )  # fmt: skip
    columns = StreamField(
        [("column", ColumnBlock())], verbose_name=_("columns of the footer"), blank=True, max_num=3,
        help_text=_("They stand beside the menu, the contact and what is said about the site."),
    )  # fmt: skip
    contact_vi = models.TextField(
        _("contact in Vietnamese"), blank=True, max_length=1000, help_text=_("Empty: as on the front page.")
    )
    contact_en = models.TextField(_("contact in English"), blank=True, max_length=1000)
    licence_vi = models.CharField(_("licence in Vietnamese"), blank=True, max_length=240)
    licence_en = models.CharField(_("licence in English"), blank=True, max_length=240)

    #: Its fields that are shown.
    SAID: ClassVar[tuple[str, ...]] = (
        "menu",
        "columns",
        "contact_vi",
        "contact_en",
        "licence_vi",
        "licence_en",
    )

    panels = [
        FieldPanel("menu"),
        FieldPanel("columns"),
        FieldRowPanel([WordsPanel("contact_vi"), WordsPanel("contact_en")], heading=_("Contact")),
        FieldRowPanel([WordsPanel("licence_vi"), WordsPanel("licence_en")], heading=_("Licence")),
    ]

    class Meta:
        verbose_name = _("menus and footer")

    def clean(self) -> None:
        super().clean()
        for name in ("contact_vi", "contact_en", "licence_vi", "licence_en"):
            try:
                check_words(getattr(self, name))
            except ValidationError as error:
                raise ValidationError({name: error}) from None

"""The editor's form: one page, both languages in tabs beside each other, then what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)


class OfRecords(FieldPanel):
    """A choice about what the records hold: only on pages that were proposed from them."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance.origin) and super().is_shown()


class _InLanguage:
    """Words of one language, as the name of their field ends: browsers check their spelling and read them in it."""

    field_name: str

    def get_editable_context_data(self) -> dict[str, Any]:
        told: dict[str, Any] = super().get_editable_context_data()  # type: ignore[misc]
        language = "en" if self.field_name.endswith("_en") else "vi"
        told["rendered_field"] = format_html('<div lang="{}">{}</div>', language, told["rendered_field"])
        return told


class WordsPanel(FieldPanel):
    class BoundPanel(_InLanguage, FieldPanel.BoundPanel):
        pass


class TitlePanel(TitleFieldPanel):
    class BoundPanel(_InLanguage, TitleFieldPanel.BoundPanel):
        pass


VIETNAMESE: list[Any] = [
    TitlePanel("title", heading=_("title in Vietnamese")),
    WordsPanel("lead_vi"),
    WordsPanel("body_vi"),
]
ENGLISH: list[Any] = [
    HelpPanel(template="portal/editor/translation.html", heading=_("State of the translation")),
    WordsPanel("title_en"),
    WordsPanel("lead_en"),
    WordsPanel("body_en"),
    FieldPanel("english_fits"),
]
ABOUT: list[Any] = [
    FieldPanel("picture"),
    FieldRowPanel([FieldPanel("unit"), FieldPanel("agreement")], heading=_("Whose page it is")),
    FieldPanel("posted_at"),
]
PROMOTE: list[Any] = [
    FieldPanel("slug"),
    FieldPanel("show_in_menus"),
    PageChooserPanel("canonical"),
    MultiFieldPanel(
        [FieldPanel("note_kind"), FieldPanel("noted_on"), WordsPanel("note_vi"), WordsPanel("note_en")],
        heading=_("Correction or withdrawal"),
    ),
]
SETTINGS: list[Any] = [
    HelpPanel(template="portal/editor/links.html", heading=_("Where its links lead")),
    PublishingPanel(),
    CommentPanel(),
]


def handler(vietnamese: Sequence[Any], english: Sequence[Any], about: Sequence[Any]) -> TabbedInterface:
    """The tabs of a page type."""
    return TabbedInterface(
        [
            ObjectList(list(vietnamese), heading="Tiếng Việt"),
            ObjectList(list(english), heading="English"),
            ObjectList(list(about), heading=_("About the page")),
            ObjectList(PROMOTE + SETTINGS, heading=_("Publishing")),
        ]
    )

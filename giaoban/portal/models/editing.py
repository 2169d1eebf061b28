"""The editor's form: one page, both languages in tabs beside each other, then what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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


VIETNAMESE: list[Any] = [
    TitleFieldPanel("title", heading=_("title in Vietnamese")),
    FieldPanel("lead_vi"),
    FieldPanel("body_vi"),
]
ENGLISH: list[Any] = [
    HelpPanel(template="portal/editor/translation.html", heading=_("State of the translation")),
    FieldPanel("title_en"),
    FieldPanel("lead_en"),
    FieldPanel("body_en"),
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
        [FieldPanel("note_kind"), FieldPanel("noted_on"), FieldPanel("note_vi"), FieldPanel("note_en")],
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

"""The pieces a page's text is made of. Each language has its own."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

#: How the editor knows the lines of a text again.
_LINE_KEY = re.compile(r' data-block-key="[^"]*"')

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "hr", "link", "document-link"]


class PictureBlock(blocks.StructBlock):
    """A picture with its caption; the alternative text belongs to the picture."""

    image = ImageChooserBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        template = "portal/blocks/picture.html"
        label = _("Picture")


class QuoteBlock(blocks.StructBlock):
    words = blocks.TextBlock(label=_("words"))
    who = blocks.CharBlock(label=_("who said it"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        template = "portal/blocks/quote.html"
        label = _("Quotation")


class NumberBlock(blocks.StructBlock):
    """A figure in words of its own: the number, what it counts."""

    value = blocks.CharBlock(label=_("figure"), max_length=40)
    label = blocks.CharBlock(label=_("what it says"), max_length=240)
    link = blocks.CharBlock(label=_("address of its sources"), max_length=300, required=False)


class NumbersBlock(blocks.StructBlock):
    """A row of figures."""

    numbers = blocks.ListBlock(NumberBlock(), label=_("figures"), min_num=1, max_num=6)

    class Meta:
        icon = "order"
        template = "portal/blocks/numbers.html"
        label = _("Figures")


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("question"), max_length=240)
    answer = blocks.RichTextBlock(label=_("answer"), features=["bold", "italic", "ol", "ul", "link"])

    class Meta:
        icon = "help"
        template = "portal/blocks/question.html"
        label = _("Question")


def body(label: str) -> StreamField:
    """The field of a page's text in one language."""
    return StreamField(
        [
            (
                "text",
                blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"), template="portal/blocks/text.html"),
            ),
            ("picture", PictureBlock()),
            ("quote", QuoteBlock()),
            ("numbers", NumbersBlock()),
            ("question", QuestionBlock()),
        ],
        verbose_name=label, blank=True,
    )  # fmt: skip


def as_read(value: Any) -> Any:
    """What a piece says, as JSON, however it is kept: a text gets the editor's keys only when it is saved there, and
    a list its frame only when it is first looked at."""
    if isinstance(value, dict):
        if value.get("type") == "item":
            return as_read(value["value"])
        return {name: as_read(said) for name, said in value.items() if said not in ("", None)}
    if isinstance(value, (list, tuple)):
        return [as_read(said) for said in value]
    return _LINE_KEY.sub("", value) if isinstance(value, str) else value

"""How pages say things: in the reader's language, or marked as the other one."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from giaoban.portal.describing import graph
from giaoban.portal.models import PortalImage, Words
from giaoban.portal.pictures import drawn
from giaoban.portal.queries.links import Link, nowhere_on

register = template.Library()
#: Signs that could end the element.
IN_HTML = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
#: How wide a cut is shown on a wide screen. lead: at the top of the front page.
WIDTHS = {"wide": "45rem", "lead": "40rem", "card": "22rem"}


@register.simple_tag(takes_context=True)
def say(context: Any, row: Any, field: str, mark: bool = True) -> SafeString | str:
    """The field in the reader's language; where it is missing, the other one, marked with its language."""
    words = _words(row, field, context["language"])
    if not words or words.language == context["language"] or not mark:
        return escape(str(words))
    return format_html('<span lang="{}">{}</span>', words.language, words.text)


@register.simple_tag(takes_context=True)
def say_lines(context: Any, row: Any, field: str) -> SafeString:
    """As `say`, with its line breaks, in paragraphs."""
    words = _words(row, field, context["language"])
    return format_html(
        '<div lang="{}">{}</div>', words.language, mark_safe(linebreaks(words.text, autoescape=True))
    )


def _words(row: Any, field: str, language: str) -> Words:
    if hasattr(row, "say"):
        return row.say(field, language)  # type: ignore[no-any-return]
    for code in (language, "vi", "en"):
        if found := getattr(row, f"{field}_{code}", ""):
            return Words(found, code)
    return Words("", language)


@register.simple_tag(takes_context=True)
def words(context: Any, row: Any, field: str) -> Words:
    """The field and its language, to write both where they belong."""
    return _words(row, field, context["language"])


@register.simple_tag(takes_context=True)
def address(context: Any, page: Any, language: str = "") -> str:
    """The page's path in the reader's language."""
    return str(page.address(language or context["language"]))


@register.simple_tag(takes_context=True)
def other_sheet(context: Any, number: int) -> str:
    """The address of another sheet of the list that is shown."""
    return str(context["asked"].link(number))


@register.inclusion_tag("portal/part_picture.html", takes_context=True)
def picture(
    context: Any, image: PortalImage | None, cut: str = "wide", first: bool = False
) -> dict[str, Any]:
    """A picture from its renditions; `first`: it stands at the top and is loaded at once."""
    if image is None:
        return {}
    text, language = image.alternative(context["language"])
    lang = "" if language == context["language"] else language
    sizes = f"(min-width: 60em) {WIDTHS[cut]}, 100vw"
    return {
        "drawn": drawn(image, "card" if cut == "lead" else cut),
        "alt": text,
        "lang": lang,
        "first": first,
        "sizes": sizes,
    }


@register.simple_tag
def shared_picture(page: Any) -> str:
    """The address of the picture that goes with a link to the page, or nothing."""
    found = drawn(page.illustration, "share") if getattr(page, "illustration", None) else None
    return found.src if found else ""


@register.simple_tag(takes_context=True)
def described(context: Any) -> SafeString:
    """The page in the words of schema.org: data that no browser runs."""
    home, page = context["home"], context["page"]
    way = [] if page.pk == home.pk else [home, *context["way"]]
    data = json.dumps(graph(page, way, context["language"]), ensure_ascii=False).translate(IN_HTML)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')


@register.simple_tag
def links_nowhere(page: Any) -> list[Link]:
    """For its editor: the links of a page as it stands in the form that a reader would follow in vain."""
    return nowhere_on(page, at=timezone.now())


@register.filter
def kind_of(page: Page) -> str:
    """The kind of a page in a list, without asking the database."""
    model = page.specific_class
    return getattr(model, "kind", "page")

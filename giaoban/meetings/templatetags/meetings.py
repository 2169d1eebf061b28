"""What the templates of meetings look up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from giaoban.core.language import reader_language
from giaoban.lib.text import pick
from giaoban.meetings.queries.agenda import Change, Line

register = template.Library()


@register.filter
def of_item(papers: Mapping[int, list[Any]], item: int) -> list[Any]:
    """The papers of one item."""
    return papers.get(item, []) if papers else []


@register.filter
def of_state(tones: Mapping[str, str], state: str) -> str:
    """The tone of a state."""
    return tones.get(state, "plain")


@register.filter
def told(change: Change) -> Iterator[tuple[str, str, str]]:
    """Of a line that changed: each field's label, what it was, what it is."""
    labels = {
        "titles": _("title"), "speaker": _("speaker"), "unit": _("unit"), "begins": _("begins"), "ends": _("ends"),
    }  # fmt: skip
    for name in change.fields:
        yield labels[name], _written(change.before, name), _written(change.after, name)


def _written(line: Line | None, name: str) -> str:
    value = getattr(line, name)
    if isinstance(value, datetime):
        return formats.time_format(timezone.localtime(value), "H:i")
    return pick(value, reader_language()) if isinstance(value, dict) else value or "–"

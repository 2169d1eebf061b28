"""Columns of a list page: what a row shows, how, and by what it sorts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from giaoban.core.templatetags import giaoban as tags


@dataclass(frozen=True)
class Column:
    """See giaoban.core.pages."""

    name: str
    label: Any
    value: Callable[[Any], Any] | None = None
    kind: str = "text"
    decimals: int = 0
    sort: Any = None
    link: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None
    language: Callable[[Any], str] | None = None
    template: str = ""
    export: bool = True

    @property
    def css(self) -> str:
        return {"number": "number", "day": "text-nowrap", "moment": "text-nowrap"}.get(self.kind, "")

    def value_of(self, row: Any) -> Any:
        if self.value is not None:
            return self.value(row)
        return row[self.name] if isinstance(row, dict) else attrgetter(self.name)(row)

    def shown(self, row: Any, request: Any) -> str | SafeString:
        """The cell as HTML."""
        value = self.value_of(row)
        if self.template:
            return render_to_string(self.template, {"row": row, "value": value}, request)
        text = self._text(value)
        if self.tone is not None and value not in (None, ""):
            text = tags.badge(value, self.tone(row))
        if self.language is not None:
            text = format_html('<span lang="{}">{}</span>', self.language(row), text)
        address = self.link(row) if self.link is not None else ""
        return format_html('<a href="{}">{}</a>', address, text) if address else text

    def _text(self, value: Any) -> str | SafeString:
        if self.kind == "number":
            return tags.figure(value, self.decimals)
        if self.kind == "day":
            return tags.day(value)
        if self.kind == "moment":
            return tags.moment(value)
        return "" if value is None else str(value)

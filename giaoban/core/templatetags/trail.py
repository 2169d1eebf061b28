"""{% load trail %}{% history unit %}: the panel of what happened to a row, and to rows that belong to it."""

from typing import Any

from django import template

from giaoban.core.history import history as events_of

register = template.Library()


@register.inclusion_tag("core/history.html")
def history(*rows: Any, most: int = 20) -> dict[str, Any]:
    return {"events": events_of([row for row in rows if row is not None], most=most), "most": most}

"""Slots: where a page of a lower app shows something that an upper app knows.

The page names the slot:      {% slot "units.unit" unit %}
or, in a table of many:       {% slot "units.row" unit among=page.rows %}

The upper app fills it, in its panels.py:

    @fills("units.unit", template="reports/panel_unit.html")
    def reports_due(rows, *, request):
        counts = queries.due_of(units=rows, by=request.by)      # one query for all rows
        return {unit.pk: {"due": counts[unit.pk]} for unit in rows if unit.pk in counts}

The function is called once per slot and page with all rows; it answers, per primary key, the
context of its template. Rows it leaves out show nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string

Answer = Mapping[Any, Mapping[str, Any]]


@dataclass(frozen=True)
class Panel:
    """One filling of a slot. `order`: panels of one slot stand in this order."""

    fill: Callable[..., Answer]
    template: str
    order: int


_panels: dict[str, list[Panel]] = {}


def fills(
    slot: str, *, template: str, order: int = 50
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Register a function of panels.py as a filling of the slot."""

    def register(fill: Callable[..., Answer]) -> Callable[..., Answer]:
        panels = _panels.setdefault(slot, [])
        panels.append(Panel(fill, template, order))
        panels.sort(key=lambda panel: panel.order)
        return fill

    return register


def contents(slot: str, rows: Iterable[Model], request: HttpRequest) -> dict[Any, list[str]]:
    """The HTML pieces of the slot for each row, by primary key. One call per panel."""
    rows = list(rows)
    found: dict[Any, list[str]] = {}
    for panel in _panels.get(slot, ()) if rows else ():
        answer = panel.fill(rows, request=request)
        for row in rows:
            if row.pk in answer:
                piece = render_to_string(panel.template, {"row": row, **answer[row.pk]}, request)
                found.setdefault(row.pk, []).append(piece)
    return found

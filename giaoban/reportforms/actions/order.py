"""Rows with a position: one place up or down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def swap(rows: Sequence[Any], row: Any, up: bool) -> bool:
    """Move `row` among `rows` (in their order) and number them anew. False at the end of the list."""
    ordered = list(rows)
    here = next(n for n, each in enumerate(ordered) if each.pk == row.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(ordered):
        return False
    ordered[here], ordered[there] = ordered[there], ordered[here]
    for position, each in enumerate(ordered):
        if each.position != position:
            each.position = position
            each.save(update_fields=["position"])
    return True

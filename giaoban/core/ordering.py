"""Rows that people put in an order: blocks of a review, items of an agenda."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models


def order(rows: Sequence[models.Model]) -> None:
    """Number the rows 1, 2, 3 … in this order, in their `position`; writes only those that moved."""
    moved = []
    for position, row in enumerate(rows, start=1):
        if row.position != position:  # type: ignore[attr-defined]
            row.position = position  # type: ignore[attr-defined]
            moved.append(row)
    if moved:
        type(moved[0])._base_manager.bulk_update(moved, ["position"])

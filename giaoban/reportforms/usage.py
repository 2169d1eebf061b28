"""Has anybody reported this yet? Asked here, answered by the apps above.

    @witness
    def in_reports(row): ...       # True if a report holds figures of this indicator, regime or form

Before the first report everything may be put right; after it figures must keep their meaning.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model

Witness = Callable[[Model], bool]
_witnesses: list[Witness] = []


def witness(function: Witness) -> Witness:
    """Register who knows."""
    _witnesses.append(function)
    return function


def is_reported(row: Model) -> bool:
    """Does a report hold something of this indicator, regime or form?"""
    return any(knows(row) for knows in _witnesses)

"""What a consolidated report begins with: the figures of the units below, added up by an upper app.

Reports do not know totals. The app that does registers one function:

    @adds_up
    def total(report) -> Total: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from giaoban.reports.models import Report


@dataclass(frozen=True)
class Total:
    """values: as a document has them. accepted of due: the reports of the units below that they rest on."""

    values: dict[str, Any] = field(default_factory=dict)
    accepted: int = 0
    due: int = 0


_adding: list[Callable[[Report], Total]] = []


def adds_up(function: Callable[[Report], Total]) -> Callable[[Report], Total]:
    """Register the function that adds up; the last one registered is asked."""
    _adding.append(function)
    return function


def total_of(report: Report) -> Total:
    """The figures under the report's unit in its period; nothing where nobody adds up."""
    return _adding[-1](report) if _adding else Total()

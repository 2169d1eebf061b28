"""What is asked of one regime."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

#: Before and after every day of the calendar.
BEGIN, END = 0, 4_000_000

#: The cell of a total: no breakdown.
TOTAL = ""


@dataclass(frozen=True)
class Stored:
    """An indicator that units report, with its operators. broken: may it be broken down?"""

    id: int
    over_units: str
    over_periods: str
    broken: bool = True


@dataclass(frozen=True)
class Asked:
    """An asked period and the spans of the regime that lie inside it, by their last days."""

    key: str
    spans: tuple[int, ...]


@dataclass(frozen=True)
class Basis:
    """On which tree figures are added. day: an ordinal, for asof and restated.

    str() gives the word of the command line: reported, asof:2025-07-01, restated:2025-07-01.
    """

    kind: Literal["reported", "asof", "restated"] = "reported"
    day: int = END

    def __str__(self) -> str:
        return self.kind if self.kind == "reported" else f"{self.kind}:{date.fromordinal(self.day)}"


REPORTED = Basis()


@dataclass(frozen=True)
class Question:
    """indicators × places × periods × cells of one regime.

    starts: the first day of each span, by its last day. cells: keys of breakdowns, TOTAL for none.
    """

    indicators: tuple[Stored, ...]
    places: tuple[int, ...]
    periods: tuple[Asked, ...]
    starts: Mapping[int, int]
    cells: tuple[str, ...] = (TOTAL,)
    basis: Basis = REPORTED

    @cached_property
    def spans(self) -> tuple[int, ...]:
        """Every span asked for, in order."""
        return tuple(sorted({span for period in self.periods for span in period.spans}))

    @property
    def lean(self) -> bool:
        """Is every asked period one span, and are only totals asked?"""
        return self.single and self.cells == (TOTAL,)

    @property
    def single(self) -> bool:
        """Is every asked period one span of the regime?"""
        return all(len(period.spans) <= 1 for period in self.periods)


def cell(dimension: str, option: str) -> str:
    """The cell of one option of one dimension."""
    return f"{dimension}={option}"

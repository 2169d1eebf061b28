"""Beside a figure: the same period a year before, the period before, the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from giaoban.lib import periods
from giaoban.lib.numbers import rounded
from giaoban.lib.periods import Period, PeriodError

RATE_DECIMALS = 1


@dataclass(frozen=True)
class Compared:
    """name: year, before or target. rate: change in per cent; for a target, the share reached."""

    name: str
    value: Decimal | None
    difference: Decimal | None
    rate: Decimal | None

    @property
    def is_target(self) -> bool:
        return self.name == "target"


def earlier(period: Period, names: Sequence[str]) -> dict[str, Period]:
    """The periods to compare with, where there are any."""
    found: dict[str, Period] = {}
    before = periods.year_before(period) if "year" in names else None
    if before:
        found["year"] = before
    if "before" in names:
        try:
            found["before"] = periods.preceding(period)
        except PeriodError:
            pass
    return found


def compared(name: str, value: Decimal | None, other: Decimal | None) -> Compared:
    """Of two figures as they are shown; no difference where one is missing, no rate against zero."""
    if value is None or other is None:
        return Compared(name, other, None, None)
    difference = value - other
    rate = None
    if other:
        part = value if name == "target" else difference
        whole = Fraction(other) if name == "target" else abs(Fraction(other))
        rate = rounded(Fraction(part) * 100 / whole, RATE_DECIMALS)
    return Compared(name, other, difference, rate)

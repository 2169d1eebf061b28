"""Reporting periods: their names, the days they cover, how they lie in each other.

`Period` is a name (`2020-Q1`); a `Window` says which days that name covers in a regime.
"""

from giaoban.lib.periods.labels import label
from giaoban.lib.periods.names import KINDS, Period, PeriodError, parse
from giaoban.lib.periods.steps import following, preceding, year_before
from giaoban.lib.periods.windows import Place, Span, Window, between, current, place, span

__all__ = [
    "KINDS",
    "Period",
    "PeriodError",
    "Place",
    "Span",
    "Window",
    "between",
    "current",
    "following",
    "label",
    "parse",
    "place",
    "preceding",
    "span",
    "year_before",
]

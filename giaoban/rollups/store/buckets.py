"""Which reports share files.

A month or a longer period has files of its own. Days are kept by the month and weeks by the quarter of
their ISO year: a year of daily reports is 12 sets of files instead of 365, and one change rewrites 31
days, not a year.
"""

from __future__ import annotations

from giaoban.lib.periods import Period


def key_of(period: Period) -> str:
    """The key of the bucket a report of this period lies in."""
    if period.kind == "day":
        return f"{period.day:%Y-%m}"
    if period.kind == "week":
        return f"{period.year:04}-Q{min((period.number - 1) // 13 + 1, 4)}"
    return period.text

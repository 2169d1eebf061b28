"""Who may read which roll-ups. The table of docs/reference/rights.md is printed from it."""

from __future__ import annotations

from giaoban.agreements.policy import ALL, SUBTREE, Grant, Policy

#: Asked of units (explorer/reach.py) and, for the reports behind a figure, of reports.
FIGURES = Policy(
    unit="unit_id",
    day="last_day",
    rights={
        "read": (
            Grant("reporter", SUBTREE), Grant("verifier", SUBTREE), Grant("coordinator", ALL),
            Grant("chair", ALL), Grant("operator", ALL),
        ),
    },
)  # fmt: skip

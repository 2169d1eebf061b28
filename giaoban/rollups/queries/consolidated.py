"""The figures a consolidated report begins with: the totals of its unit in its period, under its regime."""

from __future__ import annotations

from typing import Any

from giaoban.lib import cells, numbers
from giaoban.reports.consolidating import Total, adds_up
from giaoban.reports.content import Shape
from giaoban.reports.models import Report
from giaoban.rollups.queries.rows import ask


@adds_up
def total(report: Report) -> Total:
    """Totals, and each option of the breakdowns by one dimension. What has no total stays empty."""
    shape = Shape.of(report)
    asked = [i for i in shape.indicators.values() if not (i.is_computed or i.is_text)]
    values: dict[str, Any] = {}
    accepted = due = 0
    for by in (None, *dict.fromkeys(d for i in asked for crossed in i.breakdowns for d in crossed)):
        among = [i for i in asked if by is None or [by] in i.breakdowns]
        rows = ask(report.agreement, among, [report.unit], [report.when], by=by, regime=report.regime).rows
        for row in rows if among else ():
            accepted, due = max(accepted, row.accepted), max(due, row.due)
            if row.shown is not None and (by is None or row.option):
                place = [(by, row.option)] if by and row.option else []
                values[cells.join(row.indicator.code, place)] = numbers.plain(
                    row.shown, row.indicator.decimals
                )
    return Total(values, accepted, due)

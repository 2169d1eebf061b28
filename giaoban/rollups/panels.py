"""What figures show on the pages of lower apps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core.language import reader_language
from giaoban.core.slots import fills
from giaoban.lib import periods
from giaoban.reportforms.models import Indicator
from giaoban.reports.models import Report
from giaoban.rollups.explorer import address
from giaoban.rollups.explorer.reach import tops_of
from giaoban.rollups.queries import consolidated  # noqa: F401  (registers what adds up)


@fills("agreements.current", template="rollups/panel_latest.html", order=60)
def latest_figures(rows: Sequence[Agreement], *, request: HttpRequest) -> dict[int, dict[str, Any]]:
    """The key figures of the latest period; the page asks for them once it stands."""
    return {row.pk: {"agreement": row} for row in rows}


@fills("reports.report", template="rollups/panel_counts.html")
def where_figures_count(rows: Sequence[Report], *, request: HttpRequest) -> dict[int, dict[str, Any]]:
    """Of an accepted report: figures of its unit, of the unit above, of all, as far as the reader may see them.

    No query.
    """
    found = {}
    for row in rows:
        if row.accepted_id is not None:
            found[row.pk] = {
                "links": _links(row, request),
                "period": periods.label(row.when, reader_language()),
            }
    return found


def _links(row: Report, request: HttpRequest) -> list[tuple[str, str]]:
    tops = tops_of(request.by, row.agreement)  # type: ignore[attr-defined]
    units = [row.unit]
    if row.receiver is not None and (tops is None or row.receiver_id in tops):
        units.append(row.receiver)
    given: dict[str, Any] = {"indicator": _asked(row), "period": row.period}
    links = [(unit.name, address.explore(row.agreement.code, **given, unit=unit.code)) for unit in units]
    if tops is None:
        links.append((_("all units"), address.explore(row.agreement.code, **given)))
    return links


def _asked(report: Report) -> str:
    """The first indicators of the report's form."""
    return ",".join(report.form_version.indicator_codes[:6])


@fills("reports.consolidated", template="rollups/panel_consolidated.html")
def what_was_added_up(rows: Sequence[Report], *, request: HttpRequest) -> dict[int, dict[str, Any]]:
    """Of a consolidated report: the figures below with their completeness, one step away. No query."""
    return {
        row.pk: {
            "url": address.explore(
                row.agreement.code,
                indicator=_asked(row),
                period=row.period,
                unit=row.unit.code,
                level="below",
            )
        }
        for row in rows
    }


@fills("reportforms.indicator", template="rollups/panel_indicator.html")
def explored(rows: Sequence[Indicator], *, request: HttpRequest) -> dict[int, dict[str, Any]]:
    """An indicator's figures, one step away."""
    return {
        row.pk: {"url": address.explore(row.agreement.code, indicator=row.code)}
        for row in rows
        if not row.is_text
    }

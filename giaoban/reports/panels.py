"""What reports show on the pages of lower apps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.http import HttpRequest

from giaoban.agreements.models import Agreement
from giaoban.core.slots import fills
from giaoban.plans.models import Progress
from giaoban.reports import usage  # noqa: F401  (registers its witness)
from giaoban.reports.queries import visible


@fills("agreements.current", template="reports/panel_current.html")
def current_period(rows: Sequence[Agreement], *, request: HttpRequest) -> dict[int, dict[str, Any]]:
    """How the reports of the latest period stand: read when the page is there, it asks a dozen questions itself."""
    return {agreement.pk: {"agreement": agreement} for agreement in rows}


@fills("plans.progress", template="reports/panel_progress.html")
def report_behind(rows: Sequence[Progress], *, request: HttpRequest) -> dict[int, dict[str, Any]]:
    """The report in which a unit said how a task goes, for those who may read it."""
    wanted = {int(row.ref[9:]): row.pk for row in rows if row.ref.startswith("revision:")}
    if not wanted:
        return {}
    seen = visible(request.by).filter(revisions__in=wanted).select_related("agreement", "unit")  # type: ignore[attr-defined]
    found = seen.annotate(told_in=F("revisions"))
    return {wanted[report.told_in]: {"report": report} for report in found if report.told_in in wanted}

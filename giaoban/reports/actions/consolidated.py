"""A coordinating unit's consolidated report: begun from the figures below it, never added to any total."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.reportforms.models import Regime
from giaoban.reportforms.queries import Schedule
from giaoban.reports.actions.drafts import begun, save_draft
from giaoban.reports.consolidating import Total, total_of
from giaoban.reports.content import Shape, clean
from giaoban.reports.models import Draft, Report, ReportKind, State
from giaoban.reports.policy import REPORTS
from giaoban.units.models import Ancestry, Unit, valid_on


def open_consolidated(
    *, regime: Regime, unit: Unit, period: periods.Period, by: Actor, at: datetime
) -> tuple[Report, Total | None]:
    """The consolidated report of a unit, begun with today's figures below it if it was not yet.

    Returns it with what its figures rest on, None if it was there. Refuses a unit with nobody below who owes.
    """
    key = {"regime": regime, "unit": unit, "period": period.text, "kind": ReportKind.CONSOLIDATED}
    schedule = Schedule(regime)
    with transaction.atomic():
        report, made = Report.objects.get_or_create(**key, defaults=begun(schedule, unit, period))
        if not REPORTS.may(by, "fill", report):
            raise Refused(_("This report is not yours to write."), code="right")
        if not made:
            return report, None
        _refuse_alone(schedule, report)
        total = total_of(report)
        document = clean({"values": total.values}, Shape.of(report))
        Draft.objects.create(report=report, document=document, author=by.actor_id, saved_at=at)
        _record(report, total, by=by, at=at)
    return report, total


def refresh_consolidated(*, report: Report, by: Actor, at: datetime) -> Total:
    """Today's figures below into the draft; texts and comments stay."""
    if report.kind != ReportKind.CONSOLIDATED or report.state not in (State.DRAFT, State.RETURNED):
        raise Refused(_("This report has been sent; it cannot be changed now."), code="state")
    with transaction.atomic():
        draft, total = Draft.objects.select_for_update().get(report=report), total_of(report)
        document = {**draft.document, "values": total.values}
        save_draft(report=report, document=document, edition=draft.edition, by=by, at=at)
        _record(report, total, by=by, at=at)
    return total


def _record(report: Report, total: Total, *, by: Actor, at: datetime) -> None:
    detail = {"accepted": total.accepted, "due": total.due}
    audit.record(subject=report, verb="consolidate", by=by, at=at, detail=detail)


def _refuse_alone(schedule: Schedule, report: Report) -> None:
    """Somebody below must owe this report."""
    span = periods.span(report.when, schedule.window)
    owing = {v.unit_id for v in schedule.liability if v.overlaps(*span)}
    below = Ancestry.objects.filter(
        valid_on(report.last_day), ancestor=report.unit, hierarchy=schedule.regime.hierarchy, depth__gt=0
    )
    if not owing & set(below.values_list("unit", flat=True)):
        raise Refused(
            _("No unit below %(unit)s owes this report.") % {"unit": report.unit.name}, field="unit"
        )

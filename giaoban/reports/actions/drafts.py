"""Begin a report that is owed, and save what is being written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements.models import Role
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.notices.actions import tell
from giaoban.reportforms.models import Regime
from giaoban.reportforms.queries import Schedule
from giaoban.reports.content import Shape, clean
from giaoban.reports.models import Draft, Report, ReportKind, State
from giaoban.reports.policy import REPORTS
from giaoban.reports.queries import holders
from giaoban.reports.tasks import refuse_unknown
from giaoban.reports.telling import ASKED, IS_ASKED, saying, written
from giaoban.units.models import Unit
from giaoban.units.queries import check_spec, specified


def open_report(
    *,
    regime: Regime,
    unit: Unit,
    period: periods.Period,
    by: Actor,
    at: datetime,
    kind: str = ReportKind.OWN,
) -> Report:
    """The report of a unit for a period, begun if it was not yet. Refuses what is not owed."""
    key = {"regime": regime, "unit": unit, "period": period.text, "kind": kind}
    found = Report.objects.filter(**key).first()
    if found:
        return found
    with transaction.atomic():
        report, made = Report.objects.get_or_create(**key, defaults=_begun(regime, unit, period))
        if made:
            if not REPORTS.may(by, "request" if regime.ad_hoc else "fill", report):
                raise Refused(_("This report is not yours to write."), code="right")
            Draft.objects.create(report=report, author=by.actor_id, saved_at=at)
            audit.record(subject=report, verb="open", by=by, at=at, detail={"to": State.DRAFT})
    return report


def request_reports(
    *, regime: Regime, units: str, period: periods.Period, by: Actor, at: datetime
) -> list[Report]:
    """Ask units for a report outside the regular round. units: a spec, `level:N`, `group:NAME` or codes.

    Only regimes that report on request; all of the reports are begun, or none. Refuses an empty spec.
    """
    if not regime.ad_hoc:
        raise Refused(_("This regime reports regularly; nobody has to ask for it."), field="regime")
    check_spec(units)
    first, last = periods.span(period, Schedule(regime).window)
    named = [
        span.unit_id for span in specified(units, regime.agreement.lead_id) if span.overlaps(first, last)
    ]
    if not named:
        raise Refused(_("No such unit existed in %(period)s.") % {"period": period.text}, field="units")
    with transaction.atomic():
        found = Unit.objects.in_bulk(named)
        asked = [
            open_report(regime=regime, unit=found[pk], period=period, by=by, at=at)
            for pk in dict.fromkeys(named)
        ]
        _tell_asked(asked, by, at)
    return asked


def _tell_asked(asked: list[Report], by: Actor, at: datetime) -> None:
    """The reporters of the units hear of it, each once."""
    agreement = asked[0].agreement
    reporters = holders(agreement, Role.REPORTER, {report.unit_id for report in asked}, at)
    for report in asked:
        tell(
            people=reporters.get(report.unit_id, ()), kind=ASKED, once=f"{ASKED}:{report.pk}",
            sentence=saying(
                IS_ASKED, report.unit, report.regime, report.when,
                due=lambda report=report: written(report.due_at, agreement),
            ),
            url=report.get_absolute_url(), about=("reports.report", report.pk), by=by, at=at,
        )  # fmt: skip


def take_workbook(
    *, report: Report, document: dict[str, Any], edition: int, by: Actor, at: datetime
) -> Draft:
    """Make what an Excel file says the draft; the trail shows it. `edition`: see `save_draft`."""
    with transaction.atomic():
        draft = save_draft(report=report, document=document, edition=edition, by=by, at=at)
        audit.record(subject=report, verb="take workbook", by=by, at=at, detail={"edition": draft.edition})
    return draft


def _begun(regime: Regime, unit: Unit, period: periods.Period) -> dict[str, Any]:
    schedule = Schedule(regime)
    where = {"unit": unit, "period": period.text}
    made = begun(schedule, unit, period)
    if not regime.ad_hoc and not schedule.is_liable(unit.pk, periods.span(period, schedule.window)):
        raise Refused(_("%(unit)s owes no report for %(period)s.") % where, field="unit")
    if schedule.owed(unit, period).excluded:
        raise Refused(_("%(unit)s is excluded for %(period)s.") % where, field="unit")
    return made


def begun(schedule: Schedule, unit: Unit, period: periods.Period) -> dict[str, Any]:
    """What a new report of a unit begins with; refuses what is no period of the regime."""
    if not schedule.covers(period):
        raise Refused(
            _("%(period)s is not a period of this reporting regime.") % {"period": period.text},
            field="period",
        )
    owed, regime = schedule.owed(unit, period), schedule.regime
    return {
        "agreement_id": regime.agreement_id, "form_version": regime.form.current, "starts_on": owed.starts_on,
        "last_day": owed.last_day, "due_at": owed.due_at, "receiver_id": owed.receiver_id,
    }  # fmt: skip


def save_draft(*, report: Report, document: dict[str, Any], edition: int, by: Actor, at: datetime) -> Draft:
    """Keep what has been written so far. `edition` is the one the writer started from.

    Refuses a writer whose edition is not the newest (nothing is overwritten), a report that is not
    being written, and a document with cells or values the form does not have.
    """
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(report=report).first()
        fresh = Report.objects.select_related("form_version").get(pk=report.pk)
        if draft is None or fresh.state not in (State.DRAFT, State.RETURNED):
            raise Refused(_("This report has been sent; it cannot be changed now."), code="state")
        if not REPORTS.may(by, "fill", fresh):
            raise Refused(_("This report is not yours to write."), code="right")
        if draft.edition != edition:
            raise Refused(
                _("Somebody else has saved this report since you opened it."
                  " Your text is still here: copy what you need, then reload."),
                code="edition", edition=draft.edition,
            )  # fmt: skip
        wanted = clean(document, Shape.of(fresh))
        if wanted.get("tasks") != draft.document.get("tasks"):
            refuse_unknown(fresh, wanted)
        if wanted != draft.document:
            draft.document, draft.author, draft.saved_at = wanted, by.actor_id, at
            draft.edition += 1
            draft.save()
    return draft

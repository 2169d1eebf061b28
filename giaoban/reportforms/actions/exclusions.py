"""A unit need not report for a period: with a reason, reversibly."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import move
from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.lib.errors import LibError
from giaoban.reportforms.checks import told
from giaoban.reportforms.models import Exclusion, Regime
from giaoban.reportforms.policy import ACTIVE, EXCLUSIONS, demand
from giaoban.reportforms.queries import Schedule
from giaoban.units.models import Unit


def exclude(*, regime: Regime, unit: Unit, period: str, reason: str, by: Actor, at: datetime) -> Exclusion:
    """The unit's report for the period leaves the due count."""
    demand(by, regime.agreement)
    with transaction.atomic():
        _check(regime, unit, period)
        known = Exclusion.objects.filter(regime=regime, unit=unit, period=period).first()
        if known is not None and known.state == ACTIVE:
            raise Refused(_("The unit is excluded for that period already."), field="unit")
        if known is not None:
            return move(known, "exclude", by=by, at=at, policy=EXCLUSIONS, reason=reason)
        if not reason.strip():
            raise Refused(_("Give a reason."), field="reason")
        made = Exclusion.objects.create(regime=regime, unit=unit, period=period, state=ACTIVE)
        detail = {"regime": regime.pk, "unit": unit.pk, "period": period}
        audit.record(subject=made, verb="exclude", by=by, at=at, text=reason.strip(), detail=detail)
    return made


def end_exclusion(*, exclusion: Exclusion, reason: str, by: Actor, at: datetime) -> Exclusion:
    """The report is due again."""
    return move(exclusion, "end", by=by, at=at, policy=EXCLUSIONS, reason=reason)


def _check(regime: Regime, unit: Unit, period: str) -> None:
    try:
        asked = periods.parse(period)
    except LibError as error:
        raise told(error, "period") from None
    schedule = Schedule(regime)
    if asked.text != period or not schedule.covers(asked):
        raise Refused(_("%(period)s is not a period of this regime.") % {"period": period}, field="period")
    if not schedule.is_liable(unit.pk, periods.span(asked, schedule.window)):
        raise Refused(
            _("%(unit)s does not report under this regime in that period.") % {"unit": unit}, field="unit"
        )

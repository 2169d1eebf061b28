"""Reporting regimes: who reports which form, how often, by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement, Article
from giaoban.agreements.queries.text import may_carry_out
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.lib.deadlines import DueRule
from giaoban.lib.errors import LibError
from giaoban.reportforms.checks import check_code, check_overlaps, check_reconciles, told
from giaoban.reportforms.models import Names, Regime, RegimeVersion, ReportForm
from giaoban.reportforms.policy import demand
from giaoban.reportforms.usage import is_reported
from giaoban.units.models import TERRITORY
from giaoban.units.queries import check_spec, specified

#: Facts of the regime itself; those in FIXED cannot change once somebody reported.
EDITABLE = ("names", "form", "frequency", "window", "spans", "hierarchy", "reconciles", "ad_hoc", "article")
FIXED = frozenset({"frequency", "window", "spans", "hierarchy"})


def create_regime(
    *, agreement: Agreement, code: str, names: Names, form: ReportForm, frequency: str, reporters: str,
    due: Mapping[str, str], valid_from: date, by: Actor, at: datetime, window: str = "calendar",
    spans: Mapping[str, list[str]] | None = None, hierarchy: str = TERRITORY, reconciles: Regime | None = None,
    ad_hoc: bool = False, article: Article | None = None, receivers: Iterable[Mapping[str, Any]] = (),
    timezone: str = "", legal_basis: str = "",
) -> Regime:  # fmt: skip
    """A new regime with its first version, in force from `valid_from`."""
    demand(by, agreement)
    check_code(code.replace("-", "_"))
    with transaction.atomic():
        if agreement.regimes.filter(code=code).exists():
            raise Refused(_("There is a regime with this code already."), field="code")
        regime = Regime(
            agreement=agreement, code=code, names=names, form=form, frequency=frequency, window=window,
            spans=dict(spans or {}), hierarchy=hierarchy, reconciles=reconciles, ad_hoc=ad_hoc,
            article=article,
        )  # fmt: skip
        _check(regime)
        regime.save()
        _add_version(
            regime, 1, at=at, by=by, verb="create regime", valid_from=valid_from, reporters=reporters, due=dict(due),
            receivers=list(receivers), timezone=timezone or agreement.timezone, legal_basis=legal_basis,
        )  # fmt: skip
        check_overlaps(agreement)
    return regime


def edit_regime(*, regime: Regime, by: Actor, at: datetime, **fields: Any) -> Regime:
    """Change some of EDITABLE."""
    demand(by, regime.agreement)
    unknown = set(fields) - set(EDITABLE)
    if unknown:
        raise TypeError(f"Not fields of a regime: {sorted(unknown)}")
    with transaction.atomic():
        row = Regime.objects.select_for_update().select_related("agreement").get(pk=regime.pk)
        changed = [name for name in EDITABLE if name in fields and fields[name] != getattr(row, name)]
        if not changed:
            return row
        fixed = [name for name in changed if name in FIXED]
        if fixed and is_reported(row):
            raise Refused(
                _("Reports of this regime exist, so its periods stay. Make a new regime for other periods."),
                field=fixed[0],
            )
        for name in changed:
            setattr(row, name, fields[name])
        _check(row)
        row.save()
        check_overlaps(row.agreement)
        audit.record(subject=row, verb="edit regime", by=by, at=at, detail={"fields": changed})
    return row


def add_regime_version(
    *, regime: Regime, valid_from: date, reporters: str, due: Mapping[str, str], by: Actor, at: datetime,
    receivers: Iterable[Mapping[str, Any]] = (), timezone: str = "", legal_basis: str = "",
) -> RegimeVersion:  # fmt: skip
    """Other rules for periods that end on or after a day. On the day of an older version, the new one counts."""
    demand(by, regime.agreement)
    with transaction.atomic():
        row = Regime.objects.select_for_update().select_related("agreement").get(pk=regime.pk)
        number = max(row.versions.values_list("number", flat=True), default=0) + 1
        return _add_version(
            row, number, at=at, by=by, verb="change regime", valid_from=valid_from, reporters=reporters, due=dict(due),
            receivers=list(receivers), timezone=timezone or row.agreement.timezone, legal_basis=legal_basis,
        )  # fmt: skip


def _add_version(
    regime: Regime, number: int, *, at: datetime, by: Actor, verb: str, **fields: Any
) -> RegimeVersion:
    version = RegimeVersion(regime=regime, number=number, **fields)
    _check_version(version)
    version.save()
    detail = {"version": number, "on": version.valid_from.isoformat()}
    audit.record(subject=regime, verb=verb, by=by, at=at, detail=detail)
    return version


def _check(regime: Regime) -> None:
    if regime.frequency not in periods.KINDS:
        raise Refused(_("Choose how often is reported."), field="frequency")
    try:
        own = {k: (date.fromisoformat(a), date.fromisoformat(b)) for k, (a, b) in regime.spans.items()}
        periods.Window.parse(regime.window, own)
    except LibError as error:
        raise told(error, "spans" if regime.spans else "window") from None
    if any(periods.parse(name).kind != regime.frequency for name in regime.spans):
        raise Refused(_("The windows given one by one are of another frequency."), field="spans")
    if regime.form.agreement_id != regime.agreement_id:
        raise Refused(_("Choose a form of this agreement."), field="form")
    if regime.reconciles is not None and regime.reconciles.agreement_id != regime.agreement_id:
        raise Refused(_("Choose a regime of this agreement."), field="reconciles")
    if not may_carry_out(regime.agreement_id, regime.agreement.parent_id, regime.article):
        raise Refused(_("Choose an article of this agreement."), field="article")
    check_reconciles(regime, regime.reconciles)


def _check_version(version: RegimeVersion) -> None:
    _spec(version.reporters, "reporters")
    if version.timezone not in available_timezones():
        raise Refused(_("There is no such time zone."), field="timezone")
    if "" not in version.due:
        raise Refused(_("Say when reports are due."), field="due")
    for rule in version.due.values():
        try:
            DueRule.parse(rule)
        except LibError as error:
            raise told(error, "due") from None
    for rule in version.receivers:
        _spec(rule["units"], "receivers")
        _spec(rule["to"], "receivers")
        if len({span.unit_id for span in specified(rule["to"], version.regime.agreement.lead_id)}) != 1:
            raise Refused(_("%(unit)s does not name one unit.") % {"unit": rule["to"]}, field="receivers")
        if rule.get("from") and rule.get("to_date") and rule["to_date"] <= rule["from"]:
            raise Refused(_("A receiver's time ends before it begins."), field="receivers")


def _spec(text: str, field: str) -> None:
    try:
        check_spec(text)
    except Refused as refusal:
        raise Refused(refusal.message, field=field) from None

"""Store what is wanted of indicators, breakdowns, forms, regimes, rules and the calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from giaoban.agreements.models import Agreement
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.folders import keep
from giaoban.reportforms.actions.indicators import RULES, rules_of
from giaoban.reportforms.folder.wanted import FIELDS, Forms, WantedForm, WantedRegime, in_turn
from giaoban.reportforms.models import (
    Breakdown,
    CalendarDay,
    FormVersion,
    Indicator,
    IndicatorVersion,
    Option,
    Regime,
    RegimeVersion,
    ReportForm,
    Rule,
)


def write(forms: Forms, agreement: Agreement, *, by: Actor, at: datetime) -> None:
    """Inside the caller's transaction. What is already so is not touched."""
    _breakdowns(forms, agreement, by, at)
    for code in (c for c in forms.indicators if c in forms.given):
        _indicator(forms.indicators[code], agreement, by, at)
    for form in forms.forms.values():
        if form.given:
            _form(form, agreement, by, at)
    for regime in in_turn([r for r in forms.regimes.values() if r.line]):
        _regime(regime, agreement, by, at)
    for rule in forms.rules:
        values = {"names": rule.names, "expression": rule.expression, "severity": rule.severity,
                  "form": ReportForm.objects.get(agreement=agreement, code=rule.form)}  # fmt: skip
        keep(Rule, {"agreement": agreement, "code": rule.code}, values, by=by, at=at)
    _calendar(forms, agreement, by, at)


def _breakdowns(forms: Forms, agreement: Agreement, by: Actor, at: datetime) -> None:
    for code, names in forms.breakdowns.items():
        breakdown, _fields = keep(
            Breakdown, {"agreement": agreement, "code": code}, {"names": names}, by=by, at=at
        )
        for position, (option, called) in enumerate(forms.options.get(code, {}).items()):
            keep(
                Option,
                {"breakdown": breakdown, "code": option},
                {"names": called, "position": position},
                by=by,
                at=at,
            )


def _indicator(wanted: Indicator, agreement: Agreement, by: Actor, at: datetime) -> None:
    values = {name: getattr(wanted, name) for name in FIELDS}
    row, fields = keep(Indicator, {"agreement": agreement, "code": wanted.code}, values, by=by, at=at)
    if set(fields) & set(RULES):
        row.refresh_from_db()
        row.version = row.versions.count() + 1
        row.save(update_fields=["version"])
        IndicatorVersion.objects.create(indicator=row, number=row.version, rules=rules_of(row), made_at=at)


def _form(wanted: WantedForm, agreement: Agreement, by: Actor, at: datetime) -> None:
    row, _fields = keep(
        ReportForm, {"agreement": agreement, "code": wanted.code}, {"names": wanted.names}, by=by, at=at
    )
    for number, sections in sorted(wanted.versions.items()):
        version, made = FormVersion.objects.get_or_create(
            form=row, number=number, defaults={"sections": sections, "made_at": at}
        )
        if made:
            audit.record(subject=row, verb="new version", by=by, at=at, detail={"number": version.number})


def _regime(wanted: WantedRegime, agreement: Agreement, by: Actor, at: datetime) -> None:
    above = Regime.objects.filter(agreement=agreement, code=wanted.reconciles).first()
    values: dict[str, Any] = {
        "names": wanted.names, "form": ReportForm.objects.get(agreement=agreement, code=wanted.form),
        "frequency": wanted.frequency, "window": wanted.window, "spans": wanted.spans, "hierarchy": wanted.hierarchy,
        "reconciles": above, "ad_hoc": wanted.ad_hoc,
    }  # fmt: skip
    row, _fields = keep(Regime, {"agreement": agreement, "code": wanted.code}, values, by=by, at=at)
    numbers = {v.valid_from: v.number for v in row.versions.all()}
    for rules in wanted.versions:
        if rules.valid_from not in numbers:
            numbers[rules.valid_from] = max(numbers.values(), default=0) + 1
        values = {
            "valid_from": rules.valid_from, "reporters": rules.reporters, "due": rules.due,
            "receivers": rules.receivers, "timezone": rules.timezone, "legal_basis": rules.legal_basis,
        }  # fmt: skip
        keep(RegimeVersion, {"regime": row, "number": numbers[rules.valid_from]}, values, by=by, at=at)


def _calendar(forms: Forms, agreement: Agreement, by: Actor, at: datetime) -> None:
    known = {day.on: (day.working, day.name) for day in CalendarDay.objects.filter(agreement=agreement)}
    changed = {on: day for on, day in forms.calendar.items() if known.get(on) != day}
    for on, (working, name) in changed.items():
        CalendarDay.objects.update_or_create(
            agreement=agreement, on=on, defaults={"working": working, "name": name}
        )
    if changed:
        days = sorted(on.isoformat() for on in changed)
        audit.record(subject=agreement, verb="load calendar", by=by, at=at, detail={"days": days})

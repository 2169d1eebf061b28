"""What a folder, laid over what is stored, says of indicators, forms and regimes. Nothing is written yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from giaoban.agreements.models import Agreement
from giaoban.reportforms.actions.indicators import RULES
from giaoban.reportforms.models import Indicator

Names = dict[str, str]
Sections = list[dict[str, Any]]

#: What the row of an indicator says, beside its code.
FIELDS = ("names", "position", "unit_of_measure", *RULES, "breakdowns", "retired_on")


@dataclass
class WantedForm:
    """versions: sections by number; the highest is the form as it is now."""

    code: str
    names: Names
    versions: dict[int, Sections] = field(default_factory=dict)
    given: bool = False

    @property
    def current(self) -> Sections:
        return self.versions[max(self.versions)]


@dataclass
class WantedRules:
    """The rules of a regime from a day on."""

    valid_from: date
    reporters: str
    due: dict[str, str]
    receivers: list[dict[str, Any]]
    timezone: str
    legal_basis: str


@dataclass
class WantedRegime:
    code: str
    names: Names
    form: str
    frequency: str
    window: str
    spans: dict[str, list[str]]
    hierarchy: str
    reconciles: str
    ad_hoc: bool
    versions: list[WantedRules] = field(default_factory=list)
    line: int = 0


@dataclass
class WantedRule:
    code: str
    names: Names
    form: str
    expression: str
    severity: str


@dataclass
class Forms:
    """Everything by code. given: the codes of indicators that stand in the folder."""

    indicators: dict[str, Indicator] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    breakdowns: dict[str, Names] = field(default_factory=dict)
    options: dict[str, dict[str, Names]] = field(default_factory=dict)
    forms: dict[str, WantedForm] = field(default_factory=dict)
    regimes: dict[str, WantedRegime] = field(default_factory=dict)
    rules: list[WantedRule] = field(default_factory=list)
    calendar: dict[date, tuple[bool, str]] = field(default_factory=dict)


def in_turn(regimes: list[WantedRegime]) -> list[WantedRegime]:
    """The regimes, each after the one it reconciles."""
    answer: list[WantedRegime] = []
    waiting = list(regimes)
    while waiting:
        codes = {regime.code for regime in waiting}
        answer += [regime for regime in waiting if regime.reconciles not in codes]
        waiting = [regime for regime in waiting if regime.reconciles in codes]
    return answer


def stored(code: str) -> Forms:
    """What the agreement with this code has; empty if there is none."""
    agreement = Agreement.objects.filter(code=code).first()
    forms = Forms()
    if agreement is None:
        return forms
    forms.indicators = {i.code: i for i in agreement.indicators.all()}
    for dimension in agreement.breakdowns.prefetch_related("options"):
        forms.breakdowns[dimension.code] = dimension.names
        forms.options[dimension.code] = {o.code: o.names for o in dimension.options.all()}
    for form in agreement.forms.prefetch_related("versions"):
        forms.forms[form.code] = WantedForm(
            form.code, form.names, {v.number: v.sections for v in form.versions.all()}
        )
    for regime in agreement.regimes.select_related("form", "reconciles").prefetch_related("versions"):
        forms.regimes[regime.code] = _stored_regime(regime)
    forms.calendar = {day.on: (day.working, day.name) for day in agreement.calendar.all()}
    return forms


def _stored_regime(regime: Any) -> WantedRegime:
    versions = sorted(regime.versions.all(), key=lambda v: (v.valid_from, v.number))
    return WantedRegime(
        regime.code, regime.names, regime.form.code, regime.frequency, regime.window, regime.spans, regime.hierarchy,
        regime.reconciles.code if regime.reconciles else "", regime.ad_hoc,
        [WantedRules(v.valid_from, v.reporters, v.due, v.receivers, v.timezone, v.legal_basis) for v in versions],
    )  # fmt: skip

"""An agreement's indicators, breakdowns and regimes, read once for a question."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from giaoban.agreements.models import Agreement
from giaoban.reportforms.models import Breakdown, FormVersion, Indicator, Regime
from giaoban.reportforms.stamps import Stamps, kept, stamps
from giaoban.rollups.engine.flatten import Shape


@dataclass(frozen=True)
class Catalogue:
    """indicators: by code. regimes: regular and ad hoc ones. asked: regime → codes its form ever had."""

    agreement: Agreement
    indicators: dict[str, Indicator]
    regimes: dict[str, Regime]
    asked: dict[int, frozenset[str]]
    options: dict[str, list[str]]
    stamps: Stamps

    @classmethod
    def of(cls, agreement: Agreement) -> Catalogue:
        """One query while nothing changed."""
        return _catalogue(agreement, stamps())

    @classmethod
    def _read(cls, agreement: Agreement, now: Stamps) -> Catalogue:
        indicators = {i.code: i for i in Indicator.objects.filter(agreement=agreement)}
        regimes = {r.code: r for r in Regime.objects.filter(agreement=agreement).select_related("agreement")}
        codes: dict[int, set[str]] = {}
        for version in FormVersion.objects.filter(form__agreement=agreement):
            codes.setdefault(version.form_id, set()).update(version.indicator_codes)
        asked = {r.pk: frozenset(codes.get(r.form_id, ())) for r in regimes.values()}
        options: dict[str, list[str]] = {}
        if any(i.breakdowns for i in indicators.values()):
            for dimension in Breakdown.objects.filter(agreement=agreement).prefetch_related("options"):
                options[dimension.code] = [option.code for option in dimension.options.all()]
        return cls(agreement, indicators, regimes, asked, options, now)

    def dimensions(self, indicator: Indicator) -> list[tuple[str, list[str]]]:
        """The breakdowns of an indicator with their options, in the order of its form."""
        codes = dict.fromkeys(code for crossed in indicator.breakdowns for code in crossed)
        return [(code, self.options.get(code, [])) for code in codes]

    @cached_property
    def shape(self) -> Shape:
        """How documents of this agreement become facts."""
        numbers = [i for i in self.indicators.values() if not i.is_text and not i.is_computed]
        return Shape(
            {i.code: (i.pk, i.decimals) for i in numbers},
            {i.pk: self.dimensions(i) for i in numbers if i.breakdowns},
        )

    @cached_property
    def shapes(self) -> dict[str, str]:
        """What the facts of each indicator depend on, by its id as text."""
        return {
            str(pk): _brief([decimals, self.shape.dimensions.get(pk, [])])
            for pk, decimals in self.shape.indicators.values()
        }

    def candidates(self, code: str) -> list[Regime]:
        """The regimes that ask this indicator, the one that reconciles nothing first."""
        found = [r for r in self.regimes.values() if code in self.asked[r.pk]]
        return sorted(found, key=lambda r: (self._distance(r), r.pk))

    def _distance(self, regime: Regime) -> int:
        by_id = {r.pk: r for r in self.regimes.values()}
        steps, seen = 0, {regime.pk}
        while regime.reconciles_id is not None and regime.reconciles_id not in seen:
            regime = by_id[regime.reconciles_id]
            seen.add(regime.pk)
            steps += 1
        return steps


@kept(16)
def _catalogue(agreement: Agreement, now: Stamps) -> Catalogue:
    return Catalogue._read(agreement, now)


def calendar_brief(regime: Regime) -> str:
    """What the days of a regime's periods depend on."""
    return _brief([regime.frequency, regime.window, regime.spans])


def _brief(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]

"""What comes out of a question: rows with their completeness and notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.lib import numbers
from giaoban.lib.periods import Period
from giaoban.reportforms.models import Indicator, Regime
from giaoban.rollups.engine.question import Basis
from giaoban.units.models import Unit

#: The option of the row for what is not broken down.
REST = ""

SENTENCES = {
    "no_data": gettext_lazy("no data"),
    "nothing_due": gettext_lazy("nothing is due"),
    "not_asked": gettext_lazy("no reporting regime asks this"),
    "crossing": gettext_lazy("not counted, because they cross the edge of the period: %(periods)s"),
    "coarser": gettext_lazy("reported only for longer periods: %(periods)s"),
    "not_open": gettext_lazy("the unit does not exist on %(day)s"),
    "split": gettext_lazy("not comparable: %(units)s was split, and its parts lie on different sides"),
    "own_only": gettext_lazy("not combined over units: only a unit's own figure"),
    "not_broken_down": gettext_lazy("not broken down like this"),
    "above_total": gettext_lazy("the breakdown is above its total"),
    "missing_part": gettext_lazy("a part of the calculation has no value"),
    "zero_denominator": gettext_lazy("the denominator is zero"),
    "text": gettext_lazy("a text, not a figure"),
}


@dataclass(frozen=True)
class Note:
    """Why there is no value, or what to know about it. str() is a sentence in the reader's language."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(SENTENCES[self.code]) % self.params


class Row(NamedTuple):
    """One asked combination. option: None without a breakdown, REST for what is not broken down.

    value: exact, in the indicator's unit of measure. accepted of due, on_time (None: unknown) and newest
    belong to `regime`, which answers (None: no regime asks this indicator).
    """

    indicator: Indicator
    unit: Unit
    period: Period
    option: str | None
    value: Fraction | None
    decimals: int
    accepted: int
    due: int
    on_time: int | None
    newest: datetime | None
    basis: Basis
    regime: Regime | None
    notes: tuple[Note, ...] = ()

    @property
    def shown(self) -> Decimal | None:
        """The value rounded once, half away from zero."""
        return None if self.value is None else numbers.rounded(self.value, self.decimals)


@dataclass(frozen=True)
class Answer:
    """rows: one per asked combination, in the order asked."""

    rows: list[Row]

    @cached_property
    def _by_key(self) -> dict[tuple[int, int, str, str | None], Row]:
        return {(r.indicator.pk, r.unit.pk, r.period.text, r.option): r for r in self.rows}

    def row(self, indicator: Indicator, unit: Unit, period: Period, option: str | None = None) -> Row | None:
        """The row of one combination, if it was asked."""
        return self._by_key.get((indicator.pk, unit.pk, period.text, option))


def joined_names(names: list[str], most: int = 4) -> str:
    """A, B, C, D and 3 more."""
    if len(names) <= most:
        return ", ".join(names)
    return _("%(names)s and %(count)s more") % {"names": ", ".join(names[:most]), "count": len(names) - most}

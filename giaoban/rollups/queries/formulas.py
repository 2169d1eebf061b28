"""Ratios and calculated indicators: expressions over rolled-up parts (design rule 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from giaoban.lib import cells
from giaoban.lib.expressions import Expression, parse
from giaoban.reportforms.models import Indicator
from giaoban.rollups.queries.answers import Note

#: (code of a reported indicator, key of a cell) → exact value or None
Values = Callable[[str, str], Fraction | None]


@dataclass(frozen=True)
class Formulas:
    """The indicators of an agreement by code."""

    indicators: Mapping[str, Indicator]

    def parts(self, code: str, seen: frozenset[str] = frozenset()) -> dict[str, set[str]]:
        """The reported indicators behind a code, each with the keys of the cells that are named."""
        indicator = self.indicators.get(code)
        if indicator is None or code in seen:
            return {}
        if not indicator.is_computed:
            return {code: {""}}
        found: dict[str, set[str]] = {}
        for expression in _expressions(indicator):
            for name in sorted(expression.names):
                column = cells.parse_column(name) if "(" not in name else None
                for leaf, keys in self.parts(column.code, seen | {code}).items() if column else ():
                    found.setdefault(leaf, set()).update(_with(key, column.place) for key in keys if column)
        return found

    def value(self, code: str, values: Values, key: str = "") -> tuple[Fraction | None, Note | None]:
        """The exact value at a cell, or why there is none."""
        indicator = self.indicators.get(code)
        if indicator is None:
            return None, Note("missing_part")
        if not indicator.is_computed:
            return values(code, key), None
        known = _Known(self, values, key)
        top = parse(indicator.numerator).evaluate(known)
        if top is None:
            return None, Note("missing_part")
        if indicator.denominator:
            bottom = parse(indicator.denominator).evaluate(known)
            if not bottom:
                return None, Note("missing_part" if bottom is None else "zero_denominator")
            top = top / bottom
        return top * Fraction(indicator.factor), None


class _Known(dict[str, Fraction | None]):
    """Values looked up as an expression asks for them."""

    def __init__(self, formulas: Formulas, values: Values, key: str) -> None:
        super().__init__()
        self.formulas, self.values_of, self.key = formulas, values, key

    def get(self, name: str, default: Fraction | None = None) -> Fraction | None:  # type: ignore[override]
        if "(" in name:
            return default
        column = cells.parse_column(name)
        return self.formulas.value(column.code, self.values_of, _with(self.key, column.place))[0]


def _with(key: str, place: Iterable[tuple[str, str]]) -> str:
    return cells.key({**dict(cells.place_of(key)), **dict(place)}.items())


def _expressions(indicator: Indicator) -> list[Expression]:
    return [parse(text) for text in (indicator.numerator, indicator.denominator) if text]

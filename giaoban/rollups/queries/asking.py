"""What a question needs of which regime, and the figures they give (design rules 1 to 10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

import duckdb

from giaoban.agreements.models import Agreement
from giaoban.core.snapshot import snapshot
from giaoban.lib import cells
from giaoban.lib.periods import Period
from giaoban.reportforms.models import Indicator, Regime
from giaoban.rollups.engine.counting import Where
from giaoban.rollups.engine.finish import Key
from giaoban.rollups.engine.question import REPORTED, Basis, Stored
from giaoban.rollups.queries.formulas import Formulas
from giaoban.rollups.queries.sides import Side, exact
from giaoban.rollups.store.catalogue import Catalogue
from giaoban.rollups.store.engine import forget
from giaoban.rollups.store.relations import distrust
from giaoban.units.models import Unit

Places = Mapping[Period, Sequence[Unit]]
T = TypeVar("T")


@dataclass
class Asking:
    """One question of an agreement, spread over the regimes that may answer it."""

    agreement: Agreement
    indicators: Sequence[Indicator]
    places: Places
    by: str | None = None
    basis: Basis = REPORTED
    regime: Regime | None = None
    over_units: str | None = None
    over_periods: str | None = None
    sides: dict[int, Side] = field(default_factory=dict)
    asked: dict[int, set[str]] = field(default_factory=dict)
    _candidates: dict[str, list[Regime]] = field(default_factory=dict)
    _stored: dict[str, Stored] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with snapshot():
            self.catalogue = Catalogue.of(self.agreement)
            self.formulas = Formulas(self.catalogue.indicators)
            self.parts = {i.code: self.formulas.parts(i.code) for i in self.indicators if not i.is_text}
            self._read()

    def _read(self) -> None:
        """First who owes, then the figures of those regimes that answer something."""
        now = self.catalogue.stamps
        units = list(dict.fromkeys(unit.pk for found in self.places.values() for unit in found))
        wanted = {regime.pk for code in self.leaves for regime in self.candidates(code)}
        for regime in self.catalogue.regimes.values():
            if regime.pk in wanted:
                number = len(self.sides) + 1
                self.sides[regime.pk] = Side.of(regime, self.places, units, self.basis, now, number)
        asked: dict[int, set[str]] = {}
        where = [(unit.pk, period.text) for period, found in self.places.items() for unit in found]
        for code in self.leaves:
            known = self.candidates(code)
            for pk in {known[0].pk} if len(known) == 1 else self._answering(code, where):
                asked.setdefault(pk, set()).add(code)
        for pk, codes in asked.items():
            leaves = [self.catalogue.indicators[code] for code in sorted(codes)]
            self.sides[pk].open(self.catalogue, leaves, now.tree)
        self.asked = asked

    # -- what is asked of whom

    @cached_property
    def leaves(self) -> dict[str, set[str]]:
        """The reported indicators needed, with the keys of the cells their formulas name."""
        found: dict[str, set[str]] = {}
        for parts in self.parts.values():
            for code, keys in parts.items():
                found.setdefault(code, set()).update(keys)
        return found

    def candidates(self, code: str) -> list[Regime]:
        """The regimes that may answer a reported indicator, the first choice first."""
        if code not in self._candidates:
            found = self.catalogue.candidates(code)
            wanted = found if self.regime is None else [r for r in found if r.pk == self.regime.pk]
            self._candidates[code] = wanted
        return self._candidates[code]

    def stored(self, code: str) -> Stored:
        """A reported indicator with the operators asked for."""
        if code not in self._stored:
            self._stored[code] = self._with_operators(code)
        return self._stored[code]

    def _with_operators(self, code: str) -> Stored:
        indicator = self.catalogue.indicators[code]
        return Stored(
            indicator.pk, self.over_units or indicator.over_units,
            self.over_periods or indicator.over_periods, bool(indicator.breakdowns),
        )  # fmt: skip

    def answering(self, code: str, where: Where) -> Side | None:
        """The regime that answers for a unit: the first under which it, or a unit below it, is liable."""
        known = self.candidates(code)
        if len(known) > 1:
            for regime in known:
                due = self.sides[regime.pk].owed.get(where)
                if due is not None and due.liable:
                    return self.sides[regime.pk]
        return self.sides[known[0].pk] if known else None

    def _answering(self, code: str, wheres: Sequence[Where]) -> set[int]:
        """The regimes that answer an indicator somewhere."""
        return {side.regime.pk for where in wheres if (side := self.answering(code, where)) is not None}

    # -- figures

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """Every key of a cell that is needed."""
        keys = {key for found in self.leaves.values() for key in found}
        options = self.catalogue.options.get(self.by, ()) if self.by else ()
        keys |= {self.at(key, option) for key in list(keys) for option in options}
        return tuple(sorted(keys))

    def at(self, key: str, option: str) -> str:
        """The key of a cell at one option of the asked breakdown."""
        return cells.key({**dict(cells.place_of(key)), self.by or "": option}.items())

    @cached_property
    def figures(self) -> dict[int, dict[Key, Fraction | None]]:
        """Per regime, every value it can give."""
        found = {}
        for pk, codes in self.asked.items():
            stored = [self.stored(code) for code in sorted(codes)]
            found[pk] = self.sides[pk].figures(stored, self.cells).values
        return found

    def value(self, code: str, where: Where, key: str) -> tuple[Fraction | None, bool]:
        """(value of a reported indicator at a cell, is it comparable)."""
        side = self.answering(code, where)
        if side is None:
            return None, True
        stored = self.stored(code)
        found = self.figures[side.regime.pk]
        asked = (stored.id, where[0], where[1], key)
        if asked not in found:
            return None, True
        value = exact(found[asked], stored, self.catalogue.indicators[code].decimals)
        return value, value is not None


def carefully(ask: Callable[[], Asking], use: Callable[[Asking], T]) -> T:
    """Ask again if files were swept away or turn out to be damaged: the revisions know it all."""
    for _attempt in range(2):
        asking = None
        try:
            asking = ask()
            return use(asking)
        except duckdb.Error:
            forget()
            sides = asking.sides.values() if asking else ()
            used = [made for side in sides if side.relations for made in side.relations.generations]
            distrust(used)
    return use(ask())

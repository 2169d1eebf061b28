"""What a figure of a review asks. Frozen and comparable, so that the same question is asked once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from giaoban.lib import periods
from giaoban.reviews.models import FigureKind

YEAR, PREVIOUS = "year", "previous"


@dataclass(frozen=True)
class Question:
    """A roll-up (indicator, unit id, period …), a target of the plan, or two figures compared.

    of, against: only of a change or a share; the figures are those of these questions.
    """

    kind: str = FigureKind.ROLLUP
    indicator: str = ""
    unit: int = 0
    period: str = ""
    basis: str = "reported"
    by: str = ""
    option: str = ""
    regime: str = ""
    of: Question | None = None
    against: Question | None = None

    @property
    def plain(self) -> dict[str, Any]:
        """The query as it is stored of a roll-up or a target; what is as usual is left out."""
        given = {"indicator": self.indicator, "unit": self.unit, "period": self.period}
        if self.kind == FigureKind.ROLLUP:
            basis = "" if self.basis == "reported" else self.basis
            more = {"basis": basis, "by": self.by, "option": self.option, "regime": self.regime}
            given |= {name: value for name, value in more.items() if value}
        return given

    @classmethod
    def stored(cls, kind: str, query: dict[str, Any]) -> Question:
        """The question of a stored roll-up or target."""
        known = ("indicator", "unit", "period", "basis", "by", "option", "regime")
        return cls(kind, **{name: query[name] for name in known if name in query})

    def at(self, period: str) -> Question:
        """The same question of another period."""
        return Question(
            FigureKind.ROLLUP,
            self.indicator,
            self.unit,
            period,
            self.basis,
            self.by,
            self.option,
            self.regime,
        )

    @property
    def target(self) -> Question:
        """What the plan promised for this unit and period."""
        return Question(FigureKind.TARGET, self.indicator, self.unit, self.period)


def change(of: Question, against: Question) -> Question:
    """By how many per cent `of` differs from `against`."""
    return Question(FigureKind.CHANGE, of=of, against=against)


def share(of: Question, target: Question) -> Question:
    """How many per cent of the target were reached."""
    return Question(FigureKind.SHARE, of=of, against=target)


def key(kind: str, query: dict[str, Any]) -> str:
    """One name for one query: sha256 of its canonical JSON."""
    text = json.dumps([kind, query], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def before(period: str, compare: str) -> str | None:
    """The period to compare with: the same a year before, or the one just before; None where there is none."""
    asked = periods.parse(period)
    try:
        found = periods.year_before(asked) if compare == YEAR else periods.preceding(asked)
    except periods.PeriodError:
        return None
    return found.text if found else None

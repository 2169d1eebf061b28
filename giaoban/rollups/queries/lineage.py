"""The reports and revisions behind figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product

from giaoban.agreements.models import Agreement
from giaoban.lib.paper.manifest import source_digest
from giaoban.lib.periods import Period
from giaoban.reportforms.models import Indicator, Regime
from giaoban.rollups.engine.lineage import lineage
from giaoban.rollups.engine.question import REPORTED, TOTAL, Basis, cell
from giaoban.rollups.queries.answers import Answer
from giaoban.rollups.queries.asking import Asking, Places, carefully
from giaoban.rollups.queries.rows import rows
from giaoban.rollups.queries.sides import Side
from giaoban.units.models import Unit

#: (report id, revision id), sorted
Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Source:
    """One report whose figures were used, as it was accepted."""

    report_id: int
    revision_id: int
    unit_id: int
    period: Period


@dataclass(frozen=True)
class Sources:
    """All reports behind one figure, by period then unit."""

    all: tuple[Source, ...]

    @property
    def count(self) -> int:
        """How many reports."""
        return len(self.all)

    @cached_property
    def units(self) -> list[tuple[int, int]]:
        """(unit, how many of its reports)."""
        return sorted(Counter(source.unit_id for source in self.all).items())

    @cached_property
    def pairs(self) -> Pairs:
        """(report, revision), sorted."""
        return tuple(sorted((s.report_id, s.revision_id) for s in self.all))

    @cached_property
    def digest(self) -> str:
        """One digest of the whole set."""
        return source_digest(self.pairs)

    def page(self, start: int, size: int) -> Sequence[Source]:
        """`size` of them from the one numbered `start`, counted from 0."""
        return self.all[start : start + size]


def sources(
    agreement: Agreement, indicator: Indicator, unit: Unit, period: Period, *, option: str | None = None,
    by: str | None = None, basis: Basis = REPORTED, regime: Regime | None = None, over_units: str | None = None,
    over_periods: str | None = None,
) -> Sources:  # fmt: skip
    """The reports behind one figure. An option is named with its breakdown: by="sex", option="f"."""
    options = (by, basis, regime, over_units, over_periods)
    found = carefully(
        lambda: Asking(agreement, [indicator], {period: [unit]}, *options),
        lambda asking: _Found(asking).of(indicator, unit, period),
    )
    return Sources(found.get(cell(by, option) if by and option else TOTAL, ()))


def explained(
    agreement: Agreement, indicator: Indicator, unit: Unit, period: Period, *, parts: Sequence[Indicator] = (),
    option: str | None = None, by: str | None = None, basis: Basis = REPORTED, regime: Regime | None = None,
    over_units: str | None = None, over_periods: str | None = None,
) -> tuple[Answer, Sources]:  # fmt: skip
    """One figure (and those it is made of) together with the reports behind it, read once."""
    at = cell(by, option) if by and option else TOTAL
    indicators, options = [indicator, *parts], (by, basis, regime, over_units, over_periods)
    return carefully(
        lambda: Asking(agreement, indicators, {period: [unit]}, *options),
        lambda asking: (
            Answer(list(rows(asking, [period]))),
            Sources(_Found(asking).of(indicator, unit, period).get(at, ())),
        ),
    )


#: indicator id, unit id, period, option (None: the total)
Figure = tuple[int, int, str, str | None]


def source_sets(
    agreement: Agreement, indicators: Sequence[Indicator], units: Sequence[Unit] | Places,
    periods: Sequence[Period], *, by: str | None = None, basis: Basis = REPORTED, regime: Regime | None = None,
    over_units: str | None = None, over_periods: str | None = None,
) -> dict[Figure, Pairs]:  # fmt: skip
    """The (report, revision) pairs behind every figure that `ask` gives for the same question, in one go.

    Equal sets are one object.
    """
    places: Places = units if isinstance(units, Mapping) else dict.fromkeys(periods, units)
    options = (by, basis, regime, over_units, over_periods)
    return carefully(
        lambda: Asking(agreement, indicators, places, *options), lambda asking: _sets(asking, periods)
    )


def _sets(asking: Asking, periods: Sequence[Period]) -> dict[Figure, Pairs]:
    found, by = _Found(asking), asking.by
    known: dict[Pairs, Pairs] = {}
    answer: dict[Figure, Pairs] = {}
    options = [None, *(asking.catalogue.options.get(by, ()) if by else ())]
    for indicator, period in product(asking.indicators, periods):
        for unit in asking.places.get(period, ()):
            by_cell = found.of(indicator, unit, period)
            for option in options:
                used = by_cell.get(cell(by, option) if by and option is not None else TOTAL, ())
                pairs = tuple(sorted({(s.report_id, s.revision_id) for s in used}))
                answer[indicator.pk, unit.pk, period.text, option] = known.setdefault(pairs, pairs)
    return answer


class _Found:
    """Sources by regime, indicator, place, period and cell."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.used: dict[tuple[int, int, int, str, str], list[Source]] = {}
        for pk, codes in asking.asked.items():
            self._read(asking.sides[pk], codes)

    def _read(self, side: Side, codes: Iterable[str]) -> None:
        asking, pk = self.asking, side.regime.pk
        question = side.question([asking.stored(code) for code in sorted(codes)], asking.cells)
        made: dict[tuple[int, int], Source] = {}
        spans = side.calendar.spans
        for table in lineage(side.engine, question):
            names = ("place", "period", "indicator_id", "cell", "report_id", "revision_id", "unit_id", "span")
            for place, period, indicator, key, report, revision, unit, span in zip(
                *(table[name].to_pylist() for name in names), strict=True
            ):
                source = made.setdefault((report, revision), Source(report, revision, unit, spans[span]))
                where = (pk, indicator, place, question.periods[period].key, key)
                self.used.setdefault(where, []).append(source)

    def of(self, indicator: Indicator, unit: Unit, period: Period) -> dict[str, tuple[Source, ...]]:
        """By cell: the reports behind an indicator, or behind all parts of a computed one."""
        asking = self.asking
        options = ["", *(asking.catalogue.options.get(asking.by, ()) if asking.by else ())]
        found: dict[str, tuple[Source, ...]] = {}
        for option in options:
            used: dict[int, Source] = {}
            for code, keys in asking.parts.get(indicator.code, {}).items():
                side = asking.answering(code, (unit.pk, period.text))
                if side is None:
                    continue
                leaf = asking.catalogue.indicators[code].pk
                wanted = [asking.at(key, option) if option else key for key in keys]
                places = ((side.regime.pk, leaf, unit.pk, period.text, key) for key in wanted)
                used |= {s.report_id: s for s in chain.from_iterable(self.used.get(p, ()) for p in places)}
            key = cell(asking.by, option) if asking.by and option else TOTAL
            found[key] = tuple(sorted(used.values(), key=lambda s: (s.period, s.unit_id)))
        return found

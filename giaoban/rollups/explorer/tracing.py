"""What stands behind one figure: its parts, the units, the reports with their revisions, who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from giaoban.core.actors import Actor
from giaoban.lib import cells
from giaoban.lib.expressions import parse
from giaoban.lib.periods import Period
from giaoban.reportforms.models import Indicator, Regime
from giaoban.reportforms.queries import schedule
from giaoban.reports.models import Report
from giaoban.reports.policy import REPORTS
from giaoban.reports.queries import Owed, owed
from giaoban.rollups import queries
from giaoban.rollups.engine.tree import Line
from giaoban.rollups.explorer import address
from giaoban.rollups.explorer.asked import Asked
from giaoban.rollups.explorer.places import Place
from giaoban.rollups.explorer.reach import Reach
from giaoban.rollups.explorer.scene import Scene
from giaoban.rollups.queries import Row, Sources
from giaoban.rollups.store.calendars import inside
from giaoban.rollups.store.trees import grouped_tree_of, tree_of
from giaoban.units.models import Unit

PAGE = 50


@dataclass
class Traced:
    """One figure as asked: exactly one indicator, unit, period and option (None: the total)."""

    scene: Scene
    asked: Asked
    place: Place
    option: str | None
    query: address.Query

    @property
    def indicator(self) -> Indicator:
        return self.asked.indicators[0]

    @property
    def period(self) -> Period:
        return self.asked.periods[0]

    def url(self, **changes: Any) -> str:
        """The trace of a figure that differs in these parts."""
        return address.trace(self.scene.agreement.code, **{**self.query, **changes})

    @property
    def last(self) -> date:
        """The last day of the period."""
        return self.scene.span(self.period).last

    @property
    def given(self) -> dict[str, Any]:
        """What every question of this page has in common."""
        return {
            "by": self.asked.by or None,
            "basis": self.asked.basis,
            "regime": self.asked.regime,
            "over_units": self.asked.over_units or None,
            "over_periods": self.asked.over_periods or None,
        }

    def ask(self, indicators: Sequence[Indicator], units: Sequence[Unit], **changes: Any) -> queries.Answer:
        """Figures with the same basis, regime and operators."""
        return queries.ask(
            self.scene.agreement, indicators, units, [self.period], **{**self.given, **changes}
        )

    def explained(self) -> tuple[queries.Answer, Sources]:
        """The figure with those it is made of, and the reports behind it."""
        return queries.explained(
            self.scene.agreement, self.indicator, self.place.unit, self.period, parts=self.made_of,
            option=self.option or None, **self.given,
        )  # fmt: skip

    @cached_property
    def columns(self) -> dict[str, Any]:
        """The parts of a calculated figure by the name they are written with: code and cell."""
        rule = self.indicator
        if not rule.is_computed:
            return {}
        texts = [text for text in (rule.numerator, rule.denominator) if text]
        written = [name for text in texts for name in sorted(parse(text).names, key=text.find)]
        return {name: cells.parse_column(name) for name in dict.fromkeys(written) if "(" not in name}

    @property
    def made_of(self) -> list[Indicator]:
        """The indicators of the parts."""
        codes = dict.fromkeys(column.code for column in self.columns.values())
        return [self.scene.indicators[code] for code in codes if code in self.scene.indicators]

    def row(self, answer: queries.Answer, indicator: Indicator | None = None) -> Row | None:
        return answer.row(indicator or self.indicator, self.place.unit, self.period, self.option)


@dataclass(frozen=True)
class Part:
    """A part of a calculated figure, traceable itself. row: None where it cannot be asked on its own."""

    name: str
    indicator: Indicator | None
    row: Row | None
    url: str


def parts(traced: Traced, answer: queries.Answer) -> list[Part]:
    """The parts of a ratio or calculated figure, in the order they are written."""
    return [_part(traced, answer, name, column) for name, column in traced.columns.items()]


def _part(traced: Traced, answer: queries.Answer, name: str, column: Any) -> Part:
    """A part that names one option of one breakdown is asked by that breakdown."""
    indicator, place = traced.scene.indicators.get(column.code), dict(column.place)
    if indicator is None or len(place) > 1 or (place and traced.option):
        return Part(name, indicator, None, "")
    if not place:
        return Part(name, indicator, traced.row(answer, indicator), traced.url(indicator=column.code))
    (by, option), unit = next(iter(place.items())), traced.place.unit
    row = traced.ask([indicator], [unit], by=by).row(indicator, unit, traced.period, option)
    return Part(name, indicator, row, traced.url(indicator=column.code, by=by, option=option))


@dataclass(frozen=True)
class UnitLine:
    """A unit whose reports stand behind the figure. row: its own figure for the period."""

    unit: Unit
    reports: int
    row: Row | None
    url: str


def unit_lines(traced: Traced, sources: Sources, reach: Reach, start: int) -> tuple[list[UnitLine], int, int]:
    """(lines of a page, how many units there are, how many more are out of the reader's reach)."""
    counts = dict(sources.units)
    last = traced.last.toordinal()
    units = [reach.gazetteer.unit(pk, last) for pk in counts]
    shown = sorted((u for u in units if _is_seen(u, traced, reach)), key=lambda u: (u.code, u.pk))
    page = shown[start : start + PAGE]
    answer = traced.ask([traced.indicator], page, over_units="none") if page else None
    lines = []
    for unit in page:
        row = answer.row(traced.indicator, unit, traced.period, traced.option) if answer else None
        url = traced.url(unit=Place(unit).reference(traced.last))
        lines.append(UnitLine(unit, counts[unit.pk], row, url))
    return lines, len(shown), len(units) - len(shown)


def _is_seen(unit: Unit, traced: Traced, reach: Reach) -> bool:
    """Is the unit in the reader's reach at the end of the period?"""
    return reach.holds(unit.pk, Place(unit).nearest(traced.last))


def report_lines(
    traced: Traced, sources: Sources, reach: Reach, by: Actor, start: int
) -> tuple[list[Report], int]:
    """(reports of a page, how many there are). `may_open`: is the report's page the reader's too?"""
    last = traced.last.toordinal()
    seen = {pk for pk, _count in sources.units if _is_seen(reach.gazetteer.unit(pk, last), traced, reach)}
    every = [s for s in sources.all if s.unit_id in seen]
    page = every[start : start + PAGE]
    mine = Report.objects.filter(REPORTS.q(by, "read"), pk=OuterRef("pk"))
    reports = Report.objects.filter(pk__in=[s.report_id for s in page]).annotate(may_open=Exists(mine))
    reports = reports.select_related("unit", "regime", "agreement", "accepted").defer("accepted__document")
    known = {report.pk: report for report in reports}
    return [known[s.report_id] for s in page], len(every)


def missing(traced: Traced, regime: Regime, reach: Reach, at: datetime) -> list[Owed]:
    """The reports due under the answering regime that do not count: not sent, sent back, waiting."""
    if regime.ad_hoc:
        return []
    under = _under(traced, regime)
    wanted, _crossing = inside(regime, traced.period)
    due = owed(schedule(regime, traced.scene.stamps), wanted, at=at, units=set(under))
    found = [o for o in due if o.state not in ("accepted", "excluded") and _counts(o, traced, under)]
    found = [o for o in found if reach.holds(o.unit.pk, o.due.last_day)]
    return sorted(found, key=lambda o: (o.due.last_day, o.unit.code))


def _under(traced: Traced, regime: Regime) -> dict[int, list[Line]]:
    own = (traced.asked.over_units or traced.indicator.over_units) == "none"
    found: dict[int, list[Line]] = {}
    tree = grouped_tree_of if traced.place.is_group else tree_of
    for line in tree(regime.hierarchy, traced.scene.stamps.tree).below.get(traced.place.id, ()):
        if not (own and line.depth):
            found.setdefault(line.other, []).append(line)
    return found


def _counts(one: Owed, traced: Traced, under: dict[int, list[Line]]) -> bool:
    """Does the report belong to the figure's unit on the tree of the basis?"""
    basis = traced.asked.basis
    day = one.due.last_day.toordinal() if basis.kind == "reported" else basis.day
    return any(line.start <= day < line.end for line in under[one.unit.pk])

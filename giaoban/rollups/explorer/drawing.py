"""The chart of a table: what is drawn, its words, its picture."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from giaoban.lib import periods
from giaoban.lib.paper import charts
from giaoban.lib.paper.charts import Series
from giaoban.rollups.explorer.table import Cell, Line, Table

MOST_LINES, MOST_BARS = 6, 40


@dataclass(frozen=True)
class Picture:
    """A chart before it is drawn. of: how many units there are where not all are drawn, else 0."""

    kind: str
    title: str
    measure: str
    language: str
    series: tuple[Series, ...]
    of: int = field(default=0, compare=False)

    @property
    def alt(self) -> str:
        """The chart in words, made from its data."""
        draws = "bar" if self.kind == "bar" else "line"
        return charts.sentence(
            draws, self.series, title=self.title, language=self.language, unit=self.measure  # type: ignore[arg-type]
        )  # fmt: skip

    @property
    def etag(self) -> str:
        """The same for the same picture."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


def picture(table: Table, language: str) -> Picture | None:
    """The chart the view asks for; None if it wants none or there is nothing to draw."""
    asked = table.asked
    kind = asked.chart or ("line" if len(asked.periods) > 1 else "bar")
    if kind == "none" or not table.has_values:
        return None
    indicator = next((i for i in asked.indicators if i.code == asked.draw), asked.indicators[0])
    rows = _rows(table, indicator.code)
    found = _bars(table, rows, language) if kind == "bar" else _lines(table, rows, language)
    title, series, of = found
    if not any(value is not None for one in series for _label, value in one.points):
        return None
    return Picture(kind, f"{indicator}{title}", indicator.unit_of_measure, language, series, of)


def svg(wanted: Picture) -> str:
    """The picture as SVG; kept for the next reader of the same one."""
    return _drawn(wanted)


@lru_cache(maxsize=64)
def _drawn(wanted: Picture) -> str:
    draw = charts.bar if wanted.kind == "bar" else charts.line
    return draw(wanted.series, title=wanted.title, language=wanted.language, unit=wanted.measure).svg


Rows = list[tuple[Line, bool, dict[str, Decimal | None]]]


def _rows(table: Table, indicator: str) -> Rows:
    """Per line of the indicator: the line, whether it is a total, and its value in each period."""
    found: dict[tuple[int, str, bool, bool], tuple[Line, bool, dict[str, Decimal | None]]] = {}
    for group in table.groups:
        for total, lines in ((False, group.lines), (True, group.total)):
            for line in lines:
                cells = [cell for cell in line.cells if cell.indicator.code == indicator]
                key = (line.place.id, line.option, line.is_part, total)
                if cells:
                    found.setdefault(key, (line, total, {}))[2].update(_values(cells))
    return list(found.values())


def _values(cells: list[Cell]) -> dict[str, Decimal | None]:
    return {cell.period.text: cell.value for cell in cells}


Drawn = tuple[str, tuple[Series, ...], int]


def _lines(table: Table, rows: Rows, language: str) -> Drawn:
    """Over the periods: a breakdown's options of the whole; else the units; of many, their total."""
    parts = [row for row in rows if row[0].is_part and row[1] == (table.asked.places.whole is not None)]
    units = [row for row in rows if not row[0].is_part and not row[1]]
    totals = [row for row in rows if not row[0].is_part and row[1]]
    chosen, of = units[:MOST_LINES], len(units) if len(units) > MOST_LINES else 0
    if table.asked.by and parts:
        first = parts[0][0].place.id
        chosen, of = [row for row in parts if row[0].place.id == first][:MOST_LINES], 0
    elif len(units) > MOST_LINES and totals:
        chosen, of = totals, 0
    series = tuple(
        Series(
            line.option or line.place.name,
            tuple((periods.label(p, language), values.get(p.text)) for p in table.asked.periods),
        )
        for line, _total, values in chosen
    )
    where = f", {chosen[0][0].place.name}" if len(chosen) == 1 or table.asked.by else ""
    return where, series, of


def _bars(table: Table, rows: Rows, language: str) -> Drawn:
    """Over the units, for the last period that has a value."""
    units = [row for row in rows if not row[0].is_part and not row[1]]
    shown = [p for p in table.asked.periods if any(values.get(p.text) is not None for *_x, values in units)]
    if not shown:
        return "", (), 0
    label = periods.label(shown[-1], language)
    points = tuple(
        (line.place.name, values.get(shown[-1].text)) for line, _total, values in units[:MOST_BARS]
    )
    of = len(units) if len(units) > MOST_BARS else 0
    return f", {label}", (Series(label, points),), of


def remark(wanted: Picture) -> str:
    """What the chart leaves out, in words; empty if nothing."""
    if not wanted.of:
        return ""
    drawn = len(wanted.series) if wanted.kind == "line" else len(wanted.series[0].points)
    return _("The chart shows the first %(drawn)s of %(all)s units.") % {"drawn": drawn, "all": wanted.of}

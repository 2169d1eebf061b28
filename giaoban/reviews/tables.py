"""What a table asks: its rows and columns, and the question of each cell. No figure is computed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from giaoban.reportforms.models import Indicator
from giaoban.reviews.labels import indicator_label, period_label
from giaoban.reviews.questions import YEAR, Question, before, change, share
from giaoban.units.models import Unit


@dataclass(frozen=True)
class Cell:
    """A question, and what of its figure is shown: the value, or accepted/due."""

    question: Question
    part: str = "value"


@dataclass
class Layout:
    """A table before its figures are known. optional: columns that go if they hold no value at all."""

    caption: str
    head: str
    columns: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    cells: list[list[Cell | None]]
    optional: set[int] = field(default_factory=set)

    @property
    def questions(self) -> list[Question]:
        """Every question of the table, each once, in reading order."""
        return list(dict.fromkeys(cell.question for row in self.cells for cell in row if cell))


def of_indicators(
    indicators: Sequence[Indicator], unit: Unit, period: str, language: str, *, caption: str, compare: str = YEAR
) -> Layout:  # fmt: skip
    """A row per indicator: the period, the one compared with, the change, the target, how much of it, completeness."""
    with translation.override(language):
        earlier = before(period, compare) if compare else None
        columns = [{"title": period_label(period, language)}]
        if earlier:
            columns += [{"title": period_label(earlier, language)}, {"title": _("Change (%)")}]
        columns += [{"title": _("Target")}, {"title": _("Reached (%)")}, {"title": _("Reports accepted/due")}]
        head = _("Indicator")
    cells = []
    for indicator in indicators:
        now = Question(indicator=indicator.code, unit=unit.pk, period=period)
        row: list[Cell | None] = [Cell(now)]
        if earlier:
            row += [Cell(now.at(earlier)), Cell(change(now, now.at(earlier)))]
        row += [Cell(now.target), Cell(share(now, now.target)), Cell(now, "complete")]
        cells.append(row)
    rows = [{"title": indicator_label(i, language)} for i in indicators]
    return Layout(caption, head, columns, rows, cells, optional=set(range(1, len(columns) - 1)))


def of_units(
    indicators: Sequence[Indicator], units: Sequence[Unit], total: Unit, period: str, language: str, *, caption: str
) -> Layout:  # fmt: skip
    """A row per unit and one in total; a column per indicator."""
    with translation.override(language):
        head, whole = _("Unit"), _("Total")
    rows: list[dict[str, Any]] = [{"title": unit.name} for unit in units]
    rows.append({"title": whole, "total": True})
    cells: list[list[Cell | None]] = [
        [Cell(Question(indicator=i.code, unit=unit.pk, period=period)) for i in indicators]
        for unit in (*units, total)
    ]
    columns = [{"title": indicator_label(i, language)} for i in indicators]
    return Layout(caption, head, columns, rows, cells)


def of_periods(
    indicators: Sequence[Indicator], unit: Unit, parts: Sequence[str], language: str, *, caption: str
) -> Layout:
    """A row per part of the period; a column per indicator."""
    with translation.override(language):
        head = _("Period")
    rows = [{"title": period_label(part, language)} for part in parts]
    cells: list[list[Cell | None]] = [
        [Cell(Question(indicator=i.code, unit=unit.pk, period=part)) for i in indicators] for part in parts
    ]
    columns = [{"title": indicator_label(i, language)} for i in indicators]
    return Layout(caption, head, columns, rows, cells)


def pages(indicators: Sequence[Indicator], columns: int = 5) -> list[list[Indicator]]:
    """The indicators in groups that fit the width of a page, as even as possible."""
    count = -(-len(indicators) // columns)
    if count == 0:
        return []
    size = -(-len(indicators) // count)
    return [list(indicators[n : n + size]) for n in range(0, len(indicators), size)]

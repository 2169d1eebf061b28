"""The table of a view: units down, periods (or indicators) across, a line of totals, notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from giaoban.core.language import reader_language
from giaoban.lib import periods
from giaoban.lib.periods import Period
from giaoban.lib.text import fold, lettering
from giaoban.reportforms.models import Indicator
from giaoban.rollups.explorer import address
from giaoban.rollups.explorer.asked import Asked
from giaoban.rollups.explorer.asking import Board, ask
from giaoban.rollups.explorer.compare import Compared, compared, earlier
from giaoban.rollups.explorer.places import BELOW, Place
from giaoban.rollups.explorer.scene import Scene
from giaoban.rollups.forms import ExploreForm
from giaoban.rollups.queries import REST, Row

#: Figures of one page, about.
MOST_CELLS = 3000
#: Notes that the cell itself says.
SAID = ("no_data", "nothing_due")


@dataclass(frozen=True)
class Column:
    """key: a period's name or an indicator's code, as `sort` takes it."""

    key: str
    label: str
    measure: str = ""
    sort_url: str = ""
    sorted: str = ""


@dataclass
class Cell:
    """One figure with its completeness. row: None where the unit did not stand here."""

    indicator: Indicator
    period: Period
    row: Row | None = None
    trace: str = ""
    marks: list[str] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)

    @property
    def value(self) -> Decimal | None:
        return self.row.shown if self.row else None

    @property
    def missing(self) -> int:
        """Reports due that do not count yet."""
        return max(0, self.row.due - self.row.accepted) if self.row and self.row.due else 0

    @property
    def late(self) -> int:
        """Accepted reports that were sent after the deadline."""
        if self.row is None or self.row.on_time is None:
            return 0
        return max(0, self.row.accepted - self.row.on_time)


@dataclass
class Line:
    """A unit, or one option of a breakdown of it."""

    place: Place
    cells: list[Cell]
    option: str = ""
    url: str = ""
    is_part: bool = False
    is_total: bool = False

    @property
    def css(self) -> str:
        return " ".join(name for name, is_so in (("total", self.is_total), ("part", self.is_part)) if is_so)

    @property
    def total_label(self) -> str:
        return _("Total: %(name)s") % {"name": self.place.name}


@dataclass
class Group:
    """The lines of one indicator (or one period), with their own total."""

    key: str
    title: str
    measure: str = ""
    lines: list[Line] = field(default_factory=list)
    total: list[Line] = field(default_factory=list)

    @property
    def all(self) -> list[Line]:
        return [*self.total, *self.lines]


@dataclass
class Table:
    """What the page, the chart and the downloads are made of."""

    asked: Asked
    columns: list[Column] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pages: int = 1
    page: int = 1
    count: int = 0
    unit_sort: Column | None = None

    @property
    def lines(self) -> Iterable[Line]:
        return (line for group in self.groups for line in group.all)

    @property
    def cells(self) -> Iterable[Cell]:
        return (cell for line in self.lines for cell in line.cells)

    @property
    def has_values(self) -> bool:
        return any(cell.value is not None for cell in self.cells)

    @property
    def width(self) -> int:
        return 1 + len(self.columns) * (1 + len(self.asked.compare))


def build(scene: Scene, asked: Asked, query: address.Query, whole: bool = False) -> Table:
    """Ask and lay out one page of the view, or (whole) all of it."""
    return _Layout(scene, asked, query).table(whole)


def figures_per_unit(scene: Scene, asked: Asked) -> int:
    """How many cells one unit needs."""
    parts = 2 + len(scene.options.get(asked.by, ())) if asked.by else 1
    return len(asked.indicators) * len(asked.periods) * parts * (1 + len(asked.compare))


def fits(scene: Scene, form: ExploreForm) -> bool:
    """Can a page show at least one unit of this view? If not, the form says so."""
    count = figures_per_unit(scene, form.asked)
    if count > MOST_CELLS:
        form.add_error(
            "period",
            _("That is %(count)s figures for each unit, too many for a page. Choose fewer, or download them.")
            % {"count": count},
        )
    return count <= MOST_CELLS


class _Layout:
    def __init__(self, scene: Scene, asked: Asked, query: address.Query) -> None:
        self.scene, self.asked, self.query = scene, asked, query
        self.language = reader_language()
        self.marks: dict[str, str] = {}
        self.board = Board()
        self.last = max(scene.span(period).last for period in asked.periods)
        self.traces = address.trace(scene.agreement.code)
        kept = {k: v for k, v in query.items() if k in ("basis", "regime", "over-units", "over-periods")}
        self.kept = f"&{address.encoded(kept)}" if kept else ""

    def table(self, whole: bool) -> Table:
        asked, rows = self.asked, self.asked.places.rows
        table = Table(asked, self._columns(), count=len(rows), unit_sort=self._column("unit", _("Unit")))
        size = len(rows) if whole else self._size()
        table.pages = max(1, -(-len(rows) // max(1, size)))
        table.page = 1 if whole else min(asked.page, table.pages)
        rows = self._by_name(rows)
        start, total = (table.page - 1) * size, asked.places.whole
        pages = {key: self._page(rows, key, start, size) for key, _title, _measure in self._groups()}
        shown = dict.fromkeys(place for page in pages.values() for place in page)
        self.board = ask(self.scene, asked, [*shown, *([total] if total else [])])
        for key, title, measure in self._groups():
            group = Group(key, title, measure)
            for place in self._by_value(pages[key], key, self.board):
                group.lines += self._lines(place, key)
            group.total = self._lines(total, key, is_total=True) if total else []
            table.groups.append(group)
        table.notes = [(mark, sentence) for sentence, mark in self.marks.items()]
        return table

    def _size(self) -> int:
        return max(1, MOST_CELLS // max(1, figures_per_unit(self.scene, self.asked)))

    # ------------------------------------------------------------ columns and groups

    def _columns(self) -> list[Column]:
        if self.asked.columns == "indicator":
            return [self._column(i.code, str(i), i.unit_of_measure) for i in self.asked.indicators]
        return [self._column(p.text, periods.label(p, self.language)) for p in self.asked.periods]

    def _column(self, key: str, label: str, measure: str = "") -> Column:
        now = {key: "ascending", f"-{key}": "descending"}.get(self.asked.sort, "")
        first = key if key == "unit" else f"-{key}"
        wanted = {"ascending": f"-{key}", "descending": key}.get(now, first)
        return Column(key, label, measure, address.changed(self.query, sort=wanted, page=None), now)

    def _groups(self) -> list[tuple[str, str, str]]:
        if self.asked.columns == "indicator":
            return [(p.text, periods.label(p, self.language), "") for p in self.asked.periods]
        return [(i.code, str(i), i.unit_of_measure) for i in self.asked.indicators]

    def _pairs(self, group: str) -> list[tuple[Indicator, Period]]:
        """Indicator and period of each column in a group."""
        if self.asked.columns == "indicator":
            period = next(p for p in self.asked.periods if p.text == group)
            return [(i, period) for i in self.asked.indicators]
        indicator = next(i for i in self.asked.indicators if i.code == group)
        return [(indicator, p) for p in self.asked.periods]

    # ------------------------------------------------------------ order

    def _by_name(self, rows: Sequence[Place]) -> list[Place]:
        if self.asked.sort.removeprefix("-") != "unit":
            return list(rows)
        return sorted(rows, key=lambda p: (fold(p.name), p.code), reverse=self.asked.sort.startswith("-"))

    @cached_property
    def _sorts_by_value(self) -> bool:
        return self.asked.sort.removeprefix("-") in {column.key for column in self._columns()}

    def _page(self, rows: Sequence[Place], group: str, start: int, size: int) -> Sequence[Place]:
        """The rows of this page; sorted by a value, that column is asked first for all of them."""
        if self._sorts_by_value and len(rows) > size:
            rows = self._by_value(rows, group, self._sorting)
        return rows[start : start + size]

    @cached_property
    def _sorting(self) -> Board:
        pairs = [self._sorted(group) for group, _title, _measure in self._groups()]
        indicators, periods_ = dict.fromkeys(i for i, _p in pairs), dict.fromkeys(p for _i, p in pairs)
        slim = replace(self.asked, indicators=list(indicators), periods=list(periods_), by="", compare=())
        return ask(self.scene, slim, self.asked.places.rows)

    def _sorted(self, group: str) -> tuple[Indicator, Period]:
        """What stands in the sorted column of a group."""
        key = self.asked.sort.removeprefix("-")
        if self.asked.columns == "indicator":
            return next((i, p) for i, p in self._pairs(group) if i.code == key)
        return next((i, p) for i, p in self._pairs(group) if p.text == key)

    def _by_value(self, rows: Sequence[Place], group: str, board: Board) -> Sequence[Place]:
        """By the value in the sorted column; units without one last."""
        if not self._sorts_by_value:
            return rows
        indicator, period = self._sorted(group)
        found = [(board.row(indicator, place, period.text), place) for place in rows]
        valued = [(row.value, place) for row, place in found if row is not None and row.value is not None]
        valued.sort(key=lambda pair: pair[0], reverse=self.asked.sort.startswith("-"))
        known = {place.id for _value, place in valued}
        return [place for _value, place in valued] + [place for place in rows if place.id not in known]

    # ------------------------------------------------------------ lines and cells

    def _lines(self, place: Place, group: str, is_total: bool = False) -> list[Line]:
        pairs = self._pairs(group)
        url = ""
        if place.has_below and not is_total:
            url = address.changed(
                self.query, unit=place.reference(self.last), level=BELOW, page=None, sort=None
            )
        options: list[tuple[str | None, str]] = [(None, ""), *self._options(place, pairs)]
        return [
            Line(
                place,
                [self._cell(i, place, p, code) for i, p in pairs],
                label,
                url,
                code is not None,
                is_total,
            )
            for code, label in options
        ]

    def _options(self, place: Place, pairs: list[tuple[Indicator, Period]]) -> list[tuple[str, str]]:
        """The options in order; what is not broken down comes last, where there is any."""
        if not self.asked.by or not self.scene.with_breakdown(self.asked.by, [i for i, _p in pairs]):
            return []
        found = [(option.code, str(option)) for option in self.scene.options[self.asked.by]]
        rest = [self.board.row(i, place, p.text, REST) for i, p in pairs]
        if any(row is not None and row.value for row in rest):
            found.append((REST, _("not broken down")))
        return found

    def _cell(self, indicator: Indicator, place: Place, period: Period, option: str | None) -> Cell:
        cell = Cell(indicator, period)
        if not self.asked.places.is_shown(place.id, period.text):
            return cell
        row = cell.row = self.board.row(indicator, place, period.text, option)
        if row is None:
            return cell
        cell.marks = [self._mark(str(note)) for note in row.notes if note.code not in SAID]
        cell.trace = self._trace(indicator, place, period, option)
        if option is None:
            cell.compared = self._compared(indicator, place, period, row)
        return cell

    def _mark(self, sentence: str) -> str:
        return self.marks.setdefault(sentence, lettering(len(self.marks) + 1))

    def _compared(self, indicator: Indicator, place: Place, period: Period, row: Row) -> list[Compared]:
        before = earlier(period, self.asked.compare)
        found = []
        for name in self.asked.compare:
            if name == "target":
                other = self.board.targets.get((indicator.pk, place.id, period.text))
            else:
                past = self.board.row(indicator, place, before[name].text) if name in before else None
                other = past.shown if past else None
            found.append(compared(name, row.shown, other))
        return found

    def _trace(self, indicator: Indicator, place: Place, period: Period, option: str | None) -> str:
        figure = {"indicator": indicator.code, "unit": place.reference(self.last), "period": period.text}
        if option is not None:
            figure |= {"by": self.asked.by, "option": option or "-"}
        return f"{self.traces}{address.encoded(figure)}{self.kept}"

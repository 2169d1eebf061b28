"""A report laid out as its form: the same sheet is read, filled, compared and printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Any

from giaoban.core.language import reader_language
from giaoban.lib.cells import join, split
from giaoban.lib.numbers import show
from giaoban.lib.text import pick
from giaoban.reportforms.models import Indicator
from giaoban.reports.content import Shape, number


@dataclass
class Box:
    """One cell of the form. typed: what the writer typed, when it could not be read."""

    cell: str
    label: str
    indicator: Indicator
    value: int | str | None = None
    typed: str | None = None
    estimated: bool = False
    comment: str = ""
    before: Fraction | None = None
    error: str = ""
    asked: bool = False

    @property
    def shown(self) -> str:
        """The value as the reader writes it; empty for none."""
        if self.typed is not None:
            return self.typed
        if self.value is None or self.indicator.is_text:
            return "" if self.value is None else str(self.value)
        return show(number(self.value), self.indicator.decimals, reader_language())

    @property
    def shown_before(self) -> str:
        if self.before is None:
            return ""
        return show(self.before, self.indicator.decimals, reader_language())


@dataclass
class Grid:
    """The cells of one breakdown: a row per option of all dimensions but the last, a column per option of the last."""

    title: str
    columns: list[str]
    rows: list[tuple[str, list[Box]]]


@dataclass
class Line:
    """One indicator: its total and its breakdowns."""

    indicator: Indicator
    total: Box
    grids: list[Grid] = field(default_factory=list)

    @property
    def boxes(self) -> Iterator[Box]:
        yield self.total
        for grid in self.grids:
            for _label, boxes in grid.rows:
                yield from boxes

    @property
    def is_broken_down(self) -> bool:
        return any(
            box.value is not None or box.error for grid in self.grids for _l, row in grid.rows for box in row
        )


@dataclass
class Question:
    code: str
    title: str
    required: bool
    text: str = ""
    error: str = ""


@dataclass
class Section:
    title: str
    lines: list[Line]
    questions: list[Question]


@dataclass(frozen=True)
class Filling:
    """What goes into the boxes besides the document."""

    document: Mapping[str, Any]
    before: Mapping[str, Fraction] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()


def sheet(shape: Shape, filling: Filling) -> list[Section]:
    """The sections of the form with a document in them. No query."""
    sections = []
    for given in shape.version.sections:
        codes = [c for c in given.get("indicators", ()) if c in shape.indicators]
        lines = [
            _line(shape, shape.indicators[c], filling) for c in codes if not shape.indicators[c].is_computed
        ]
        questions = [_question(q, filling) for q in given.get("narratives", ())]
        sections.append(Section(_pick(given.get("title") or {}), lines, questions))
    return sections


def boxes(sections: list[Section]) -> Iterator[Box]:
    for section in sections:
        for line in section.lines:
            yield from line.boxes


def label_of(cell: str, shape: Shape) -> str:
    """A cell in words: “Cases · Female, 0–4”."""
    code, place = split(cell)
    name = str(shape.indicators[code]) if code in shape.indicators else code
    options = ", ".join(_pick(shape.options.get(d, {}).get(o, {})) or o for d, o in place)
    return f"{name} · {options}" if options else name


def in_words(change: Mapping[str, Any], shape: Shape) -> dict[str, Any]:
    """A difference between two documents for people: with its label, its figures as the reader writes them."""
    key, indicator = change["key"], shape.indicators.get(split(change["key"])[0])
    if change["part"] == "narratives":
        return {**change, "label": _pick(shape.questions.get(key, {}).get("title", {})) or key}
    said = {**change, "label": label_of(key, shape)}
    if change["part"] == "values" and indicator is not None and not indicator.is_text:
        for side in ("before", "after"):
            if change[side] is not None:
                said[side] = show(number(change[side]), indicator.decimals, reader_language())
    return said


def _line(shape: Shape, indicator: Indicator, filling: Filling) -> Line:
    total = _box(indicator.code, str(indicator), indicator, filling)
    return Line(
        indicator,
        total,
        [_grid(shape, indicator, asked, filling) for asked in indicator.breakdowns],
    )


def _grid(shape: Shape, indicator: Indicator, asked: list[str], filling: Filling) -> Grid:
    *outer, last = asked
    columns = [(o, _pick(names)) for o, names in shape.options.get(last, {}).items()]
    rows = []
    for options in product(*(shape.options.get(d, {}).items() for d in outer)):
        label = ", ".join(_pick(names) for _o, names in options)
        place = [(d, o) for d, (o, _names) in zip(outer, options, strict=True)]
        row = []
        for option, name in columns:
            cell = join(indicator.code, [*place, (last, option)])
            row.append(_box(cell, f"{indicator} · {label} {name}".strip(), indicator, filling))
        rows.append((label, row))
    return Grid(" × ".join(asked), [name for _o, name in columns], rows)


def _box(cell: str, label: str, indicator: Indicator, filling: Filling) -> Box:
    document = filling.document
    return Box(
        cell, label, indicator,
        value=document.get("values", {}).get(cell),
        typed=filling.typed.get(cell),
        estimated=cell in document.get("estimated", ()),
        comment=document.get("comments", {}).get(cell, ""),
        before=filling.before.get(cell),
        error=filling.errors.get(cell, ""),
        asked=cell in filling.asked,
    )  # fmt: skip


def _question(question: Mapping[str, Any], filling: Filling) -> Question:
    code = question["code"]
    text = filling.document.get("narratives", {}).get(code, "")
    return Question(
        code,
        _pick(question["title"]),
        bool(question.get("required")),
        text,
        filling.errors.get(code, ""),
    )


def _pick(names: Mapping[str, str]) -> str:
    return pick(names, reader_language())

"""Write the workbook: labels locked, cells typed, what is written so far already in it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from giaoban.core.language import reader_language
from giaoban.lib import periods
from giaoban.lib.numbers import show
from giaoban.lib.xlsx import EXACT_DIGITS
from giaoban.reports.content import number
from giaoban.reports.models import Report
from giaoban.reports.sheet import Box, Section
from giaoban.reports.workbook import layout

_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "hint": {"italic": True, "font_color": "#555555"},
    "heading": {"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"},
    "section": {"bold": True, "bg_color": "#E8EDF3"},
    "label": {"text_wrap": True, "valign": "top"},
    "part": {"text_wrap": True, "valign": "top", "indent": 2},
    "open": {"locked": False, "text_wrap": True, "valign": "top", "bg_color": "#FFFBE6", "border": 1},
    "before": {"font_color": "#555555", "valign": "top"},
}
_WIDTHS = {1: 52, 2: 14, 3: 16, 4: 18, 5: 10, 6: 40}
_LIMIT = 10**EXACT_DIGITS


def write(report: Report, sections: Sequence[Section], edition: int) -> bytes:
    """The form of a report with what `sections` hold, in the current language."""
    file = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": str(report), "created": datetime(2000, 1, 1, tzinfo=UTC)})
        pen = _Pen(book, reader_language())
        pen.figures(book.add_worksheet(layout.figures()), report, sections)
        pen.texts(book.add_worksheet(layout.texts()), report, sections)
        hidden = book.add_worksheet(layout.KEY)
        key = {"format": layout.FORMAT, "report": report.pk, "edition": edition, "language": pen.language}
        for row, (name, value) in enumerate(key.items()):
            hidden.write_row(row, 0, [name, str(value)])
        hidden.protect()
        hidden.very_hidden()
    return file.getvalue()


class _Pen:
    """The formats of one workbook, and how its two sheets are drawn."""

    def __init__(self, book: xlsxwriter.Workbook, language: str) -> None:
        self.book, self.language = book, language
        self.formats = {name: book.add_format(given) for name, given in _FORMATS.items()}
        self._shapes: dict[tuple[str, int], Any] = {}

    def shape(self, name: str, decimals: int) -> Any:
        """A format with this many decimals."""
        key = (name, decimals)
        if key not in self._shapes:
            digits = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
            self._shapes[key] = self.book.add_format({**_FORMATS[name], "num_format": digits})
        return self._shapes[key]

    def head(self, page: Any, report: Report, headings: Sequence[str], hint: str) -> None:
        page.hide_gridlines(2)
        page.set_column(layout.CODE, layout.CODE, None, None, {"hidden": True})
        when = periods.label(report.when, self.language)
        page.write_string(0, 1, f"{report.unit.name} · {when}", self.formats["title"])
        page.write_string(1, 1, str(report.regime), self.formats["label"])
        page.write_string(3, 1, hint, self.formats["hint"])
        for column, heading in enumerate(headings, 1):
            page.write_string(layout.FIRST - 1, column, heading, self.formats["heading"])
        page.freeze_panes(layout.FIRST, 2)
        page.protect("", {"format_columns": True, "format_rows": True})
        page.set_paper(9)
        page.fit_to_pages(1, 0)

    def figures(self, page: Any, report: Report, sections: Sequence[Section]) -> None:
        headings = [
            _("Indicator"), _("Unit of measure"), _("Period before"), _("Value"), _("Estimate"), _("Comment"),
        ]  # fmt: skip
        self.head(page, report, headings, _("Fill in the yellow cells; an empty cell is no value, not zero."))
        for column, width in _WIDTHS.items():
            page.set_column(column, column, width)
        row = layout.FIRST
        for section in sections:
            if section.lines:
                page.merge_range(row, 1, row, layout.COMMENT, section.title, self.formats["section"])
                row += 1
            for box, label in _boxes(section):
                self.box(page, row, box, label)
                row += 1

    def box(self, page: Any, row: int, box: Box, label: str) -> None:
        """One cell of the form; a part of a breakdown carries no estimate and no comment, as in the browser."""
        whole = label == box.label
        page.write_string(row, layout.CODE, box.cell)
        page.write_string(row, layout.LABEL, label, self.formats["label" if whole else "part"])
        measure = box.indicator.unit_of_measure if whole else ""
        page.write_string(row, layout.MEASURE, measure, self.formats["label"])
        if box.before is not None:
            self.amount(page, row, layout.BEFORE, box, box.before, "before")
        page.write_blank(row, layout.VALUE, None, self.shape("open", box.indicator.decimals))
        if box.indicator.is_text:
            page.write_string(row, layout.VALUE, str(box.value or ""), self.formats["open"])
        else:
            if box.value is not None:
                self.amount(page, row, layout.VALUE, box, number(box.value), "open")
            page.data_validation(row, layout.VALUE, row, layout.VALUE, _numbers(box.indicator.decimals))
        if whole:
            if not box.indicator.is_text:
                mark = layout.MARK if box.estimated else ""
                page.write_string(row, layout.ESTIMATE, mark, self.formats["open"])
                page.data_validation(row, layout.ESTIMATE, row, layout.ESTIMATE, _marks())
            page.write_string(row, layout.COMMENT, box.comment, self.formats["open"])

    def amount(self, page: Any, row: int, column: int, box: Box, value: Any, name: str) -> None:
        """A figure; of more digits than Excel holds, as text."""
        decimals = box.indicator.decimals
        if abs(value) * 10**decimals >= _LIMIT:
            page.write_string(row, column, show(value, decimals, self.language), self.formats[name])
        else:
            page.write_number(row, column, float(value), self.shape(name, decimals))

    def texts(self, page: Any, report: Report, sections: Sequence[Section]) -> None:
        self.head(page, report, [_("Question"), _("Answer")], _("Write into the yellow cells."))
        page.set_column(layout.QUESTION, layout.QUESTION, 40)
        page.set_column(layout.ANSWER, layout.ANSWER, 90)
        row = layout.FIRST
        for question in (q for section in sections for q in section.questions):
            page.write_string(row, layout.CODE, question.code)
            page.write_string(row, layout.QUESTION, question.title, self.formats["label"])
            page.write_string(row, layout.ANSWER, question.text, self.formats["open"])
            page.set_row(row, 90)
            row += 1


def _boxes(section: Section) -> Iterator[tuple[Box, str]]:
    """Every cell of a section with the label of its row: a part is labelled by its options alone."""
    for line in section.lines:
        yield line.total, line.total.label
        for grid in line.grids:
            for label, boxes in grid.rows:
                for column, box in zip(grid.columns, boxes, strict=True):
                    yield box, f"{label}, {column}" if label else column


def _numbers(decimals: int) -> dict[str, Any]:
    return {
        "validate": "decimal" if decimals else "integer", "criteria": "between",
        "minimum": -(10**EXACT_DIGITS), "maximum": 10**EXACT_DIGITS, "ignore_blank": True,
        "error_title": _("Not a number"),
        "error_message": _("Write a number, or leave the cell empty if there is no value."),
    }  # fmt: skip


def _marks() -> dict[str, Any]:
    return {
        "validate": "list", "source": [layout.MARK], "ignore_blank": True,
        "error_title": _("Estimate"), "error_message": _("Write x if the figure is estimated, else nothing."),
    }  # fmt: skip

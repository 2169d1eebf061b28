"""Read a filled workbook: everything is checked, and each mistake named by its sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from giaoban.core.refused import Refused
from giaoban.lib.errors import LibError
from giaoban.lib.numbers import parse_local, scale, unscale
from giaoban.lib.xlsx import open_form
from giaoban.reports.content import Shape
from giaoban.reports.models import Report
from giaoban.reports.sheet import label_of
from giaoban.reports.workbook import layout


@dataclass(frozen=True)
class Wrong:
    """One cell that cannot be taken."""

    sheet: str
    cell: str
    label: str
    sentence: str


@dataclass
class Filled:
    """What a workbook says. edition: of the draft it was made from. wrong: if any, nothing of it is taken."""

    document: dict[str, Any] = field(default_factory=dict)
    edition: int = 0
    wrong: list[Wrong] = field(default_factory=list)


def read(data: bytes, report: Report, shape: Shape) -> Filled:
    """Read the workbook of this report. Refuses a file that is not it; mistakes in cells are in `wrong`."""
    try:
        book = open_form(data)
    except LibError as error:
        raise Refused(_(error.template) % error.params, field="file") from None
    key = _key(book)
    if key.get("format") != layout.FORMAT or len(book.sheetnames) != 3:
        raise Refused(
            _("This is not a form made here. Download the form of this report and fill in that one."),
            field="file",
        )
    if key.get("report") != str(report.pk):
        raise Refused(_("This file is the form of another report. Nothing was read."), field="file")
    filled = Filled(edition=int(key["edition"]) if key.get("edition", "").isdigit() else 0)
    figures, texts = (book[name] for name in book.sheetnames if name != layout.KEY)
    filled.document = {
        **_figures(_Rows(figures, filled), shape, key.get("language", "vi")),
        "narratives": _narratives(_Rows(texts, filled), shape),
    }
    return filled


def _key(book: Any) -> dict[str, str]:
    if layout.KEY not in book.sheetnames:
        return {}
    rows = book[layout.KEY].iter_rows(max_row=10, max_col=2, values_only=True)
    return {str(name): str(value) for name, value in rows if name}


class _Rows:
    """The rows of a sheet that carry a code, and what is wrong in them."""

    def __init__(self, page: Any, filled: Filled) -> None:
        self.page, self.filled = page, filled
        self.seen: set[str] = set()

    def __iter__(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        for row in self.page.iter_rows(min_row=layout.FIRST + 1, max_col=layout.COMMENT + 1):
            code = str(row[layout.CODE].value or "").strip()
            if code in self.seen:
                self.wrong(row[layout.CODE], code, _("This row stands here twice."))
            elif code:
                self.seen.add(code)
                yield code, row

    def wrong(self, cell: Any, label: str, sentence: str) -> None:
        place = f"{get_column_letter(cell.column)}{cell.row}"
        self.filled.wrong.append(Wrong(self.page.title, place, label, sentence))

    def text(self, cell: Any, label: str) -> str:
        """The words in a cell; anything that is no text or number is a mistake."""
        if cell.data_type == "f":
            self.wrong(cell, label, _("The cell holds a formula; put in what it gives."))
        elif cell.data_type == "e":
            self.wrong(cell, label, _("The cell holds an error of the spreadsheet."))
        elif isinstance(cell.value, date | time | bool):
            self.wrong(cell, label, _("The cell holds a date or a yes/no, not what is asked."))
        elif cell.value is not None:
            return str(cell.value).strip()
        return ""


def _figures(rows: _Rows, shape: Shape, language: str) -> dict[str, Any]:
    values: dict[str, str] = {}
    estimated: list[str] = []
    comments: dict[str, str] = {}
    for code, row in rows:
        try:
            indicator = shape.indicator_of(code)
        except Refused as refusal:
            rows.wrong(row[layout.CODE], code, str(refusal))
            continue
        label = label_of(code, shape)
        value = _value(rows, row[layout.VALUE], label, indicator, language)
        if value is not None:
            values[code] = value
        mark = rows.text(row[layout.ESTIMATE], label)
        if mark and mark.lower() != layout.MARK:
            rows.wrong(row[layout.ESTIMATE], label, _("Write x if the figure is estimated, else nothing."))
        elif mark:
            estimated.append(code)
        if comment := rows.text(row[layout.COMMENT], label):
            comments[code] = comment
    return {"values": values, "estimated": estimated, "comments": comments}


def _value(rows: _Rows, cell: Any, label: str, indicator: Any, language: str) -> str | None:
    text = rows.text(cell, label)
    if not text or indicator.is_text:
        return text or None
    try:
        if isinstance(cell.value, int | float):
            figure = unscale(scale(cell.value, indicator.decimals), indicator.decimals)
        else:
            figure = parse_local(text, language, indicator.decimals)
    except LibError as error:
        rows.wrong(cell, label, _(error.template) % error.params)
        return None
    return f"{figure:f}"


def _narratives(rows: _Rows, shape: Shape) -> dict[str, str]:
    answers = {}
    for code, row in rows:
        if code not in shape.questions:
            rows.wrong(row[layout.CODE], code, _("The form has no question %(code)s.") % {"code": code})
        elif answer := rows.text(row[layout.ANSWER], code):
            answers[code] = answer
    return answers

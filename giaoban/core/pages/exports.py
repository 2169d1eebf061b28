"""A list as a file: values as they are, not as they are shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone

from giaoban.core.pages.columns import Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS: dict[type, str] = {datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy"}


def csv_answer(name: str, columns: Sequence[Column], rows: Any) -> HttpResponse:
    """UTF-8 with a mark, so that spreadsheet programs read Vietnamese; decimal point "."."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([str(c.label) for c in columns])
    writer.writerows([_plain(_value(c, row)) for c in columns] for row in _stream(rows))
    return _file("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", f"{name}.csv")


def xlsx_answer(name: str, columns: Sequence[Column], rows: Any) -> HttpResponse:
    """Numbers and dates are numbers and dates; texts are never formulas."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {**options, "in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        dates = {kind: book.add_format({"num_format": text}) for kind, text in _FORMATS.items()}
        for x, column in enumerate(columns):
            sheet.write_string(0, x, str(column.label), bold)
        for y, row in enumerate(_stream(rows), start=1):
            for x, column in enumerate(columns):
                _write(sheet, y, x, _value(column, row), dates)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return _file(out.getvalue(), XLSX, f"{name}.xlsx")


def _write(sheet: Any, y: int, x: int, value: Any, dates: dict[type, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(y, x, value, dates[type(value)])
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(y, x, value)
    else:
        sheet.write_string(y, x, str(value))


def _value(column: Column, row: Any) -> Any:
    value = column.value_of(row)
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, str) or hasattr(value, "__html__") or hasattr(value, "_proxy____args"):
        text = str(value)
        return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
    return value


def _stream(rows: Any) -> Iterable[Any]:
    return rows.iterator(2000) if isinstance(rows, QuerySet) else rows


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )

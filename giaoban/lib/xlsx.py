"""Excel tables: written row by row with little memory, read with a guard against hostile files."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

import openpyxl
import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from giaoban.lib.errors import LibError
from giaoban.lib.errors import marked as _
from giaoban.lib.numbers import rounded, show

Value = str | int | float | bool | date | datetime | time | timedelta | None

MOST_ROWS = 1_048_576  # of a sheet, the header included
MOST_TEXT = 32_767  # characters of a cell
MOST_CELLS = 5_000_000  # of a sheet that is read, empty ones included
MOST_BYTES = 300_000_000  # of a file that is read, unpacked
MOST_FORM_CELLS = 200_000  # of a sheet that people fill in
MOST_FORM_BYTES = 30_000_000  # of such a file, unpacked
EXACT_DIGITS = 15  # of a number in Excel

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DATES = {"date": "dd/mm/yyyy", "datetime": "dd/mm/yyyy hh:mm"}
_WIDTHS = {"text": 32, "date": 12, "datetime": 17}
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_FIRST_DAY = date(1900, 3, 1)  # Excel counts a day that never was before it
_TAG = re.compile(rb"""<(?:\w+:)?(row|c)\b(?:[^<>]*?\sr\s*=\s*["']([A-Za-z]*)([0-9]+)["'])?""")


class TableError(LibError):
    """A table does not fit a sheet, or a file is no workbook that can be read."""

    SENTENCES: ClassVar[dict[str, str]] = {
        "rows": _("A sheet holds 1,048,576 rows at most; choose fewer rows, or CSV."),
        "long": _(
            "Row %(row)s has a text of more than 32,767 characters, which Excel cannot hold; choose CSV."
        ),
        "type": _(
            "“%(type)s” is no type of column; the types are text, number, number:2, date and datetime."
        ),
        "format": _("The file is not an Excel workbook (.xlsx)."),
        "broken": _("The Excel workbook is damaged and cannot be read."),
        "sheet": _("The Excel workbook has no sheet %(sheet)s."),
        "macros": _("The Excel workbook holds macros; save it as .xlsx without them."),
        "entities": _("The Excel workbook holds declarations that no spreadsheet program writes."),
        "large": _(
            "The Excel workbook is too large to be read; split it, or delete what lies far outside the table."
        ),
    }


def write_table(
    rows: Iterable[Sequence[Any]],
    headers: Sequence[str],
    types: Sequence[str],
    lang: str,
    *,
    sheet: str = "Giao ban",
    created: datetime | None = None,
) -> bytes:
    """A workbook of one sheet; the same rows and `created` give the same bytes.

    `types` has for each column `text`, `number`, `number:2` (decimals shown and kept), `date` or
    `datetime` (already in the reader's zone). None is an empty cell. A figure of more than 15 digits
    becomes text in the reader's language, because Excel would lose digits. Text is never a formula.
    Raises `TableError`.
    """
    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": created or _CREATED})
        page = book.add_worksheet(sheet)
        columns = [_Column(book, kind, lang) for kind in types]
        for number, column in enumerate(columns):
            page.set_column(number, number, column.width)
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        page.freeze_panes(1, 0)
        for number, header in enumerate(headers):
            page.write_string(0, number, header, heading)
        for line, row in enumerate(rows, 1):
            if line >= MOST_ROWS:
                raise TableError("rows")
            for number, (column, value) in enumerate(zip(columns, row, strict=True)):
                column.write(page, line, number, value)
    return file.getvalue()


def read_table(data: bytes, sheet: str | int = 0) -> Iterator[list[Value]]:
    """The rows of a sheet from row 1 on, empty rows included; an empty cell is None.

    Numbers come as Excel holds them, as float. Raises `TableError`.
    """
    _check(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        page = book.get_sheet_by_index(sheet) if isinstance(sheet, int) else book.get_sheet_by_name(sheet)
        rows = page.to_python(skip_empty_area=False)
    except WorksheetNotFound:
        raise TableError("sheet", sheet=sheet) from None
    except CalamineError:
        raise TableError("broken") from None
    for row in rows:
        yield [None if value == "" else value for value in row]


def open_form(data: bytes) -> "openpyxl.Workbook":
    """A workbook that people filled in, with its formulas as they stand (cells of data_type "f").

    Refuses macros, declared entities and what is far larger than a form. Raises `TableError`.
    """
    _check(data, MOST_FORM_BYTES, MOST_FORM_CELLS)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if any("vbaproject" in name.lower() for name in packed.namelist()):
            raise TableError("macros")
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")) and b"<!" in _uncommented(packed.read(name)):
                raise TableError("entities")
    try:
        return openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise TableError("broken") from error


def _uncommented(part: bytes) -> bytes:
    """The part without its comments and plain character data, which may begin with <! too."""
    return re.sub(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", b"", part, flags=re.DOTALL)


class _Column:
    """How the cells of one column are written."""

    def __init__(self, book: xlsxwriter.Workbook, kind: str, lang: str) -> None:
        self.kind, _, places = kind.partition(":")
        if self.kind not in ("text", "number", "date", "datetime") or (places and not places.isdigit()):
            raise TableError("type", type=kind)
        self.places = int(places) if places else None
        self.limit = 10 ** max(0, EXACT_DIGITS - (self.places or 0))
        self.lang = lang
        self.width = _WIDTHS.get(self.kind, 15)
        self.text = book.add_format({"text_wrap": self.kind == "text", "valign": "top"})
        self.typed = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self.shaped = book.add_format({"num_format": self._shape(), "valign": "top"})

    def _shape(self) -> str:
        if self.kind in _DATES:
            return _DATES[self.kind]
        return f"#,##0.{'0' * self.places}" if self.places else "#,##0" if self.places == 0 else "General"

    def write(self, page: Any, row: int, number: int, value: Any) -> None:
        """Write one value; row and number count from 0."""
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            value = value.replace(tzinfo=None)
        if self.kind in _DATES and isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            if day >= _FIRST_DAY:
                page.write_datetime(row, number, value, self.shaped)
                return
        if self.kind == "number" and isinstance(value, int | float | Decimal | Fraction):
            self._write_number(page, row, number, value)
            return
        text = str(value)
        if len(text) > MOST_TEXT:
            raise TableError("long", row=row + 1)
        page.write_string(row, number, text, self.typed if text.startswith(_FORMULA) else self.text)

    def _write_number(
        self, page: Any, row: int, number: int, value: int | float | Decimal | Fraction
    ) -> None:
        figure = value
        if self.places is not None and not isinstance(value, float):
            figure = rounded(value, self.places)
        if abs(figure) >= self.limit:
            page.write_string(row, number, show(Fraction(figure), self.places or 0, self.lang), self.text)
        else:
            page.write_number(row, number, float(figure), self.shaped)


def _check(data: bytes, most_bytes: int | None = None, most_cells: int | None = None) -> None:
    """Refuse what is no .xlsx, and what would fill the memory: a far cell makes all between it real."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                raise TableError("format")
            if sum(part.file_size for part in packed.infolist()) > (most_bytes or MOST_BYTES):
                raise TableError("large")
            for part in packed.namelist():
                if part.startswith(("xl/worksheets/", "xl/sharedStrings")):
                    _check_sheet(packed.read(part), most_cells or MOST_CELLS)
    except TableError:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError):
        raise TableError("broken" if data[:2] == b"PK" else "format") from None


def _check_sheet(content: bytes, most_cells: int) -> None:
    """Refuse a sheet whose last row times widest row is more than can be read."""
    height = width = 0
    row = column = 0
    for tag, letters, digits in _TAG.findall(content):
        if tag == b"row":
            row, column = int(digits or row + 1), 0
        else:
            column = _column_number(letters) if letters else column + 1
            row = int(digits or row)
        height, width = max(height, row), max(width, column)
    if height > MOST_ROWS or height * width > most_cells:
        raise TableError("large")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number

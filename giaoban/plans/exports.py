"""Targets as a file, out and in: indicator, unit, period, value, and names for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from giaoban.core.language import reader_language
from giaoban.core.refused import Refused
from giaoban.lib import xlsx
from giaoban.lib.csvs import encode
from giaoban.lib.errors import LibError
from giaoban.lib.text import nfc
from giaoban.plans.actions import Row
from giaoban.plans.models import Target

HEADER = ("indicator", "unit", "period", "value", "indicator_name", "unit_name")
NEEDED = HEADER[:4]


def csv_text(targets: Iterable[Target]) -> str:
    """UTF-8 with a mark in front, so that spreadsheet programs read Vietnamese."""
    return "\ufeff" + "".join(encode(HEADER, _rows(targets), guard=True))


def workbook(targets: Iterable[Target]) -> bytes:
    """One sheet; values are numbers."""
    types = ("text", "text", "text", "number:9", "text", "text")
    rows = ((*row[:3], Decimal(row[3]), *row[4:]) for row in _rows(targets))
    return xlsx.write_table(rows, HEADER, types, reader_language(), sheet=_("Targets"))


def read(file: Any) -> list[Row]:
    """The rows of an uploaded .xlsx or .csv. Refuses what cannot be read, at the field "file"."""
    data = file.read()
    try:
        if data[:2] == b"PK":
            table = list(xlsx.read_table(data))
        else:
            table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except LibError as error:
        raise Refused(_(error.template) % error.params, field="file") from None
    except UnicodeDecodeError:
        raise Refused(_("The file is not UTF-8. Save it as “CSV UTF-8” or as .xlsx."), field="file") from None
    except csv.Error:
        raise Refused(_("The CSV file is damaged: a quotation mark is not closed."), field="file") from None
    return list(_read(table))


def _rows(targets: Iterable[Target]) -> Iterator[tuple[str, ...]]:
    for target in targets:
        value = f"{target.value:.{target.indicator.decimals}f}"
        yield (
            target.indicator.code, target.unit.code, target.period, value, str(target.indicator), target.unit.name,
        )  # fmt: skip


def _read(table: list[list[Any]]) -> Iterator[Row]:
    header = [_text(cell) for cell in table[0]] if table else []
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise Refused(
            _("The first row lacks the columns %(names)s.") % {"names": ", ".join(missing)}, field="file"
        )
    places = [header.index(name) for name in NEEDED]
    for line, cells in enumerate(table[1:], start=2):
        texts = [_text(cells[place]) if place < len(cells) else "" for place in places]
        if any(texts):
            yield Row(line, *texts)


def _text(cell: Any) -> str:
    """A cell as canonical text: a whole number from Excel has no decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}".removesuffix(".0")
    text = nfc(str(cell).strip())
    return text.removeprefix("'")

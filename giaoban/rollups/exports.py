"""A view as a file. The columns are those of `giaoban rollup`; compared values follow where they were asked."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core.language import reader_language
from giaoban.core.refused import Refused
from giaoban.lib import numbers
from giaoban.lib.text import slug
from giaoban.lib.xlsx import write_table
from giaoban.rollups.explorer.asked import Asked
from giaoban.rollups.explorer.table import Cell, Line, Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Cells that are numbers or instants in a workbook; all others are text.
TYPES = {"accepted": "number", "due": "number", "on_time": "number", "newest": "datetime"}

Record = dict[str, Any]

#: Figures of one file.
MOST = 200_000


def columns(asked: Asked) -> list[str]:
    """indicator,unit,period[,breakdown],value,accepted,due,on_time,newest,basis,regime,note[,compared…]"""
    parts = ["breakdown"] if asked.by else []
    rest = ["value", "accepted", "due", "on_time", "newest", "basis", "regime", "note"]
    return ["indicator", "unit", "period", *parts, *rest, *asked.compare]


def check_size(asked: Asked) -> None:
    """Refuses a file of more figures than a page should wait for."""
    count = len(asked.places.rows) * len(asked.indicators) * len(asked.periods)
    if count > MOST:
        raise Refused(
            _(
                "The file would hold %(count)s figures; %(most)s are the most. Choose fewer, or use giaoban rollup."
            )
            % {"count": f"{count:,}", "most": f"{MOST:,}"}
        )


def records(asked: Asked, table: Table) -> Iterator[Record]:
    """One per figure of the view: by indicator, unit, period, option; a total before its lines."""
    every = [(line, cell) for line in table.lines for cell in line.cells if cell.row is not None]
    order = {indicator.pk: n for n, indicator in enumerate(asked.indicators)}
    every.sort(key=lambda pair: order[pair[1].indicator.pk])
    for line, cell in every:
        yield _record(asked, line, cell)


def _record(asked: Asked, line: Line, cell: Cell) -> Record:
    row = cell.row
    assert row is not None
    decimals = cell.indicator.decimals
    found: Record = {"indicator": cell.indicator.code, "unit": line.place.code, "period": cell.period.text}
    if asked.by:
        found["breakdown"] = _breakdown(row.option, asked.by)
    found |= {
        "value": None if row.value is None else numbers.plain(row.value, decimals),
        "accepted": row.accepted,
        "due": row.due,
        "on_time": row.on_time,
        "newest": row.newest,
        "basis": str(row.basis),
        "regime": row.regime.code if row.regime else None,
        "note": " ".join(str(note) for note in row.notes),
    }
    for each in cell.compared:
        found[each.name] = None if each.value is None else numbers.plain(each.value, decimals)
    return found


def _breakdown(option: str | None, by: str) -> str | None:
    """As the command writes it; nothing for the total."""
    if option is None:
        return None
    return f"{by}={option}" if option else _("not broken down")


def as_csv(asked: Asked, table: Table) -> bytes:
    """UTF-8; decimal point "."; an empty field is no value."""
    names, text = columns(asked), io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    for record in records(asked, table):
        writer.writerow([_plain(record.get(name)) for name in names])
    return text.getvalue().encode()


def as_json(asked: Asked, table: Table) -> bytes:
    """A list of objects; values are texts, so that no digit is lost."""
    names = columns(asked)
    found = [{name: _json(record.get(name)) for name in names} for record in records(asked, table)]
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def as_xlsx(asked: Asked, table: Table) -> bytes:
    """Numbers are numbers, with the decimals of the indicator that has most."""
    names, most = columns(asked), max((i.decimals for i in asked.indicators), default=0)
    figure = f"number:{most}" if most else "number"
    types = [figure if name in ("value", *asked.compare) else TYPES.get(name, "text") for name in names]
    rows = ([_cell(name, record.get(name), asked) for name in names] for record in records(asked, table))
    return write_table(rows, names, types, reader_language())


def _cell(name: str, value: Any, asked: Asked) -> Any:
    if name == "newest" and value is not None:
        return timezone.make_naive(value)
    if name in ("value", *asked.compare) and value is not None:
        return Decimal(value)
    return value


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


KINDS: dict[str, tuple[Callable[[Asked, Table], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, XLSX),
    "json": (as_json, "application/json"),
}


def answer(kind: str, agreement: Agreement, asked: Asked, table: Table) -> HttpResponse:
    """The file of a view."""
    write, content_type = KINDS[kind]
    name = slug(f"{agreement.code} {asked.indicators[0].code}") or "figures"
    disposition = f'attachment; filename="{name}.{kind}"'
    return HttpResponse(
        write(asked, table), content_type=content_type, headers={"Content-Disposition": disposition}
    )

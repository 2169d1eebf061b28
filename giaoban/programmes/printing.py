"""Rows on standard output: a table for people, CSV or JSON for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from giaoban.lib import csvs

_RIGHT = ("value", "accepted", "due", "on_time", "reports")


def printed(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], form: str) -> None:
    """Print rows of plain values (None: empty) under these columns."""
    if form == "json":
        listed = [{column: row.get(column) for column in columns} for row in rows]
        print(json.dumps(listed, ensure_ascii=False, indent=1))
    elif form == "csv":
        sys.stdout.writelines(csvs.encode(columns, ([row.get(c) for c in columns] for row in rows)))
    else:
        _table(columns, [["" if row.get(c) is None else str(row[c]) for c in columns] for row in rows])


def _table(columns: Sequence[str], rows: list[list[str]]) -> None:
    shown = [n for n, column in enumerate(columns) if column in columns[:3] or any(row[n] for row in rows)]
    widths = [max([len(columns[n]), *(len(row[n]) for row in rows)]) for n in shown]
    for row in [list(columns), *rows]:
        cells = (
            row[n].rjust(width) if columns[n] in _RIGHT else row[n].ljust(width)
            for n, width in zip(shown, widths, strict=True)
        )  # fmt: skip
        print("  ".join(cells).rstrip())

"""What the columns of a report file mean, and the document that a row of cells makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from giaoban.core.refused import Refused
from giaoban.lib.cells import parse_column
from giaoban.lib.errors import LibError
from giaoban.lib.numbers import MOST_DIGITS, scale
from giaoban.reportforms.folder import Forms
from giaoban.reports.content import MOST_TEXT
from giaoban.reports.tasks import tidy

FIXED = ("period", "unit", "submitted_at")
#: What the report says of tasks, as one JSON object (see giaoban.reports.tasks).
TASKS = "tasks"
_LIMIT = 10**18
_encode = msgspec.json.Encoder(order="sorted").encode


class Columns:
    """The header of one file, against the sections of its form."""

    def __init__(self, sections: Sequence[dict[str, Any]], forms: Forms) -> None:
        self.forms = forms
        self.indicators = {code for section in sections for code in section["indicators"]}
        self.questions = {q["code"] for section in sections for q in section["narratives"]}

    def known(self, name: str) -> bool:
        """Is it a column that this form can have?"""
        if name in FIXED or name in self.questions or name == TASKS:
            return True
        try:
            column = parse_column(name)
        except LibError:
            return False
        indicator = self.forms.indicators.get(column.code)
        if column.code not in self.indicators or indicator is None or indicator.is_computed:
            return False
        dimensions = {dimension for dimension, _option in column.place}
        if column.place and not any(dimensions <= set(asked) for asked in indicator.breakdowns):
            return False
        return all(option in self.forms.options.get(dimension, {}) for dimension, option in column.place)

    def reader(self, header: Sequence[str]) -> Reader:
        """What turns the rows under this header into documents."""
        values, texts, marks, comments, narratives = [], [], [], [], []
        tasks = None
        for place, name in enumerate(header):
            if name in FIXED:
                continue
            if name in self.questions:
                narratives.append((name, place))
                continue
            if name == TASKS and TASKS not in self.indicators:
                tasks = place
                continue
            column = parse_column(name)
            indicator = self.forms.indicators[column.code]
            if column.mark == "est":
                marks.append((column.cell, place))
            elif column.mark == "comment":
                comments.append((column.cell, place))
            elif indicator.is_text:
                texts.append((column.cell, place))
            else:
                values.append((column.cell, place, indicator.decimals))
        return Reader(values, texts, sorted(marks), comments, narratives, tasks)


@dataclass
class Reader:
    """Columns by what they hold, each (cell or code, place in the row); of figures their decimals too."""

    values: list[tuple[str, int, int]]
    texts: list[tuple[str, int]]
    marks: list[tuple[str, int]]
    comments: list[tuple[str, int]]
    narratives: list[tuple[str, int]]
    tasks: int | None = None

    def __post_init__(self) -> None:
        whole = [(cell, place) for cell, place, decimals in self.values if not decimals]
        self._decimal = [(cell, place, decimals) for cell, place, decimals in self.values if decimals]
        self._cells = [cell for cell, _place in whole]
        places = [place for _cell, place in whole]
        self._whole: Callable[[list[str]], Sequence[str]] = (
            itemgetter(*places) if len(places) > 1 else lambda row: [row[place] for place in places]
        )

    def document(self, row: list[str], problem: Callable[[str], None]) -> bytes:
        """The document of a row, as the canonical JSON whose sha256 is its digest."""
        document: dict[str, Any] = {}
        if self.comments and (found := self._words(self.comments, row, problem)):
            document["comments"] = found
        values = self._values(row, problem)
        if self.texts:
            values |= self._words(self.texts, row, problem)
        if self.marks and (marked := self._marked(row, values, problem)):
            document["estimated"] = marked
        if self.narratives and (found := self._words(self.narratives, row, problem)):
            document["narratives"] = found
        if self.tasks is not None and (said := self._tasks(row[self.tasks], problem)):
            document["tasks"] = said
        if values:
            document["values"] = values
        return _encode(document)

    def _values(self, row: list[str], problem: Callable[[str], None]) -> dict[str, int | str]:
        values = self._whole_values(self._whole(row), problem)
        for cell, place, decimals in self._decimal:
            if text := row[place]:
                whole, _point, part = text.partition(".")
                if len(part) == decimals and part.isdigit() and whole.isdigit() and _is_plain(text, whole):
                    values[cell] = text
                elif (scaled := _scaled(cell, text, decimals, problem)) is not None:
                    values[cell] = _decimal(scaled, decimals)
        return values

    def _whole_values(self, texts: Sequence[str], problem: Callable[[str], None]) -> dict[str, int | str]:
        """All cells at once: what int() and str() leave as it was is a whole number in its usual form."""
        cells: Sequence[str] = self._cells
        if "" in texts:
            cells = [cell for cell, text in zip(cells, texts, strict=True) if text]
            texts = [text for text in texts if text]
        try:
            numbers = list(map(int, texts))
        except ValueError:
            numbers = []
        if (
            list(map(str, numbers)) == list(texts)
            and -_LIMIT < min(numbers, default=0) <= max(numbers, default=0) < _LIMIT
        ):
            return dict(zip(cells, numbers, strict=True))
        found = ((cell, _scaled(cell, text, 0, problem)) for cell, text in zip(cells, texts, strict=True))
        return {cell: scaled for cell, scaled in found if scaled is not None}

    def _words(
        self, columns: list[tuple[str, int]], row: list[str], problem: Callable[[str], None]
    ) -> dict[str, Any]:
        found = {}
        for name, place in columns:
            if text := row[place]:
                text = text.replace("\r\n", "\n").strip()
                if len(text) > MOST_TEXT:
                    problem(f"{name}: {_('This text is longer than 100,000 characters.')}")
                if text:
                    found[name] = text
        return found

    def _tasks(self, text: str, problem: Callable[[str], None]) -> dict[str, Any]:
        if not text:
            return {}
        try:
            return tidy(msgspec.json.decode(text, type=dict[str, dict[str, str]]))
        except msgspec.MsgspecError:
            problem(_("tasks is a JSON object: what was said, by the code of each task."))
        except Refused as refusal:
            problem(f"tasks: {refusal}")
        return {}

    def _marked(self, row: list[str], values: dict[str, Any], problem: Callable[[str], None]) -> list[str]:
        found = []
        for cell, place in self.marks:
            if row[place] not in ("", "1"):
                problem(_("%(cell)s!est is 1 for an estimate, else empty.") % {"cell": cell})
            elif row[place] and cell in values:
                found.append(cell)
        return found


def _is_plain(text: str, whole: str) -> bool:
    return len(text) <= MOST_DIGITS and text.isascii() and (whole[0] != "0" or len(whole) == 1)


def _scaled(cell: str, text: str, decimals: int, problem: Callable[[str], None]) -> int | None:
    try:
        return scale(text, decimals)
    except LibError as error:
        problem(f"{cell}: {_(error.template) % error.params}")
        return None


def _decimal(scaled: int, decimals: int) -> str:
    """The figure with exactly its decimals: 1250 with 2 is "12.50"."""
    digits = str(abs(scaled)).rjust(decimals + 1, "0")
    return f"{'-' if scaled < 0 else ''}{digits[:-decimals]}.{digits[-decimals:]}"

"""A folder of files that an app reads and checks: tables, documents, and the place of each problem."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from giaoban.core.folders.problems import Problems, Progress, Quiet
from giaoban.lib import csvs
from giaoban.lib.errors import LibError
from giaoban.lib.text import is_nfc
from giaoban.lib.tomls import Toml, TomlError

Row = dict[str, str]
T = TypeVar("T")


class Folder:
    """A folder being read. Problems are collected, never raised, so that one run shows them all."""

    def __init__(
        self, path: Path, problems: Problems | None = None, progress: Progress | None = None
    ) -> None:
        self.path = path
        self.problems = problems if problems is not None else Problems()
        self.progress: Progress = progress or Quiet()

    def has(self, name: str) -> bool:
        return (self.path / name).is_file()

    def problem(self, file: str, line: int, sentence: Any) -> None:
        self.problems.add(file, line, sentence)

    def toml(self, name: str) -> Toml | None:
        """The document, or None if the file is absent or no TOML (then a problem is noted)."""
        try:
            text = (self.path / name).read_bytes().decode("utf-8-sig")
            if is_nfc(text):
                return Toml(text)
            line = next(n for n, part in enumerate(text.split("\n"), 1) if not is_nfc(part))
            self.problem(name, line, _("Decomposed Unicode: write accented letters as one character (NFC)."))
        except FileNotFoundError:
            self.problem(name, 0, _("The file is missing."))
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self.problem(name, line, _("The file is not UTF-8."))
        except TomlError as error:
            self.problem(name, error.line, _("This is not TOML: %(error)s.") % {"error": error})
        return None

    def rows(
        self, name: str, required: Collection[str] = (), known: Callable[[str], bool] | None = None
    ) -> Iterator[tuple[int, Row]]:
        """The rows of a CSV file with their physical lines; none, and a problem, if it cannot be read."""
        flaws: list[csvs.FileError] = []
        try:
            for line, row in csvs.read(self.path / name, required, known, flaws, name=name):
                if flaws and flaws[0].line <= 1:
                    break
                yield line, row
        except csvs.FileError as error:
            flaws.append(error)
        for flaw in flaws:
            self.problem(name, flaw.line, _(flaw.template) % flaw.params)

    def table(
        self, name: str, required: Sequence[str], optional: Collection[str] | Callable[[str], bool] = ()
    ) -> list[tuple[int, Row]]:
        """All rows of a file that may be absent: these columns, and those of `optional` (names or a test)."""
        if not self.has(name):
            return []
        known = optional if callable(optional) else {*required, *optional}.__contains__
        return list(self.rows(name, required, known))

    def at(self, name: str, line: int) -> Place:
        return Place(self, name, line)


class Place:
    """A line of a file, to read its cells: what cannot be read becomes a problem of that line."""

    def __init__(self, folder: Folder, file: str, line: int) -> None:
        self.folder = folder
        self.file = file
        self.line = line

    def problem(self, sentence: Any) -> None:
        self.folder.problem(self.file, self.line, sentence)

    def parsed(self, read: Callable[[str], T], text: str) -> T | None:
        """What `read` makes of the text; its LibError becomes a problem."""
        try:
            return read(text)
        except LibError as error:
            self.problem(_(error.template) % error.params)
            return None

    def day(self, text: str, column: str) -> date | None:
        """A date like 2020-02-24, or None for an empty cell."""
        if not text:
            return None
        try:
            if len(text) == 10:
                return date.fromisoformat(text)
        except ValueError:
            pass
        self.problem(
            _("%(column)s: “%(text)s” is not a day like 2020-02-24.") % {"column": column, "text": text}
        )
        return None

    def decimal(self, text: str, column: str) -> Decimal | None:
        """A number with a decimal point, or None for an empty cell."""
        if not text:
            return None
        try:
            number = Decimal(text)
            if number.is_finite() and text.strip() == text and "_" not in text:
                return number
        except InvalidOperation:
            pass
        self.problem(
            _("%(column)s: “%(text)s” is not a number like 12.5.") % {"column": column, "text": text}
        )
        return None

    def whole(self, text: str, column: str) -> int | None:
        """A whole number from 0, or None for an empty cell."""
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) <= 9:
            return int(text)
        self.problem(_("%(column)s: “%(text)s” is not a whole number.") % {"column": column, "text": text})
        return None

    def choice(self, text: str, column: str, choices: Iterable[str]) -> str:
        """One of the words, or empty (and a problem) for another."""
        words = list(choices)
        if text in words:
            return text
        what = {"column": column, "text": text, "words": ", ".join(words)}
        self.problem(_("%(column)s: “%(text)s” is none of %(words)s.") % what)
        return ""

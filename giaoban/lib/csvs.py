"""CSV files, plain or gzip: read strictly with physical line numbers, written the same every time."""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import IO, Any

from giaoban.lib.errors import LibError
from giaoban.lib.errors import marked as _
from giaoban.lib.text import is_nfc

MOST_CHARACTERS = 10_000_000  # in one cell

_BOM = b"\xef\xbb\xbf"
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
_FIGURE = re.compile(r"[+-]?[0-9][0-9.,]* ?%?")


class FileError(LibError):
    """What is wrong in a line of a file; `str` gives `file:line: sentence`, line 0 is left out.

    The sentence is given in full, or as a template with its `params`.
    """

    def __init__(self, path: str | Path, line: int, sentence: str, **params: Any) -> None:
        self.path = path
        self.line = line
        self.code = "file"
        self.template = sentence
        self.params = params
        self.sentence = sentence % params if params else sentence
        ValueError.__init__(self, path, line, self.sentence)

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.sentence}"


def read(
    path: Path,
    required: Collection[str] = (),
    known: Callable[[str], bool] | None = None,
    flaws: list[FileError] | None = None,
    name: str = "",
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row as (physical line on which it starts, column name -> cell); empty lines are left out.

    `required` columns must be there; with `known` every other column must satisfy it. `name` stands
    in errors instead of the path. Raises `FileError`; with a list `flaws` the errors of single
    lines and rows are collected there instead and reading goes on, without rows of a wrong width.
    """
    source = _Source(path, name or str(path), flaws)
    with source.opened() as file:
        rows = source.rows(source.lines(file))
        header = next(rows, (1, []))[1]
        source.check_header(header, required, known)
        width = len(header)
        for line, row in rows:
            if len(row) == width:
                yield line, dict(zip(header, row, strict=True))
            else:
                template = _("The header has %(width)s columns, but this row has %(cells)s.")
                source.flaw(line, template, width=width, cells=len(row))


def encode(header: Sequence[str], rows: Iterable[Sequence[Any]], *, guard: bool = False) -> Iterator[str]:
    """The lines of a CSV file, LF at the end, quoted only where needed.

    None is an empty cell and Decimal is written in full. `guard` is for files that people open in a
    spreadsheet: text that would run as a formula gets an apostrophe in front.
    """
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    plain = _guarded if guard else _cell
    for row in chain([header], rows):
        yield writer.writerow([plain(cell) for cell in row])


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a CSV file, compressed if the name ends in .gz; equal rows give equal bytes."""
    with path.open("wb") as file:
        if path.suffix != ".gz":
            file.writelines(line.encode() for line in encode(header, rows))
            return
        with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0) as packed:
            packed.writelines(line.encode() for line in encode(header, rows))


@dataclass(slots=True)
class _Source:
    """A file being read: where its flaws go and how its lines and rows are checked."""

    path: Path
    name: str
    flaws: list[FileError] | None

    def error(self, line: int, template: str, **params: Any) -> FileError:
        """An error of this file."""
        return FileError(self.name, line, template, **params)

    def flaw(self, line: int, template: str, **params: Any) -> None:
        """Note an error after which reading can go on."""
        error = self.error(line, template, **params)
        if self.flaws is None:
            raise error
        self.flaws.append(error)

    def opened(self) -> IO[bytes]:
        """The bytes of the file, unpacked."""
        try:
            if self.path.suffix != ".gz":
                return self.path.open("rb")
            return io.BufferedReader(gzip.open(self.path), 1 << 18)
        except OSError as error:
            raise self.error(0, _("The file cannot be read: %(why)s."), why=error.strerror or "") from None

    def lines(self, file: IO[bytes]) -> Iterator[str]:
        """The physical lines as text, each checked for its encoding."""
        number = 0
        try:
            for number, raw in enumerate(file, 1):
                if raw.isascii() and b"\0" not in raw:
                    yield raw.decode("ascii")
                else:
                    yield self._text(number, raw.removeprefix(_BOM) if number == 1 else raw)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            template = _("The compressed file is broken here; pack or copy it again.")
            raise self.error(number + 1, template) from None

    def _text(self, number: int, raw: bytes) -> str:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            template = _("Byte %(place)s of the line is not UTF-8; save the file as UTF-8.")
            self.flaw(number, template, place=error.start + 1)
            return raw.decode("utf-8", "replace").replace("\0", "")
        if "\0" in text:
            self.flaw(number, _("The line holds a NUL character; the file is damaged or not text."))
            return text.replace("\0", "")
        if not is_nfc(text):
            self.flaw(
                number, _("The line holds decomposed Unicode; save the file in the composed form (NFC).")
            )
        return text

    def rows(self, lines: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
        """Each row that is not empty, with the physical line on which it starts."""
        csv.field_size_limit(MOST_CHARACTERS)
        reader = csv.reader(lines, strict=True)
        start = 1
        try:
            for row in reader:
                if row:
                    yield start, row
                start = reader.line_num + 1
        except csv.Error as error:
            raise self.error(start, _explained(str(error))) from None

    def check_header(
        self, header: list[str], required: Collection[str], known: Callable[[str], bool] | None
    ) -> None:
        """Raise for columns without name, named twice, missing or unknown."""
        if not header:
            raise self.error(1, _("The file is empty; its first line names the columns."))
        seen: set[str] = set()
        for number, column in enumerate(header, 1):
            if not column.strip():
                raise self.error(1, _("Column %(number)s has no name."), number=number)
            if column in seen:
                raise self.error(1, _("The column “%(column)s” is there twice."), column=column)
            seen.add(column)
            if known and column not in required and not known(column):
                self.flaw(1, _("The column “%(column)s” is unknown."), column=column)
        for column in required:
            if column not in seen:
                self.flaw(1, _("The column “%(column)s” is missing."), column=column)


class _Echo:
    """A file that gives back what is written to it.

    The writer quotes what looks like its line end, so CRLF, which becomes LF here, makes it quote
    a lone carriage return too.
    """

    def write(self, line: str) -> str:
        """The line, ended by LF."""
        return line[:-2] + "\n"


def _cell(value: Any) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _guarded(value: Any) -> Any:
    if isinstance(value, str) and _FORMULA.match(value) and not _FIGURE.fullmatch(value):
        return f"'{value}"
    return _cell(value)


def _explained(error: str) -> str:
    """The csv module's error as a sentence for people."""
    if "unexpected end" in error:
        return _("A quotation mark opens a cell in this row and none closes it.")
    if "expected after" in error:
        return _("Text follows a closing quotation mark; write a quotation mark inside a cell twice.")
    if "field larger" in error:
        return _("A cell has more than 10,000,000 characters; perhaps a quotation mark is not closed.")
    return _("A line ends in a lone carriage return; save the file with LF or CRLF line ends.")

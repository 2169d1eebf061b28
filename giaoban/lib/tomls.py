"""TOML with line numbers, and TOML written always the same way."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[|\[)\s*([^\]]+?)\s*(\]\]|\])\s*(#.*)?")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\")\s*(?:\.[^=]*)?=")
_ERROR = re.compile(r" \(at line ([0-9]+), column [0-9]+\)")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


class TomlError(ValueError):
    """The text is no TOML; `line` says where."""

    def __init__(self, sentence: str, line: int) -> None:
        super().__init__(sentence)
        self.line = line


class Toml:
    """A parsed document and the physical line of each of its tables and keys."""

    def __init__(self, text: str) -> None:
        """Raises `TomlError`."""
        try:
            self.data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = _ERROR.search(str(error))
            line = int(found[1]) if found else text.count("\n") + 1
            raise TomlError(_ERROR.sub("", str(error)).replace(" (at end of document)", ""), line) from None
        self._lines = _lines(text)

    def line(self, *path: str | int) -> int:
        """The line of a table or key, such as `line("regime", 1, "due")`; else that of what holds it."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return 1


def _lines(text: str) -> dict[Path, int]:
    """Where tables and keys stand. Keys inside inline tables and strings over lines are not looked at."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    here: Path = ()
    for number, line in enumerate(text.split("\n"), start=1):
        header = _HEADER.fullmatch(line)
        if header:
            here = _place(header[2], header[1] == "[[", counts)
            found.setdefault(here, number)
        elif key := _KEY.match(line):
            found.setdefault((*here, key[1].strip('"')), number)
    return found


def _place(name: str, is_list: bool, counts: dict[Path, int]) -> Path:
    path: Path = ()
    parts = [part.strip().strip('"') for part in name.split(".")]
    for depth, part in enumerate(parts):
        path = (*path, part)
        if depth == len(parts) - 1 and is_list:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def write(tables: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """A TOML document: `("", {...})` its first keys, `("[agreement]", {...})`, `("[[form]]", {...})` …

    Values are text, numbers, truths, days, lists and mappings; keys keep their order. The same
    tables give the same text.
    """
    parts = []
    for header, content in tables:
        lines = [header] if header else []
        lines += [f"{_name(key)} = {_value(value)}" for key, value in content.items()]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _name(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_name(k)} = {_value(v)}" for k, v in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        if any(isinstance(v, Mapping) for v in value):
            return "[\n" + "".join(f"  {_value(v)},\n" for v in value) + "]"
        return "[" + ", ".join(_value(v) for v in value) + "]"
    return _text(str(value))


def _text(text: str) -> str:
    escaped = "".join(_ESCAPES.get(c, c if c >= " " and c != "\x7f" else f"\\u{ord(c):04X}") for c in text)
    return f'"{escaped}"'

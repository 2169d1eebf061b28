"""What is read from a file, whatever its kind: lines of visible text with the figures in them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from giaoban.lib.paper.read.loose import loose_digits

Kind = Literal["docx", "html", "pdf"]
Cell = tuple[int, int, int]

_GAP = "\ufffc"
# Digits, with the signs between them, that touch a figure from outside belong to what people read.
_BEFORE = re.compile(r"(?:[0-9][0-9.,]*|(?:(?<=[\s(])|(?<=^))[-−+])$")
_AFTER = re.compile(r"^(?:[.,]?[0-9])+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Visible text; with a key, it stands in the `place` of a figure, counted in its line."""

    text: str
    key: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, heading or cell; `cell` counts tables, rows and columns from 1."""

    where: str
    pieces: tuple[Piece, ...]
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Loose:
    """Digits that no figure explains, with the words around them."""

    text: str
    where: str
    context: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file read back. Keys are `f1` for a value and `f1#complete` for another part of a figure."""

    kind: Kind
    manifest: dict[str, Any] | None
    intact: bool
    """Whether the manifest has the digest that stands beside it."""
    figures: dict[str, tuple[str, ...]]
    """Every visible text of a figure, in reading order."""
    loose: tuple[Loose, ...]
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Machine-readable values beside the visible text (HTML)."""

    @property
    def identity(self) -> dict[str, Any]:
        """What the manifest says the paper is; empty without one."""
        found: dict[str, Any] = (self.manifest or {}).get("identity") or {}
        return found


def assemble(
    kind: Kind,
    lines: Iterable[Line],
    manifest: tuple[dict[str, Any] | None, bool],
    values: dict[str, tuple[str, ...]] | None = None,
) -> Extracted:
    """Gather the figures and the loose digits of the lines."""
    figures: dict[str, list[str]] = {}
    loose: list[Loose] = []
    numbers = _RunningNumbers()
    for line in lines:
        pieces = _joined(line.pieces)
        for key, text in _figures(pieces):
            if text:
                figures.setdefault(key, []).append(text)
        text = "".join(_GAP if piece.key else piece.text for piece in pieces)
        if numbers.hold(line.cell, text):
            continue
        loose += [Loose(digits, line.where, around) for digits, around in loose_digits(text)]
    shown = {key: tuple(texts) for key, texts in figures.items()}
    return Extracted(kind, manifest[0], manifest[1], shown, tuple(loose), values or {})


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbouring pieces of one place as one; figures stay apart."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and (last.key, last.place) == (piece.key, piece.place):
            joined[-1] = Piece(last.text + piece.text, piece.key, piece.place)
        else:
            joined.append(piece)
    return joined


def _figures(pieces: list[Piece]) -> Iterable[tuple[str, str]]:
    for n, piece in enumerate(pieces):
        if not piece.key:
            continue
        before = pieces[n - 1].text if n and not pieces[n - 1].key else ""
        after = pieces[n + 1].text if n + 1 < len(pieces) and not pieces[n + 1].key else ""
        left, right = _BEFORE.search(before), _AFTER.search(after)
        text = (left.group() if left else "") + piece.text + (right.group() if right else "")
        yield piece.key, " ".join(text.split())


class _RunningNumbers:
    """Follows the first column of tables that count their rows, over page breaks too: 1, 2, 3."""

    def __init__(self) -> None:
        self._last = 0

    def hold(self, cell: Cell | None, text: str) -> bool:
        """Whether the cell goes on counting, or begins to."""
        bare = text.strip().rstrip(".")
        if cell is None or cell[2] != 1 or not bare.isdecimal():
            return False
        if int(bare) not in (1, self._last + 1):
            return False
        self._last = int(bare)
        return True

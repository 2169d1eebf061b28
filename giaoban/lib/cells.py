"""The cells of an indicator: its total and its breakdowns, by any number of dimensions.

A *place* is a set of (dimension, option), written sorted by dimension; the empty place is the
total. A *cell* is a code with its place, `cases` or `cases[age=0-14,sex=f]`; a *column* of a file is
a cell, perhaps with a mark: `cases[sex=f]!est` (estimated) or `cases!comment`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import ClassVar, NamedTuple

from giaoban.lib.errors import LibError
from giaoban.lib.errors import marked as _

Place = tuple[tuple[str, str], ...]
_Pairs = frozenset[tuple[str, str]]

MARKS = ("est", "comment")

_NAME = r"[^\s\[\]!,=\"']+"
_COLUMN = re.compile(rf"({_NAME})(?:\[([^\[\]]*)\])?(?:!(.*))?")
_PAIR = re.compile(rf"({_NAME})=({_NAME})")


class CellError(LibError):
    """A text names no cell."""

    SENTENCES: ClassVar[dict[str, str]] = {
        "shape": _("“%(text)s” names no figure; write a code, or code[dimension=option]."),
        "pair": _("“%(pair)s” in “%(text)s” is no breakdown; write dimension=option."),
        "twice": _("“%(text)s” names the dimension %(dimension)s twice."),
        "order": _("“%(text)s” is not in its usual form; write %(usual)s."),
        "mark": _("“%(mark)s” in “%(text)s” is no mark; the marks are !est and !comment."),
    }


class Column(NamedTuple):
    """What a column of a report file holds: a figure, the mark of an estimate, or a comment."""

    code: str
    place: Place = ()
    mark: str = ""

    @property
    def cell(self) -> str:
        """The cell in its usual form, without the mark."""
        return join(self.code, self.place)

    def __str__(self) -> str:
        return f"{self.cell}!{self.mark}" if self.mark else self.cell


@lru_cache(maxsize=65536)
def parse_column(text: str) -> Column:
    """Read a column name; dimensions may come in any order. Raises `CellError`."""
    found = _COLUMN.fullmatch(text)
    if found is None:
        raise CellError("shape", text=text)
    mark = found[3] or ""
    if found[3] is not None and mark not in MARKS:
        raise CellError("mark", text=text, mark=f"!{mark}")
    return Column(found[1], () if found[2] is None else _place(found[2], text), mark)


@lru_cache(maxsize=65536)
def split(cell: str) -> tuple[str, Place]:
    """The code and the place of a cell in its usual form. Raises `CellError`."""
    column = parse_column(cell)
    if column.mark:
        raise CellError("shape", text=cell)
    if column.cell != cell:
        raise CellError("order", text=cell, usual=column.cell)
    return column.code, column.place


def join(code: str, place: Iterable[tuple[str, str]] = ()) -> str:
    """The cell of a code at a place: `cases[age=0-14,sex=f]`."""
    inside = key(place)
    return f"{code}[{inside}]" if inside else code


def key(place: Iterable[tuple[str, str]]) -> str:
    """The place as text, sorted by dimension: `age=0-14,sex=f`; empty for the total."""
    return ",".join(f"{dimension}={option}" for dimension, option in sorted(place))


@lru_cache(maxsize=65536)
def place_of(key: str) -> Place:
    """The place that `key` wrote. Raises `CellError`."""
    return _place(key, key) if key else ()


def derive(cells: Mapping[str, int], dimensions: Sequence[tuple[str, Sequence[str]]]) -> dict[str, int]:
    """The stored values by key, and every total that follows from them by key.

    A value that is not stored is the sum over the first dimension, in the order given, of which
    every option has a value, stored or itself derived. Only sums of stored cells appear: nothing is
    filled in for combinations without data. Meant for indicators summed over units.
    """
    options = {dimension: frozenset(choices) for dimension, choices in dimensions if choices}
    known: dict[_Pairs, int] = {frozenset(place_of(text)): value for text, value in cells.items()}
    for size in range(max(map(len, known), default=0), 0, -1):
        sums = _sums([place for place in known if len(place) == size], known)
        for dimension, choices in options.items():
            for (place, summed), parts in sums.items():
                if summed == dimension and place not in known and choices <= parts.keys():
                    known[place] = sum(parts[option] for option in choices)
    return {key(place): value for place, value in known.items()}


def _sums(places: Iterable[_Pairs], known: Mapping[_Pairs, int]) -> dict[tuple[_Pairs, str], dict[str, int]]:
    """For each (place, dimension) that the places refine: option -> value."""
    sums: dict[tuple[_Pairs, str], dict[str, int]] = defaultdict(dict)
    for place in places:
        for pair in place:
            sums[place - {pair}, pair[0]][pair[1]] = known[place]
    return sums


def _place(inside: str, text: str) -> Place:
    pairs: dict[str, str] = {}
    for part in inside.split(","):
        found = _PAIR.fullmatch(part)
        if found is None:
            raise CellError("pair", text=text, pair=part)
        if found[1] in pairs:
            raise CellError("twice", text=text, dimension=found[1])
        pairs[found[1]] = found[2]
    return tuple(sorted(pairs.items()))

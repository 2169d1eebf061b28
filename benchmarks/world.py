"""The generated programme: five levels of units, 100 indicators, five years. The same every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

REGIONS, PROVINCES, DISTRICTS, WARDS = 8, 63, 700, 10_040
FIRST_YEAR, MONTHS = 2020, 60
INDICATORS = 100

#: Facts of one month, about: 5 in 100 cells are blank.
MONTHLY = WARDS * INDICATORS * 95 // 100

#: size -> months
SIZES = {"1M": 1, "6M": 6, "10M": 10, "57M": 60}

#: (over units, over periods, kind, how many of them, greatest scaled value, decimals)
MIX = (
    ("sum", "sum", "flow", 40, 500, 0),
    ("sum", "last", "stock", 16, 4_000, 0),
    ("average", "average", "stock", 10, 1_000, 1),
    ("max", "max", "stock", 8, 9_000, 2),
    ("min", "min", "stock", 6, 900, 0),
    ("sum", "average", "stock", 10, 2_000, 0),
    ("sum", "max", "stock", 4, 700, 0),
    ("average", "last", "stock", 3, 1_000, 1),
    ("count", "count", "flow", 3, 90, 0),
)

#: code -> (numerator, denominator, factor)
RATIOS = {
    "r01": ("i001", "i002", 100),
    "r02": ("i041", "i042", 100),
    "r03": ("i003 + i004", "i005", 1000),
    "r04": ("i081", "i001", 1),
}


class Place(NamedTuple):
    """A unit: its number among all, its code, its level, its parent's code."""

    number: int
    code: str
    name: str
    level: int
    parent: str


@dataclass(frozen=True)
class Asked:
    """An indicator that units report. number counts from 1."""

    number: int
    over_units: str
    over_periods: str
    kind: str
    greatest: int
    decimals: int

    @property
    def code(self) -> str:
        return f"i{self.number:03}"


def units() -> Iterator[Place]:
    """The country, then regions, provinces, districts and wards."""
    yield Place(0, "VN", "Nước mẫu", 0, "")
    levels = (
        (REGIONS, "V", "Vùng", 1, 1, "VN"),
        (PROVINCES, "T", "Tỉnh", 2, REGIONS, "V"),
        (DISTRICTS, "H", "Huyện", 3, PROVINCES, "T"),
        (WARDS, "X", "Xã", 4, DISTRICTS, "H"),
    )
    number = 0
    for count, letter, name, level, above, up in levels:
        for place in range(count):
            number += 1
            parent = up if above == 1 else code(up, place * above // count)
            yield Place(number, code(letter, place), f"{name} mẫu số {place + 1}", level, parent)


def code(letter: str, place: int) -> str:
    """V1, T01, H001, X00001: counting from 1."""
    return f"{letter}{place + 1:0{ {'V': 1, 'T': 2, 'H': 3, 'X': 5}[letter] }}"


def indicators() -> list[Asked]:
    """In order; the operators come in blocks."""
    found: list[Asked] = []
    for over_units, over_periods, kind, count, greatest, decimals in MIX:
        for _each in range(count):
            found.append(Asked(len(found) + 1, over_units, over_periods, kind, greatest, decimals))
    return found


def month(number: int) -> str:
    """0 -> 2020-01."""
    return f"{FIRST_YEAR + number // 12}-{number % 12 + 1:02}"


def drawn(at: int) -> str:
    """SQL: for each ward (`ward`, from 0) a whole number for each cell of a month (`d1` to `d100`)."""
    cells = ", ".join(f"{_draw(i.number, at)} AS d{i.number}" for i in indicators())
    return f"SELECT ward, {cells} FROM range({WARDS}) r(ward)"


def _draw(indicator: int, at: int) -> str:
    once = f"(ward::UBIGINT * 7919 + {indicator * 104_729 + at * 1_299_709}) % 4294967296 * 2654435761 % 4294967296"
    return f"xor({once}, ({once}) // 32768) * 2246822519 % 4294967296 // 16"


def value(asked: Asked) -> str:
    """SQL over `drawn`: the scaled value of a cell; NULL for about one in twenty."""
    return f"CASE WHEN d{asked.number} % 1009 >= 50 THEN (d{asked.number} // 1009 % {asked.greatest})::BIGINT END"

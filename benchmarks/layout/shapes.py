"""The questions: each in SQL over the layout, and the same asked of the product."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg

from benchmarks import world
from benchmarks.layout.build import uid

#: level of our tree -> column of the layout
COLUMN = {0: "uidlevel1", 1: "uidlevel2", 2: "uidlevel3", 3: "uidlevel4", 4: "uidlevel5"}

#: (indicator code, unit code, period) -> value
Answer = dict[tuple[str, str, str], float]


@dataclass(frozen=True)
class Shape:
    """indicators, units and periods: codes. By levels of units, as the layout has to ask them."""

    name: str
    about: str
    indicators: tuple[str, ...]
    units: tuple[str, ...]
    periods: tuple[str, ...]

    def ours(self, asker: Any) -> Callable[[], Any]:
        """The product's whole answer."""
        from giaoban.lib import periods

        indicators = [asker.by_code[code] for code in self.indicators]
        units = [asker.units[code] for code in self.units]
        asked = [periods.parse(text) for text in self.periods]
        return lambda: asker.ask(indicators, units, asked)

    def theirs(self, con: psycopg.Connection) -> Callable[[], Answer]:
        """The layout's answer: a query for each level of units, kind of period and function."""
        groups = list(self._groups())
        names = {uid(code): code for code in (*self.units, *self.indicators, *_parts(self.indicators))}

        def ask() -> Answer:
            found: Answer = {}
            for statement, parameters in groups:
                for dx, ou, period, value in con.execute(statement, parameters):
                    found[names[dx], names[ou], period_of(period)] = value
            return self._computed(found)

        return ask

    def _groups(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        levels: dict[int, list[str]] = {}
        for place in world.units():
            if place.code in self.units:
                levels.setdefault(place.level, []).append(uid(place.code))
        kinds = {
            "monthly": [p for p in self.periods if "-" in p],
            "yearly": [p for p in self.periods if "-" not in p],
        }
        template = LAST if self.name == "last" else ADDED
        for level, units in levels.items():
            for kind, periods in kinds.items():
                if periods:
                    texts = [p.replace("-", "") for p in periods]
                    years = sorted({int(text[:4]) for text in texts})
                    for function, wanted in _by_function(_parts(self.indicators) or self.indicators).items():
                        statement = template.format(ou=COLUMN[level], kind=kind, function=function)
                        yield statement, (wanted, texts, units, years)

    def _computed(self, found: Answer) -> Answer:
        """Ratios, as the server would compute them from their parts."""
        if not _parts(self.indicators):
            return found
        answer: Answer = {}
        for code in self.indicators:
            top, bottom, factor = world.RATIOS[code]
            for unit in self.units:
                for period in self.periods:
                    above, below = found.get((top, unit, period)), found.get((bottom, unit, period))
                    if above is not None and below:
                        answer[code, unit, period] = factor * above / below
        return answer


#: What the values of one month become over units.
FUNCTIONS = {"sum": "sum", "average": "avg", "min": "min", "max": "max", "count": "count"}

ADDED = """
SELECT dx, {ou}, {kind}, {function}(value) FROM analytics
WHERE dx = ANY(%s) AND {kind} = ANY(%s) AND {ou} = ANY(%s) AND year = ANY(%s) GROUP BY dx, {ou}, {kind}
"""

LAST = """
SELECT dx, {ou}, {kind}, sum(value) FROM (
    SELECT dx, {ou}, {kind}, value, row_number() OVER (
        PARTITION BY dx, ou, co, ao, {kind} ORDER BY peenddate DESC, pestartdate DESC) AS place
    FROM analytics WHERE dx = ANY(%s) AND {kind} = ANY(%s) AND {ou} = ANY(%s) AND year = ANY(%s)) found
WHERE place = 1 GROUP BY dx, {ou}, {kind}
"""


def _by_function(codes: Iterable[str]) -> dict[str, list[str]]:
    """The indicators that one query can answer together."""
    found: dict[str, list[str]] = {}
    operators = {i.code: i.over_units for i in world.indicators()}
    for code in codes:
        found.setdefault(FUNCTIONS[operators[code]], []).append(uid(code))
    return found


def _parts(indicators: Iterable[str]) -> tuple[str, ...]:
    """The indicators that ratios are made of."""
    return tuple(dict.fromkeys(part for code in indicators for part in world.RATIOS.get(code, ())[:2]))


def period_of(text: str) -> str:
    """202003 -> 2020-03; 2020 stays."""
    return f"{text[:4]}-{text[4:]}" if len(text) == 6 else text


def shapes(months: int) -> list[Shape]:
    """Nine questions, named as in DHIS2's own speed tests where they come from there."""
    country, regions, provinces, districts = (tuple(_codes(level)) for level in range(4))
    each = tuple(world.month(at) for at in range(months))
    years = tuple(sorted({month[:4] for month in each}))
    ten = tuple(f"i{number:03}" for number in range(1, 11))
    mixed = (*regions, *provinces, *districts[:5])
    return [
        Shape("q5", "2 indicators × months, the country", ten[:2], country, each),
        Shape("q9", "1 indicator over all years, the country", ten[:1], country, years),
        Shape("q11", "2 indicators × years, the country", ten[:2], country, years),
        Shape("q14", "1 indicator × months × all districts", ten[:1], districts, each),
        Shape("q16", "1 indicator × months × all provinces", ten[:1], provinces, each),
        Shape("q2", "10 indicators × months and years × 5 districts, all provinces, all regions",
              ten, mixed, (*each, *years)),
        Shape("all", "100 indicators × months × all provinces",
              tuple(i.code for i in world.indicators()), provinces, each),
        Shape("ratio", "a ratio × years × all districts", ("r01",), districts, years),
        Shape("last", "a stock's last value × years × all districts", ("i041",), districts, years),
    ]  # fmt: skip


def _codes(level: int) -> Iterator[str]:
    return (place.code for place in world.units() if place.level == level)

"""Roll-up: the product against SQL written by hand over the same integers, in turn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import isclose
from pathlib import Path
from typing import Any

from benchmarks import homes, plainsql, world
from benchmarks.asked import Asker, compacted
from benchmarks.measure import Taken, in_turn, memory_mb, ratio, summary
from benchmarks.results import keep

ROUNDS = {"1M": 15, "6M": 11, "10M": 9, "57M": 5}
Answer = dict[tuple[int, int, int], float]


def run(place: Path, sizes: list[str], quick: bool) -> None:
    """Three questions at each size."""
    for size in sizes:
        integers = homes.integers(place, size)
        home = homes.loaded(place, size)
        given = {
            "integers": str(integers),
            "months": world.SIZES[size],
            "rounds": 2 if quick else ROUNDS[size],
        }
        keep("rollup", size, homes.inside(home, "benchmarks.rolling:measure", **given))


def measure(integers: str, months: int, rounds: int) -> dict[str, Any]:
    """Runs inside the home."""
    made = compacted()
    asker = Asker(months)
    con = plainsql.connect(Path(integers), threads=_threads())
    found = {
        "provinces": _provinces(asker, con, rounds),
        "levels": _levels(asker, con, rounds),
        "districts": _districts(asker, con, rounds),
    }
    facts = con.execute("SELECT count(*) FROM facts").fetchone()[0]
    return {"facts": facts, "compaction": made, "peak_mb": memory_mb(), "questions": found, **_disk()}


def _threads() -> int:
    from giaoban.rollups.store.engine import session

    return int(session().con.sql("SELECT current_setting('threads')").fetchall()[0][0])


def _disk() -> dict[str, Any]:
    from django.db.models import Sum

    from giaoban.rollups.models import Generation

    held = Generation.objects.filter(replaced_at=None).aggregate(Sum("size"))["size__sum"]
    return {"columnar_mb": (held or 0) / 1e6}


def _provinces(asker: Asker, con: Any, rounds: int) -> dict[str, Any]:
    """All provinces × 100 indicators × months."""
    units = asker.level(2)
    facts, partials = asker.ways(units, asker.months)
    jobs: dict[str, Callable[[], Any]] = {
        "facts": lambda: facts().tables,
        "partials": lambda: partials().tables,
        "answer": lambda: asker.ask(asker.indicators, units, asker.months),
        "sql, one pass": lambda: con.sql(plainsql.provinces(two_passes=False)).to_arrow_table(),
        "sql, two passes": lambda: con.sql(plainsql.provinces(two_passes=True)).to_arrow_table(),
    }
    peer = _by_place(con, plainsql.provinces(two_passes=False), asker)
    for figures in (facts(), partials()):
        _same(_ours(figures, asker.months, asker), peer)
    return _summed(in_turn(jobs, rounds), ("sql, one pass", "sql, two passes")) | {"rows": len(peer)}


def _levels(asker: Asker, con: Any, rounds: int) -> dict[str, Any]:
    """Districts, provinces, regions and the country × 100 indicators × years."""
    units = asker.level(0, 1, 2, 3)
    facts, _partials = asker.ways(units, asker.years)
    jobs: dict[str, Callable[[], Any]] = {
        "facts": facts,
        "answer": lambda: asker.ask(asker.indicators, units, asker.years),
        "sql, staged": lambda: con.sql(plainsql.levels()).to_arrow_table(),
    }
    peer = _by_place(con, plainsql.levels(), asker)
    _same(_ours(facts(), asker.years, asker), peer)
    return _summed(in_turn(jobs, rounds), ("sql, staged",)) | {"rows": len(peer)}


def _districts(asker: Asker, con: Any, rounds: int) -> dict[str, Any]:
    """One indicator, one province's districts × months, with completeness."""
    units = asker.below("T01")
    number = next(place.number for place in world.units() if place.code == "T01")
    query = plainsql.districts(number)
    ask = partial(asker.ask, asker.indicators[:1], units, asker.months)
    ours = {
        (row.unit.pk, row.period.text): (row.value, row.accepted, row.due, row.on_time) for row in ask().rows
    }
    theirs = {
        (asker.numbers[district], world.month(month)): tuple(row)
        for district, month, *row in con.execute(query).fetchall()
    }
    if ours != theirs:
        raise AssertionError("the districts of T01 differ")
    jobs = {"answer": ask, "sql": lambda: con.execute(query).fetchall()}
    return _summed(in_turn(jobs, rounds), ("sql",)) | {"rows": len(ours)}


def _summed(runs: dict[str, list[Taken]], peers: tuple[str, ...]) -> dict[str, Any]:
    """Seconds of each, and the ratios to the peer that was fastest on the whole."""
    found = {name: summary(each) for name, each in runs.items()}
    best = min(peers, key=lambda name: found[name]["cpu"])
    ratios = {name: ratio(each, runs[best]) for name, each in runs.items() if name not in peers}
    return {"seconds": found, "peer": best, "ratios": ratios}


def _by_place(con: Any, query: str, asker: Asker) -> Answer:
    """The peer's answer by the product's ids."""
    codes = {number: i.pk for number, i in enumerate(asker.indicators, 1)}
    rows = con.execute(query).fetchall()
    return {(codes[i], asker.numbers[place], at): float(value) for place, i, at, value in rows}


def _ours(figures: Any, periods: list[Any], asker: Asker) -> Answer:
    """The product's answer, still scaled, by the place of the period."""
    places = {period.text: at for at, period in enumerate(periods)}
    return {(i, place, places[period]): float(v) for (i, place, period, _cell), v in figures.values.items()}


def _same(ours: Answer, theirs: Answer) -> None:
    """Every figure there is on either side is on both, and equal to 12 digits."""
    if ours.keys() != theirs.keys():
        raise AssertionError(f"{len(ours)} figures here, {len(theirs)} there")
    bad = [key for key, value in ours.items() if not isclose(value, theirs[key], rel_tol=1e-12)]
    if bad:
        raise AssertionError(f"{len(bad)} figures differ, first {bad[0]}: {ours[bad[0]]}, {theirs[bad[0]]}")

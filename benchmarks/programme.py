"""The generated programme as a folder for the product, and as plain integers for its peers."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import duckdb

from benchmarks import world

CODE = "benchmark"

HEAD = """format = 1

[agreement]
code = "benchmark"
title = { vi = "Chương trình mẫu để đo tốc độ", en = "Sample programme for measuring speed" }
lead = "VN"
parties = "level:2"
starts_on = 2020-01-01
ends_on = 2024-12-31

[[form]]
code = "monthly"
title = { vi = "Báo cáo tháng", en = "Monthly report" }
"""

REGIME = """
[[regime]]
code = "monthly"
form = "monthly"
period = "month"
reporters = "level:4"
due = "+5d 17:00"
timezone = "Asia/Ho_Chi_Minh"
"""

Told = Callable[[str], None]


def write_folder(path: Path, months: int, told: Told = print) -> None:
    """A programme folder with one compressed file for each month; an existing one is kept."""
    if (path / "programme.toml").exists():
        return
    (path / "reports").mkdir(parents=True, exist_ok=True)
    _csv(path / "units.csv", ("code", "name", "parent", "level", "valid_from", "valid_to"), _units())
    _csv(path / "indicators.csv", COLUMNS, _indicators())
    for at in range(months):
        told(f"writing {world.month(at)}")
        _month(path / "reports" / f"{world.month(at)}.csv.gz", at)
    (path / "programme.toml").write_text(_toml(months), encoding="utf-8")


def _toml(months: int) -> str:
    codes = [i.code for i in world.indicators()] + list(world.RATIOS)
    listed = ", ".join(f'"{code}"' for code in codes)
    files = "".join(
        f'\n[[reports]]\nregime = "monthly"\nfile = "reports/{world.month(at)}.csv.gz"\nstate = "accepted"\n'
        for at in range(months)
    )
    return f"{HEAD}indicators = [{listed}]\n{REGIME}{files}"


def _units() -> Iterable[Sequence[object]]:
    for place in world.units():
        yield place.code, place.name, place.parent, place.level, "2020-01-01", ""


COLUMNS = (
    "code", "name_vi", "name_en", "unit_of_measure", "kind", "over_units", "over_periods",
    "numerator", "denominator", "factor", "decimals",
)  # fmt: skip


def _indicators() -> Iterable[Sequence[object]]:
    for i in world.indicators():
        names = (f"Chỉ tiêu mẫu {i.number}", f"Sample indicator {i.number}")
        yield i.code, *names, "lượt", i.kind, i.over_units, i.over_periods, "", "", "", i.decimals
    for code, (numerator, denominator, factor) in world.RATIOS.items():
        names = (f"Tỷ lệ mẫu {code}", f"Sample ratio {code}")
        yield code, *names, "%", "ratio", "", "", numerator, denominator, factor, 2


def _csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _month(path: Path, at: int) -> None:
    """One row for each ward. Every ward was on time, but for the last of each hundred."""
    sent = f"CASE WHEN ward % 100 = 99 THEN '{_after(at, 9)}' ELSE '{_after(at, 4)}' END"
    cells = ", ".join(f'{_text(i)} AS "{i.code}"' for i in world.indicators())
    _run(
        f"COPY (SELECT '{world.month(at)}' AS period, printf('X%05d', ward + 1) AS unit,"
        f" {sent} AS submitted_at, {cells} FROM ({world.drawn(at)}) ORDER BY ward)"
        f" TO '{path}' (FORMAT csv, HEADER, COMPRESSION gzip)"
    )


def _after(at: int, day: int) -> str:
    return f"{world.month(at + 1)}-{day:02}T08:00:00"


def _text(asked: world.Asked) -> str:
    """SQL of the cell's text; NULL is an empty cell."""
    value = world.value(asked)
    if not asked.decimals:
        return value
    unit = 10**asked.decimals
    return f"printf('%d.%0{asked.decimals}d', ({value}) // {unit}, ({value}) % {unit})"


def write_integers(path: Path, months: int) -> None:
    """What peers read; kept if there.

    facts/MONTH.parquet (unit, indicator, month, value), reports/MONTH.parquet (unit, month, on_time),
    units.parquet. unit is the number of the unit in units.parquet, month counts from 0, values are scaled.
    """
    first = 1 + world.REGIONS + world.PROVINCES + world.DISTRICTS
    for at in range(months):
        _parquet(path / "facts" / f"{at:02}.parquet", f"{_integers(first, at)} ORDER BY indicator, unit")
        reports = (
            f"SELECT (ward + {first})::INTEGER AS unit, {at}::SMALLINT AS month, ward % 100 <> 99 AS on_time"
        )
        _parquet(
            path / "reports" / f"{at:02}.parquet",
            f"{reports} FROM range({world.WARDS}) r(ward) ORDER BY ward",
        )
    with duckdb.connect() as engine:
        rows = [(p.number, p.code, p.level, p.parent) for p in world.units()]
        engine.execute("CREATE TABLE listed (unit INTEGER, code VARCHAR, level TINYINT, parent VARCHAR)")
        engine.executemany("INSERT INTO listed VALUES (?, ?, ?, ?)", rows)
        engine.execute(f"COPY ({LINES}) TO '{path}/units.parquet' (FORMAT parquet)")


def _run(statement: str) -> None:
    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        engine.execute(statement)


def _parquet(target: Path, query: str) -> None:
    """Write a file whole, unless it is there."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        _run(f"COPY ({query}) TO '{target}.part' (FORMAT parquet, COMPRESSION zstd)")
        Path(f"{target}.part").rename(target)


def _integers(first: int, at: int) -> str:
    """SQL of the facts of a month in long form."""
    cells = ", ".join(f'{world.value(i)} AS "{i.number}"' for i in world.indicators())
    wide = f"SELECT (ward + {first})::INTEGER AS unit, {cells} FROM ({world.drawn(at)})"
    return (
        f"SELECT unit, indicator::SMALLINT AS indicator, {at}::SMALLINT AS month, value FROM"
        f" (UNPIVOT ({wide}) ON COLUMNS(* EXCLUDE unit) INTO NAME indicator VALUE value)"
    )


#: Each ward with the units above it.
LINES = """
SELECT w.unit, w.code, d.unit AS district, p.unit AS province, r.unit AS region, c.unit AS country
FROM listed w JOIN listed d ON w.parent = d.code JOIN listed p ON d.parent = p.code
JOIN listed r ON p.parent = r.code JOIN listed c ON r.parent = c.code
WHERE w.level = 4 ORDER BY w.unit
"""

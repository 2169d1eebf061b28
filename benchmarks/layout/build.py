"""Fill the transaction table, build the analytics table, change one value in a hundred, bring it up to date."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import psycopg

from benchmarks import world
from benchmarks.homes import ROOT
from benchmarks.layout import tables

#: DHIS2's own advice for PostgreSQL, for 8 GB of memory.
SETTINGS = (
    "jit=off", "shared_buffers=3GB", "work_mem=24MB", "maintenance_work_mem=1GB", "random_page_cost=1.1",
    "effective_cache_size=8GB", "max_locks_per_transaction=256", "checkpoint_timeout=30min", "max_wal_size=8GB",
)  # fmt: skip
COMBO = 1
BEFORE, NOW = "2026-01-01", "2026-02-01"


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL of its own for as long as the block runs; its URL."""
    folder = Path(tempfile.mkdtemp(prefix="giaoban-layout-"))
    folder.chmod(0o755)
    tool = str(ROOT / "tools" / "postgres")
    try:
        started = subprocess.run(
            (tool, "start", folder, *SETTINGS), check=True, capture_output=True, text=True
        )
        yield started.stdout.strip()
    finally:
        subprocess.run((tool, "stop", folder), check=False)
        shutil.rmtree(folder, ignore_errors=True)


def uid(text: str) -> str:
    """Eleven letters and digits, the first a letter."""
    return "a" + hashlib.sha256(text.encode()).hexdigest()[:10]


def fill(con: psycopg.Connection, integers: Path, months: int) -> dict[str, float]:
    """Resource tables and every value; seconds of copying and of the keys."""
    con.execute(tables.DATAVALUE + tables.RESOURCES)
    _resources(con, months)
    began = time.perf_counter()
    for at in range(months):
        _values(con, integers / "facts" / f"{at:02}.parquet", at)
    copied = time.perf_counter()
    for statement in tables.DATAVALUE_KEYS:
        con.execute(statement)
    con.execute("VACUUM ANALYZE")
    return {"copy": copied - began, "keys": time.perf_counter() - copied}


def _resources(con: psycopg.Connection, months: int) -> None:
    known = {place.code: place for place in world.units()}
    with con.cursor().copy("COPY organisationunit FROM STDIN") as copy:
        for p in known.values():
            parent = known[p.parent].number if p.parent else None
            copy.write_row((p.number, uid(p.code), p.name, p.level + 1, parent))
    with con.cursor().copy("COPY analytics_rs_orgunitstructure FROM STDIN") as copy:
        for p in known.values():
            line = list(_line(known, p))
            line += [None] * (tables.LEVELS - len(line))
            cells = [
                cell
                for one in line
                for cell in ((one.number, uid(one.code), one.name) if one else (None,) * 3)
            ]
            copy.write_row((p.number, uid(p.code), p.level + 1, *cells))
    with con.cursor().copy("COPY analytics_rs_dataelementstructure FROM STDIN") as copy:
        for i in world.indicators():
            copy.write_row((i.number, uid(i.code), i.over_units, True))
    with con.cursor().copy("COPY analytics_rs_periodstructure FROM STDIN") as copy:
        for at in range(months):
            copy.write_row(_period(at))
    con.execute(
        "INSERT INTO analytics_rs_categorystructure VALUES (%s, %s, %s, %s)",
        (COMBO, uid("default"), uid("option"), uid("option")),
    )


def _line(known: dict[str, world.Place], place: world.Place) -> list[Any]:
    above = _line(known, known[place.parent]) if place.parent else []
    return [*above, place]


def _period(at: int) -> tuple[Any, ...]:
    year, month = world.FIRST_YEAR + at // 12, at % 12 + 1
    first = date(year, month, 1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    text = f"{year}{month:02}"
    quarter, half = f"{year}Q{(month - 1) // 3 + 1}", f"{year}S{(month - 1) // 6 + 1}"
    return at, text, last.day, first, last, year, text, quarter, half, str(year)


def _values(con: psycopg.Connection, facts: Path, at: int) -> None:
    """One month's values as text, as people would have entered them."""
    decimals = "CASE " + " ".join(
        f"WHEN indicator = {i.number} THEN {i.decimals}" for i in world.indicators() if i.decimals
    ) + " ELSE 0 END"  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "values.csv"
        duckdb.sql(f"""
            COPY (SELECT indicator, {at}, unit, {COMBO}, {COMBO},
                      CASE {decimals} WHEN 0 THEN value::VARCHAR WHEN 1 THEN printf('%d.%d', value // 10, value % 10)
                      ELSE printf('%d.%02d', value // 100, value % 100) END,
                      'admin', '{BEFORE}', '{BEFORE}', NULL, false, false FROM '{facts}')
            TO '{written}' (FORMAT csv, HEADER false)""")
        with written.open("rb") as file, con.cursor().copy("COPY datavalue FROM STDIN (FORMAT csv)") as copy:
            while block := file.read(1 << 20):
                copy.write(block)


def build(con: psycopg.Connection, months: int) -> dict[str, float]:
    """A full build: staging tables by year, rows, indexes, statistics, swap."""
    began = time.perf_counter()
    con.execute("DROP TABLE IF EXISTS analytics CASCADE")
    con.execute(tables.analytics())
    years = sorted({world.FIRST_YEAR + at // 12 for at in range(months)})
    spent = {"insert": 0.0, "index": 0.0, "statistics": 0.0}
    for year in years:
        con.execute(tables.analytics(year))
        _fill_part(con, year, f"ps.year = {year}", spent)
    return {**spent, "all": time.perf_counter() - began}


def _fill_part(con: psycopg.Connection, year: int, where: str, spent: dict[str, float]) -> None:
    staging = f"analytics_{year}_temp"
    steps = (
        ("insert", [f"INSERT INTO {staging} {tables.ROWS.format(where=where)}"]),
        ("index", [f"CREATE INDEX ON {staging} ({', '.join(columns)})" for columns in tables.INDEXES]),
        ("statistics", [f"VACUUM ANALYZE {staging}"]),
        ("index", [f"ALTER TABLE {staging} RENAME TO analytics_{year}"]),
    )
    for name, statements in steps:
        began = time.perf_counter()
        for statement in statements:
            con.execute(statement)
        spent[name] += time.perf_counter() - began


def change(con: psycopg.Connection) -> tuple[int, float]:
    """Enter one value in a hundred anew; how many, and the seconds it took."""
    began = time.perf_counter()
    done = con.execute(f"""
        INSERT INTO datavalue
        SELECT dataelementid, periodid, sourceid, categoryoptioncomboid, attributeoptioncomboid, value, 'admin',
            created, '{NOW}', comment, followup, deleted FROM datavalue
        WHERE (sourceid * 7 + dataelementid * 13 + periodid) % 100 = 0
        ON CONFLICT (dataelementid, periodid, sourceid, categoryoptioncomboid, attributeoptioncomboid)
        DO UPDATE SET value = EXCLUDED.value, lastupdated = EXCLUDED.lastupdated""")
    return done.rowcount, time.perf_counter() - began


def update(con: psycopg.Connection, months: int) -> float:
    """What runs continuously: changed values leave the years and enter the part of the latest; seconds."""
    began = time.perf_counter()
    for year in sorted({world.FIRST_YEAR + at // 12 for at in range(months)}):
        con.execute(f"""
            DELETE FROM analytics_{year} ax WHERE ax.id IN (
                SELECT {tables.ID} {tables.JOINED} WHERE dv.lastupdated >= '{NOW}' AND ps.year = {year})""")
    con.execute("DROP TABLE IF EXISTS analytics_0")
    con.execute(tables.analytics(0))
    _fill_part(con, 0, f"dv.lastupdated >= '{NOW}'", {"insert": 0.0, "index": 0.0, "statistics": 0.0})
    return time.perf_counter() - began


def sizes(con: psycopg.Connection) -> dict[str, int]:
    """Bytes: the transaction table with its keys, the analytics tables, their indexes."""
    asked = "SELECT sum(pg_table_size(c.oid)), sum(pg_indexes_size(c.oid)) FROM pg_class c WHERE {} AND relkind = 'r'"
    stored = con.execute(asked.format("relname = 'datavalue'")).fetchone()
    built = con.execute(asked.format("relname LIKE 'analytics%' AND relname NOT LIKE '%rs%'")).fetchone()
    return {"datavalue": int(sum(stored)), "analytics": int(built[0]), "analytics_indexes": int(built[1])}

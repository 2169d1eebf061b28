"""The peer of the roll-up: DuckDB SQL written by hand over the same integers, staged, added before it is joined.

It knows that the tree never changed, that no figure is broken down and that nothing was excluded; the
product has to find that out. Means are floating point here, exact fractions in the product.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks import world

INNER = ("district", "province", "region", "country")

SETUP = """
SET preserve_insertion_order = false;
CREATE VIEW facts AS SELECT * FROM read_parquet('{path}/facts/*.parquet');
CREATE VIEW reports AS SELECT * FROM read_parquet('{path}/reports/*.parquet');
CREATE TABLE units AS SELECT * FROM read_parquet('{path}/units.parquet');
CREATE TABLE indicators (indicator SMALLINT, over_units VARCHAR, over_periods VARCHAR);
"""

#: All provinces × indicators × months. Of one month, every operator over periods takes the value itself.
PROVINCES_ONE_PASS = """
WITH added AS (
    SELECT province, indicator, month, sum(value) s, count(*) n, min(value) lo, max(value) hi
    FROM facts JOIN units USING (unit) GROUP BY ALL)
SELECT province, indicator, month, CASE over_units WHEN 'sum' THEN s WHEN 'average' THEN s / n
    WHEN 'count' THEN n WHEN 'min' THEN lo ELSE hi END AS value
FROM added JOIN indicators USING (indicator)
"""

#: The same, but extremes are looked for only where they are asked.
PROVINCES_TWO_PASSES = """
WITH added AS (
    SELECT province, indicator, month, sum(value) s, count(*) n FROM facts JOIN units USING (unit)
    WHERE indicator NOT IN ({extremes}) GROUP BY ALL),
extremes AS (
    SELECT province, indicator, month, min(value) lo, max(value) hi FROM facts JOIN units USING (unit)
    WHERE indicator IN ({extremes}) GROUP BY ALL)
SELECT province, indicator, month,
    CASE over_units WHEN 'sum' THEN s WHEN 'average' THEN s / n ELSE n END AS value
FROM added JOIN indicators USING (indicator)
UNION ALL
SELECT province, indicator, month, CASE over_units WHEN 'min' THEN lo ELSE hi END
FROM extremes JOIN indicators USING (indicator)
"""

#: Every inner level × indicator × year: periods first for each ward, then units, level upon level.
LEVELS = """
WITH yearly AS (
    SELECT unit, indicator, month // 12 AS year, sum(value) s, count(*) n, min(value) lo, max(value) hi,
        arg_max(value, month) last FROM facts GROUP BY ALL),
each AS (
    SELECT unit, indicator, year, s, n, CASE over_periods WHEN 'sum' THEN s WHEN 'average' THEN s / n
        WHEN 'last' THEN last WHEN 'min' THEN lo WHEN 'max' THEN hi ELSE n END AS value
    FROM yearly JOIN indicators USING (indicator)),
district AS (
    SELECT district AS place, indicator, year, sum(value) v, count(*) c, min(value) lo, max(value) hi,
        sum(s) s, sum(n) n FROM each JOIN units USING (unit) GROUP BY ALL),
{levels}
added AS (FROM district UNION ALL FROM province UNION ALL FROM region UNION ALL FROM country)
SELECT place, indicator, year, CASE
        WHEN over_units = 'average' AND over_periods = 'average' THEN s / n
        WHEN over_units = 'average' THEN v / c WHEN over_units = 'count' THEN n
        WHEN over_units = 'min' THEN lo WHEN over_units = 'max' THEN hi ELSE v END AS value
FROM added JOIN indicators USING (indicator)
"""

_LEVEL = """
{above} AS (
    SELECT up AS place, indicator, year, sum(v) v, sum(c) c, min(lo) lo, max(hi) hi, sum(s) s, sum(n) n
    FROM {below} JOIN (SELECT DISTINCT {below} AS place, {above} AS up FROM units) USING (place) GROUP BY ALL),
"""

#: One indicator, the districts of one province, months, with reports accepted, due and on time.
DISTRICTS = """
WITH known AS (SELECT unit, district FROM units WHERE province = {province}),
added AS (
    SELECT district, month, sum(value) AS value FROM facts JOIN known USING (unit)
    WHERE indicator = 1 GROUP BY ALL),
due AS (SELECT district, count(*) AS due FROM known GROUP BY ALL),
complete AS (
    SELECT district, month, count(*) AS accepted, count(*) FILTER (on_time) AS on_time
    FROM reports JOIN known USING (unit) GROUP BY ALL)
SELECT district, month, value, accepted, due, on_time
FROM complete JOIN due USING (district) LEFT JOIN added USING (district, month)
"""


def connect(path: Path, threads: int) -> duckdb.DuckDBPyConnection:
    """A connection over the integers of a folder, with as many threads as the product takes."""
    con = duckdb.connect(config={"threads": threads})
    con.execute(SETUP.format(path=path))
    con.execute("SET parquet_metadata_cache = true")
    con.execute("SET enable_progress_bar = false")
    rows = [(i.number, i.over_units, i.over_periods) for i in world.indicators()]
    con.executemany("INSERT INTO indicators VALUES (?, ?, ?)", rows)
    return con


def provinces(*, two_passes: bool) -> str:
    """All provinces × indicators × months."""
    if not two_passes:
        return PROVINCES_ONE_PASS
    extremes = [i.number for i in world.indicators() if i.over_units in ("min", "max")]
    return PROVINCES_TWO_PASSES.format(extremes=", ".join(str(number) for number in extremes))


def levels() -> str:
    """Districts, provinces, regions and the country × indicators × years."""
    steps = (_LEVEL.format(below=below, above=above) for below, above in zip(INNER, INNER[1:], strict=False))
    return LEVELS.format(levels="".join(steps))


def districts(province: int) -> str:
    """The districts of a province, named by its number."""
    return DISTRICTS.format(province=province)

"""The product against the layout: the same questions in turn, building, bringing up to date, room on disk."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from math import isclose
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import homes, world
from benchmarks.asked import Asker, compacted
from benchmarks.layout import build
from benchmarks.layout.shapes import Answer, Shape, shapes
from benchmarks.measure import in_turn, ratio, summary
from benchmarks.results import keep

ROUNDS = 15
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)


def run(place: Path, sizes: list[str], quick: bool) -> None:
    """Build the layout on a PostgreSQL of its own, then ask both."""
    for size in sizes:
        home, integers = homes.loaded(place, size), homes.integers(place, size)
        months = world.SIZES[size]
        with build.server() as url:
            keep("layout", size, homes.inside(
                home, "benchmarks.layout.versus:measure", url=url, integers=str(integers), months=months,
                rounds=3 if quick else ROUNDS,
            ))  # fmt: skip


def measure(url: str, integers: str, months: int, rounds: int) -> dict[str, Any]:
    """Runs inside the home."""
    compacted()
    asker = Asker(months)
    with psycopg.connect(url, autocommit=True) as con:
        filled = build.fill(con, Path(integers), months)
        built = build.build(con, months)
        rows = con.execute("SELECT count(*) FROM analytics").fetchone()
        sizes = build.sizes(con)
        found = {shape.name: _asked(shape, asker, con, rounds) for shape in shapes(months)}
        changed, entered = build.change(con)
        update = build.update(con, months)
    return {
        "rows": rows[0] if rows else 0, "questions": found, "ours": _ours(asker),
        "theirs": {"fill": filled, "build": built, "sizes": sizes, "changed": changed,
                   "enter": entered, "update": update},
    }  # fmt: skip


def _asked(shape: Shape, asker: Asker, con: psycopg.Connection, rounds: int) -> dict[str, Any]:
    """Both answers compared, then both timed in turn."""
    ours, theirs = shape.ours(asker), shape.theirs(con)
    _same(shape, {(r.indicator.code, r.unit.code, r.period.text): r.value for r in ours().rows}, theirs())
    runs = in_turn({"ours": ours, "theirs": theirs}, rounds)
    return {
        "about": shape.about, "rows": len(ours().rows),
        "ours": summary(runs["ours"]), "theirs": summary(runs["theirs"]),
        "times faster": ratio(runs["theirs"], runs["ours"]),
    }  # fmt: skip


def _same(shape: Shape, ours: dict[Any, Any], theirs: Answer) -> None:
    known = {key: float(value) for key, value in ours.items() if value is not None}
    if known.keys() != theirs.keys():
        raise AssertionError(f"{shape.name}: {len(known)} figures here, {len(theirs)} there")
    bad = [key for key, value in known.items() if not isclose(value, theirs[key], rel_tol=1e-12)]
    if bad:
        raise AssertionError(f"{shape.name}: {bad[0]} is {known[bad[0]]} here, {theirs[bad[0]]} there")


def _ours(asker: Asker) -> dict[str, Any]:
    """Seconds to make all files anew from the revisions, and those touched by one report in a hundred; bytes."""
    from django.conf import settings
    from django.db.models import Sum

    from giaoban.rollups.actions import compact, note_bulk, rebuild
    from giaoban.rollups.actions.noting import Noted
    from giaoban.rollups.models import Bucket, Generation, Pending

    began = time.perf_counter()
    rebuild(agreement=asker.agreement, at=AT)
    built = time.perf_counter() - began
    reports = _every_hundredth(asker)
    note_bulk([Noted(*row) for row in reports])
    began = time.perf_counter()
    for bucket in Bucket.objects.filter(pk__in=Pending.objects.values("bucket")):
        compact(bucket=bucket.pk, at=AT)
    updated = time.perf_counter() - began
    used = Generation.objects.filter(replaced_at=None).aggregate(Sum("size"))["size__sum"]
    database = Path(settings.DATABASES["default"]["NAME"]).stat().st_size
    return {
        "build": built, "changed": len(reports), "update": updated, "columnar": used, "database": database,
    }  # fmt: skip


def _every_hundredth(asker: Asker) -> list[tuple[int, int, str]]:
    from giaoban.reports.models import Report

    rows = (
        Report.objects.filter(agreement=asker.agreement).order_by("pk").values_list("pk", "regime", "period")
    )
    return list(rows)[::100]

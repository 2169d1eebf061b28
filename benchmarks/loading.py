"""Load: the product's command against the least that any loader must do, in turn."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import dpc, homes
from benchmarks.measure import Taken, ratio, summary
from benchmarks.results import keep

ROUNDS = {"dpc": 5, "1M": 3, "6M": 3, "10M": 1, "57M": 1}


def run(place: Path, sizes: list[str], quick: bool) -> None:
    """Load each folder into an empty home, then once more; and read and store the same rows plainly."""
    for size in ["dpc", *sizes]:
        path, origin = dpc.folder(place) if size == "dpc" else (homes.folder(place, size), "generated")
        keep("load", size, _measured(place / size, path, 1 if quick else ROUNDS[size]) | {"origin": origin})


def _measured(place: Path, folder: Path, rounds: int) -> dict[str, Any]:
    ran, again, bare, rows, figures = [], [], [], 0, 0
    place.mkdir(parents=True, exist_ok=True)
    for number in range(rounds):
        print(f"  load {place.name}, round {number + 1} of {rounds}", file=sys.stderr)
        home = place / "home"
        shutil.rmtree(home, ignore_errors=True)
        ran.append(homes.giaoban(home, "load", str(folder)))
        again.append(homes.giaoban(home, "load", str(folder)))
        taken, rows, figures = _bare(folder, place / "bare.sqlite3")
        bare.append(taken)
    (home / "loaded").touch()
    net = [_net(one) for one in ran]
    written = [Taken(one.seconds - _at(one, "Writing"), 0) for one in ran]
    return {
        "reports": rows, "figures": figures, "net": summary(net), "start_up": ran[0].start_up,
        "reports_per_second": rows / summary(net)["median"], "figures_per_second": figures / summary(net)["median"],
        "writing": summary(written), "peak_mb": max(one.peak_mb for one in ran),
        "again": summary([_net(one) for one in again]), "bare": summary(bare),
        "to_bare": ratio(net, bare),
        "home_mb": homes.size_on_disk(home) / 1e6,
    }  # fmt: skip


def _net(ran: homes.Ran) -> Taken:
    """After start-up."""
    return Taken(ran.seconds - ran.start_up, ran.cpu)


def _at(ran: homes.Ran, step: str) -> float:
    """When a step of the progress began."""
    return next((at for at, line in ran.lines if line.startswith(step)), ran.seconds)


def _bare(folder: Path, target: Path) -> tuple[Taken, int, int]:
    """The limit: unpack, split, one JSON row for each report in SQLite, synced. Nothing is checked."""
    target.unlink(missing_ok=True)
    began, used = time.perf_counter(), time.process_time()
    store = sqlite3.connect(target)
    store.execute("PRAGMA journal_mode=WAL")
    store.execute("PRAGMA synchronous=FULL")
    store.execute("CREATE TABLE revision (id INTEGER PRIMARY KEY, unit TEXT, period TEXT, document TEXT)")
    rows = figures = 0
    for path in sorted(folder.glob("reports/*")):
        for unit, period, document in _documents(path):
            store.execute("INSERT INTO revision VALUES (NULL, ?, ?, ?)", (unit, period, json.dumps(document)))
            rows += 1
            figures += len(document)
    store.commit()
    store.close()
    taken = Taken(time.perf_counter() - began, time.process_time() - used)
    target.unlink()
    return taken, rows, figures


def _documents(path: Path):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        for row in rows:
            cells = dict(zip(header, row, strict=True))
            unit, period = cells.pop("unit"), cells.pop("period")
            cells.pop("submitted_at", None)
            yield unit, period, {code: text for code, text in cells.items() if text}

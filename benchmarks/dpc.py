"""The shape of a real year of daily reports: few figures, notes in words, many reports.

The folder of the shared data where it is there, else one generated in its shape: 21 regions with
15 figures and notes, 128 residual units and provinces with one figure, 312 and 343 days.
"""

from __future__ import annotations

import csv
import gzip
import os
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from benchmarks.homes import ROOT

FIRST, DAYS = date(2020, 2, 24), 312
REGIONS, PROVINCES, FIGURES = 21, 141, 15

TOML = """format = 1

[agreement]
code = "daily-shape"
title = { vi = "Báo cáo hằng ngày mẫu", en = "Sample of daily reports" }
lead = "IT"
parties = "level:1"
starts_on = 2020-02-24
ends_on = 2020-12-31

[[form]]
code = "daily"
title = { vi = "Báo cáo ngày", en = "Daily report" }
indicators = [FIGURES]
narratives = [{ code = "note", title = { vi = "Ghi chú", en = "Notes" } }]

[[form]]
code = "province"
title = { vi = "Báo cáo tỉnh", en = "Province report" }
indicators = ["f01"]

[[regime]]
code = "daily"
form = "daily"
period = "day"
reporters = "level:1"
due = "+0d 18:00"
timezone = "Europe/Rome"

[[regime]]
code = "province"
form = "province"
period = "day"
reporters = "level:2"
due = "+0d 18:00"
timezone = "Europe/Rome"
reconciles = "daily"

[[reports]]
regime = "daily"
file = "reports/daily.csv.gz"

[[reports]]
regime = "province"
file = "reports/province.csv.gz"
"""


def folder(place: Path) -> tuple[Path, str]:
    """The programme folder, and where its figures come from: `shared` or `generated`."""
    shared = Path(os.environ.get("GIAOBAN_SHARED", ROOT.parent / "shared")) / "data/dpc/programme"
    if shared.is_dir():
        return shared, "shared"
    made = place / "dpc" / "folder"
    if not (made / "programme.toml").exists():
        _write(made)
    return made, "generated"


def _write(path: Path) -> None:
    (path / "reports").mkdir(parents=True, exist_ok=True)
    figures = [f"f{number:02}" for number in range(1, FIGURES + 1)]
    kinds = [("stock", "last") if number % 3 else ("flow", "sum") for number in range(FIGURES)]
    _csv(path / "units.csv", ("code", "name", "parent", "level", "valid_from", "valid_to"), _units())
    _csv(
        path / "indicators.csv",
        ("code", "name_vi", "name_en", "kind", "over_units", "over_periods", "decimals"),
        [(c, c, c, kind, "sum", over, 0) for c, (kind, over) in zip(figures, kinds, strict=True)],
    )
    _csv(path / "reports/daily.csv.gz", ("period", "unit", "submitted_at", *figures, "note"), _daily())
    _csv(path / "reports/province.csv.gz", ("period", "unit", "f01"), _provinces())
    listed = ", ".join(f'"{code}"' for code in figures)
    (path / "programme.toml").write_text(TOML.replace("FIGURES", listed), encoding="utf-8")


def _units() -> Iterator[Sequence[object]]:
    yield "IT", "Nước mẫu", "", 0, FIRST, ""
    for region in range(REGIONS):
        yield f"R{region:02}", f"Vùng mẫu {region}", "IT", 1, FIRST, ""
    for province in range(PROVINCES):
        yield f"P{province:03}", f"Tỉnh mẫu {province}", f"R{province % REGIONS:02}", 2, FIRST, ""


def _daily() -> Iterator[Sequence[object]]:
    draw = random.Random(1)
    for day in _days():
        for region in range(REGIONS):
            note = "Số liệu đã được rà soát, có điều chỉnh." if draw.random() < 0.1 else ""
            yield day, f"R{region:02}", f"{day}T18:00:00", *draw.choices(range(9_999), k=FIGURES), note


def _provinces() -> Iterator[Sequence[object]]:
    draw = random.Random(2)
    for day in _days():
        for province in range(PROVINCES):
            yield day, f"P{province:03}", draw.randrange(9_999)


def _days() -> Iterator[str]:
    return ((FIRST + timedelta(days=number)).isoformat() for number in range(DAYS))


def _csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)

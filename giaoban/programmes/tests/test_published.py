"""The year that an office published: what is loaded of it, and its own later corrections replayed."""

import csv
import gzip
import shutil
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import pytest

from giaoban.core import audit
from giaoban.core.actors import System
from giaoban.programmes.actions import load
from giaoban.reports.actions import correct
from giaoban.reports.models import Report, Revision

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(23, 33)]

#: in the code of a note, such as nd-IT-0001
IS_NOTE = "-IT-"
AT = datetime(2021, 1, 10, tzinfo=UTC)


def rows(path: Path) -> list[dict[str, str]]:
    opened = gzip.open(path, "rt", newline="") if path.suffix == ".gz" else path.open(newline="")
    with opened as file:
        return list(csv.DictReader(file))


def test_every_report_of_the_year_is_loaded(shared_data):
    done = load(path=shared_data / "dpc/programme", by=System("load"), at=AT)
    assert (done.rows, done.changed) == (50_478, 50_478)
    assert Report.objects.filter(regime__code="daily", state="accepted", on_time=True).count() == 6_552
    assert Report.objects.filter(regime__code="province", state="accepted", on_time=None).count() == 43_926
    broken = Revision.objects.get(report__period="2020-10-29", report__unit__code="R13")
    assert broken.document["narratives"]["note"].endswith("in quanto duplicato,,,")
    assert list(audit.faults()) == []
    assert load(path=shared_data / "dpc/programme", by=System("load"), at=AT).audited == 0


def first_versions(source: Path) -> tuple[list[dict[str, str]], list[str]]:
    """Every report with the first version of each cell, and the codes of its figures.

    A figure that was not published with the report itself (its column came later) has its first version in
    the change that replaced it, or never changed.
    """
    found = rows(source / "extra/reports_first_published.csv.gz")
    codes = [name for name in found[0] if name not in ("day", "unit", "published_at", "commit")]
    final = {(row["period"], row["unit"]): row for row in rows(source / "programme/reports/daily.csv.gz")}
    replaced: dict[tuple[str, str, str], str] = {}
    for change in rows(source / "extra/revisions.csv.gz"):
        replaced.setdefault((change["day"], change["unit"], change["field"]), change["old"])
    later = [(row, code) for row in found for code in codes if not row[code]]
    for row, code in later:
        first = replaced.get((row["day"], row["unit"], code), final[row["day"], row["unit"]][code])
        row[code] = "" if IS_NOTE in first else first
    assert sum(bool(row[code]) for row, code in later) == 1_092
    return found, codes


def write_first(source: Path, path: Path, found: list[dict[str, str]], codes: list[str]) -> None:
    """The programme with these reports instead of the final ones."""
    shutil.copytree(source / "programme", path)
    text = (path / "programme.toml").read_text()
    (path / "programme.toml").write_text(text[: text.rindex("[[reports]]")])
    with gzip.open(path / "reports/daily.csv.gz", "wt", newline="") as file:
        written = csv.writer(file, lineterminator="\n")
        written.writerow(["period", "unit", *codes])
        written.writerows([row["day"], row["unit"], *(row[code] for code in codes)] for row in found)


def test_replaying_the_corrections_gives_the_final_file(shared_data, tmp_path):
    """Statement 6 of the data's README, through the product's own move."""
    source = shared_data / "dpc"
    found, codes = first_versions(source)
    write_first(source, tmp_path / "first", found, codes)
    load(path=tmp_path / "first", by=System("load"), at=AT)
    reports = {(r.period, r.unit.code): r for r in Report.objects.select_related("unit", "accepted")}
    changes = rows(source / "extra/revisions.csv.gz")
    assert (len(reports), len(changes)) == (6_552, 1_103)
    # the nation's own figures are rolled up, not reported; two cells held the code of a note, which is no figure
    ours = [c for c in changes if c["unit"] != "IT" and IS_NOTE not in c["old"]]
    assert len(ours) == 994
    for (commit, day, unit), cells in groupby(ours, key=lambda c: (c["commit"], c["day"], c["unit"])):
        before = reports[day, unit]
        after = dict(before.accepted.document)
        for cell in cells:
            part = "values" if cell["field"] in codes else "narratives"
            said = after.get(part, {})
            assert part == "narratives" or str(said.get(cell["field"], "")) == cell["old"]
            after[part] = {**said, cell["field"]: cell["new"]}
        reports[day, unit] = correct(report=before, document=after, reason=commit, by=System("replay"), at=AT)
    final = {(row["period"], row["unit"]): row for row in rows(source / "programme/reports/daily.csv.gz")}
    differ = [
        (key, code)
        for key, report in reports.items()
        for code in codes
        if str(report.accepted.document.get("values", {}).get(code, "")) != final[key][code]
    ]
    assert differ == []
    noted = {(c["day"], c["unit"]) for c in ours if c["field"] == "note"}
    said = {key: reports[key].accepted.document["narratives"]["note"] for key in noted}
    assert said == {key: final[key]["note"].strip() for key in noted}
    assert list(audit.faults()) == []

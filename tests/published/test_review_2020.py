"""The year's review of a programme that nobody on the project made: built, traced, issued, proved.

Italian regions and autonomous provinces, 2020 (pcm-dpc/COVID-19, CC-BY-4.0); see the data's README.
"""

from __future__ import annotations

import csv
import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation

from giaoban.agreements.models import Agreement
from giaoban.core.actors import System
from giaoban.lib.paper.compare import Outcome
from giaoban.programmes.actions import load
from giaoban.reports import actions as on_reports
from giaoban.reports.models import Report
from giaoban.reviews import exports
from giaoban.reviews.actions.building import build
from giaoban.reviews.actions.issuing import issue
from giaoban.reviews.models import Figure, Review
from giaoban.reviews.queries.verifying import check, verify_file
from giaoban.units.models import Unit

BY = System("test")
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
REGIONS, REPORTS = 21, 6552


@pytest.fixture
def review(shared_data: Path, tmp_path: Path, db: None) -> Review:
    with translation.override("en"):
        load(path=shared_data / "dpc" / "programme", by=BY, at=NOW, scratch=tmp_path)
        agreement = Agreement.objects.get(code="dpc-2020")
        draft = build(agreement=agreement, period="2020", language="vi", by=BY, at=NOW)
        assert build(agreement=agreement, period="2020", language="vi", by=BY, at=NOW) == draft
        return issue(review=draft, by=BY, at=NOW, confirmed=True)


def figure(review: Review, indicator: str, unit: str = "IT") -> Figure:
    asked = {"indicator": indicator, "unit": Unit.objects.get(code=unit).pk, "period": "2020"}
    return review.figures.get(kind="rollup", query=asked)


@pytest.mark.requirement(33, 34, 35, 39)
def test_the_review_of_2020_is_built_traced_issued_and_proved(
    review: Review, shared_data: Path, tmp_path: Path
) -> None:
    _figures_are_the_published_ones(review, shared_data)
    _figures_are_traced_to_the_regions(review)
    made = exports.files(review, tmp_path / "out", ["docx", "html", "sources"])
    for name in ("docx", "html"):
        lines, ok = verify_file(made[name])
        count = len(review.manifest["figures"])
        assert ok and count > 200
        assert lines[-1] == f"{count} figures, {count} match"
    with gzip.open(made["sources"], "rt") as file:
        rows = list(csv.DictReader(file))
    flow = figure(review, "nuovi_positivi").sources
    assert sum(row["digest"] == flow.digest for row in rows) == REPORTS
    _a_correction_is_named(review, made["docx"])


def _figures_are_the_published_ones(review: Review, shared_data: Path) -> None:
    with (shared_data / "dpc" / "expected" / "periods.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["period"] == "2020"]
    assert rows
    for row in rows:
        assert figure(review, row["indicator"]).value == row["official"], row
    assert figure(review, "totale_casi").shown("vi") == "2.107.166"


def _figures_are_traced_to_the_regions(review: Review) -> None:
    stock, flow = figure(review, "totale_positivi").sources, figure(review, "nuovi_positivi").sources
    assert (stock.reports, len(stock.units)) == (REGIONS, REGIONS)
    assert (flow.reports, len(flow.units)) == (REPORTS, REGIONS)
    assert {line["reports"] for line in flow.units} == {REPORTS // REGIONS}
    assert len(flow.pairs) == REPORTS


def _a_correction_is_named(review: Review, path: Path) -> None:
    report = Report.objects.get(regime__code="daily", unit__code="R03", period="2020-03-01")
    values = report.accepted.document["values"]
    document = {
        **report.accepted.document,
        "values": {**values, "nuovi_positivi": values["nuovi_positivi"] + 1},
    }
    on_reports.correct(report=report, document=document, reason="recounted", by=BY, at=NOW)
    wrong = {v.figure: v for v in check(path).comparison.verdicts if v.outcome is not Outcome.MATCH}
    assert set(wrong) == {figure(review, "nuovi_positivi", unit).tag for unit in ("IT", "R03")}
    assert {v.outcome for v in wrong.values()} == {Outcome.CORRECTED}
    assert all("Lombardia" in c.what and c.who == "system:test" for v in wrong.values() for c in v.changes)

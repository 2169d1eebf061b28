"""Figures against those that an office published: 21 regions, 312 days (data/README.md, statements 1 to 5)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from giaoban.agreements.models import Agreement
from giaoban.core.actors import System
from giaoban.lib import periods
from giaoban.reportforms import stamps
from giaoban.reports.models import Report
from giaoban.rollups import queries
from giaoban.rollups.actions import rebuild
from giaoban.units.models import Unit

pytestmark = [pytest.mark.requirement(30, 33), pytest.mark.django_db]

FIGURES = (
    "ricoverati_con_sintomi,terapia_intensiva,totale_ospedalizzati,isolamento_domiciliare,totale_positivi,"
    "variazione_totale_positivi,nuovi_positivi,dimessi_guariti,deceduti,casi_da_sospetto_diagnostico,"
    "casi_da_screening,totale_casi,tamponi,casi_testati,ingressi_terapia_intensiva"
)


@pytest.fixture(scope="module", params=["revisions", "files"])
def published(request, django_db_setup, django_db_blocker, shared_data, tmp_path_factory) -> Iterator[Path]:
    """The programme loaded once, asked without files and with them."""
    load = pytest.importorskip("giaoban.programmes.actions").load
    folder = shared_data / "dpc"
    facts = tmp_path_factory.mktemp("facts")
    with django_db_blocker.unblock(), transaction.atomic():
        at = datetime(2021, 1, 10, tzinfo=UTC)
        load(path=folder / "programme", by=System("load"), at=at)
        if request.param == "files":
            with override_settings(FACTS_ROOT=facts):
                stamps.forget()
                assert rebuild(agreement=Agreement.objects.get(), at=at) == 22
        yield folder, facts
        transaction.set_rollback(True)


@pytest.fixture
def dpc(published, settings) -> Path:
    folder, facts = published
    settings.FACTS_ROOT = facts
    stamps.forget()
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as content:
        return list(csv.DictReader(content))


def answer(indicators: str, unit: str, asked: list[str], **more):
    agreement = Agreement.objects.get()
    wanted = [periods.parse(period) for period in asked]
    places = queries.units_asked(unit, None, wanted)
    return queries.ask(agreement, queries.indicators_of(agreement, indicators), places, wanted, **more)


def shown(answer) -> dict[tuple[str, str], str]:
    return {(r.indicator.code, r.period.text): "" if r.shown is None else f"{r.shown:f}" for r in answer.rows}


def test_the_sum_of_the_regions_is_the_national_file_but_for_its_one_error(dpc: Path) -> None:
    national = rows(dpc / "expected" / "national.csv")
    found = shown(answer(FIGURES, "IT", [day["day"] for day in national]))
    differ = {
        (day["day"], code): (found[code, day["day"]], day[code])
        for day in national
        for code in FIGURES.split(",")
        if found[code, day["day"]] != day[code]
    }
    assert differ == {("2020-02-25", "totale_ospedalizzati"): ("149", "150")}
    assert sum(bool(value) for value in found.values()) == 4042


def test_every_period_equals_the_official_figure(dpc: Path) -> None:
    expected = rows(dpc / "expected" / "periods.csv")
    found = shown(answer(FIGURES, "IT", sorted({row["period"] for row in expected})))
    assert len(expected) == 829
    assert {(r["indicator"], r["period"]): r["official"] for r in expected if
            found[r["indicator"], r["period"]] != r["official"]} == {}  # fmt: skip


def test_the_last_day_of_the_year(dpc: Path) -> None:
    day = shown(answer("totale_casi,totale_positivi,deceduti,tamponi", "IT", ["2020-12-31"]))
    assert [day[code, "2020-12-31"] for code in ("totale_casi", "totale_positivi", "deceduti", "tamponi")] == [
        "2107166", "569896", "74159", "26598607",
    ]  # fmt: skip
    year = answer("nuovi_positivi", "IT", ["2020"]).rows[0]
    assert year.shown == 2110653
    assert (year.accepted, year.due, year.on_time, year.regime.code) == (6552, 6552, 6552, "daily")


def test_provinces_add_up_to_their_region_but_for_eight_days(dpc: Path) -> None:
    agreement = Agreement.objects.get()
    province = agreement.regimes.get(code="province")
    days = [row["day"] for row in rows(dpc / "expected" / "national.csv")]
    asked = [periods.parse(day) for day in days]
    regions = queries.units_asked(None, 2, asked)
    total = queries.indicators_of(agreement, "totale_casi")
    own = queries.ask(agreement, total, regions, asked)
    below = queries.ask(agreement, total, regions, asked, regime=province)
    assert len(own.rows) == 6552
    differ = {
        (one.period.text, one.unit.code)
        for one, other in zip(own.rows, below.rows, strict=True)
        if one.value != other.value
    }
    listed = rows(dpc / "expected" / "exceptions_province_vs_region.csv")
    assert differ == {(row["day"], row["unit"]) for row in listed}
    assert len(differ) == 8


def test_a_province_is_answered_by_the_regime_that_reconciles(dpc: Path) -> None:
    found = answer("totale_casi", "P001,R01,ITC", ["2020-12-31"])
    assert [(r.unit.code, r.regime.code, r.accepted, r.due) for r in found.rows] == [
        ("P001", "province", 1, 1), ("R01", "daily", 1, 1), ("ITC", "daily", 4, 4),
    ]  # fmt: skip
    assert found.rows[0].on_time is None


def test_the_day_change_of_cases_differs_on_141_days_mostly_with_a_note(dpc: Path) -> None:
    days = [row["day"] for row in rows(dpc / "expected" / "national.csv")]
    asked = [periods.parse(day) for day in days]
    agreement = Agreement.objects.get()
    both = queries.indicators_of(agreement, "totale_casi,nuovi_positivi")
    regions = queries.units_asked(None, 2, asked)
    found = {
        (r.indicator.code, r.unit.pk, r.period): r.value
        for r in queries.ask(agreement, both, regions, asked).rows
    }
    differ = []
    for before, day in zip(asked, asked[1:], strict=False):
        for unit in regions[day]:
            grown = found["totale_casi", unit.pk, day] - found["totale_casi", unit.pk, before]
            if grown != found["nuovi_positivi", unit.pk, day]:
                differ.append((unit.pk, day.text))
    noted = set(
        Report.objects.filter(regime__code="daily", accepted__document__has_key="narratives").values_list(
            "unit", "period"
        )
    )
    assert (len(differ), len(set(differ) & noted)) == (141, 129)


def test_a_stock_has_21_sources_and_a_flow_6552(dpc: Path) -> None:
    agreement = Agreement.objects.get()
    italy, year = Unit.objects.get(code="IT"), periods.parse("2020")
    stock, flow = queries.indicators_of(agreement, "totale_positivi,nuovi_positivi")
    last = queries.sources(agreement, stock, italy, year)
    assert (last.count, {source.period.text for source in last.all}) == (21, {"2020-12-31"})
    every = queries.sources(agreement, flow, italy, year)
    assert (every.count, len(every.units), {count for _, count in every.units}) == (6552, 21, {312})
    assert [source.period.text for source in every.page(6550, 10)] == ["2020-12-31", "2020-12-31"]
    sets = queries.source_sets(agreement, [stock, flow], [italy], [year])
    assert sets[stock.pk, italy.pk, "2020", None] == last.pairs
    assert sets[flow.pk, italy.pk, "2020", None] == every.pairs

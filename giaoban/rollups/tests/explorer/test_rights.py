"""Everybody reads figures within his reach; beyond it there is nothing, whatever the address says."""

import pytest
from django.test import Client
from django.urls import reverse

from giaoban.core.actors import System
from giaoban.reports.tests.world import instant
from giaoban.rollups.tests.explorer.story import HERE, Story
from giaoban.rollups.tests.explorer.test_pages import figures, text
from giaoban.units.actions import move_unit
from giaoban.units.models import Unit

VIEWS = ("explore", "chart", "units", "latest", "trace")
#: What belongs to An Giang, the neighbour of Cần Thơ, and to nobody else.
THEIRS = ("An Giang", "Long Xuyên", ">30<", ">40<")
ASKED = {"indicator": "visits", "period": "2020-01", "find": "an giang"}


def queries(unit: str) -> list[dict[str, str]]:
    """Every way in which an address may name a unit."""
    return [
        {"unit": unit}, {"unit": f"{unit}@2020-06-01"}, {"unit": f"92,{unit}"}, {"unit": unit, "level": "below"},
        {"unit": unit, "level": "3"}, {"unit": unit, "basis": "asof:2020-06-01"},
        {"unit": unit, "basis": "restated:2020-06-01"}, {"unit": unit, "regime": "monthly"},
        {"unit": unit, "over_units": "none"}, {"unit": unit, "columns": "indicator", "compare": "before,target"},
        {"unit": unit, "sort": "-2020-01"}, {"unit": unit, "tab": "reports"}, {"unit": unit, "tab": "missing"},
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["lan", "quan", "dung"])
@pytest.mark.parametrize("unit", ["VUNG", "89", "883", "HN"])
def test_no_parameter_reaches_another_unit(story: Story, name: str, unit: str) -> None:
    for query in queries(unit):
        for view in VIEWS:
            answer = story.get(name, view, **{**ASKED, **query})
            assert answer.status_code in (200, 400, 404)
            assert not any(word in answer.content.decode() for word in THEIRS), (view, query)
        assert story.get(name, "trace", **{**ASKED, **query}).status_code == 404
        assert story.get(name, "chart", **{**ASKED, **query}).status_code == 400
        for kind in ("csv", "json", "xlsx"):
            assert story.get(name, **{**ASKED, **query}, download=kind).status_code == 400


@pytest.mark.parametrize("name", ["lan", "quan"])
def test_a_level_shows_only_what_is_within_reach(story: Story, name: str) -> None:
    assert "Cần Thơ 12" in figures(story.get(name, **ASKED, level="2"))
    answer = story.get(name, indicator="visits", period="2020-01", level="3")
    assert "Ninh Kiều" in text(answer)
    assert "Long Xuyên" not in text(answer)
    assert story.get(name, indicator="visits", period="2020-01", level="1").status_code == 200
    assert "Văn phòng vùng" not in figures(story.get(name, indicator="visits", period="2020-01", level="2"))


def test_who_reads_all_reads_the_trees_of_his_agreement(story: Story) -> None:
    for name in ("kim", "chi", "hoa"):
        assert "An Giang 30" in figures(story.get(name, indicator="visits", unit="89", period="2020-01"))
    for name, status in (("kim", 404), ("chi", 404), ("hoa", 404), ("oanh", 200)):
        assert story.get(name, "trace", indicator="visits", unit="HN", period="2020-01").status_code == status
    assert "Văn phòng khác" not in story.get("kim", "units", find="khac").content.decode()
    assert "Văn phòng khác" in story.get("oanh", "units", find="khac").content.decode()


def test_another_agreement_and_nobody_find_nothing(story: Story) -> None:
    for view in VIEWS:
        query = {"indicator": "visits", "unit": "VUNG", "period": "2020-01"}
        assert story.get("nga", view, **query).status_code == 404, view
        address = reverse(f"rollups:{view}", args=[HERE])
        assert Client().get(address, query).status_code == 302, view
        assert story.client("nga").get(reverse(f"rollups:{view}", args=["nowhere"]), query).status_code == 404
    elsewhere = story.client("nga").get(
        reverse("rollups:explore", args=["khac"]), {"unit": "VUNG", "indicator": "visits"}
    )
    assert not any(word in elsewhere.content.decode() for word in THEIRS)


def test_sources_out_of_reach_are_counted_not_shown(story: Story) -> None:
    """An Giang comes under Cần Thơ in June: on the tree of June its figures count there, but were not Lan's to see."""
    ct, ag = (Unit.objects.get(code=code) for code in ("92", "89"))
    move_unit(unit=ag, parent=ct, on=instant(1, 6).date(), by=System("test"), at=instant())
    query = {"indicator": "visits", "unit": "92", "period": "2020-01", "basis": "asof:2020-06-30"}
    answer = story.get("quan", "trace", **query)
    assert "42" in text(answer)
    assert "Còn 1 đơn vị ngoài phạm vi của bạn." in text(answer)
    assert "An Giang" not in text(answer)
    assert "An Giang" not in text(story.get("quan", "trace", **query, tab="reports"))
    below = story.get("quan", **query, level="below")
    assert "An Giang" not in text(below)
    assert "An Giang" in text(story.get("kim", "trace", **query))


def test_a_reporter_of_a_district_reads_its_own_figures(story: Story) -> None:
    answer = story.get("dung", indicator="visits", period="2020-01")
    assert "Ninh Kiều" in figures(answer)
    assert "Cần Thơ" not in text(answer)


def test_reports_of_units_below_are_named_but_open_only_to_who_may_read_them(story: Story) -> None:
    mine = story.get(
        "lan", "trace", indicator="visits", unit="92", period="2020-01", tab="reports"
    ).content.decode()
    assert "/reports/" in mine[mine.index("<main") :]
    report = story.get(
        "kim", "trace", indicator="visits", unit="VUNG", period="2020-01", tab="reports"
    ).content.decode()
    assert report.count("/revisions/1/") == 2

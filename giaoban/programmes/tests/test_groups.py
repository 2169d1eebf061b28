"""A group of units on the command line: its members of each instant, everyone counted once."""

from __future__ import annotations

import pytest

from giaoban.programmes.rolling import rolled_up, traced
from giaoban.rollups.tests.explorer.story import HERE, Story, build
from giaoban.rollups.tests.explorer.test_groups import group
from giaoban.units.models import Group

__all__ = ["group"]


@pytest.fixture
def story(db: None) -> Story:
    return build()


@pytest.mark.requirement(30)
def test_its_total_is_its_members_of_each_instant_once(story: Story, group: Group) -> None:
    found = rolled_up(
        agreement=HERE, indicators="visits,stock", units="group:song-hau,VUNG", level=None,
        periods="2020-01,2020-03,2020-Q1", by=None, basis="reported", regime=None, over_units=None,
        over_periods=None,
    )  # fmt: skip
    said = [(r["indicator"], r["unit"], r["period"], r["value"], r["accepted"], r["due"]) for r in found]
    assert said[:4] == [
        ("visits", "group:song-hau", "2020-01", "12", 1, 1),
        ("visits", "VUNG", "2020-01", "42", 2, 2),
        ("visits", "group:song-hau", "2020-03", "55", 2, 2),
        ("visits", "VUNG", "2020-03", "55", 2, 2),
    ]
    assert said[4] == ("visits", "group:song-hau", "2020-Q1", "87", 4, 5)
    assert said[10] == ("stock", "group:song-hau", "2020-Q1", "10.5", 4, 5)


def test_as_of_a_day_it_is_its_members_of_that_day(story: Story, group: Group) -> None:
    for basis, value in {
        "asof:2020-01-15": "47",
        "asof:2020-03-01": "117",
        "restated:2020-03-01": "117",
    }.items():
        found = rolled_up(
            agreement=HERE, indicators="visits", units="group:song-hau", level=None, periods="2020-Q1", by=None,
            basis=basis, regime=None, over_units=None, over_periods=None,
        )  # fmt: skip
        assert [r["value"] for r in found] == [value], basis


def test_the_command_traces_it(story: Story, group: Group) -> None:
    asked = {"agreement": HERE, "indicator": "visits", "unit": "group:song-hau", "basis": "reported"}
    found = traced(**asked, period="2020-Q1", regime=None, start=0, size=10)
    assert found.count == 4
    assert [(row["unit"], row["reports"]) for row in found.units] == [("89", 1), ("92", 3)]

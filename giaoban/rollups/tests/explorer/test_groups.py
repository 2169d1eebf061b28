"""A group asked as a place, by who may read all of its members and by who may not."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.core.actors import System
from giaoban.reports.tests.world import instant
from giaoban.rollups.tests.explorer.story import Story
from giaoban.rollups.tests.explorer.test_pages import figures, text
from giaoban.units.actions import add_members, make_group
from giaoban.units.models import Group, Unit

BY = {"by": System("test"), "at": instant()}


@pytest.fixture
def group(story: Story) -> Group:
    """Cần Thơ and its own district all the time, An Giang from February on."""
    made = make_group(code="song-hau", names={"vi": "Dọc sông Hậu", "en": "Along the Hậu"}, **BY)
    add_members(group=made, units=Unit.objects.filter(code__in=("92", "916")), on=date(2020, 1, 1), **BY)
    add_members(group=made, units=[story.world.ag], on=date(2020, 2, 1), **BY)
    return made


ASKED = {"indicator": "visits", "period": "2020-01,2020-03", "unit": "group:song-hau"}


def test_the_explorer_shows_it_its_members_and_what_stands_behind(story: Story, group: Group) -> None:
    page = story.get("kim", **ASKED)
    assert "Dọc sông Hậu 12 báo cáo: 1/1 55 báo cáo: 2/2" in figures(page)
    below = figures(story.get("kim", **ASKED, level="below"))
    assert "Cần Thơ 12" in below and "An Giang" in below and "Dọc sông Hậu 12" in below
    assert "Dọc sông Hậu" in text(story.get("kim", "units", find="song hau"))
    behind = story.get("kim", "trace", indicator="visits", unit="group:song-hau", period="2020-03")
    assert "Cần Thơ" in text(behind) and "An Giang" in text(behind)
    missing = story.get("kim", "trace", tab="missing", **ASKED | {"period": "2020-02"})
    assert "An Giang" in text(missing)


@pytest.mark.parametrize("name", ["lan", "quan", "dung"])
def test_who_may_not_read_every_member_finds_no_group(story: Story, group: Group, name: str) -> None:
    for view in ("explore", "trace", "chart"):
        answer = story.get(name, view, **ASKED | {"period": "2020-03"})
        assert "Dọc sông Hậu" not in answer.content.decode() and ">55<" not in answer.content.decode()
        assert answer.status_code in (400, 404) or "Không có nhóm" in answer.content.decode()
    assert "Dọc" not in story.get(name, "units", find="song hau").content.decode()
    quarter = story.get(name, **ASKED | {"period": "2020-Q1"}).content.decode()
    assert ">87<" not in quarter


def test_who_reads_all_members_of_the_period_reads_the_group(story: Story, group: Group) -> None:
    assert "Dọc sông Hậu 12" in figures(story.get("lan", **ASKED | {"period": "2020-01"}))


def test_another_agreement_sees_none_of_it(story: Story, group: Group) -> None:
    assert story.get("nga", **ASKED).status_code == 404

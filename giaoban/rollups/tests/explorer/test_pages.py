"""The explorer in the browser: what it shows, how complete it is, where it leads."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from giaoban.core.actors import System
from giaoban.plans.models import Target
from giaoban.reportforms.actions import edit_indicator
from giaoban.reportforms.models import Indicator
from giaoban.reports.tests.world import instant
from giaoban.rollups import exports
from giaoban.rollups.tests.explorer.story import HERE, Story
from giaoban.units.actions import change_unit

ADDRESS = f"/a/{HERE}/explore/"


def text(answer) -> str:  # type: ignore[no-untyped-def]
    """The words of a page, tags taken out."""
    page = re.sub(r"<(script|style|select)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def figures(answer) -> str:  # type: ignore[no-untyped-def]
    """The words of the table of figures."""
    page = answer.content.decode()
    table = page[page.index('<div class="table-responsive figures"') : page.index("</table>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", table)).split())


@pytest.mark.requirement(30)
def test_a_figure_stands_with_its_completeness(story: Story) -> None:
    shown = figures(
        story.get("kim", indicator="visits", unit="VUNG", level="below", period="2020-01..2020-03")
    )
    assert "Tổng: Văn phòng vùng 42 báo cáo: 2/2 20 báo cáo: 1/2 thiếu 1 1 trễ hạn 55 báo cáo: 2/2" in shown
    assert "Cần Thơ 12 báo cáo: 1/1 20 báo cáo: 1/1 1 trễ hạn 15 báo cáo: 1/1" in shown
    assert "An Giang 30 báo cáo: 1/1 – không có số liệu báo cáo: 0/1 thiếu 1 40 báo cáo: 1/1" in shown


def test_periods_roll_up_by_the_rules_of_the_indicator(story: Story) -> None:
    shown = figures(
        story.get("kim", "explore", "en", indicator="visits,stock,per_stock", unit="VUNG", period="2020-Q1")
    )
    assert "Indicator visits (lượt) Văn phòng vùng 117" in shown
    assert "Indicator stock (lượt) Văn phòng vùng 10.5" in shown
    assert "Visits per stock (%) Văn phòng vùng 1,114.3" in shown


def test_numbers_stand_in_the_language_of_the_reader(story: Story) -> None:
    asked = {"indicator": "per_stock", "unit": "VUNG", "period": "2020-Q1"}
    assert "1.114,3" in figures(story.get("kim", **asked))
    assert "1,114.3" in figures(story.get("kim", "explore", "en", **asked))


def test_a_view_without_any_choice_is_a_useful_one(story: Story) -> None:
    answer = story.get("kim")
    assert "Tháng 1/2020" in text(answer)
    assert "Cần Thơ 12" in figures(answer)
    assert "An Giang 30" in figures(answer)
    mine = story.get("lan")
    assert "Ninh Kiều" in figures(mine)
    assert "An Giang" not in text(mine)


def test_nothing_to_explore_says_so(story: Story) -> None:
    Indicator.objects.all().delete()
    assert "Chưa có chỉ tiêu nào." in text(story.get("kim"))


def test_indicators_may_stand_across(story: Story) -> None:
    answer = story.get(
        "kim", indicator="visits,stock", unit="VUNG", level="2", period="2020-01,2020-03", columns="indicator"
    )
    shown = figures(answer)
    assert (
        shown.index("Tháng 1/2020") < shown.index("Cần Thơ 12 báo cáo: 1/1 3,5") < shown.index("Tháng 3/2020")
    )


def test_rows_are_sorted_by_any_column(story: Story) -> None:
    asked = {"indicator": "visits", "unit": "VUNG", "level": "below", "period": "2020-01..2020-03"}
    by_value = figures(story.get("kim", **asked, sort="-2020-01"))
    assert by_value.index("An Giang") < by_value.index("Cần Thơ")
    up = story.get("kim", **asked, sort="2020-02")
    assert figures(up).index("Cần Thơ") < figures(up).index("An Giang"), "no value stands last"
    assert 'aria-sort="ascending"' in up.content.decode()
    by_name = figures(story.get("kim", **asked, sort="-unit"))
    assert by_name.index("Cần Thơ") < by_name.index("An Giang")


@pytest.mark.requirement(32)
def test_figures_are_compared_with_before_and_with_the_target(story: Story) -> None:
    visits = Indicator.objects.get(code="visits", agreement=story.world.agreement)
    Target.objects.create(
        agreement=story.world.agreement, indicator=visits, unit=story.world.ct, period="2020-02", value=25
    )
    shown = figures(
        story.get("kim", indicator="visits", unit="92", period="2020-02", compare="year,before,target")
    )
    assert "20 báo cáo: 1/1 1 trễ hạn – không có số liệu 12 +8 · +66,7 % 25 −5 · đạt 80,0 %" in shown


def test_each_unit_leads_below_and_each_figure_to_its_sources(story: Story) -> None:
    page = story.get("kim", indicator="visits", unit="VUNG", level="below", period="2020-Q1").content.decode()
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', page)]
    below = next(link for link in links if "unit=92" in link and "level=below" in link)
    assert parse_qs(urlsplit(below).query) == {
        "indicator": ["visits"], "unit": ["92"], "level": ["below"], "period": ["2020-Q1"],
    }  # fmt: skip
    answer = story.client("kim").get(f"{ADDRESS}{below}")
    assert "Ninh Kiều" in figures(answer)
    assert (
        'href="?indicator=visits&amp;unit=VUNG&amp;level=below&amp;period=2020-Q1"' in answer.content.decode()
    )
    traces = [link for link in links if "/explore/trace/" in link]
    assert traces[0] == f"{ADDRESS}trace/?indicator=visits&unit=VUNG&period=2020-Q1"
    for link in traces:
        assert story.client("kim").get(link).status_code == 200


def test_the_form_becomes_a_short_address(story: Story) -> None:
    typed = {
        "form": "1", "indicator": ["visits", "stock"], "unit": ["92", "89"], "find": "", "level": "",
        "quick": "2020-Q1..2020-Q4", "period": "2020", "basis": "asof", "day": "2020-06-30", "by": "",
        "regime": "", "columns": "period", "over-units": "max", "over-periods": "",
    }  # fmt: skip
    answer = story.client("kim").get(ADDRESS, typed)
    wanted = "indicator=visits,stock&unit=92,89&period=2020-Q1..2020-Q4&basis=asof:2020-06-30&over-units=max"
    assert answer["location"] == f"{ADDRESS}?{wanted}"
    assert story.client("kim").get(answer["location"]).status_code == 200


def test_units_are_found_while_one_types_and_without_scripts_too(story: Story) -> None:
    found = story.get("kim", "units", find="can tho").content.decode()
    assert 'name="unit" value="92"' in found
    assert "An Giang" not in found
    assert 'value="92"' in story.get("kim", indicator="visits", find="cần").content.decode()
    assert "Không tìm thấy" in story.get("lan", "units", find="an giang").content.decode()
    assert "Ninh Kiều" in story.get("lan", "units", find="916").content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"indicator": "visit"}, "Chương trình không có chỉ tiêu visit. Có phải bạn muốn: visits?"),
        ({"indicator": "visits", "period": "2020-13"}, "Không có tháng 13"),
        ({"indicator": "visits", "period": "2020-01..2020-Q2"}, "phải cùng loại kỳ"),
        ({"indicator": "visits", "unit": "XX"}, "Không có đơn vị mang mã XX."),
        ({"indicator": "visits", "unit": "92@hôm qua"}, "ngày sau @"),
        ({"indicator": "visits", "basis": "asof"}, "không phải là cơ sở tính"),
        ({"indicator": "visits", "basis": "restated:2025-99-01"}, "không phải là cơ sở tính"),
        ({"indicator": "visits", "by": "gioi"}, "Không có chỉ tiêu nào được phân tổ theo gioi."),
        ({"indicator": "visits", "regime": "r"}, "Chương trình không có chế độ báo cáo r."),
        ({"indicator": "visits", "level": "cao"}, "Cấp là một con số"),
        ({"indicator": "visits", "over_units": "tổng"}, "tổng không thuộc các từ"),
        ({"indicator": "visits", "period": "9999", "unit": "VUNG"}, ""),
        ({"indicator": "visits", "page": "x", "sort": "x", "chart": "x", "columns": "x", "draw": "x"}, ""),
        ({"indicator": "visits", "compare": "x"}, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_a_sentence_at_its_field(
    story: Story, query: dict[str, str], sentence: str
) -> None:
    answer = story.get("kim", **query)
    assert answer.status_code == 200
    assert sentence in text(answer)
    if sentence:
        assert 'class="error-summary"' in answer.content.decode()
        assert story.get("kim", **query, download="csv").status_code == 400
        assert story.get("kim", "chart", **query).status_code == 400


@pytest.mark.parametrize("name", ["kim", "lan"])
def test_a_page_asks_as_much_however_long_it_is(story: Story, name: str, django_assert_num_queries) -> None:
    """Session, user, roles, agreement; stamps twice; newest report or targets; files, and what is not in them."""
    client, asked = (
        story.client(name),
        {"indicator": "visits,per_stock", "period": "2020-02", "compare": "target"},
    )
    client.get(ADDRESS, asked)
    with django_assert_num_queries(9):
        client.get(ADDRESS, asked)
    wide = asked | {
        "level": "3",
        "unit": "92",
        "indicator": "visits,stock,todate,per_stock",
        "period": "2020-01..2020-12",
    }
    with django_assert_num_queries(9):
        client.get(ADDRESS, wide)
    with django_assert_num_queries(9):
        client.get(ADDRESS)


def test_what_is_kept_in_memory_follows_every_change(story: Story) -> None:
    kim, world = story.client("kim"), story.world
    asked = {"indicator": "visits", "unit": "VUNG", "level": "below", "period": "2020-01"}
    assert "Chỉ tiêu visits" in text(kim.get(ADDRESS, asked))
    visits = Indicator.objects.get(code="visits", agreement=world.agreement)
    names = {"vi": "Số lượt khám", "en": "Visits"}
    edit_indicator(indicator=visits, by=world.by("kim", instant()), at=instant(), names=names)
    change_unit(unit=world.ct, on=date(2020, 1, 15), name="Cần Thơ mới", by=System("test"), at=instant())
    changed = figures(kim.get(ADDRESS, asked))
    assert "Số lượt khám" in changed
    assert "Cần Thơ mới 12" in changed


def test_many_rows_come_in_pages(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    from giaoban.rollups.explorer import table

    monkeypatch.setattr(table, "MOST_CELLS", 1)
    asked = {"indicator": "visits", "unit": "VUNG", "level": "below", "period": "2020-01"}
    first, second = story.get("kim", **asked), story.get("kim", **asked, page="2")
    assert "An Giang" in figures(first)
    assert "Cần Thơ" not in figures(first)
    assert "Cần Thơ 12" in figures(second)
    assert "Tổng: Văn phòng vùng 42" in figures(second)
    assert story.get("kim", **asked, download="csv").content.decode().count("\n") == 4
    best = story.get("kim", **asked, sort="2020-01")
    assert "Cần Thơ 12" in figures(best), "the whole column is sorted before it is cut into pages"
    assert "An Giang" not in figures(best)


def test_too_many_figures_are_refused_in_words(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"indicator": "visits", "unit": "VUNG", "level": "below", "period": "2020-01-01..2020-12-31"}
    assert story.get("kim", **asked).status_code == 200
    wide = story.get(
        "kim", **{**asked, "indicator": "visits,stock,todate,per_stock", "compare": "year,before"}
    )
    assert "That is 4392 figures" in text(wide) or "4392 số liệu" in text(wide)
    monkeypatch.setattr(exports, "MOST", 10)
    assert story.get("kim", **asked, download="csv").status_code == 409


def test_the_menu_leads_here(story: Story) -> None:
    assert reverse("rollups:explore", args=[HERE]) in story.client("lan").get("/").content.decode()

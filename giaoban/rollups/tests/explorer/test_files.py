"""The chart and the downloads: exactly the view, in the columns of the command."""

import csv
import io
import json

import pytest

from giaoban.lib.xlsx import read_table
from giaoban.reportforms.models import Breakdown, Indicator, Option
from giaoban.reportforms.stamps import forget
from giaoban.reports import actions
from giaoban.reports.tests.world import instant
from giaoban.rollups.tests.explorer.story import Story
from giaoban.rollups.tests.explorer.test_pages import figures

VIEW = {"indicator": "visits,stock", "unit": "VUNG", "level": "below", "period": "2020-02"}


def rows(answer) -> list[dict[str, str]]:  # type: ignore[no-untyped-def]
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_a_download_is_the_view_in_the_columns_of_the_command(story: Story) -> None:
    answer = story.get("kim", **VIEW, download="csv")
    assert answer["Content-Disposition"] == 'attachment; filename="phoi-hop-visits.csv"'
    assert answer.content.decode().splitlines() == [
        "indicator,unit,period,value,accepted,due,on_time,newest,basis,regime,note",
        "visits,VUNG,2020-02,20,1,2,0,2020-03-09T09:00:00+00:00,reported,monthly,",
        "visits,89,2020-02,,0,1,0,,reported,monthly,không có số liệu",
        "visits,92,2020-02,20,1,1,0,2020-03-09T09:00:00+00:00,reported,monthly,",
        "stock,VUNG,2020-02,4.0,1,2,0,2020-03-09T09:00:00+00:00,reported,monthly,",
        "stock,89,2020-02,,0,1,0,,reported,monthly,không có số liệu",
        "stock,92,2020-02,4.0,1,1,0,2020-03-09T09:00:00+00:00,reported,monthly,",
    ]


def test_json_and_xlsx_hold_the_same(story: Story) -> None:
    plain = rows(story.get("kim", **VIEW, download="csv"))
    found = json.loads(story.get("kim", **VIEW, download="json").content)
    assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in found] == plain
    table = list(read_table(story.get("kim", **VIEW, download="xlsx").content))
    assert table[0] == list(plain[0])
    assert table[4][:5] == ["stock", "VUNG", "2020-02", 4.0, 1]
    assert len(table) == 7


def test_a_download_holds_all_pages_and_what_was_compared(story: Story) -> None:
    found = rows(
        story.get(
            "kim", indicator="visits", unit="92", period="2020-01..2020-03", compare="before", download="csv"
        )
    )
    assert [(row["value"], row["before"]) for row in found] == [("12", ""), ("20", "12"), ("15", "20")]
    assert story.get("kim", **VIEW, download="pdf").status_code == 404


def test_a_breakdown_stands_below_its_total(story: Story) -> None:
    agreement = story.world.agreement
    breakdown = Breakdown.objects.create(agreement=agreement, code="gioi", names={"vi": "Giới", "en": "Sex"})
    for code, name in (("nu", "Nữ"), ("nam", "Nam")):
        Option.objects.create(breakdown=breakdown, code=code, names={"vi": name})
    Indicator.objects.filter(agreement=agreement, code="visits").update(breakdowns=[["gioi"]])
    forget()
    at, by = instant(3, 5), story.world.by("lan", instant(3, 5))
    report = actions.open_report(
        regime=story.world.regime, unit=story.world.ct, period=story.world.period("2020-04"), by=by, at=at
    )
    values = {"visits": 10, "visits[gioi=nu]": 6, "visits[gioi=nam]": 3}
    actions.save_draft(report=report, document={"values": values}, edition=0, by=by, at=at)
    actions.submit(report=report, by=by, at=at)
    actions.accept(report=report, by=story.world.by("hoa", at), at=at)
    asked = {"indicator": "visits,stock", "unit": "92", "period": "2020-04", "by": "gioi"}
    shown = figures(story.get("kim", **asked))
    plain = shown.replace("báo cáo: ", "")
    assert "Cần Thơ 10 1/1 Cần Thơ: Nữ 6 1/1 Cần Thơ: Nam 3 1/1 Cần Thơ: chưa phân tổ 1 1/1" in plain
    assert shown.count("Nữ") == 1, "the stock is not broken down"
    found = rows(story.get("kim", **asked, download="csv"))
    assert [(row["indicator"], row["breakdown"], row["value"]) for row in found] == [
        ("visits", "", "10"), ("visits", "gioi=nu", "6"), ("visits", "gioi=nam", "3"), ("visits", "chưa phân tổ", "1"),
        ("stock", "", ""),
    ]  # fmt: skip
    page = story.get("kim", "trace", indicator="visits", unit="92", period="2020-04", by="gioi", option="nu")
    assert "Chỉ tiêu visits, Nữ" in page.content.decode()


def test_the_chart_is_drawn_once_and_answers_unchanged(story: Story) -> None:
    view = {"indicator": "visits", "unit": "VUNG", "level": "below", "period": "2020-01..2020-03"}
    answer = story.get("kim", "chart", **view)
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")
    assert answer["Cache-Control"] == "private, no-cache"
    client = story.client("kim")
    again = client.get(answer.wsgi_request.get_full_path(), headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = story.get("kim", "chart", "en", **view)
    assert other["ETag"] != answer["ETag"]


def test_the_chart_is_told_in_words_made_from_its_data(story: Story) -> None:
    view = {"indicator": "visits", "unit": "VUNG", "level": "below", "period": "2020-01..2020-03"}
    page = story.get("kim", **view).content.decode()
    assert (
        "Biểu đồ đường “Chỉ tiêu visits”: An Giang: từ 30 (Tháng 1/2020) đến 40 (Tháng 3/2020), "
        "cao nhất 40 (Tháng 3/2020); không có số liệu: Tháng 2/2020; "
        "Cần Thơ: từ 12 (Tháng 1/2020) đến 15 (Tháng 3/2020), cao nhất 20 (Tháng 2/2020); đơn vị tính: lượt."
    ) in page
    bars = story.get("kim", **view, chart="bar").content.decode()
    assert (
        "Biểu đồ cột “Chỉ tiêu visits, Tháng 3/2020”: cao nhất 40 (An Giang), thấp nhất 15 (Cần Thơ)" in bars
    )
    assert "chart.svg" not in story.get("kim", **view, chart="none").content.decode()


def test_nothing_to_draw_is_said(story: Story) -> None:
    view = {"indicator": "todate", "unit": "92", "period": "2020-01..2020-03"}
    assert "Không có số liệu để vẽ." in story.get("kim", **view).content.decode()
    assert story.get("kim", "chart", **view).status_code == 404


@pytest.mark.parametrize(("chart", "drawn"), [("line", "stock"), ("bar", "visits")])
def test_one_indicator_is_drawn_and_another_is_a_step_away(story: Story, chart: str, drawn: str) -> None:
    view = {
        "indicator": "visits,stock",
        "unit": "92",
        "period": "2020-01..2020-03",
        "chart": chart,
        "draw": drawn,
    }
    assert f"“Chỉ tiêu {drawn}, " in story.get("kim", **view).content.decode()

"""From any figure down to each report and revision behind it, and to who is missing."""

import pytest
from django.urls import reverse

from giaoban.lib.paper.manifest import source_digest
from giaoban.reports import actions
from giaoban.reports.models import Report
from giaoban.reports.tests.world import instant
from giaoban.rollups.tests.explorer.story import HERE, Story
from giaoban.rollups.tests.explorer.test_pages import text

Q1 = {"indicator": "visits", "unit": "VUNG", "period": "2020-Q1"}


@pytest.mark.requirement(33, 35)
def test_a_total_names_its_units_and_what_each_gave(story: Story) -> None:
    page = text(story.get("kim", "trace", **Q1))
    assert "Chỉ tiêu visits Văn phòng vùng · Quý I/2020" in page
    assert "117 lượt" in page
    assert "5/6 (83,3 %) thiếu 1" in page
    assert "Đúng hạn 4 1 trễ hạn" in page
    assert "Theo kỳ: cộng các giá trị của mỗi đơn vị. Sau đó cộng các đơn vị." in page
    assert "An Giang 89 70 2 Cần Thơ 92 47 3" in page


@pytest.mark.requirement(33)
def test_every_report_and_revision_can_be_opened(story: Story) -> None:
    report = Report.objects.get(unit=story.world.ct, period="2020-01")
    actions.correct(
        report=report, document={"values": {"visits": 14, "stock": "3.5"}}, reason="Cộng sót",
        revision=report.accepted_id, by=story.world.by("hoa", instant(9)), at=instant(9),
    )  # fmt: skip
    answer = story.get("kim", "trace", **Q1, tab="reports")
    page = answer.content.decode()
    assert page.count("/revisions/") == 5
    opened = reverse("reports:revision", args=[HERE, report.pk, 2])
    assert opened in page
    assert story.client("kim").get(opened).status_code == 200
    pairs = Report.objects.exclude(accepted=None).values_list("pk", "accepted")
    assert source_digest(tuple(sorted(pairs))) in page
    assert "119 lượt" in text(answer)


def test_who_is_missing_is_named_with_the_state(story: Story) -> None:
    page = text(story.get("kim", "trace", **Q1, tab="missing"))
    assert "An Giang 2020-02 đã gửi" in page
    assert "Không thiếu đơn vị nào" in text(
        story.get("kim", "trace", **{**Q1, "period": "2020-01"}, tab="missing")
    )
    year = text(story.get("kim", "trace", **{**Q1, "period": "2020"}, tab="missing"))
    assert "An Giang 2020-04 chưa có trễ hạn" in year
    assert "2020-01" not in year[year.index("Còn thiếu") :]
    assert "An Giang" not in text(
        story.get("lan", "trace", **{**Q1, "unit": "92", "period": "2020"}, tab="missing")
    )


def test_a_ratio_shows_its_parts_each_with_a_trace_of_its_own(story: Story) -> None:
    answer = story.get("kim", "trace", **{**Q1, "indicator": "per_stock"})
    page = text(answer)
    assert "1.114,3 %" in page
    assert "100 × (visits) / (stock)" in page
    assert "không bao giờ lấy trung bình của các tỷ lệ" in page
    assert "visits Chỉ tiêu visits 117 5/6 stock Chỉ tiêu stock 10,5 5/6" in page
    assert (
        f"{reverse('rollups:trace', args=[HERE])}?indicator=stock&amp;unit=VUNG&amp;period=2020-Q1"
        in answer.content.decode()
    )


def test_a_stock_rests_on_the_last_reports_only(story: Story) -> None:
    page = text(story.get("kim", "trace", **{**Q1, "indicator": "stock"}))
    assert "10,5 lượt" in page
    assert "2 báo cáo, sha256" in page
    assert "lấy giá trị cuối cùng của mỗi đơn vị" in page


def test_operators_and_basis_stay_the_same_on_the_way_down(story: Story) -> None:
    answer = story.get("kim", "trace", **Q1, over_units="max", over_periods="max", basis="asof:2020-06-30")
    page = text(answer)
    assert "40 lượt" in page
    assert "phép tổng hợp khác" in page
    assert "Theo ngày 30/06/2020" in page
    assert (
        "unit=92&amp;period=2020-Q1&amp;basis=asof:2020-06-30&amp;over-units=max" in answer.content.decode()
    )


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"unit": ""}, 404), ({"indicator": ""}, 404), ({"period": ""}, 404), ({"unit": "XX"}, 404),
        ({"indicator": "xx"}, 400), ({"period": "2020-Q9"}, 400), ({"option": "nu"}, 404),
        ({"option": "nu", "by": "gioi"}, 400), ({"basis": "gestern"}, 400), ({"page": "999", "tab": "?"}, 200),
        ({"indicator": "visits,stock", "unit": "VUNG,92", "period": "2020-01..2020-03"}, 200),
    ],
)  # fmt: skip
def test_a_figure_that_does_not_exist_is_never_a_fault(
    story: Story, query: dict[str, str], status: int
) -> None:
    assert story.get("kim", "trace", **{**Q1, **query}).status_code == status


@pytest.mark.parametrize(("tab", "most"), [("units", 11), ("reports", 9), ("missing", 9)])
def test_a_trace_asks_as_much_however_long_it_is(
    story: Story, tab: str, most: int, django_assert_num_queries
) -> None:
    client, address = story.client("kim"), reverse("rollups:trace", args=[HERE])
    for query in (
        {**Q1, "indicator": "per_stock", "unit": "92", "period": "2020-01"},
        {**Q1, "period": "2020"},
    ):
        client.get(address, {**query, "tab": tab})
        with django_assert_num_queries(most):
            client.get(address, {**query, "tab": tab})


def test_pages_of_reports_lead_here(story: Story) -> None:
    report = Report.objects.get(unit=story.world.ct, period="2020-01")
    seen = text(story.client("kim").get(report.get_absolute_url()))
    assert "Nơi các số liệu này được tính Tháng 1/2020: Cần Thơ · Văn phòng vùng · tất cả đơn vị" in seen
    own = text(story.client("lan").get(report.get_absolute_url()))
    assert "Tháng 1/2020: Cần Thơ" in own
    assert "Văn phòng vùng ·" not in own


def test_the_page_of_the_agreement_shows_the_key_figures(story: Story) -> None:
    answer = story.client("kim").get(story.world.agreement.get_absolute_url())
    assert reverse("rollups:latest", args=[HERE]) in answer.content.decode()
    page = text(story.get("kim", "latest"))
    assert "Văn phòng vùng · Tháng 3/2020" in page
    assert "Chỉ tiêu visits (lượt) 55 báo cáo: 2/2 so với kỳ trước: +35 (+175,0 %)" in page
    fragment = story.client("lan").get(reverse("rollups:latest", args=[HERE]), headers={"hx-request": "true"})
    assert "<html" not in fragment.content.decode()
    assert "Cần Thơ" in text(fragment)
    assert "An Giang" not in text(fragment)

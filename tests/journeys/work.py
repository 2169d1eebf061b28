"""The working year: a text signed, a plan issued, thirteen provinces reporting twelve times, a review written."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.urls import reverse

from giaoban.agreements import actions as agreements
from giaoban.agreements.models import Version
from giaoban.lib import periods
from giaoban.lib.periods import Period
from giaoban.plans import actions as plans
from giaoban.plans.actions import Content
from giaoban.plans.models import Plan, Task
from giaoban.plans.queries import owed_by
from giaoban.reportforms.queries import Schedule
from giaoban.reports import actions as reports
from giaoban.reports.models import Report
from giaoban.reviews import exports
from giaoban.reviews.actions import blocks, building, issuing
from giaoban.reviews.models import Figure, Review
from giaoban.reviews.queries.verifying import verify_file
from tests.journeys.region import PROVINCES, Region, at

TEXT = """
QUY CHẾ PHỐI HỢP
Chương I
PHỐI HỢP
Điều 1. Phạm vi
Quy chế này quy định việc phối hợp giữa các tỉnh.
Điều 2. Báo cáo
Các tỉnh báo cáo hằng tháng, chậm nhất ngày 05 của tháng sau.
Điều 3. Tổng kết
Các bên tổng kết mỗi năm một lần vào tháng 01.
"""
DRILL, COURSES = "Diễn tập cứu hộ", "Mở 12 lớp tập huấn"
#: The total of the year: thirteen provinces, the n-th of which counts n + month cases and 100 n visits.
CASES, VISITS, RATE = "2.106", "109.200", "19,3"
LATE, RETURNED = ("95", 7), ("91", 5)


def sign_agreement(region: Region) -> Version:
    """Thirteen parties sign; from then on there are articles to carry out, and a paper in the register."""
    given = region.of("coordinator", at(2019, 12, 9))
    version = agreements.begin_version(agreement=region.agreement, **given)
    agreements.paste_text(version=version, text=TEXT, language="vi", **given)
    signed = agreements.sign(
        version=version, signed_number="01/QCPH", signed_on=date(2019, 12, 9), effective_on=date(2019, 12, 9),
        ends_on=date(2021, 6, 30), place="Cần Thơ", **given,
    )  # fmt: skip
    region.agreement.refresh_from_db()
    assert (signed.state, region.agreement.state, region.agreement.number) == (
        "in_force",
        "in_force",
        "01/QCPH",
    )
    assert len(signed.signatures) == 13
    assert signed.paper.number == "01/QCPH"
    page = region.reads("89", region.agreement.get_absolute_url())
    assert "01/QCPH" in page
    return signed


def issue_plan(region: Region) -> Plan:
    """Consulted, approved by the chair, issued as a paper; only then are its tasks given out."""
    writing = region.of("coordinator", at(2019, 12, 17))
    plan = plans.start_plan(agreement=region.agreement, year=2020, titles={"vi": "Kế hoạch 2020"}, **writing)
    for title, lead, support, due in (
        (DRILL, "92", ["89"], date(2020, 6, 30)),
        (COURSES, "89", [], date(2020, 11, 30)),
    ):
        content = Content(
            titles={"vi": title}, lead=region.units[lead], support=[region.units[code] for code in support],
            due_on=due,
        )  # fmt: skip
        plans.add_task(plan=plan, content=content, **writing)
    plans.move_plan(plan=plan, name="consult", **writing)
    plans.remark(plan=plan, unit=region.units["89"], text="Nhất trí.", **region.of("89", at(2019, 12, 20)))
    assert not owed_by(region.units["89"], region.agreement, date(2019, 12, 31))
    plans.move_plan(plan=plan, name="approve", **region.of("chair", at(2019, 12, 26)))
    issuing_it = region.of("coordinator", at(2019, 12, 27))
    plan = plans.issue_plan(plan=plan, number="02/KH", issued_on=date(2019, 12, 27), **issuing_it)
    assert set(plan.tasks.values_list("state", flat=True)) == {"given"}
    assert [task.titles["vi"] for task in owed_by(region.units["89"], region.agreement, date(2019, 12, 31))] == [
        COURSES, DRILL,
    ]  # fmt: skip
    assert plan.paper.size > 0
    assert DRILL in region.reads("92", plan.get_absolute_url())
    return plan


def report_a_year(region: Region) -> None:
    """156 reports; one comes late, one goes back; what two of them say of tasks is the tasks' progress."""
    schedule = Schedule(region.regime)
    for month in range(1, 13):
        for place, code in enumerate(PROVINCES, start=1):
            report_month(region, schedule, Period("month", 2020, month), code, place)
    rows = Report.objects.filter(agreement=region.agreement)
    assert rows.count() == 156 and set(rows.values_list("state", flat=True)) == {"accepted"}
    late = rows.filter(on_time=False).values_list("unit__code", "period")
    assert list(late) == [(LATE[0], "2020-07")]
    told = dict(Task.objects.filter(plan__year=2020).values_list("titles__vi", "state"))
    assert told == {DRILL: "done", COURSES: "progress"}


def report_month(region: Region, schedule: Schedule, period: Period, code: str, place: int) -> Report:
    """One report as it goes: begun, saved, sent, accepted."""
    month, unit = period.number, region.units[code]
    due = schedule.owed(unit, period).due_at
    sent = due + timedelta(days=1) if (code, month) == LATE else due - timedelta(hours=20)
    document = {"values": {"ca": place + month, "ho": 100 * place}, "narratives": _words(code, month)}
    if said := _said(region, code, period):
        document["tasks"] = said
    given = region.of(code, sent)
    report = reports.open_report(regime=region.regime, unit=unit, period=period, **given)
    reports.save_draft(report=report, document=document, edition=0, **given)
    report = reports.submit(report=report, **given)
    if (code, month) == RETURNED:
        looked = region.of("verifier", sent + timedelta(hours=3))
        report = reports.return_report(report=report, reason="Xem lại số ca.", cells=["ca"], **looked)
        report = reports.submit(report=report, **region.of(code, sent + timedelta(hours=6)))
    return reports.accept(report=report, **region.of("verifier", sent + timedelta(hours=30)))


def _words(code: str, month: int) -> dict[str, str]:
    return {"ket_qua": f"{PROVINCES[code]} giữ vững địa bàn tháng {month}."} if month in (1, 7) else {}


def _said(region: Region, code: str, period: Period) -> dict[str, dict[str, str]]:
    """The drill is held in June; five courses in August."""
    words = {
        ("92", 6): {"said": "done", "text": "Đã diễn tập ngày 10/6.", "on": "2020-06-10"},
        ("89", 8): {"said": "progress", "text": "Đã mở 5 lớp."},
    }.get((code, period.number))
    if words is None or period.year != 2020:
        return {}
    task = Task.objects.select_related("plan__unit").get(plan__year=2020, lead=region.units[code])
    return {task.code: words}


def issue_review(region: Region, folder: Path) -> Review:
    """Built from what was accepted, issued, proved: every figure of the .docx matches."""
    given = region.of("coordinator", at(2021, 1, 8))
    review = building.build(agreement=region.agreement, period="2020", language="vi", **given)
    blocks.change_heading(review=review, number="01/BC-VP", **given)
    review = issuing.issue(review=review, confirmed=True, **given)
    assert [total(review, code).shown("vi") for code in ("ca", "ho", "ty_le")] == [CASES, VISITS, RATE]
    figure = total(review, "ca")
    assert (figure.accepted, figure.due) == (156, 156)
    page = region.reads("coordinator", review.get_absolute_url())
    assert CASES in page and DRILL in page and "giữ vững địa bàn" in page
    region.reads("coordinator", page_of(figure))
    lines, proved = verify_file(exports.files(review, folder, ["docx"])["docx"])
    assert proved, lines
    return review


def total(review: Review, indicator: str) -> Figure:
    """The figure of the whole region and year."""
    office = review.agreement.lead_id
    rows = review.figures.filter(kind="rollup", query__indicator=indicator, query__unit=office)
    return next(row for row in rows if row.query["period"] == "2020")


def page_of(figure: Figure) -> str:
    """Where a figure shows what it is made of."""
    return reverse("reviews:figure", args=[figure.review.agreement.code, figure.review_id, figure.number])


def asks_in_report(region: Region, code: str, period: Period) -> str:
    """The form of a month as its reporter sees it."""
    span = periods.span(period, periods.Window())
    given = region.of(code, at(span.last.year, span.last.month, span.last.day))
    report = reports.open_report(regime=region.regime, unit=region.units[code], period=period, **given)
    return region.reads(code, reverse("reports:fill", args=[region.agreement.code, report.pk]))

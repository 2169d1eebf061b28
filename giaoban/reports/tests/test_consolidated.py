"""A coordinating unit's consolidated report: prefilled, sent, verified, and never added to a total."""

from __future__ import annotations

import pytest
from django.urls import reverse

from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.reportforms.queries import Schedule
from giaoban.reports import actions
from giaoban.reports.consolidating import total_of
from giaoban.reports.models import Report, ReportKind
from giaoban.reports.tasks import lines
from giaoban.reports.tests.test_moves import FIGURES, accepted, sent
from giaoban.reports.tests.test_pages import HERE, signed_in
from giaoban.reports.tests.test_tasks import give
from giaoban.reports.tests.world import World, form, instant, regime


def begin() -> str:
    return reverse("reports:consolidate", args=[HERE])


def begun(world: World, who: str = "kim") -> Report:
    by = world.by(who, instant(5))
    given = {"regime": world.regime, "unit": world.office, "period": world.period()}
    return actions.open_consolidated(**given, by=by, at=by.at)[0]


def test_it_begins_with_the_figures_below_and_changes_no_total(world: World) -> None:
    accepted(world)
    sent(world, "minh", {**FIGURES, "values": {"visits": 30}})
    kim = signed_in(world, "kim")
    asked = {"unit": world.office.pk, "regime": world.regime.pk, "period": "2020-01"}
    page = kim.post(begin(), asked, follow=True).content.decode()
    report = Report.objects.get(kind=ReportKind.CONSOLIDATED)
    assert report.draft.document == {"values": FIGURES["values"]}, "what is accepted, no text"
    assert "Đã lấy số liệu của 1 báo cáo" in page and "không bao giờ được cộng" in page
    assert AuditRow.objects.get(verb="consolidate").detail == {"accepted": 1, "due": 2}
    minh = Report.objects.get(unit=world.ag)
    actions.accept(report=minh, by=world.by("hoa"), at=instant(6))
    assert kim.post(reverse("reports:refresh", args=[HERE, report.pk])).status_code == 302
    report = Report.objects.get(pk=report.pk)
    assert report.draft.document["values"]["visits"] == 42
    at = instant(7)
    actions.submit(report=report, by=world.by("kim", at), at=at)
    why = "Văn phòng không có cấp trên."
    actions.accept(report=report, by=world.by("oanh", at), at=at, reason=why, override=True)
    report = Report.objects.get(pk=report.pk)
    assert report.state == "accepted"
    assert total_of(report).values["visits"] == "42", "accepted, it is still added to nothing"
    assert "level=below" in kim.get(report.get_absolute_url()).content.decode()


def test_only_with_somebody_below_and_once(world: World) -> None:
    lan = world.by("lan", instant(5))
    with pytest.raises(Refused):
        actions.open_consolidated(
            regime=world.regime, unit=world.ct, period=world.period(), by=lan, at=lan.at
        )
    assert not Report.objects.exists()
    first = begun(world)
    assert begun(world).pk == first.pk


def test_who_has_nobody_below_finds_no_page(world: World) -> None:
    report = begun(world)
    refresh = reverse("reports:refresh", args=[HERE, report.pk])
    for who in ("lan", "minh", "hoa", "nga"):
        assert signed_in(world, who).get(begin()).status_code == 404, who
        assert signed_in(world, who).post(refresh).status_code == 404, who
    kim = signed_in(world, "kim")
    assert kim.get(begin()).status_code == 200
    assert begin() in kim.get(reverse("reports:due", args=[HERE])).content.decode()
    with pytest.raises(Refused):
        begun(world, "minh")


def test_progress_of_a_task_is_told_once_in_the_units_own_report(world: World) -> None:
    task = give(world, lead=world.office)
    report = begun(world)
    assert lines(report, {}) == []
    said = {"said": "done", "text": "Đã xong."}
    with pytest.raises(Refused, match="nhiệm vụ"):
        actions.save_draft(
            report=report, document={"values": {}, "tasks": {task.code: said}}, edition=report.draft.edition,
            by=world.by("kim", instant(5)), at=instant(5),
        )  # fmt: skip
    fill = reverse("reports:fill", args=[HERE, report.pk])
    assert str(task) not in signed_in(world, "kim").get(fill).content.decode()


def test_the_list_tells_a_consolidated_report_from_the_units_own(world: World) -> None:
    sent(world)
    begun(world)
    index = reverse("reports:index", args=[HERE])
    kim = signed_in(world, "kim")
    page = kim.get(index).content.decode()
    assert "tổng hợp" in page and "số liệu của đơn vị" in page
    only = kim.get(index, {"kind": "consolidated"}).content.decode()
    assert "Văn phòng" in only and "Cần Thơ" not in only.split("<tbody")[1]


def test_the_unit_above_verifies_it_though_its_writer_owes_no_report_itself(world: World) -> None:
    other = regime(
        world.agreement, form(world.agreement, "other", ["visits"]), reporters=world.ag.code, code="other"
    )
    assert Schedule(other).receiver(world.ct.pk, instant().date()) == world.office.pk
    assert Schedule(other).receiver(world.office.pk, instant().date()) is None

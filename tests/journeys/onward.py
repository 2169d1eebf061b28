"""The year after: reports ask for the conclusions, the next conference opens with them, the agreement goes on."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from giaoban.agreements import actions as agreements
from giaoban.agreements.models import Version
from giaoban.lib.periods import Period
from giaoban.meetings.actions.copying import copy_meeting
from giaoban.meetings.actions.proposing import propose_amendment
from giaoban.meetings.models import Conclusion, Meeting
from giaoban.meetings.queries.conclusions import of_last_time
from giaoban.plans.models import Task
from giaoban.reportforms.models import Regime
from giaoban.reportforms.queries import Schedule
from giaoban.reports import actions as reports
from tests.journeys import work
from tests.journeys.conference import CONCLUDED
from tests.journeys.region import Region, at

JANUARY = Period("month", 2021, 1)
DONE = "Đã diễn tập tại An Giang."


def report_on_conclusions(region: Region, tasks: list[Task]) -> None:
    """The first report of 2021 asks Cần Thơ for its conclusion and for no other's; its words are the result."""
    task = tasks[0]
    page = work.asks_in_report(region, "92", JANUARY)
    assert CONCLUDED[0][0] in page and f'name="t:{task.code}:text"' in page
    assert CONCLUDED[2][0] not in page
    given = region.of("92", at(2021, 2, 3))
    report = reports.open_report(regime=region.regime, unit=region.units["92"], period=JANUARY, **given)
    document = {
        "values": {"ca": 1, "ho": 100},
        "tasks": {task.code: {"said": "done", "text": DONE, "on": "2021-01-31"}},
    }
    reports.save_draft(report=report, document=document, edition=0, **given)
    report = reports.submit(report=report, **given)
    reports.accept(report=report, **region.of("verifier", at(2021, 2, 4)))
    task.refresh_from_db()
    assert (task.state, task.result) == ("done", DONE)
    assert report.get_absolute_url() in region.reads("92", task.get_absolute_url())


def open_with_last_time(region: Region, meeting: Meeting, concluded: list[Conclusion]) -> Meeting:
    """The next conference, with the next host: five conclusions of last time, the open ones first."""
    later = copy_meeting(
        meeting=meeting, titles={"vi": "Hội nghị tổng kết năm 2021"}, starts_at=at(2022, 1, 13, 8),
        **region.of("coordinator", at(2021, 11, 15)),
    )  # fmt: skip
    assert later.host == region.units["89"]
    before, followed = of_last_time(later)
    assert before == meeting
    assert [(row.conclusion, row.task.state) for row in followed] == [
        *((row, "given") for row in concluded[1:]),
        (concluded[0], "done"),
    ]
    page = region.reads("coordinator", reverse("meetings:agenda", args=[region.agreement.code, later.pk]))
    assert DONE in page and CONCLUDED[4][0] in page
    return later


def amend_agreement(region: Region, signed: Version, asked: Conclusion) -> Version:
    """The fifth conclusion: the text for 2021–2026 replaces the first, and reports are owed until its end."""
    assert _owes(region, 2021, 5) and not _owes(region, 2021, 8)
    proposal = propose_amendment(
        conclusion=asked, unit=region.units["VP"], article=None, text="Gia hạn đến hết năm 2026.",
        reason="Kết luận của hội nghị tháng 01 năm 2021.", **region.of("coordinator", at(2021, 2, 10)),
    )  # fmt: skip
    where = reverse("agreements:proposal", args=[region.agreement.code, proposal.pk])
    assert where in region.reads("coordinator", asked.get_absolute_url())
    assert asked.get_absolute_url() in region.reads("coordinator", where)
    given = region.of("coordinator", at(2021, 3, 1))
    draft = agreements.begin_version(agreement=region.agreement, **given)
    agreements.describe_version(version=draft, ends_on=date(2026, 12, 31), **given)
    agreements.answer(proposal=proposal, take_up=True, reason="Theo kết luận.", version=draft, **given)
    agreements.consult(version=draft, due_on=date(2021, 3, 20), **given)
    agreements.give_opinion(
        version=draft, unit=region.units["89"], stance="agrees", text="", **region.of("89", at(2021, 3, 5))
    )
    new = agreements.sign(
        version=draft, signed_number="02/QCPH", signed_on=date(2021, 4, 1), effective_on=date(2021, 4, 1),
        ends_on=date(2026, 12, 31), **region.of("coordinator", at(2021, 4, 1)),
    )  # fmt: skip
    region.agreement.refresh_from_db()
    signed.refresh_from_db()
    assert (new.state, signed.state) == ("in_force", "replaced")
    assert (region.agreement.number, region.agreement.ends_on) == ("02/QCPH", date(2026, 12, 31))
    assert _owes(region, 2026, 12) and not _owes(region, 2027, 1)
    assert "02/QCPH" in region.reads("89", region.agreement.get_absolute_url())
    return new


def _owes(region: Region, year: int, month: int) -> bool:
    """Does An Giang owe a report of that month?"""
    schedule = Schedule(Regime.objects.select_related("agreement").get(pk=region.regime.pk))
    wanted = [period for period in [Period("month", year, month)] if schedule.covers(period)]
    return region.units["89"].pk in {due.unit_id for due in schedule.due(wanted)}


def send_the_neighbour(region: Region) -> None:
    """Whoever belongs to another agreement finds none of the pages that were read along the year."""
    seen = [page for page in dict.fromkeys(region.pages) if not region.is_hidden("neighbour", page)]
    assert len(region.pages) > 20 and seen == []

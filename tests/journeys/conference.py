"""The conference of January: invited, named, replaced, let in at two doors of which one has no line, written down."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from giaoban.attendance.actions.scans import receive
from giaoban.attendance.exports import qr_text
from giaoban.attendance.models import Door, Register
from giaoban.attendance.queries.heads import total
from giaoban.core.refused import Refused
from giaoban.meetings import actions
from giaoban.meetings.actions import Person, adopting, agenda, attending, conclusions, giving, minutes, notice
from giaoban.meetings.letters import Letter
from giaoban.meetings.models import Conclusion, Delegate, Invitation, Meeting, Minutes
from giaoban.meetings.queries.attending import sheet_of
from giaoban.notices.models import Mail
from giaoban.plans.models import Task
from giaoban.reviews.models import Figure
from tests.journeys import work
from tests.journeys.region import PROVINCES, Region, at

BEGINS, ENDS = at(2021, 1, 14, 8), at(2021, 1, 14, 16)
INVITED, NAMED, CHANGED = at(2020, 12, 3), at(2020, 12, 14), at(2020, 12, 29)
SIGNED = at(2021, 1, 20)
CHAIRS = (("Nguyễn An", "VP"), ("Trần Bình", "YT"), ("Lê Chi", "MT"))
#: The province that stays away, that which waits for a seat, that which sends somebody else.
DECLINES, WAITS, REPLACES = "96", "91", "87"
CONCLUDED = (
    ("Diễn tập liên tỉnh trước mùa lũ", "92", ["89"], date(2021, 4, 30)),
    ("Bổ sung cơ số thuốc đầu nguồn", "89", ["87"], date(2021, 6, 30)),
    ("Rà soát phương tiện vận chuyển", "87", ["91"], date(2021, 5, 31)),
    ("Thống nhất mẫu tờ rơi chung", "VP", ["84"], date(2021, 3, 31)),
    ("Sửa quy chế: gia hạn đến hết năm 2026", "VP", [], date(2021, 6, 15)),
)


def invite(region: Region) -> Meeting:
    """Three bodies in the chair; thirteen delegations with two seats, a reserve and a quota; letters go out."""
    given = region.of("coordinator", at(2020, 11, 23))
    series = actions.make_series(
        agreement=region.agreement, titles={"vi": "Hội nghị hằng năm"},
        hosts=[region.units["92"], region.units["89"]], **given,
    )  # fmt: skip
    details = {
        "titles": {"vi": "Hội nghị tổng kết năm 2020"}, "kind": "review", "starts_at": BEGINS, "ends_at": ENDS,
        "venue": "Hội trường Cần Thơ", "host": region.units["92"], "series": series,
    }  # fmt: skip
    organisers = [region.units["VP"], region.units["YT"], region.units["MT"]]
    meeting = actions.make_meeting(
        agreement=region.agreement, organisers=organisers, details=details, **given
    )
    for name, body in CHAIRS:
        actions.add_officer(
            meeting=meeting, role="chair", name=name, title="", unit=region.units[body], **given
        )
    actions.add_officer(
        meeting=meeting, role="secretary", name="Phạm Lan", title="", unit=region.units["VP"], **given
    )
    assert region.is_hidden("89", meeting.get_absolute_url()), "a draft is not shown to units"
    _letters(region, meeting)
    assert "Hội nghị tổng kết năm 2020" in region.reads("89", meeting.get_absolute_url())
    return meeting


def _letters(region: Region, meeting: Meeting) -> None:
    given = {"meeting": meeting, **region.of("coordinator", INVITED)}
    actions.move_meeting(name="announce", **given)
    actions.set_letter(letter=Letter(number="98/GM-VP", place="Cần Thơ", dated=INVITED.date()), **given)
    actions.invite(units=[region.units[code] for code in PROVINCES], seats=2, reserve=1, **given)
    actions.set_quotas(quotas={2: 26}, **given)
    sent = actions.send_invitations(**given)
    assert len(sent) == 13
    mails = Mail.objects.filter(kind="meetings.invited", about__startswith="meetings.invitation:")
    assert mails.count() == 13 and {len(mail.attachments) for mail in mails} == {1}


def name_delegates(region: Region, meeting: Meeting) -> None:
    """Twelve provinces come with 25 people: one sends a third who waits until another gives its seats back."""
    for row in meeting.invitations.select_related("unit"):
        by = region.of(row.unit.code, NAMED)
        for n in range(3 if row.unit.code == WAITS else 2):
            actions.name_delegate(invitation=row, person=_person(row, n), **by)
    waits = Delegate.objects.get(invitation__unit__code=WAITS, position=3)
    assert waits.state == "waiting"
    with pytest.raises(Refused):
        actions.name_delegate(
            invitation=waits.invitation, person=Person("Người thứ tư"), **region.of(WAITS, NAMED)
        )
    _changes(region, meeting)
    waits.refresh_from_db()
    assert waits.state == "seated", "the seat of a province that declined passes on"
    page = reverse("meetings:delegates", args=[region.agreement.code, meeting.pk])
    assert "0900 8702" not in region.reads("89", page) and "Người mới" in region.reads("coordinator", page)


def _person(row: Invitation, n: int) -> Person:
    code = row.unit.code
    return Person(f"Đại biểu {n + 1} {row.unit.name}", "Cán bộ", f"0900 {code}0{n}", f"{n}.{code}@example.vn")


def _changes(region: Region, meeting: Meeting) -> None:
    by = region.of(REPLACES, CHANGED)
    old = Delegate.objects.get(invitation__unit__code=REPLACES, position=2)
    person = Person("Người mới", "Cán bộ", "0900 8702", "moi.87@example.vn")
    actions.replace(delegate=old, person=person, reason="Đi công tác.", **by)
    calendars = Mail.objects.exclude(calendar="")
    assert calendars.filter(address=old.email, calendar_method="CANCEL").count() == 1
    request = calendars.get(address="moi.87@example.vn").calendar.replace("\r\n ", "")
    assert f'DELEGATED-FROM="mailto:{old.email}"' in request
    row = meeting.invitations.get(unit__code=DECLINES)
    actions.decline(invitation=row, reason="Ứng phó triều cường.", **region.of(DECLINES, CHANGED))


def check_in(region: Region, meeting: Meeting) -> None:
    """The front door has a line; the back door has none until noon, and sends what it noted twice, in no order."""
    given = {"meeting": meeting, **region.of("coordinator", at(2021, 1, 13))}
    register = attending.open_check_in(
        opens_at=BEGINS - timedelta(hours=1), late_after=BEGINS, closes_at=ENDS, **given
    )
    front, back = (
        attending.open_door(name=name, expires_at=ENDS, **given) for name in ("Cửa trước", "Cửa sau")
    )
    actions.move_meeting(meeting=meeting, name="open", **region.of("coordinator", BEGINS))
    at_front, at_back = _arrivals(register)
    receive(door=front, scans=at_front, at=BEGINS)
    assert _present(meeting) == len(at_front)
    _line_comes_back(back, at_back)
    assert _present(meeting) == len(at_front) + len(at_back) == 27
    told = total(sheet_of(meeting))
    assert (told.invited, told.present, told.late, told.replaced, told.absent) == (31, 27, 1, 1, 2)
    page = reverse("meetings:check-in", args=[region.agreement.code, meeting.pk])
    assert region.is_hidden("89", page)
    region.reads("coordinator", page)


def _arrivals(register: Register) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Everybody but two comes; the last of the back door a quarter of an hour late."""
    coming = list(register.attendees.filter(replaced_by=None, is_excused=False))[:-2]
    codes = qr_text(register, coming)
    notes = [_note(f"den-{n}", n - 40, codes[one.pk]) for n, one in enumerate(coming)]
    notes[-1] = _note("den-tre", 15, codes[coming[-1].pk])
    return notes[::2], notes[1::2] if len(notes) % 2 == 0 else [*notes[1::2]]


def _note(nonce: str, minute: int, payload: str) -> dict[str, Any]:
    moment = (BEGINS + timedelta(minutes=minute)).isoformat()
    return {
        "nonce": f"nonce-{nonce}",
        "way": "in",
        "how": "qr",
        "at": moment,
        "device": "d",
        "payload": payload,
    }


def _line_comes_back(door: Door, notes: list[dict[str, Any]]) -> None:
    draw = random.Random(2021)
    for _again in range(2):
        draw.shuffle(notes)
        for start in range(0, len(notes), 5):
            receive(door=door, scans=notes[start : start + 5], at=BEGINS + timedelta(hours=4))


def _present(meeting: Meeting) -> int:
    return total(sheet_of(meeting)).present


def write_minutes(region: Region, meeting: Meeting) -> Minutes:
    """Under its items, with the heads of the doors; sent round, adopted, signed."""
    given = region.of("coordinator", ENDS)
    items = [
        agenda.add_item(meeting=meeting, titles={"vi": title}, duration=60, **given)
        for title in ("Báo cáo năm 2020", "Thảo luận", "Kết luận")
    ]
    agenda.publish_agenda(meeting=meeting, **given)
    written = minutes.begin_minutes(meeting=meeting, **given)
    for row in items:
        minutes.save_entry(
            minutes=written, item=row, text=f"{row.titles['vi']}: nhất trí.", edition=0, **given
        )
    written = minutes.fill_attendance(minutes=written, **given)
    assert sum(line["present"] for line in written.attendance["units"]) == 27
    actions.move_meeting(meeting=meeting, name="end", **given)
    sent = adopting.circulate(
        minutes=written, answer_by=date(2021, 1, 18), **region.of("coordinator", at(2021, 1, 15))
    )
    adopting.answer(minutes=sent, unit=region.units["89"], agrees=True, **region.of("89", at(2021, 1, 16)))
    adopted = adopting.adopt(minutes=sent, **region.of("coordinator", SIGNED))
    signed = adopting.sign(
        minutes=adopted, number="02/BB", signed_on=SIGNED.date(), **region.of("chair", SIGNED)
    )
    assert signed.state == "signed"
    region.reads("89", reverse("meetings:minutes", args=[region.agreement.code, meeting.pk]))
    return signed


def conclude(region: Region, meeting: Meeting, figure: Figure) -> list[Conclusion]:
    """Five conclusions, the first resting on a figure of the review; the chair accepts, the notice goes out."""
    given, chair = region.of("coordinator", ENDS), region.of("chair", ENDS)
    made = []
    for text, lead, support, due in CONCLUDED:
        row = conclusions.conclude(
            meeting=meeting, texts={"vi": text}, lead=region.units[lead], due_on=due,
            support=[region.units[code] for code in support], amends=text.startswith("Sửa"), **given,
        )  # fmt: skip
        if not made:
            conclusions.rest_on(conclusion=row, figure=figure, **given)
        made.append(conclusions.accept(conclusion=row, **chair))
    assert work.page_of(figure) in region.reads("coordinator", made[0].get_absolute_url())
    notice.issue_notice(
        meeting=meeting, number="03/TB", dated=SIGNED.date(), **region.of("coordinator", SIGNED)
    )
    return made


def give_tasks(region: Region, meeting: Meeting, concluded: list[Conclusion]) -> list[Task]:
    """One act: five tasks in the plan of 2021, each of which knows its conclusion, and the other way about."""
    tasks = giving.give_tasks(meeting=meeting, year=2021, **region.of("coordinator", SIGNED))
    assert [task.origin_ref for task in tasks] == [row.ref for row in concluded]
    assert {(task.plan.year, task.state) for task in tasks} == {(2021, "given")}
    for row, task in zip(concluded, tasks, strict=True):
        assert task.get_absolute_url() in region.reads("coordinator", row.get_absolute_url())
        assert row.get_absolute_url() in region.reads("coordinator", task.get_absolute_url())
    return tasks

"""The morning of the review conference at two doors; the training that lies ahead has a door that opens now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from giaoban.accounts.models import User
from giaoban.agreements.standing import Standing
from giaoban.attendance.actions.scans import receive
from giaoban.attendance.exports import qr_text
from giaoban.attendance.models import Attendee, Door, Register
from giaoban.meetings.actions import attending
from giaoban.meetings.models import Meeting
from giaoban.programmes.demo.meetings import BEGINS, CHANGED

PREPARED = BEGINS - timedelta(days=2)
#: The last minutes of the morning that are told.
NOON = BEGINS + timedelta(hours=2)
#: Places on the list of those who come late, leave early, lend their badge, send somebody else, or have an excuse.
LATE, LEAVES, LENDS, SENDS, EXCUSED = 9, 14, 6, 17, 19
#: Every fifth from here on has not come by then.
AWAY = 11


def stand(conference: Meeting, training: Meeting, coordinator: User) -> None:
    """Check-in of both meetings."""
    register = _prepared(conference, coordinator, PREPARED)
    by = Standing(coordinator, PREPARED)
    attending.number_seats(meeting=conference, per_row=8, by=by, at=PREPARED)
    attending.add_guest(
        meeting=conference, name="Phan Thanh Tùng", title="Phóng viên", unit_name="Báo Đồng bằng (mẫu)", by=by,
        at=PREPARED,
    )  # fmt: skip
    front, back = (
        attending.open_door(meeting=conference, name=name, expires_at=register.closes_at, by=by, at=PREPARED)
        for name in ("Cửa chính", "Cửa phía hội trường phụ")
    )
    people = list(register.attendees.select_related("unit"))
    _arrivals(register, front, back, people)
    one = people[EXCUSED]
    given = {"meeting": conference, "by": Standing(coordinator, NOON), "at": NOON}
    attending.for_person("excuse", attendee=one, reason="Trực chỉ huy phòng, chống dịch tại tỉnh.", **given)
    ahead = _prepared(training, coordinator, CHANGED)
    attending.open_door(
        meeting=training, name="Cửa chính", expires_at=ahead.closes_at, by=Standing(coordinator, CHANGED), at=CHANGED
    )  # fmt: skip


def _prepared(meeting: Meeting, coordinator: User, at: datetime) -> Register:
    return attending.open_check_in(
        meeting=meeting, opens_at=meeting.starts_at - attending.BEFORE, closes_at=meeting.ends_at + attending.AFTER,
        late_after=meeting.starts_at + attending.PATIENCE, by=Standing(coordinator, at), at=at,
    )  # fmt: skip


def _arrivals(register: Register, front: Door, back: Door, people: list[Attendee]) -> None:
    texts = qr_text(register, people)
    at_front, at_back = [], []
    for n, one in enumerate(people):
        if one.is_excused or n in (SENDS, EXCUSED) or (n >= AWAY and n % 5 == 0):
            continue
        minute = 25 if n == LATE else n - 45
        note = _note(f"den-{n}", minute, how="qr", payload=texts[one.pk])
        (at_back if n % 4 == 3 else at_front).append(note)
    at_back.append(_note("muon-the", -5, how="qr", payload=texts[people[LENDS].pk]))
    at_front.append(_note("ra", 70, "out", how="hand", code=people[LEAVES].code))
    instead = {
        "id": "sample-nguoi-thay",
        "name": "Lâm Ngọc Hân",
        "title": "Chuyên viên",
        "instead_of": people[SENDS].code,
    }
    at_front.append(_note("thay", -12, how="walk-in", reason="replaced", newcomer=instead))
    stranger = {
        "id": "sample-khach",
        "name": "Đoàn Hải Yến",
        "title": "Cán bộ",
        "unit": "Hội Chữ thập đỏ (mẫu)",
    }
    at_back.append(_note("khach", -3, how="walk-in", reason="walk-in", newcomer=stranger))
    receive(door=front, scans=at_front, at=NOON)
    receive(door=back, scans=at_back, at=NOON)


def _note(nonce: str, minute: int, way: str = "in", **facts: Any) -> dict[str, Any]:
    """What a door notes, so many minutes after the beginning."""
    at = (BEGINS + timedelta(minutes=minute)).isoformat()
    return {"nonce": f"sample-{nonce}", "way": way, "at": at, "device": "sample", **facts}

"""A morning at the door: Cần Thơ and Đồng Tháp send people, one replaces another, one is excused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from giaoban.attendance import badge
from giaoban.attendance.actions import doors, registers, scans
from giaoban.attendance.models import Attendee, Door, Register
from giaoban.attendance.queries.registers import current_key
from giaoban.core.actors import System
from giaoban.units import actions as tree
from giaoban.units.models import Unit

BY = System("test")
MADE = datetime(2021, 1, 4, 2, tzinfo=UTC)
OPENS = datetime(2021, 1, 14, 0, tzinfo=UTC)  # 7:00 in Vietnam
LATE = OPENS + timedelta(hours=1)
CLOSES = OPENS + timedelta(hours=5)
PEOPLE = (
    ("anh", "Nguyễn Văn Ánh", "CT"),
    ("binh", "Trần Thị Bình", "CT"),
    ("chi", "Lê Chi", "DT"),
    ("dung", "Phạm Đức Dũng", "DT"),
)


@dataclass
class Hall:
    register: Register
    units: dict[str, Unit]
    doors: list[Door]
    people: dict[str, Attendee] = field(default_factory=dict)

    def reload(self) -> Hall:
        self.register = Register.objects.get(pk=self.register.pk)
        self.people = {name: Attendee.objects.get(source_id=str(n)) for n, (name, *_r) in enumerate(PEOPLE)}
        return self

    def qr(self, name: str, **changed: Any) -> str:
        """What the camera reads on somebody's badge."""
        key = current_key(self.register)
        facts = {"register": self.register.pk, "key": key.number, "code": self.people[name].code}
        facts |= {"expires": int(CLOSES.timestamp()) + 3600}
        return badge.payload(badge.Badge(**(facts | changed)), badge.opened(key.sealed))

    def send(self, *noted: dict[str, Any], door: int = 0, at: datetime | None = None) -> Any:
        return scans.receive(door=self.doors[door], scans=noted, at=at or CLOSES)


def build() -> Hall:
    units = {
        code: tree.open_unit(
            code=code, name=name, level=1, valid_from=date(2020, 1, 1), parent=None, by=BY, at=MADE
        )
        for code, name in (("CT", "Cần Thơ"), ("DT", "Đồng Tháp"))
    }
    register = registers.open_register(
        about=units["CT"],
        label="Hội nghị sơ kết",
        opens_at=OPENS,
        closes_at=CLOSES,
        late_after=LATE,
        by=BY,
        at=MADE,
    )
    hall = Hall(register, units, [])
    listed(hall)
    for name in ("Cửa chính", "Cửa sau"):
        hall.doors.append(doors.open_door(register=register, name=name, expires_at=CLOSES, by=BY, at=MADE))
    return hall.reload()


def listed(hall: Hall, without: str = "", **more: Any) -> registers.Listed:
    """The list as the meeting hands it in."""
    people = [
        registers.Person(("meetings.delegate", n), name, "Chuyên viên", hall.units[unit], position=n)
        for n, (short, name, unit) in enumerate(PEOPLE)
        if short != without
    ]
    people += more.get("also", [])
    return registers.keep_list(register=hall.register, people=people, by=BY, at=MADE)


def noted(nonce: str, minute: int, way: str = "in", **facts: Any) -> dict[str, Any]:
    """A note of a door, so many minutes after it opened."""
    at = OPENS + timedelta(minutes=minute)
    return {
        "nonce": f"nonce-of-{nonce}",
        "way": way,
        "how": "hand",
        "at": at.isoformat(),
        "device": "phone-1",
        **facts,
    }


def came_instead(nonce: str, minute: int, name: str, of: Attendee, who: str = "") -> dict[str, Any]:
    newcomer = {"id": f"newcomer-{who or nonce}", "name": name, "instead_of": of.code}
    return noted(nonce, minute, how="walk-in", reason="replaced", newcomer=newcomer)

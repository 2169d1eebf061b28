"""When a report is due: N days or working days after its data window, at an hour in a zone."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from giaoban.lib.errors import LibError
from giaoban.lib.errors import marked as _

_RULE = re.compile(r"\+([0-9]{1,3})(d|wd) ([01][0-9]|2[0-3]):([0-5][0-9])")
_SATURDAY = 5


class DeadlineError(LibError):
    """A text is no due rule, or the calendar cannot answer."""

    SENTENCES: ClassVar[dict[str, str]] = {
        "rule": _(
            "“%(text)s” is not a due rule; write +5d 17:00 for five days after the end of the data "
            "window, or +3wd 17:00 for three working days."
        ),
        "zone": _("“%(zone)s” is not a time zone; write a name like Asia/Ho_Chi_Minh."),
        "both": _("The day %(day)s is both a holiday and a working day in this calendar."),
        "edge": _("The deadline after %(day)s falls outside the calendar."),
    }


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked: Monday to Friday, without `holidays`, with `working` (make-up) days."""

    holidays: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        for day in sorted(self.holidays & self.working):
            raise DeadlineError("both", day=day)

    def is_working(self, day: date) -> bool:
        """Whether the day is worked."""
        return day in self.working or (day.weekday() < _SATURDAY and day not in self.holidays)

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after the day; for 0 the day itself, or the next one worked."""
        if count == 0 and not self.is_working(day):
            count = 1
        while count:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def count(self, first: date, last: date) -> int:
        """How many working days follow `first`, up to `last` included."""
        days = range(first.toordinal() + 1, last.toordinal() + 1)
        return sum(self.is_working(date.fromordinal(day)) for day in days)


@dataclass(frozen=True, slots=True)
class DueRule:
    """Due `days` days, or working days, after the last day of the data window, at `hour`."""

    days: int
    working: bool
    hour: time

    @classmethod
    def parse(cls, text: str) -> "DueRule":
        """Read `+5d 17:00` or `+3wd 17:00`; anything else raises `DeadlineError`."""
        found = _RULE.fullmatch(text)
        if found is None:
            raise DeadlineError("rule", text=text)
        return cls(int(found[1]), found[2] == "wd", time(int(found[3]), int(found[4])))

    def __str__(self) -> str:
        return f"+{self.days}{'wd' if self.working else 'd'} {self.hour:%H:%M}"

    def at(self, last_day: date, zone: str, calendar: WorkCalendar | None = None) -> datetime:
        """The last instant that is on time, in the zone, for a window that ends on `last_day`.

        Without a calendar Monday to Friday are worked. Raises `DeadlineError`.
        """
        try:
            if self.working:
                day = (calendar or WorkCalendar()).after(last_day, self.days)
            else:
                day = last_day + timedelta(days=self.days)
        except OverflowError:
            raise DeadlineError("edge", day=last_day) from None
        return datetime.combine(day, self.hour, zone_info(zone))


def zone_info(zone: str) -> ZoneInfo:
    """The time zone of this name; an unknown one raises `DeadlineError`."""
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise DeadlineError("zone", zone=zone) from None

"""The names of periods: `2020-02-24`, `2020-W10`, `2020-03`, `2020-Q1`, `2020-H1`, `2020-9M`, `2020`."""

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, total_ordering
from typing import ClassVar

from giaoban.lib.errors import LibError
from giaoban.lib.errors import marked as _

KINDS = ("day", "week", "month", "quarter", "half", "nine-month", "year")

# How many months make a period of the kinds that are made of months.
LENGTHS: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "nine-month": 9, "year": 12}

_SHAPE = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:-(?:(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?"
    r"|W(?P<week>[0-9]{2})|Q(?P<quarter>[0-9])|H(?P<half>[0-9])|(?P<nine>9M)))?"
)


class PeriodError(LibError):
    """A text is no period, or the calendar ends here."""

    SENTENCES: ClassVar[dict[str, str]] = {
        "shape": _(
            "“%(text)s” is not a period; write a period like 2020-02-24, 2020-W10, 2020-03, 2020-Q1, "
            "2020-H1, 2020-9M or 2020."
        ),
        "year": _("The year %(year)s is outside the calendar; years run from 0001 to 9999."),
        "month": _("There is no month %(number)s; months run from 01 to 12."),
        "quarter": _("There is no quarter %(number)s; quarters run from Q1 to Q4."),
        "half": _("There is no half-year %(number)s; half-years are H1 and H2."),
        "week": _("The year %(year)s has no week %(number)s; its last week is W%(last)s."),
        "day": _("The year %(year)s has no day %(number)s; its days run from 1 to %(last)s."),
        "date": _("There is no day %(text)s in the calendar."),
        "one": _("A year holds this kind of period once, so it has no number %(number)s."),
        "kind": _(
            "“%(kind)s” is not a kind of period; the kinds are day, week, month, quarter, half, "
            "nine-month and year."
        ),
        "edge": _(
            "The period %(text)s lies at the edge of the calendar, which runs from 0001-01-01 to 9999-12-31."
        ),
        "window": _(
            "“%(text)s” is not a data window; write calendar, nd09 or months:D with "
            "a day D from 1 to 28, and after a comma week:mon to week:sun if weeks do not start on Monday."
        ),
        "span": _(
            "The days given for %(text)s are not usable: the first day %(first)s is after "
            "the last day %(last)s."
        ),
        "overlap": _("The days given for %(one)s and %(other)s overlap."),
        "none": _("No period of the kind %(kind)s holds the day %(day)s in this data window."),
    }


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """The name of a period, without its days; `span` gives the days in a window.

    `number` counts inside `year`: the day of the year, the ISO week, the month, the quarter, the
    half; it is 1 for nine months and a year. Periods sort by their last calendar day, the
    parts before the whole. A number or year that does not exist raises `PeriodError`.
    """

    kind: str
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise PeriodError("kind", kind=self.kind)
        if not 1 <= self.year <= 9999:
            raise PeriodError("year", year=self.year)
        last = last_number(self.kind, self.year)
        if not 1 <= self.number <= last:
            code = self.kind if self.kind in ("day", "week", "month", "quarter", "half") else "one"
            raise PeriodError(code, number=self.number, year=f"{self.year:04}", last=last)

    @classmethod
    def of_day(cls, day: date) -> "Period":
        """The period that is just this day."""
        return cls("day", day.year, day.timetuple().tm_yday)

    @property
    def day(self) -> date:
        """The date of a period of kind day."""
        return date(self.year, 1, 1) + timedelta(days=self.number - 1)

    @property
    def months(self) -> tuple[int, int]:
        """First and last month, 1 to 12, of a period made of months."""
        length = LENGTHS[self.kind]
        return length * (self.number - 1) + 1, length * self.number

    @property
    def text(self) -> str:
        """The canonical name, such as `2020-Q1`."""
        match self.kind:
            case "day":
                return self.day.isoformat()
            case "week":
                return f"{self.year:04}-W{self.number:02}"
            case "month":
                return f"{self.year:04}-{self.number:02}"
            case "quarter":
                return f"{self.year:04}-Q{self.number}"
            case "half":
                return f"{self.year:04}-H{self.number}"
            case "nine-month":
                return f"{self.year:04}-9M"
            case _:
                return f"{self.year:04}"

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return self._rank() < other._rank()

    def _rank(self) -> tuple[int, int]:
        return _last_ordinal(self), KINDS.index(self.kind)


def last_number(kind: str, year: int) -> int:
    """How many periods of the kind the year has: 365 or 366 days, 52 or 53 weeks, 12 months …"""
    match kind:
        case "day":
            return 366 if isleap(year) else 365
        case "week":
            return date(year, 12, 28).isocalendar().week
        case "nine-month":
            return 1
        case _:
            return 12 // LENGTHS[kind]


@lru_cache(maxsize=65536)
def parse(text: str) -> Period:
    """The period with this canonical name; anything else raises `PeriodError`."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise PeriodError("shape", text=text)
    year = int(found["year"])
    if found["day"]:
        try:
            return Period.of_day(date.fromisoformat(text))
        except ValueError:
            raise PeriodError("date", text=text) from None
    if found["nine"]:
        return Period("nine-month", year)
    for kind in ("week", "month", "quarter", "half"):
        if found[kind]:
            return Period(kind, year, int(found[kind]))
    return Period("year", year)


def _last_ordinal(period: Period) -> int:
    if period.kind == "day":
        return period.day.toordinal()
    if period.kind == "week":
        return date.fromisocalendar(period.year, period.number, 1).toordinal() + 6
    month = period.months[1]
    if month == 12:
        return date(period.year, 12, 31).toordinal()
    return date(period.year, month + 1, 1).toordinal() - 1

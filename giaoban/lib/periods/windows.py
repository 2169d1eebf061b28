"""The days a period covers in a regime, and how one period lies in another.

The month M of a window that starts on day D > 1 runs from day D of the month before to day D - 1
of M; quarters, halves, nine months and years are made of these months. Decree 09/2019 is D = 15.
A week whose window starts on another day than Monday is named after the ISO week it ends in.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from giaoban.lib.periods.names import KINDS, Period, PeriodError, last_number, parse
from giaoban.lib.periods.steps import following, preceding

Place = Literal["inside", "outside", "crossing"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ONE_DAY = timedelta(days=1)
_TEXT = re.compile(r"(calendar|nd09|months:(0?[1-9]|1[0-9]|2[0-8]))(?:, ?week:([a-z]{3}))?")


class Span(NamedTuple):
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    def holds(self, other: "Span") -> bool:
        """Whether all days of the other span lie in this one."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: "Span") -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Window:
    """How the periods of a regime lie in the calendar.

    `month_day` is the day, 1 to 28, on which months start; `week_day` the ISO day of the week, 1 to
    7, on which weeks start; `spans` are days given one by one, stronger than the rule.
    """

    month_day: int = 1
    week_day: int = 1
    spans: tuple[tuple[Period, Span], ...] = ()

    @classmethod
    def parse(cls, text: str, spans: Mapping[str, tuple[date, date]] | None = None) -> "Window":
        """Read `calendar`, `nd09` or `months:D`, each with an optional `, week:fri`.

        `spans` maps period names to their first and last day, such as a finance year of ten months
        `{"2026": (date(2026, 1, 1), date(2026, 10, 31))}`. Raises `PeriodError`.
        """
        found = _TEXT.fullmatch(text.strip())
        if found is None or (found[3] and found[3] not in WEEKDAYS):
            raise PeriodError("window", text=text)
        month_day = {"calendar": 1, "nd09": 15}.get(found[1]) or int(found[2])
        week_day = WEEKDAYS.index(found[3]) + 1 if found[3] else 1
        return cls(month_day, week_day, _given(spans or {}))

    def __str__(self) -> str:
        """The rule as `parse` reads it; the spans given one by one are not part of it."""
        text = {1: "calendar", 15: "nd09"}.get(self.month_day, f"months:{self.month_day}")
        return text if self.week_day == 1 else f"{text}, week:{WEEKDAYS[self.week_day - 1]}"


def span(period: Period, window: Window, of: str | None = None) -> Span:
    """The days of a period in a window; with `of="week"` a year is the ISO year of its weeks.

    Raises `PeriodError` where the days fall outside the calendar.
    """
    return _span(period, window, of == "week" and period.kind == "year")


def place(own: Period, asked: Period, window: Window) -> Place:
    """How a report's own period lies in an asked period, in the calendar of the regime.

    `crossing` means that they share days but the own period is not wholly inside. A year asked
    of weeks is the ISO year.
    """
    days = span(own, window)
    wanted = span(asked, window, "week" if own.kind == "week" else None)
    if wanted.holds(days):
        return "inside"
    return "crossing" if wanted.meets(days) else "outside"


def between(kind: str, window: Window, first: date, last: date, of: str | None = None) -> list[Period]:
    """All periods of the kind that share a day with `first`..`last`, in order."""
    wanted = Span(first, last)
    candidates = set(_around(kind, first, last))
    candidates.update(period for period, _ in window.spans if period.kind == kind)
    found: list[tuple[Span, Period]] = []
    for period in candidates:
        try:
            days = span(period, window, of)
        except PeriodError:
            continue
        if wanted.meets(days):
            found.append((days, period))
    return [period for _, period in sorted(found)]


def current(kind: str, window: Window, day: date, of: str | None = None) -> Period:
    """The period of the kind that holds the day.

    Raises `PeriodError` where none does, as in October for nine months.
    """
    found = between(kind, window, day, day, of)
    given = {period for period, _ in window.spans}
    if not found:
        raise PeriodError("none", kind=kind, day=day.isoformat())
    return next((period for period in found if period in given), found[0])


@lru_cache(maxsize=65536)
def _span(period: Period, window: Window, iso: bool) -> Span:
    for given, days in window.spans:
        if given == period:
            return days
    try:
        if period.kind == "day":
            return Span(period.day, period.day)
        if period.kind == "week":
            return _week(period, window)
        if iso:
            last_week = Period("week", period.year, last_number("week", period.year))
            first_week = Period("week", period.year)
            return Span(span(first_week, window).first, span(last_week, window).last)
        return _months(period, window.month_day)
    except (OverflowError, ValueError):
        raise PeriodError("edge", text=period.text) from None


def _week(period: Period, window: Window) -> Span:
    monday = date.fromisocalendar(period.year, period.number, 1)
    first = monday - timedelta(days=(8 - window.week_day) % 7)
    return Span(first, first + timedelta(days=6))


def _months(period: Period, month_day: int) -> Span:
    first, last = period.months
    year = period.year
    if month_day == 1:
        end = date(year, 12, 31) if last == 12 else date(year, last + 1, 1) - _ONE_DAY
        return Span(date(year, first, 1), end)
    start = date(year - 1, 12, month_day) if first == 1 else date(year, first - 1, month_day)
    return Span(start, date(year, last, month_day - 1))


def _around(kind: str, first: date, last: date) -> Iterator[Period]:
    """The periods from one before the day `first` to one after `last`, by the plain calendar."""
    if kind == "day":
        yield from (
            Period.of_day(date.fromordinal(n)) for n in range(first.toordinal(), last.toordinal() + 1)
        )
        return
    period, end = _plain(kind, first), _plain(kind, last)
    try:
        period = preceding(period)
    except PeriodError:
        pass
    try:
        end = following(end)
    except PeriodError:
        pass
    yield period
    while period < end:
        period = following(period)
        yield period


def _plain(kind: str, day: date) -> Period:
    if kind not in KINDS:
        raise PeriodError("kind", kind=kind)
    if kind == "week":
        iso = day.isocalendar()
        # 31 December 9999 lies in a week of the ISO year 9999, so the year never exceeds the calendar.
        return Period("week", iso.year, iso.week)
    length = {"month": 1, "quarter": 3, "half": 6}.get(kind, 12)
    return Period(kind, day.year, (day.month - 1) // length + 1)


def _given(spans: Mapping[str, tuple[date, date]]) -> tuple[tuple[Period, Span], ...]:
    given = sorted((parse(name), Span(*days)) for name, days in spans.items())
    for period, days in given:
        if days.first > days.last:
            raise PeriodError("span", text=period.text, first=days.first, last=days.last)
    for (one, days), (other, more) in zip(given, given[1:], strict=False):
        if one.kind == other.kind and days.meets(more):
            raise PeriodError("overlap", one=one.text, other=other.text)
    return tuple(given)

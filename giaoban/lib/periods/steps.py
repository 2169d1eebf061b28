"""From one period to the next, the one before, and the same one a year earlier."""

from datetime import date

from giaoban.lib.periods.names import Period, PeriodError, last_number


def following(period: Period) -> Period:
    """The next period of the same kind; `PeriodError` after the year 9999."""
    if period.number < last_number(period.kind, period.year):
        return Period(period.kind, period.year, period.number + 1)
    if period.year == 9999:
        raise PeriodError("edge", text=period.text)
    return Period(period.kind, period.year + 1, 1)


def preceding(period: Period) -> Period:
    """The period of the same kind just before; `PeriodError` before the year 1."""
    if period.number > 1:
        return Period(period.kind, period.year, period.number - 1)
    if period.year == 1:
        raise PeriodError("edge", text=period.text)
    return Period(period.kind, period.year - 1, last_number(period.kind, period.year - 1))


def year_before(period: Period) -> Period | None:
    """The same period of the year before; None where there is none (29 February, week 53, year 1)."""
    if period.year == 1:
        return None
    if period.kind == "day":
        return _day_before(period.day)
    if period.number > last_number(period.kind, period.year - 1):
        return None
    return Period(period.kind, period.year - 1, period.number)


def _day_before(day: date) -> Period | None:
    if (day.month, day.day) == (2, 29):
        return None
    return Period.of_day(day.replace(year=day.year - 1))

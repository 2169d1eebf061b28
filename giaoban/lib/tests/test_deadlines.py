"""Deadlines in days and working days, across Tết and a make-up Saturday."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.lib.deadlines import DeadlineError, DueRule, WorkCalendar
from giaoban.lib.periods import Window, parse, span

ZONE = "Asia/Ho_Chi_Minh"

# New Year's Friday is made up for on Saturday 10 January; Tết takes a week in February.
CALENDAR = WorkCalendar(
    holidays=frozenset({date(2026, 1, 1), date(2026, 1, 2), *(date(2026, 2, day) for day in range(16, 21))}),
    working=frozenset({date(2026, 1, 10)}),
)


def due(rule: str, last_day: date, calendar: WorkCalendar = CALENDAR) -> str:
    return DueRule.parse(rule).at(last_day, ZONE, calendar).isoformat()


@pytest.mark.requirement(22, 26)
def test_three_working_days_after_the_february_cut_off_fall_behind_tet() -> None:
    cut_off = span(parse("2026-02"), Window.parse("nd09")).last
    assert cut_off == date(2026, 2, 14)
    assert due("+3wd 17:00", cut_off) == "2026-02-25T17:00:00+07:00"
    assert due("+3wd 17:00", cut_off, WorkCalendar()) == "2026-02-18T17:00:00+07:00"
    assert due("+3d 17:00", cut_off) == "2026-02-17T17:00:00+07:00"


def test_a_make_up_saturday_is_a_working_day() -> None:
    assert due("+2wd 17:00", date(2026, 1, 8)) == "2026-01-10T17:00:00+07:00"
    assert due("+2wd 17:00", date(2026, 1, 15)) == "2026-01-19T17:00:00+07:00"
    assert due("+1wd 08:00", date(2025, 12, 31)) == "2026-01-05T08:00:00+07:00"


def test_no_days_mean_the_last_day_itself_or_the_next_one_worked() -> None:
    assert due("+0d 18:00", date(2026, 2, 16)) == "2026-02-16T18:00:00+07:00"
    assert due("+0wd 18:00", date(2026, 2, 13)) == "2026-02-13T18:00:00+07:00"
    assert due("+0wd 18:00", date(2026, 2, 14)) == "2026-02-23T18:00:00+07:00"


def test_the_hour_is_that_of_the_zone() -> None:
    rule = DueRule.parse("+0d 18:00")
    winter = rule.at(date(2020, 2, 24), "Europe/Rome", CALENDAR)
    summer = rule.at(date(2020, 7, 24), "Europe/Rome", CALENDAR)
    assert winter.astimezone(UTC) == datetime(2020, 2, 24, 17, 0, tzinfo=UTC)
    assert summer.astimezone(UTC) == datetime(2020, 7, 24, 16, 0, tzinfo=UTC)


def test_working_days_between_are_counted() -> None:
    assert CALENDAR.count(date(2026, 2, 14), date(2026, 2, 25)) == 3
    assert CALENDAR.count(date(2026, 1, 5), date(2026, 1, 5)) == 0


@pytest.mark.parametrize("text", ["+5d 17:00", "+3wd 08:30", "+0d 00:00", "+45d 23:59"])
def test_a_rule_is_written_as_it_is_read(text: str) -> None:
    assert str(DueRule.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "5d 17:00", "+5d", "+5d 24:00", "+5d 17:60", "-1d 17:00", "+5 17:00", "+5d 7:00"]
)
def test_other_texts_are_no_rules(text: str) -> None:
    with pytest.raises(DeadlineError, match="is not a due rule; write"):
        DueRule.parse(text)


def test_what_has_no_answer_is_said() -> None:
    rule = DueRule.parse("+1d 17:00")
    for zone in ("Asia/Saigon2", "", "../etc", "Asia"):
        with pytest.raises(DeadlineError, match="is not a time zone"):
            rule.at(date(2026, 1, 1), zone)
    with pytest.raises(DeadlineError, match="The deadline after 9999-12-31 falls outside"):
        rule.at(date(9999, 12, 31), ZONE)
    with pytest.raises(DeadlineError, match="2026-01-10 is both a holiday and a working day"):
        WorkCalendar(holidays=frozenset({date(2026, 1, 10)}), working=frozenset({date(2026, 1, 10)}))


@given(st.dates(date(2025, 12, 1), date(2026, 3, 31)), st.integers(1, 30))
def test_the_nth_working_day_is_the_nth(day: date, count: int) -> None:
    found = CALENDAR.after(day, count)
    assert CALENDAR.is_working(found)
    assert CALENDAR.count(day, found) == count
    assert CALENDAR.after(day, count) < CALENDAR.after(day, count + 1)
    assert found - day >= timedelta(days=count)

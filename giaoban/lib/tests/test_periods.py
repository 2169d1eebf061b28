"""The calendar of reporting: names, data windows, tilings."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.lib import periods
from giaoban.lib.periods import (
    KINDS,
    Period,
    PeriodError,
    Span,
    Window,
    between,
    current,
    following,
    label,
    parse,
    place,
    preceding,
    span,
    year_before,
)

CALENDAR = Window.parse("calendar")
ND09 = Window.parse("nd09")


def days(text: str, window: Window = ND09) -> tuple[str, str]:
    first, last = span(parse(text), window)
    return first.isoformat(), last.isoformat()


@pytest.mark.parametrize(
    ("text", "kind"),
    list(
        zip(
            ["2020-02-24", "2020-W10", "2020-03", "2020-Q1", "2020-H1", "2020-9M", "2020"],
            KINDS,
            strict=True,
        )
    ),
)
def test_a_name_is_read_and_written_back(text: str, kind: str) -> None:
    period = parse(text)
    assert (period.kind, period.text, str(period)) == (kind, text, text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2020-13", "There is no month 13; months run from 01 to 12."),
        ("2020-00", "There is no month 0; months run from 01 to 12."),
        ("2020-Q5", "There is no quarter 5; quarters run from Q1 to Q4."),
        ("2020-H3", "There is no half-year 3; half-years are H1 and H2."),
        ("2021-W53", "The year 2021 has no week 53; its last week is W52."),
        ("2020-W00", "The year 2020 has no week 0; its last week is W53."),
        ("2021-02-29", "There is no day 2021-02-29 in the calendar."),
        ("0000", "The year 0 is outside the calendar; years run from 0001 to 9999."),
    ],
)
def test_what_the_calendar_lacks_is_said(text: str, sentence: str) -> None:
    with pytest.raises(PeriodError) as refused:
        parse(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "text",
    ["", " 2020", "2020 ", "2020-3", "20200301", "2020W10", "2020-w10", "2020-q1", "2020-6M", "10000", "20",
     "2020-03-01T00:00", "２０２０", "2020-", "2020-W1", "2020\n"],
)  # fmt: skip
def test_no_other_spelling_is_a_period(text: str) -> None:
    with pytest.raises(PeriodError, match="is not a period; write a period like"):
        parse(text)


@pytest.mark.requirement(22)
@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-03", "2026-02-15", "2026-03-14"),
        ("2026-Q1", "2025-12-15", "2026-03-14"),
        ("2026-H1", "2025-12-15", "2026-06-14"),
        ("2026-H2", "2026-06-15", "2026-12-14"),
        ("2026-9M", "2025-12-15", "2026-09-14"),
        ("2026", "2025-12-15", "2026-12-14"),
        ("2020-Q1", "2019-12-15", "2020-03-14"),
        ("2020-W10", "2020-03-02", "2020-03-08"),
        ("2020-02-24", "2020-02-24", "2020-02-24"),
    ],
)
def test_decree_09_runs_from_the_15th_to_the_14th(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("window", "text", "first", "last"),
    [
        ("calendar", "2020-02", "2020-02-01", "2020-02-29"),
        ("calendar", "2020-9M", "2020-01-01", "2020-09-30"),
        ("calendar", "9999", "9999-01-01", "9999-12-31"),
        ("months:20", "2020-01", "2019-12-20", "2020-01-19"),
        ("months:1", "2020-01", "2020-01-01", "2020-01-31"),
        ("months:28", "2020-03", "2020-02-28", "2020-03-27"),
        ("calendar, week:fri", "2020-W10", "2020-02-28", "2020-03-05"),
        ("nd09,week:sun", "2020-W10", "2020-03-01", "2020-03-07"),
        ("nd09, week:tue", "2020-W10", "2020-02-25", "2020-03-02"),
    ],
)
def test_windows_are_rules_given_as_text(window: str, text: str, first: str, last: str) -> None:
    assert days(text, Window.parse(window)) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "nd10", "months:0", "months:29", "months:", "week:fri", "nd09, week:day"]
)
def test_a_window_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="is not a data window"):
        Window.parse(text)


@pytest.mark.parametrize(
    "text", ["calendar", "nd09", "months:10", "calendar, week:fri", "months:3, week:sun"]
)
def test_a_window_is_written_as_it_is_read(text: str) -> None:
    assert str(Window.parse(text)) == text


def test_a_finance_year_of_ten_months_is_data() -> None:
    window = Window.parse("calendar", {"2020": (date(2020, 1, 1), date(2020, 10, 31))})
    assert days("2020", window) == ("2020-01-01", "2020-10-31")
    assert days("2021", window) == ("2021-01-01", "2021-12-31")
    assert place(parse("2020-10"), parse("2020"), window) == "inside"
    assert place(parse("2020-11"), parse("2020"), window) == "outside"
    assert current("year", window, date(2020, 10, 31)) == parse("2020")
    with pytest.raises(PeriodError, match="No period of the kind year holds the day 2020-11-01"):
        current("year", window, date(2020, 11, 1))


def test_days_given_wrongly_are_refused() -> None:
    with pytest.raises(PeriodError, match="first day 2020-12-31 is after the last day 2020-01-01"):
        Window.parse("calendar", {"2020": (date(2020, 12, 31), date(2020, 1, 1))})
    with pytest.raises(PeriodError, match="The days given for 2020 and 2021 overlap"):
        Window.parse(
            "calendar",
            {
                "2020": (date(2020, 1, 1), date(2021, 1, 31)),
                "2021": (date(2021, 1, 1), date(2021, 12, 31)),
            },
        )


def test_a_school_year_given_as_data_is_found_from_its_second_half() -> None:
    window = Window.parse("calendar", {"2020": (date(2020, 9, 1), date(2021, 8, 31))})
    assert current("year", window, date(2021, 5, 1)) == parse("2020")


def test_a_year_of_weeks_is_the_iso_year() -> None:
    assert span(parse("2020"), CALENDAR, of="week") == (date(2019, 12, 30), date(2021, 1, 3))
    assert span(parse("2020"), ND09, of="week") == (date(2019, 12, 30), date(2021, 1, 3))
    assert span(parse("2021"), CALENDAR, of="week") == (date(2021, 1, 4), date(2022, 1, 2))
    assert span(parse("2020-03"), CALENDAR, of="week") == span(parse("2020-03"), CALENDAR)


@pytest.mark.parametrize(
    ("own", "asked", "expected"),
    [
        ("2020-W01", "2020", "inside"),
        ("2020-W53", "2020", "inside"),
        ("2020-W53", "2021", "outside"),
        ("2020-W09", "2020-02", "crossing"),
        ("2020-W09", "2020-03", "crossing"),
        ("2020-W14", "2020-Q1", "crossing"),
        ("2020-W10", "2020-03", "inside"),
        ("2020-03-02", "2020-W10", "inside"),
        ("2020-03-09", "2020-W10", "outside"),
        ("2020-12-31", "2020", "inside"),
        ("2020-03", "2020-Q1", "inside"),
        ("2020-Q4", "2020-9M", "outside"),
        ("2020-H2", "2020-9M", "crossing"),
        ("2020", "2020-03", "crossing"),
        ("2020-9M", "2020-9M", "inside"),
    ],
)
def test_where_a_report_lies_in_the_asked_period(own: str, asked: str, expected: str) -> None:
    assert place(parse(own), parse(asked), CALENDAR) == expected


def test_decree_09_places_days_and_weeks_by_its_own_quarter() -> None:
    assert place(parse("2019-12-15"), parse("2020-Q1"), ND09) == "inside"
    assert place(parse("2020-03-15"), parse("2020-Q1"), ND09) == "outside"
    assert place(parse("2020-W11"), parse("2020-Q1"), ND09) == "crossing"


def test_the_neighbours_of_a_period() -> None:
    assert following(parse("2020-W53")) == parse("2021-W01")
    assert preceding(parse("2021-W01")) == parse("2020-W53")
    assert following(parse("2020-02-28")) == parse("2020-02-29")
    assert following(parse("2020-H2")) == parse("2021-H1")
    assert preceding(parse("2020-9M")) == parse("2019-9M")
    assert preceding(parse("2020-03-01")) == parse("2020-02-29")


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2020-03", "2019-03"),
        ("2020-W53", None),
        ("2021-W52", "2020-W52"),
        ("2020-02-29", None),
        ("2021-03-01", "2020-03-01"),
        ("2020-12-31", "2019-12-31"),
        ("2020-9M", "2019-9M"),
        ("0001-Q1", None),
    ],
)
def test_the_same_period_of_the_year_before(text: str, before: str | None) -> None:
    assert year_before(parse(text)) == (parse(before) if before else None)


def test_the_calendar_has_edges() -> None:
    for step, text in ((following, "9999"), (preceding, "0001-01-01"), (following, "9999-W52")):
        with pytest.raises(PeriodError, match=f"The period {text} lies at the edge of the calendar"):
            step(parse(text))
    for text in ("0001-01", "0001", "9999-W52"):
        with pytest.raises(PeriodError, match="lies at the edge"):
            span(parse(text), ND09)


def test_the_periods_of_a_stretch_of_days() -> None:
    assert [str(p) for p in between("month", ND09, date(2020, 1, 14), date(2020, 3, 15))] == [
        "2020-01", "2020-02", "2020-03", "2020-04",
    ]  # fmt: skip
    assert [str(p) for p in between("week", CALENDAR, date(2020, 12, 31), date(2021, 1, 4))] == [
        "2020-W53", "2021-W01",
    ]  # fmt: skip
    assert len(between("day", ND09, date(2020, 2, 24), date(2020, 12, 31))) == 312
    assert between("year", CALENDAR, date(2019, 12, 30), date(2019, 12, 30), of="week") == [parse("2020")]
    assert between("nine-month", CALENDAR, date(2020, 10, 1), date(2020, 12, 31)) == []
    assert between("month", CALENDAR, date(2020, 2, 1), date(2020, 1, 1)) == []


def test_the_current_period() -> None:
    assert current("month", ND09, date(2020, 3, 15)) == parse("2020-04")
    assert current("month", ND09, date(2019, 12, 15)) == parse("2020-01")
    assert current("year", ND09, date(2019, 12, 14)) == parse("2019")
    assert current("week", Window.parse("calendar, week:fri"), date(2020, 3, 6)) == parse("2020-W11")
    assert current("day", ND09, date(9999, 12, 31)) == parse("9999-12-31")
    with pytest.raises(PeriodError, match="No period of the kind nine-month holds the day 2020-11-05"):
        current("nine-month", CALENDAR, date(2020, 11, 5))


def test_parts_come_before_the_whole() -> None:
    texts = [
        "2020-01",
        "2020-02",
        "2020-03-31",
        "2020-03",
        "2020-Q1",
        "2020-H1",
        "2020-9M",
        "2020",
        "2020-W53",
    ]
    assert [str(p) for p in sorted(map(parse, reversed(texts)))] == texts
    assert len({parse(text) for text in texts * 2}) == len(texts)


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("2020-02-24", "Ngày 24/02/2020", "24 February 2020"),
        ("2020-W10", "Tuần 10/2020", "Week 10, 2020"),
        ("2020-03", "Tháng 3/2020", "March 2020"),
        ("2020-Q1", "Quý I/2020", "Quarter 1, 2020"),
        ("2020-H1", "6 tháng đầu năm 2020", "First half of 2020"),
        ("2020-H2", "6 tháng cuối năm 2020", "Second half of 2020"),
        ("2020-9M", "9 tháng năm 2020", "Nine months of 2020"),
        ("2020", "Năm 2020", "Year 2020"),
    ],
)
def test_what_people_call_a_period(text: str, vi: str, en: str) -> None:
    assert (label(parse(text), "vi"), label(parse(text), "en")) == (vi, en)


def test_a_period_is_built_from_a_number_only_if_it_exists() -> None:
    assert Period("day", 2020, 60).text == "2020-02-29"
    with pytest.raises(PeriodError, match="The year 2021 has no day 366"):
        Period("day", 2021, 366)
    with pytest.raises(PeriodError, match="“fortnight” is not a kind of period"):
        Period("fortnight", 2021)
    with pytest.raises(PeriodError, match="has no number 2"):
        Period("nine-month", 2021, 2)


windows = st.builds(Window, month_day=st.integers(1, 28), week_day=st.integers(1, 7))
kinds = st.sampled_from(KINDS)
tiling_kinds = st.sampled_from(["day", "week", "month", "quarter", "half", "year"])
some_days = st.dates(date(2, 1, 1), date(9998, 1, 1))
years = st.integers(2, 9997)


def tiles(parts: list[Period], window: Window, whole: Span) -> bool:
    spans = [span(part, window) for part in parts]
    joined = all(b.first - a.last == timedelta(days=1) for a, b in zip(spans, spans[1:], strict=False))
    return joined and (spans[0].first, spans[-1].last) == whole


@given(windows, years)
def test_months_quarters_and_halves_tile_the_year(window: Window, year: int) -> None:
    whole = span(Period("year", year), window)
    for kind, count in (("month", 12), ("quarter", 4), ("half", 2)):
        parts = [Period(kind, year, n) for n in range(1, count + 1)]
        assert tiles(parts, window, whole)
        assert between(kind, window, *whole) == parts
    assert tiles(
        [Period("half", year, 1), Period("quarter", year, 3)],
        window,
        span(Period("nine-month", year), window),
    )


@given(windows, years, st.integers(1, 4))
def test_months_tile_the_quarter(window: Window, year: int, quarter: int) -> None:
    months = [Period("month", year, 3 * quarter - n) for n in (2, 1, 0)]
    assert tiles(months, window, span(Period("quarter", year, quarter), window))


@given(windows, years)
def test_weeks_tile_the_iso_year(window: Window, year: int) -> None:
    whole = span(Period("year", year), window, of="week")
    weeks = between("week", window, *whole)
    assert tiles(weeks, window, whole)
    assert {week.year for week in weeks} == {year}
    assert all(place(week, Period("year", year), window) == "inside" for week in weeks)
    assert all(place(week, Period("year", year + 1), window) == "outside" for week in weeks)


@given(windows, tiling_kinds, some_days)
def test_every_day_lies_in_one_period_and_neighbours_do_not_overlap(
    window: Window, kind: str, day: date
) -> None:
    period = current(kind, window, day)
    days = span(period, window)
    assert days.first <= day <= days.last
    assert between(kind, window, day, day) == [period]
    assert span(following(period), window).first - days.last == timedelta(days=1)
    assert preceding(following(period)) == period == following(preceding(period))


@given(kinds, some_days)
def test_names_round_trip_and_sort_as_they_lie(kind: str, day: date) -> None:
    found = between(kind, CALENDAR, day - timedelta(days=200), day + timedelta(days=200))
    assert [parse(str(period)) for period in found] == found == sorted(found)


@given(windows)
def test_any_rule_is_written_as_it_is_read(window: Window) -> None:
    assert Window.parse(str(window)) == window


def test_the_surface_is_complete() -> None:
    assert all(hasattr(periods, name) for name in periods.__all__)

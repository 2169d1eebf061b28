"""Periods as people type them."""

from datetime import date

import pytest

from giaoban.core.refused import Refused
from giaoban.rollups.explorer import spans


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2020-01..2020-03", ["2020-01", "2020-02", "2020-03"]),
        ("2019-Q4..2020-Q1", ["2019-Q4", "2020-Q1"]),
        ("2020-Q1, 2020-Q2; 2020", ["2020-Q1", "2020-Q2", "2020"]),
        ("2020-W53..2021-W01", ["2020-W53", "2021-W01"]),
        ("2020,2020,2020-01..2020-01", ["2020", "2020-01"]),
        ("2020-9M", ["2020-9M"]),
    ],
)
def test_lists_and_ranges_are_read(typed: str, read: list[str]) -> None:
    assert [period.text for period in spans.read(typed)] == read


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2020-13", "month 13"),
        ("hôm nay", "hôm nay"),
        ("", "at least one"),
        ("2020-01..2020-Q4", "one kind"),
        ("2020-03..2020-01", "ends before"),
        ("2020-01..", "”"),
        ("0001-01-01..9999-12-31", "400"),
        ("9999..9999,9998-01..9999-12,", ""),
    ],
)
def test_what_is_no_period_is_said_in_a_sentence(typed: str, says: str, settings) -> None:
    settings.LANGUAGE_CODE = "en"
    if not says:
        assert spans.read(typed)[-1].text == "9999-12"
        return
    with pytest.raises(Refused, match=says) as refused:
        spans.read(typed)
    assert refused.value.field == "period"


@pytest.mark.parametrize("text", ["2020-01..2020-12", "2020-Q1,2020-Q2", "2019-11..2020-02,2020-Q1,2020"])
def test_periods_are_written_as_short_as_they_are_read(text: str) -> None:
    assert spans.written(spans.read(text)) == text


def test_quick_choices_follow_the_term_and_the_frequencies() -> None:
    years = spans.quick(date(2019, 12, 15), date(2020, 12, 14), ["month"])
    assert [year for year, _choices in years][:2] == ["2020", "2019"]
    assert [value for value, _label in years[0][1]] == [
        "2020-01..2020-12", "2020-Q1..2020-Q4", "2020-H1,2020-H2", "2020-9M", "2020",
    ]  # fmt: skip
    assert years[-1][1][0][0] == "2019..2020"
    assert spans.quick(date(2020, 1, 1), date(2020, 2, 1), ["week"])[0][1][0][0] == "2020-W01..2020-W53"
    assert all(spans.read(value) for _year, choices in years for value, _label in choices)

"""What a reader sees of numbers, dates and names."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation


def shown(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (1234567, 0, "1.234.567", "1,234,567"),
        (Decimal("1234.5"), 1, "1.234,5", "1,234.5"),
        (Decimal("2.5"), 0, "3", "3"),
        (Decimal("-2.5"), 0, "−3", "−3"),
        (Decimal("-0.4"), 0, "0", "0"),
        (Decimal("0.005"), 2, "0,01", "0.01"),
        (0, 0, "0", "0"),
    ],
)
def test_numbers_are_written_as_the_reader_writes_them(value, decimals, vi, en):
    with translation.override("vi"):
        assert shown("{{ value|figure:decimals }}", value=value, decimals=decimals) == vi
    with translation.override("en"):
        assert shown("{{ value|figure:decimals }}", value=value, decimals=decimals) == en


def test_no_value_is_not_zero():
    with translation.override("en"):
        assert "no data" in shown("{{ value|figure }}", value=None)


def test_differences_carry_their_sign():
    with translation.override("vi"):
        assert (
            shown("{{ a|signed:1 }} {{ b|signed }} {{ c|signed }}", a=Decimal("1.25"), b=-5, c=0)
            == "+1,3 −5 0"
        )


def test_nothing_due_has_no_rate():
    with translation.override("vi"):
        assert shown("{{ 28|percent:29 }}") == "96,6 %"
        assert "không có số liệu" in shown("{{ 0|percent:0 }}")


def test_days_and_instants_come_in_the_zone_of_the_page():
    instant = datetime(2026, 1, 4, 17, 30, tzinfo=UTC)
    with translation.override("vi"):
        assert ">05/01/2026<" in shown("{{ day|day }}", day=date(2026, 1, 5))
        assert 'datetime="2026-01-05T00:30+07:00"' in shown("{{ at|moment }}", at=instant)
        assert ">05/01/2026<" in shown("{{ at|day }}", at=instant)


def test_names_come_in_the_readers_language():
    names = {"vi": "Sở Y tế", "en": "Health department"}
    with translation.override("en"):
        assert shown("{{ names|pick }}", names=names) == "Health department"
        assert shown("{{ names|pick }}", names={"vi": "Sở Y tế"}) == "Sở Y tế"

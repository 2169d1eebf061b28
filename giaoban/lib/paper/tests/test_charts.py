"""Charts: drawn in the reader's numbers, told apart without colour, and said in a sentence."""

from decimal import Decimal

import pytest

from giaoban.lib.paper import PaperError, charts
from giaoban.lib.paper.charts import Series

MONTHS = ("T1", "T2", "T3")
NOW = Series("Năm 2025", tuple(zip(MONTHS, (Decimal("1000"), Decimal("2500.5"), 1800), strict=True)))
BEFORE = Series("Năm 2024", tuple(zip(MONTHS, (900, None, 2000), strict=True)))


def test_lines_differ_in_dash_and_point_and_numbers_are_the_readers() -> None:
    drawn = charts.line([NOW, BEFORE], title="Lượt người", language="vi", unit="lượt")
    assert "2.000" in drawn.svg
    assert "stroke-dasharray" in drawn.svg
    assert drawn.png.startswith(b"\x89PNG")
    assert drawn.alt == (
        "Biểu đồ đường “Lượt người”: Năm 2025: từ 1.000 (T1) đến 1.800 (T3), cao nhất 2.500,5 (T2); "
        "Năm 2024: từ 900 (T1) đến 2.000 (T3), cao nhất 2.000 (T3); không có số liệu: T2; đơn vị tính: lượt."
    )
    assert "2,000" in charts.line([NOW], title="People", language="en").svg


@pytest.mark.parametrize(
    ("kind", "alt"),
    [
        ("bar", "Bar chart “People”: highest 2,500.5 (T2), lowest 1,000 (T1)."),
        (
            "grouped",
            "Grouped bar chart “People”: Năm 2025: highest 2,500.5 (T2), lowest 1,000 (T1); "
            "Năm 2024: highest 2,000 (T3), lowest 900 (T1); no data: T2.",
        ),
    ],
)
def test_bars_have_their_sentence(kind: str, alt: str) -> None:
    assert getattr(charts, kind)([NOW, BEFORE], title="People", language="en").alt == alt


def test_many_series_are_counted_not_listed() -> None:
    many = [Series(f"S{n}", (("a", n),)) for n in range(7)]
    said = charts.sentence("line", many, title="All", language="en")
    assert said == "Line chart “All”: S0: 0 (a); S1: 1 (a); S2: 2 (a); S3: 3 (a); and 3 more series."


def test_a_series_without_values_says_so() -> None:
    said = charts.sentence("bar", [Series("S", (("a", None),))], title="None", language="vi")
    assert said == "Biểu đồ cột “None”: không có số liệu."


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(PaperError, match="no data to draw"):
        charts.line([Series("S", (("a", None),))], title="None", language="vi")

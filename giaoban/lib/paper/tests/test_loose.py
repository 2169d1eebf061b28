"""Digits outside figures: listed, except where they are dates, periods, papers, numbering, names."""

import pytest

from giaoban.lib.paper.read.lines import Line, Piece, assemble
from giaoban.lib.paper.read.loose import loose_digits


@pytest.mark.parametrize(
    "text",
    [
        "Số: 05/BC-UBND",
        "Cần Thơ, ngày 05 tháng 01 năm 2026",
        "Can Tho, 5 January 2026",
        "từ ngày 15/12/2019 đến 14/12/2020, ngày 5/6",
        "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ",
        "Quy chế 01/QCPH/UBND-UBMTTQ; Chỉ thị 127-QĐ/TW",
        "1. Kết quả", "1.2. Kết quả", "12) Kết quả", "a) Điểm",
        "Bảng 1. Kết quả", "Phụ lục 2", "theo Điều 5, khoản 2", "Table 3 and Article 12",
        "Tháng 3/2020, Quý I/2020, quý 2, tuần 10/2020, 6 tháng đầu năm 2020, 9 tháng năm 2020",
        "2020-03, 2020-W10, 2020-Q1, 2020-9M, 2020-03-01",
        "Week 3, 2020; Quarter 1, 2020; March 2020",
        "giai đoạn 2021-2026, năm 2025/2026, năm học 2024 - 2025",
        "dịch COVID-19, cúm H5N1, bệnh F0, bụi PM2",
        "diện tích km2 và m3",
        "họp lúc 8h30, 14:00",
        "https://giaoban.example.vn/a/1/reviews/22 và bdp2@example.vn",
        "Số 12 đường Hòa Bình. Điện thoại: 0292.3820.111",
        "12 Hoa Binh Street",
        "- Lưu: VT, TH (05).", "PL.(300)",
        "không có chữ số",
    ],
)  # fmt: skip
def test_these_need_no_source(text: str) -> None:
    assert list(loose_digits(text)) == []


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("đạt 1.234 lượt", ["1.234"]),
        ("tăng 12,5% so với năm 2019", ["12,5%"]),
        ("có 15 xã, 3 huyện", ["15", "3"]),
        ("tháng 3 có 20 vụ", ["20"]),
        ("1.234 người đã được tập huấn", ["1.234"]),
        ("đạt 2020,5 km", ["2020,5"]),
        ("tỷ lệ 21/21", ["21/21"]),
        ("tháng 3.500 lượt", ["3.500"]),
        ("quý 1/4 số xã", ["1/4"]),
        ("Kết quả: 5kg", ["5"]),
        ("từ 5 đến 10", ["5", "10"]),
        ("đạt ５ lượt", ["５"]),
    ],
)
def test_these_are_listed(text: str, digits: list[str]) -> None:
    assert [found for found, _ in loose_digits(text)] == digits


def test_the_words_around_are_given() -> None:
    assert list(loose_digits("Các đơn vị đã tổ chức 15 lớp tập huấn cho cán bộ cơ sở trong toàn vùng")) == [
        ("15", "Các đơn vị đã tổ chức 15 lớp tập huấn cho cán bộ cơ sở")
    ]


def test_a_column_that_counts_rows_is_numbering_until_it_miscounts() -> None:
    cells = [
        Line("here", (Piece(text),), (1, row, 1)) for row, text in enumerate(("TT", "1", "2", "3", "7"), 1)
    ]
    cells += [Line("there", (Piece(text),), (2, row, 1)) for row, text in enumerate(("1", "2."), 1)]
    cells += [Line("beside", (Piece("3"),), (2, 3, 2))]
    assert [(loose.text, loose.where) for loose in assemble("docx", cells, (None, False)).loose] == [
        ("7", "here"),
        ("3", "beside"),
    ]


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        (("đạt ", "5 km"), "1.234"),
        (("đạt 9", " km"), "91.234"),
        (("đạt 9.", " km"), "9.1.234"),
        (("đạt ", "5 km"), "1.2345"),
        (("đạt ", ",5 km"), "1.234,5"),
        (("đạt ", ". Năm"), "1.234"),
        (("đạt -", " km"), "-1.234"),
        (("từ 5 đến ", ""), "1.234"),
        (("A-", ""), "1.234"),
    ],
)
def test_digits_that_touch_a_figure_belong_to_it(pieces: tuple[str, str], shown: str) -> None:
    after = pieces[1] if shown != "1.234" or not pieces[1].startswith("5") else " " + pieces[1]
    line = Line("here", (Piece(pieces[0]), Piece("1.234", "f1", 1), Piece(after)))
    assert assemble("docx", [line], (None, False)).figures == {"f1": (shown,)}

"""Numbers as text, lengths of lines, profiles."""

from dataclasses import replace
from datetime import date

import pytest

from giaoban.lib.paper import Figure, Head, PaperError, Paragraph, Part, Text, metrics
from giaoban.lib.paper.ending import closed, ended
from giaoban.lib.paper.lettering import Numbers, annex, attached, date_line, day_text, number_line, point
from giaoban.lib.paper.profile import known, load
from giaoban.lib.paper.tests.samples import figure, plain, review

ND30 = load("nd30")


def test_parts_count_within_the_part_above() -> None:
    numbers = Numbers("vi", ND30)
    levels = (0, 1, 2, 3, 3, 2, 1, 2, 0, 1)
    assert [numbers.part(level) for level in levels] == [
        "Phần I", "I.", "1.", "a)", "b)", "2.", "II.", "1.", "Phần II", "I.",
    ]  # fmt: skip
    numbers.restart()
    assert numbers.part(2) == "1."
    assert (numbers.table(), numbers.table(), numbers.chart()) == ("Bảng 1.", "Bảng 2.", "Hình 1.")


def test_points_follow_the_alphabet_of_the_language() -> None:
    assert [point(n, "vi") for n in range(1, 9)] == ["a", "b", "c", "d", "đ", "e", "g", "h"]
    assert [point(n, "en") for n in (1, 5, 6, 26, 27)] == ["a", "e", "f", "z", "aa"]


def test_annexes_are_numbered_when_there_are_several() -> None:
    assert annex(1, 1, "vi", ND30) == "Phụ lục"
    assert annex(2, 2, "vi", ND30) == "Phụ lục II"
    assert attached(review("vi"), ND30) == "(Kèm theo báo cáo số 05/BC-BĐP ngày 05 tháng 01 năm 2026)"
    assert attached(review("en"), ND30) == "(Attached to report no. 05/BC-BĐP of 5 January 2026)"


def test_number_and_date_leave_room_in_a_draft() -> None:
    head = Head(("Sở Y tế",), "BC-SYT", "Cần Thơ", "Báo cáo", "Tình hình")
    assert number_line(head, "vi", ND30) == "Số:       /BC-SYT"
    assert number_line(replace(head, number=120), "vi", ND30) == "Số: 120/BC-SYT"
    assert date_line(head, "vi") == "Cần Thơ, ngày      tháng      năm"
    assert day_text(date(2026, 2, 9), "vi") == "ngày 09 tháng 02 năm 2026"
    assert day_text(date(2026, 10, 19), "vi") == "ngày 19 tháng 10 năm 2026"


def test_the_text_ends_with_its_sign_whatever_stands_last() -> None:
    assert closed((Paragraph(plain("Hết.")),), "./.")[-1] == Paragraph(plain("Hết./."))
    assert closed((Paragraph(plain("Hết./.")),), "./.")[-1] == Paragraph(plain("Hết./."))
    assert closed((Part(1, plain("Tiêu đề")),), "./.")[-1] == Paragraph((Text("./."),))
    assert closed((), "./.") == ()
    assert ended(("Một;", "Hai.")) == [("Một", ";"), ("Hai", ".")]


def test_lengths_of_lines_are_those_of_times() -> None:
    assert metrics.width("Độc lập - Tự do - Hạnh phúc", 14, bold=True) == pytest.approx(60.4, abs=1)
    assert metrics.width("ế", 10) == metrics.width("e", 10)
    assert len(metrics.lines("một hai ba bốn năm sáu", 14, False, 20)) == 3


def test_profiles_are_data_and_only_the_verified_one_is_the_default() -> None:
    assert known() == ["nd30", "party"]
    assert (load().name, load().verified, load("party").verified) == ("nd30", True, False)
    assert load("nd30", 13).styles["state"].size == 12
    with pytest.raises(PaperError, match="no layout profile “a4”"):
        load("a4")


def test_a_figure_says_its_parts() -> None:
    one: Figure = replace(figure(1, "vi"), source_count=6552, accepted=None, note="không so sánh được")
    assert one.text("complete", "vi") == "–/6"
    assert one.text("sources", "vi") == "6.552"
    assert one.text("sources", "en") == "6,552"
    assert one.text("label", "vi") == "Lượt người tập huấn, Tỉnh Đồng Tháp, 2025 (không so sánh được)"
    with pytest.raises(PaperError, match="is no figure id"):
        replace(one, id="f 1")

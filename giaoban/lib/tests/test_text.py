"""Names, folding, numbering letters, and the sentences of administrative prose."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.lib.text import fold, is_nfc, lettering, nfc, pick, roman, sentences, slug


def test_a_name_is_picked_for_the_reader() -> None:
    names = {"vi": "Số ca", "en": "Cases", "it": "Casi"}
    assert pick(names, "vi") == "Số ca"
    assert pick(names, "en-GB") == "Cases"
    assert pick(names, "fr") == "Số ca"
    assert pick({"vi": "", "en": "Cases"}, "vi") == "Cases"
    assert pick({"it": "Casi"}, "vi") == "Casi"
    assert pick({}, "vi") == ""


def test_decomposed_text_is_noticed_and_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "Cần Thơ")
    assert not is_nfc(decomposed)
    assert is_nfc("Cần Thơ")
    assert is_nfc("Can Tho")
    assert nfc(decomposed) == "Cần Thơ"


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đồng Tháp", "dong thap"), ("ĐÀ NẴNG", "da nang"), ("CAN THO", "can tho"), ("Straße", "strasse"),
     ("Bắc Kạn", "bac kan"), ("đường", "duong")],
)  # fmt: skip
def test_search_sees_no_marks(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@pytest.mark.parametrize("before", ["", "ế", "Đ"])
def test_every_letter_loses_exactly_its_marks(before: str) -> None:
    for point in [*range(0xD800), *range(0xE000, 0x20000)]:
        text = before + chr(point)
        spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
        assert fold(text) == bare.replace("đ", "d").casefold()


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_an_address_has_plain_letters() -> None:
    assert slug("Cần Thơ, năm 2020") == "can-tho-nam-2020"
    assert slug("  —  ") == ""


def test_points_are_lettered_the_vietnamese_way() -> None:
    assert " ".join(lettering(n) for n in range(1, 24)) == "a b c d đ e g h i k l m n o p q r s t u v x y"
    assert [lettering(n) for n in (24, 25, 46, 47)] == ["aa", "ab", "ay", "ba"]
    with pytest.raises(ValueError, match="Points are numbered from 1, not 0"):
        lettering(0)


def test_parts_are_numbered_in_roman() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 99, 2026, 3999)] == [
        "I", "IV", "IX", "XIV", "XL", "XCIX", "MMXXVI", "MMMCMXCIX",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="Roman numerals run from 1 to 3999, not 4000"):
        roman(4000)


@pytest.mark.parametrize(
    "text",
    [
        # one sentence after the other is divided by |
        "Tháng 3/2020, đơn vị tổ chức 1.234,5 giờ truyền thông.|Kết quả đạt 95,5 % kế hoạch.",
        "Đoàn kiểm tra TP. Cần Thơ họp ngày 05/01/2026.|Thành phần gồm 12 người.",
        "Họp ngày 05. 01. 2026 tại Q. 1, P. Bến Nghé.|Vắng 2 đơn vị.",
        "Cấp phát áo phao, thuốc, nước sạch, v.v. cho 5 xã.|Tiếp tục rà soát.",
        "Cấp phát áo phao, thuốc, v.v.|Tiếp tục rà soát.",
        "ThS. Nguyễn Văn A. trình bày.|PGS.TS. Trần B báo cáo.",
        "Kết thúc năm 2025.|Năm 2026 còn 3 nhiệm vụ.",
        "Đạt 150.|12 đơn vị chưa báo cáo.",
        "Đã xong chưa?|Chưa!|Vì sao…|Do mưa lũ.",
        "Ông nói: “Chúng tôi đã sẵn sàng.”|Mọi người vỗ tay.",
        "1. Kết quả đạt được.|2. Tồn tại.",
        "I. KẾT QUẢ|1.1. Công tác chỉ đạo.|a) Văn bản;|b) Hội nghị.",
        "Các đơn vị đã nộp:|- Cần Thơ;|- Vĩnh Long.",
        "Mạng ở xã rất yếu.|(đã báo VNPT).|Đề nghị hỗ trợ.",
        "đã kiểm tra đủ.|các đơn vị không vướng mắc.",
        "Truy cập giaoban.example.vn.|Tệp là bao-cao.docx.|Xong.",
        "Nơi nhận: như trên./.",
        "Mr. J. K. Smith met Dr. Brown at 5 p.m. on 3 May.|He left.",
        "See fig. 3 and No. 5, e.g. the table.|It rose to 3.5 million.",
        "The answer was no.|All units agreed.",
        "Si corregge il numero dei casi comunicati ieri.|il numero corretto è 40858",
        "E' stato riportato n. 11 dimissioni invece delle 13 effettive.|N. 2 casi, art. 7 D.Lgs. 81/2008.",
        "Ricalcolato da 280 a 294.|Il dato è definitivo, ecc.|Nessun altro caso.",
    ],
)
def test_prose_is_split_into_its_sentences(text: str) -> None:
    expected = text.split("|")
    source = text.replace(":|- ", ":\n- ").replace(";|", ";\n").replace("QUẢ|", "QUẢ\n").replace("|", " ")
    assert sentences(source) == expected


def test_lines_wrap_or_begin() -> None:
    text = "Công tác tuyên truyền\nđược duy trì đều.\n\nkhó khăn: thiếu người\n\n- thiếu xe\n- thiếu xăng"
    assert sentences(text) == [
        "Công tác tuyên truyền được duy trì đều.",
        "khó khăn: thiếu người",
        "- thiếu xe",
        "- thiếu xăng",
    ]
    assert sentences(" \n ") == []


pieces = [
    "TP.", "Cần Thơ", "1.234,5", "05. 01. 2026", "đạt.", "v.v.", "…", "?", "\n", "- ",
    "A.", "(x)", "”", "12.", "Các", "các", "./.", ";\n", "dott.", "\t",
]  # fmt: skip
prose = st.lists(st.sampled_from(pieces)).map(" ".join)


@given(prose | st.text())
def test_nothing_is_lost_but_white_space(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    assert all(sentence == sentence.strip() and sentence for sentence in sentences(text))

"""The checker of the layout: our papers hold every row, and each row can fail, alone."""

import io
from collections.abc import Callable
from dataclasses import replace
from zipfile import ZipFile

import pytest

from giaoban.lib.paper import Annex, Head, Paper, PaperError, Paragraph, docx
from giaoban.lib.paper.check import layout
from giaoban.lib.paper.tests.mutations import rewrite
from giaoban.lib.paper.tests.samples import plain, review

DOCUMENT, STYLES, HEADER = "word/document.xml", "word/styles.xml", "word/header1.xml"


def failing(data: bytes, language: str = "vi") -> list[str]:
    return [finding.row for finding in layout(data, language=language) if not finding.ok]


@pytest.mark.requirement(36)
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("options", [{}, {"joint": True}, {"draft": True}])
def test_our_papers_hold_every_row(language: str, options: dict[str, bool]) -> None:
    findings = layout(docx.write(review(language, **options)), language=language)
    assert [finding for finding in findings if not finding.ok] == []
    assert len(findings) == 54


def test_thirteen_points_are_as_good_as_fourteen() -> None:
    from giaoban.lib.paper.docx.base import house_template

    data = docx.write(review("vi"), template=house_template("nd30", 13))
    assert failing(data) == []


def style(key: str, old: str, new: str) -> Callable[[bytes], bytes]:
    """Change one thing in one style."""

    def change(data: bytes) -> bytes:
        with ZipFile(io.BytesIO(data)) as archive:
            text = archive.read(STYLES).decode()
        start = text.index(f'w:styleId="GB{key}"')
        end = text.index("</w:style>", start)
        assert old in text[start:end], text[start:end]
        return rewrite(data, STYLES, text[start:end], text[start:end].replace(old, new, 1))

    return change


def words(old: str, new: str, part: str = DOCUMENT, count: int = 1) -> Callable[[bytes], bytes]:
    return lambda data: rewrite(data, part, old, new, count)


def within(before: str, old: str, new: str) -> Callable[[bytes], bytes]:
    """Replace the first `old` that follows `before` in the document."""

    def change(data: bytes) -> bytes:
        with ZipFile(io.BytesIO(data)) as archive:
            text = archive.read(DOCUMENT).decode()
        at = text.index(old, text.index(before))
        return rewrite(data, DOCUMENT, text, text[:at] + new + text[at + len(old) :])

    return change


SMALL = ('w:sz w:val="28"', 'w:sz w:val="24"')
BOLD = ("<w:b/>", '<w:b w:val="0"/>')
NOT_BOLD = ('<w:b w:val="0"/>', "<w:b/>")
NOT_ITALIC = ('<w:i w:val="0"/>', "<w:i/>")

FAULTS: dict[str, list[Callable[[bytes], bytes]]] = {
    "page size": [words('w:w="11907" w:h="16840"', 'w:w="12240" w:h="15840"')],
    "page upright": [words('w:w="11907" w:h="16840"', 'w:w="16840" w:h="11907"')],
    "margin top": [words('w:top="1134"', 'w:top="850"')],
    "margin bottom": [words('w:bottom="1134"', 'w:bottom="1701"')],
    "margin left": [words('w:left="1701" w:right="1021"', 'w:left="1134" w:right="1021"')],
    "margin right": [words('w:right="1021"', 'w:right="1701"')],
    "font": [words('w:ascii="Times New Roman"', 'w:ascii="Arial"', STYLES)],
    "colour": [words('w:color w:val="000000"', 'w:color w:val="FF0000"', STYLES)],
    "rules are not underlining": [style("abstract", "<w:b/>", '<w:b/><w:u w:val="single"/>')],
    "composed Unicode": [words("Tập huấn</w:t>", "Tâ\u0323p huấn</w:t>")],
    "page number": [
        words(" PAGE ", " DATE ", HEADER),
        style("pagenumber", *SMALL),
        style("pagenumber", 'w:jc w:val="center"', 'w:jc w:val="right"'),
        style("pagenumber", *NOT_ITALIC),
    ],
    "page number hidden on page 1": [words("<w:titlePg/>", '<w:titlePg w:val="0"/>')],
    "annex page numbers": [
        within("Phụ lục II", 'w:pgNumType w:start="1"', "w:pgNumType"),
        within("Phụ lục II", "<w:titlePg/>", ""),
    ],
    "1 state": [
        words("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        style("state", *BOLD),
        style("state", 'w:sz w:val="26"', 'w:sz w:val="28"'),
    ],
    "1 motto": [style("motto", *BOLD)],
    "2 superior": [style("superior", *NOT_BOLD), words("ỦY BAN NHÂN DÂN KHU VỰC", "Ủy ban nhân dân khu vực")],
    "2 issuer": [style("issuer", *BOLD)],
    "3 number": [style("number", 'w:sz w:val="26"', 'w:sz w:val="28"'), style("number", *NOT_ITALIC)],
    "4 date": [style("date", "<w:i/>", '<w:i w:val="0"/>')],
    "5a type": [words("BÁO CÁO<", "Báo cáo<")],
    "5a abstract": [style("abstract", 'w:jc w:val="center"', 'w:jc w:val="left"')],
    "9a addressee": [style("addressee", *NOT_BOLD)],
    "6 basis": [style("basis", "<w:i/>", '<w:i w:val="0"/>')],
    "6 body": [
        style("body", *SMALL),
        style("body", 'w:jc w:val="both"', 'w:jc w:val="left"'),
        style("body", *NOT_BOLD),
    ],
    "6 part1": [words("I. <", "I. phần<"), style("part1", *BOLD)],
    "6 part2": [style("part2", *BOLD)],
    "7a authority": [words("TRƯỞNG BAN", "Trưởng ban")],
    "7b signer": [style("signer", *BOLD)],
    "9b recipients": [style("recipients", 'w:sz w:val="24"', 'w:sz w:val="28"')],
    "9b recipient": [style("recipient", 'w:sz w:val="22"', 'w:sz w:val="24"')],
    "10 urgency": [words("KHẨN<", "Khẩn<"), style("urgency", "<w:top ", "<w:between ")],
    "11 mark": [style("mark", *BOLD)],
    "12 drafter": [style("drafter", *NOT_ITALIC)],
    "13 contact": [style("contact", 'w:sz w:val="22"', 'w:sz w:val="28"')],
    "annex annex": [style("annex", 'w:sz w:val="28"', 'w:sz w:val="26"')],
    "annex annextitle": [words("SỐ LIỆU THEO ĐƠN VỊ", "Số liệu theo đơn vị")],
    "annex attached": [style("attached", "<w:i/>", '<w:i w:val="0"/>')],
    "6 distance of paragraphs": [style("body", 'w:after="120"', 'w:after="0"')],
    "6 line spacing": [style("body", 'w:line="276"', 'w:line="480"')],
    "1 rule under motto": [within(">Độc lập", "w:bottom ", "w:between ")],
    "3 number form": [
        words("Số: 05/", "Số: 5/"),
        words("05/BC-BĐP<", "05/BC - BĐP<"),
        words("Số: 05", "Số 05"),
    ],
    "4 date form": [
        words("Cần Thơ, ngày 05", "Cần Thơ, ngày 5"),
        words("ngày 05 tháng 01 năm 2026<", "ngày 05 tháng 1 năm 2026<"),
        words("Cần Thơ, ngày", "Cần Thơ ngày"),
    ],
    "6 ends of bases": [words("năm 2024;", "năm 2024,"), words("năm 2025.<", "năm 2025;<")],
    "9a list of addressees": [words("thành phố;", "thành phố,")],
    "9b ends of recipients": [words("- Như trên;", "- Như trên"), words("- Như trên", "+ Như trên")],
    "9b last recipient": [words("- Lưu: VT", "- VT")],
    "6 numbers of parts": [words(">III. <", ">IV. <")],
    "6 numbers of clauses": [words(">2. <", ">3. <")],
    "6 letters of points": [words(">đ) <", ">e) <"), words(">e) <", ">f) <")],
    "6 end of text": [words("năm 2026./.", "năm 2026.")],
    "annex numbers": [words("Phụ lục II<", "Phụ lục 2<")],
}


@pytest.mark.requirement(36)
@pytest.mark.parametrize(
    ("row", "fault"), [(row, fault) for row, faults in FAULTS.items() for fault in faults]
)
def test_each_row_can_fail_alone(row: str, fault: Callable[[bytes], bytes]) -> None:
    assert failing(fault(docx.write(review("vi")))) == [row]


def test_the_first_line_and_the_rules_can_fail_alone() -> None:
    data = docx.write(review("vi"))
    for key in ("body", "basis"):
        assert failing(style(key, 'w:firstLine="720"', 'w:firstLine="100"')(data)) == ["6 first line"]
    assert failing(_rule_gone(data, "ĐỒNG BẰNG SÔNG CỬU LONG")) == ["2 rule under issuing body"]
    assert failing(_rule_gone(data, "Sơ kết chương trình")) == ["5a rule under abstract"]
    assert failing(_rule_of(data, "Sơ kết chương trình")) == ["5a rule under abstract"]


def _rule_gone(data: bytes, text: str) -> bytes:
    return within(text, "w:bottom ", "w:between ")(data)


def _rule_of(data: bytes, text: str) -> bytes:
    """A rule over the whole width."""
    return within(text, "<w:ind w:left=", '<w:ind w:hanging="0" w:start="0" w:end="0" w:gone=')(data)


def test_every_row_of_the_sample_is_covered_by_a_fault() -> None:
    rows = {finding.row for finding in layout(docx.write(review("vi")))}
    others = {"6 first line", "2 rule under issuing body", "5a rule under abstract"}
    assert rows == FAULTS.keys() | others


def test_an_official_letter_has_its_abstract_under_the_number() -> None:
    head = replace(review("vi").head, type_name="", symbol="BĐP-TH")
    data = docx.write(replace(review("vi"), head=head))
    rows = [finding.row for finding in layout(data)]
    assert failing(data) == []
    assert "5b about" in rows and "5a type" not in rows
    assert failing(style("about", 'w:sz w:val="26"', 'w:sz w:val="28"')(data)) == ["5b about"]


def test_one_annex_has_no_number() -> None:
    one = replace(review("vi"), annexes=(Annex("Danh mục", (Paragraph(plain("Trống.")),)),))
    data = docx.write(one)
    assert failing(data) == []
    assert failing(rewrite(data, DOCUMENT, "Phụ lục<", "Phụ lục I<")) == ["annex numbers"]


def test_a_bare_paper_lacks_signature_and_recipients() -> None:
    head = Head(("Sở Y tế",), "BC-SYT", "Cần Thơ", "Báo cáo", "Tình hình")
    bare = Paper("vi", "Báo cáo", head, (Paragraph(plain("Không có gì.")),))
    assert failing(docx.write(bare)) == ["7a authority", "7b signer", "9b recipients", "9b recipient"]


@pytest.mark.parametrize(
    ("month", "text"),
    [(1, "05 tháng 01"), (2, "05 tháng 02"), (3, "05 tháng 3"), (6, "05 tháng 6"), (12, "05 tháng 12")],
)
def test_only_the_months_1_and_2_are_padded(month: int, text: str) -> None:
    head = review("vi").head
    assert head.day is not None
    data = docx.write(replace(review("vi"), head=replace(head, day=head.day.replace(month=month))))
    assert failing(data) == []
    with ZipFile(io.BytesIO(data)) as archive:
        assert f"Cần Thơ, ngày {text} năm 2026" in archive.read(DOCUMENT).decode()


def test_the_unverified_party_layout_is_only_taken_when_asked_for() -> None:
    data = docx.write(review("vi"), profile="party")
    with ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(DOCUMENT).decode()
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "Số 05-BC-BĐP" in text
    assert "6 end of text" not in [finding.row for finding in layout(data, profile="party") if not finding.ok]
    assert failing(data) != []


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(PaperError, match=r"This .docx file cannot be read"):
        layout(b"words")

"""A paper as a page: what a browser, a screen reader and a strict content policy ask for."""

import re
from dataclasses import replace

import pytest
from lxml import html as lxml_html

from giaoban.lib.paper import FigureRef, Paragraph, Part, html
from giaoban.lib.paper.compare import Outcome, compare
from giaoban.lib.paper.manifest import build
from giaoban.lib.paper.read import extract
from giaoban.lib.paper.tests.samples import plain, review


def headings(text: str) -> list[tuple[int, str]]:
    found = re.findall(r"<h([1-6])[^>]*>(.*?)</h\1>", text, re.DOTALL)
    return [(int(level), " ".join(re.sub(r"<[^>]+>", " ", inner).split())) for level, inner in found]


@pytest.mark.requirement(35, 36)
def test_each_figure_is_a_link_to_its_trace_page_with_the_exact_value() -> None:
    page = lxml_html.document_fromstring(html.page(review("vi")))
    link = page.get_element_by_id("figure-f1")
    assert link.get("href") == "https://giaoban.example.vn/a/PCTT/reviews/1/figures/f1"
    assert link.get("title") == "Lượt người tập huấn, Tỉnh Đồng Tháp, 2025"
    assert [(data.get("value"), data.text) for data in link.iter("data")] == [("1235.5", "1.235,5")]
    second = page.get_element_by_id("figure-f1-2")
    assert second.get("data-figure") == "f1"
    complete = page.get_element_by_id("figure-f1-complete")
    assert (complete.text, complete.get("href")) == ("5/6", link.get("href") + "?part=complete")
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("language", "first", "annex"),
    [
        (
            "vi",
            "Báo cáo Sơ kết chương trình phối hợp phòng, chống thiên tai năm 2025",
            "Phụ lục I Số liệu theo đơn vị",
        ),
        (
            "en",
            "Report Interim review of the coordination programme for flood preparedness in 2025",
            "Annex I Figures by unit",
        ),
    ],
)
def test_headings_follow_each_other_without_a_gap(language: str, first: str, annex: str) -> None:
    found = headings(html.page(review(language)))
    assert found[0] == (1, first)
    assert (2, annex) in found
    levels = [level for level, _ in found]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_the_title_takes_the_level_that_the_page_asks_for() -> None:
    found = headings(html.fragment(review("vi"), level=2))
    assert found[0][0] == 2
    assert (3, "I. Tình hình, đặc điểm") in found


def test_a_paper_that_begins_with_clauses_still_has_unbroken_headings() -> None:
    paper = replace(
        review("vi"), blocks=(Part(2, plain("Một")), Part(3, plain("Hai")), Paragraph(plain("Ba")))
    )
    assert [level for level, _ in headings(html.page(paper))][:3] == [1, 2, 3]


def test_tables_have_captions_and_scopes_and_pictures_their_sentence() -> None:
    page = lxml_html.document_fromstring(html.page(review("vi")))
    table = next(page.iter("table"))
    assert table.find("caption").text == "Bảng 1. Kết quả theo đơn vị năm 2025"
    assert [
        (th.text, th.get("scope"), th.get("colspan"), th.get("rowspan"))
        for th in table.find("thead").iter("th")
    ] == [
        ("TT", "col", None, "2"),
        ("Đơn vị", "col", None, "2"),
        ("Đê điều", "colgroup", "1", None),
        ("Con người", "colgroup", "2", None),
        ("Báo cáo", "col", None, "2"),
        ("Km đê đã kiểm tra", "col", None, None),
        ("Lượt người tập huấn", "col", None, None),
        ("Tỷ lệ xã có phương án", "col", None, None),
    ]
    assert [th.text for th in table.find("tbody").iter("th")][:2] == ["Tỉnh An Giang", "Tỉnh Đồng Tháp"]
    assert table.getparent().get("tabindex") == "0"
    picture = next(page.iter("img"))
    assert picture.get("alt").startswith(
        "Biểu đồ cột “Lượt người tập huấn”: cao nhất 6.670 (Thành phố Cần Thơ)"
    )


def test_the_fragment_keeps_a_strict_content_policy() -> None:
    text = html.fragment(review("vi"), chart_address=lambda chart: "/charts/1.svg")
    assert "style=" not in text and "<style" not in text and "<script" not in text
    assert not re.search(r"\son\w+=", text)
    assert '<img src="/charts/1.svg"' in text
    assert 'lang="vi"' in text


def test_words_from_people_cannot_become_markup() -> None:
    words = '<script>alert(1)</script> & "x"'
    paper = replace(
        review("vi"),
        title=words,
        blocks=(Paragraph(plain(words)),),
        annexes=(),
        identity={"note": "</script>"},
    )
    text = html.page(paper)
    assert "<script>alert" not in text
    assert text.count("</script>") == 1
    assert extract(text.encode()).identity == {"note": "</script>"}


def test_a_changed_machine_value_is_found_too() -> None:
    text = html.page(review("vi")).replace('value="1235.5"', 'value="1235.6"', 1)
    verdicts = {v.figure: v.outcome for v in compare(extract(text.encode()), build(review("vi"))).verdicts}
    assert verdicts["f1"] is Outcome.CHANGED_IN_FILE


def test_a_figure_set_in_bold_stays_one_figure() -> None:
    paper = replace(review("vi"), blocks=(Paragraph((FigureRef("f1", bold=True),)),), annexes=())
    assert extract(html.page(paper).encode()).figures == {"f1": ("1.235,5",)}

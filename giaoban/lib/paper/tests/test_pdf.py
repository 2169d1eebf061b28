"""A paper as PDF: tags, language, title, alternative texts, reading order, attached manifest."""

import io
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2
import pytest

from giaoban.lib.paper import Annex, Paper, PaperError, Paragraph, pdf
from giaoban.lib.paper.annex import figures_annex
from giaoban.lib.paper.compare import Outcome, compare
from giaoban.lib.paper.manifest import build
from giaoban.lib.paper.pdftree import children, marked, page_numbers, page_of
from giaoban.lib.paper.read import extract
from giaoban.lib.paper.read.pdftext import page_text
from giaoban.lib.paper.tests.samples import WORDS, plain, review


@pytest.fixture(scope="module", params=["vi", "en"])
def opened(request: pytest.FixtureRequest) -> Any:
    with pikepdf.open(io.BytesIO(pdf.write(review(request.param)))) as document:
        yield request.param, document


def bare(text: str) -> str:
    """Without spaces, which a line break may have eaten, and without capitals, which the style makes."""
    return "".join(text.split()).casefold()


def elements(document: pikepdf.Pdf) -> list[tuple[str, str]]:
    """Kind and own text of every structure element in reading order."""
    numbers = page_numbers(document)
    texts: list[dict[int | None, str]] = [{} for _ in document.pages]
    for held, page in zip(texts, document.pages, strict=True):
        for drawn in page_text(page):
            held[drawn.id] = held.get(drawn.id, "") + bare(drawn.text)
    found: list[tuple[str, str]] = []

    def walk(element: Any, above: int | None) -> str:
        page = page_of(element, numbers, above)
        at = len(found)
        found.append((str(element.get("/S", "")), ""))
        text = ""
        for child in children(element):
            if isinstance(child, int):
                text += texts[page].get(child, "") if page is not None else ""
            elif child.get("/Type") != "/OBJR":
                text += walk(child, page)
        found[at] = (found[at][0], text)
        return text

    walk(document.Root["/StructTreeRoot"], None)
    return found


@pytest.mark.requirement(36)
def test_language_title_and_tags_are_declared(opened: Any) -> None:
    language, document = opened
    assert str(document.Root["/Lang"]) == language
    assert document.docinfo["/Title"] == WORDS[language]["title"]
    assert bool(document.Root["/MarkInfo"]["/Marked"])
    assert bool(document.Root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert b"pdfuaid:part" in document.Root["/Metadata"].read_bytes()


def test_headings_tables_and_pictures_are_tagged(opened: Any) -> None:
    language, document = opened
    said = WORDS[language]
    kinds = elements(document)
    headings = [(kind, text) for kind, text in kinds if kind.startswith("/H")]
    assert headings[0] == ("/H1", bare(said["type"] + said["abstract"]))
    assert ("/H2", bare(f"I. {said['parts'][0]}")) in headings
    assert ("/H3", bare(f"1. {said['clauses'][0]}")) in headings
    assert sum(kind == "/TH" for kind, _ in kinds) >= 2 * (8 + 5)
    figures = [e for e in _all(document) if e.get("/S") == "/Figure"]
    assert [str(figure["/Alt"]) for figure in figures] == [
        block.alt for block in review(language).blocks if hasattr(block, "alt")
    ]


def _all(document: pikepdf.Pdf) -> list[Any]:
    found, waiting = [], [document.Root["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        found.append(element)
        waiting += [c for c in children(element) if not isinstance(c, int) and c.get("/Type") != "/OBJR"]
    return found


def test_the_reading_order_is_the_order_of_the_paper(opened: Any) -> None:
    language, document = opened
    said = WORDS[language]
    text = elements(document)[0][1]
    order = [
        said["superior"],
        said["issuers"][-1],
        said["type"],
        said["addressees"][0],
        said["bases"][0][:20],
        said["parts"][0],
        said["opening"][0],
        said["parts"][1],
        said["points"][-1],
        said["caption"],
        "Tỉnh Cà Mau",
        said["clauses"][1],
        said["parts"][2],
        "./.",
        said["recipients"][-1],
        "Nguyễn Thị Minh Hạnh",
        said["annexes"][0],
        said["annexes"][2],
    ]
    at = 0
    for piece in map(bare, order):
        found = text.find(piece, at)
        assert found >= 0, f"{piece} is not behind {text[max(at - 40, 0) : at]}"
        at = found + len(piece)


def test_all_drawn_text_is_in_the_structure_or_an_artifact(opened: Any) -> None:
    _, document = opened
    for page, known in zip(document.pages, marked(document), strict=True):
        for drawn in page_text(page):
            assert drawn.artifact or drawn.id in known, drawn


def test_the_manifest_is_attached(opened: Any) -> None:
    language, document = opened
    assert list(document.attachments) == ["manifest.json"]
    extracted = extract(pdf.write(review(language)))
    assert extracted.manifest == build(review(language))
    assert extracted.intact


def test_page_numbers_begin_again_in_every_annex_and_hide_on_its_first_page() -> None:
    long = Annex("Dài", tuple(Paragraph(plain("Đoạn văn dài. " * 60)) for _ in range(12)))
    paper = review("vi")
    data = pdf.write(Paper("vi", "Thử", paper.head, paper.blocks[:1], annexes=(long, long)))
    with pikepdf.open(io.BytesIO(data)) as document:
        numbers = [
            "".join(drawn.text for drawn in page_text(page) if drawn.artifact and drawn.text.isdecimal())
            for page in document.pages
        ]
    annex = ["", "2", "3", "4"]
    assert numbers == ["", *annex, *annex]


def test_text_drawn_over_a_figure_is_listed() -> None:
    with pikepdf.open(io.BytesIO(pdf.write(review("vi")))) as document:
        page = document.pages[0]
        font = page.obj["/Resources"]["/Font"]
        font["/Over"] = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.contents_add(b"BT /Over 12 Tf 100 500 Td (9.999) Tj ET")
        page.obj["/Annots"].append(
            document.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.FreeText,
                    Rect=[0, 0, 9, 9],
                    Contents="8.888",
                )
            )
        )
        file = io.BytesIO()
        document.save(file)
    comparison = compare(extract(file.getvalue()), build(review("vi")))
    assert [(loose.text, loose.where) for loose in comparison.loose] == [
        ("9.999", "page 1, outside the reading order"),
        ("8.888", "page 1, laid over the page"),
    ]


def test_a_pdf_without_structure_has_lost_its_figures() -> None:
    with pikepdf.open(io.BytesIO(pdf.write(review("vi")))) as document:
        del document.Root["/StructTreeRoot"]
        file = io.BytesIO()
        document.save(file)
    comparison = compare(extract(file.getvalue()), build(review("vi")))
    assert not comparison.ok
    assert {verdict.outcome for verdict in comparison.verdicts} == {Outcome.REMOVED}


def test_a_figure_that_runs_over_two_lines_is_one_figure() -> None:
    paper = review("vi")
    long = "Một nội dung rất dài, dài đến mức trong cột của phụ lục phải xuống dòng hai hay ba lần, năm 2025"
    figures = {id: replace(figure, label=long) for id, figure in paper.figures.items()}
    annexes = (*paper.annexes, figures_annex(figures.values(), language="vi"))
    paper = replace(paper, figures=figures, annexes=annexes)
    comparison = compare(extract(pdf.write(paper)), build(paper))
    assert comparison.ok and comparison.loose == ()


def test_another_reader_finds_the_same_words() -> None:
    document = pypdfium2.PdfDocument(pdf.write(review("vi")))
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "1.235,5" in text


def test_without_pango_there_is_a_sentence() -> None:
    """In a process of its own, in which the library cannot be loaded."""
    code = (
        "import ctypes, ctypes.util, cffi\n"
        "def lost(self, *names): raise OSError('cannot load library')\n"
        "cffi.FFI.dlopen = lost\n"
        "from giaoban.lib.paper import PaperError, pdf\n"
        "from giaoban.lib.paper.tests.samples import review\n"
        "try:\n    pdf.write(review('vi'))\n"
        "except PaperError as error:\n    print(error.code)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "pango", done.stderr


def test_a_damaged_pdf_is_refused_with_a_sentence() -> None:
    with pytest.raises(PaperError, match=r"This .pdf file cannot be read"):
        extract(b"%PDF-1.7 nothing more")

"""A paper as .docx: controls, links, manifest, language; what LibreOffice leaves of it; how fast."""

import io
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from giaoban.lib.paper import Column, FigureRef, PaperError, Paragraph, Row, Table, Text, docx
from giaoban.lib.paper.compare import Outcome, compare
from giaoban.lib.paper.docx.base import house_template
from giaoban.lib.paper.docx.xml import R, W
from giaoban.lib.paper.manifest import build
from giaoban.lib.paper.model import Figure, Paper
from giaoban.lib.paper.read import extract
from giaoban.lib.paper.tests.mutations import rewrite, zipped
from giaoban.lib.paper.tests.samples import figure, plain, review


def document_of(data: bytes) -> "etree._Element":
    with ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


@pytest.mark.requirement(35, 36)
def test_a_figure_is_one_control_around_one_run_that_links_to_its_trace_page() -> None:
    data = docx.write(review("vi"))
    document = document_of(data)
    with ZipFile(io.BytesIO(data)) as archive:
        relations = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
    targets = {rel.get("Id"): rel.get("Target") for rel in relations}
    controls = list(document.iter(f"{W}sdt"))
    assert len(controls) == len(list(review("vi").refs())) == 44
    for control in controls:
        link = control.find(f"{W}sdtContent/{W}hyperlink")
        assert link is not None
        assert len(list(control.iter(f"{W}r"))) == 1
        id = control.find(f"{W}sdtPr/{W}tag").get(f"{W}val").partition("#")[0]
        assert targets[link.get(f"{R}id")].startswith(review("vi").figures[id].trace)
    numbers = [control.find(f"{W}sdtPr/{W}id").get(f"{W}val") for control in controls]
    assert len(set(numbers)) == len(numbers)


def test_the_manifest_stands_in_a_part_of_its_own_with_each_source_set_once() -> None:
    paper = review("vi")
    extracted = extract(docx.write(paper))
    assert extracted.manifest == build(paper)
    assert extracted.intact
    assert extracted.identity == {"review": 1, "edition": 1}
    assert len(extracted.manifest["sources"]) == 5
    assert extracted.manifest["figures"]["f28"]["sources"] in extracted.manifest["sources"]


@pytest.mark.parametrize(("language", "tag"), [("vi", "vi-VN"), ("en", "en-GB")])
def test_title_language_and_alternative_text_are_there_for_screen_readers(language: str, tag: str) -> None:
    paper = review(language)
    data = docx.write(paper)
    with ZipFile(io.BytesIO(data)) as archive:
        core = archive.read("docProps/core.xml").decode()
        styles = archive.read("word/styles.xml").decode()
        document = archive.read("word/document.xml").decode()
    assert f"<dc:title>{paper.title}</dc:title>" in core
    assert f"<dc:language>{tag}</dc:language>" in core
    assert f'<w:lang w:val="{tag}"' in styles
    assert etree.fromstring(document.encode()).xpath("//*[local-name()='docPr']/@descr") == [
        block.alt for block in paper.blocks if hasattr(block, "alt")
    ]
    assert document.count("<w:tblHeader/>") == 4
    assert 'w:tblCaption w:val="' in document


def test_points_are_lettered_without_f_and_annexes_numbered_in_roman() -> None:
    texts = ["".join(p.itertext(f"{W}t")) for p in document_of(docx.write(review("vi"))).iter(f"{W}p")]
    points = [text[:2] for text in texts if text[1:2] == ")"]
    assert points == ["a)", "b)", "c)", "d)", "đ)", "e)"]
    assert [text for text in texts if text.startswith("Phụ lục")] == ["Phụ lục I", "Phụ lục II"]
    english = ["".join(p.itertext(f"{W}t")) for p in document_of(docx.write(review("en"))).iter(f"{W}p")]
    assert [text[:2] for text in english if text[1:2] == ")"][-2:] == ["e)", "f)"]


def test_the_house_template_can_be_changed_and_given_back() -> None:
    template = rewrite(
        house_template(), "word/styles.xml", 'w:name w:val="Giao Ban body"', 'w:name w:val="Thân bài"'
    )
    data = docx.write(review("vi"), template=template)
    with ZipFile(io.BytesIO(data)) as archive:
        assert 'w:name w:val="Thân bài"' in archive.read("word/styles.xml").decode()
        assert "Giao Ban body" not in archive.read("word/document.xml").decode()


def test_a_template_without_the_styles_is_refused_with_a_sentence() -> None:
    with pytest.raises(PaperError, match="has no style “GBbody”"):
        docx.write(
            review("vi"),
            template=rewrite(house_template(), "word/styles.xml", 'w:styleId="GBbody"', 'w:styleId="Mine"'),
        )
    with pytest.raises(PaperError, match="not a Word document"):
        docx.write(review("vi"), template=b"no document")
    with pytest.raises(PaperError, match="choose one of: nd30, party"):
        docx.write(review("vi"), profile="unknown")


def test_a_figure_that_the_paper_does_not_have_is_refused() -> None:
    with pytest.raises(PaperError, match="“f99”, which it does not have"):
        replace(review("vi"), blocks=(Paragraph((FigureRef("f99"),)),))


def long_paper() -> Paper:
    """Thirty pages: a table of 40 rows and 25 columns on every second page, text between."""
    figures: dict[str, Figure] = {}
    blocks: list[object] = []
    for n in range(15):
        rows = []
        for row in range(40):
            refs = []
            for column in range(24):
                id = f"t{n}-{row}-{column}"
                figures[id] = replace(figure(1, "vi"), id=id, trace=f"https://giaoban.example.vn/f/{id}")
                refs.append((FigureRef(id),))
            rows.append(Row((plain(f"Đơn vị {row}"), *refs)))
        columns = (Column("Đơn vị", 3), *(Column(f"T{c}", 1, "right") for c in range(24)))
        blocks += [Table(f"Bảng {n}", columns, tuple(rows)), *[Paragraph(plain("Nội dung. " * 60))] * 4]
    return replace(review("vi"), blocks=tuple(blocks), figures={**review("vi").figures, **figures})


def test_fourteen_thousand_figures_are_all_found_again() -> None:
    """How long it takes is told in benchmarks/."""
    assert len(extract(docx.write(long_paper())).figures) > 14_400


@pytest.fixture(scope="session")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sample after LibreOffice opened and saved it."""
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is missing; install libreoffice-writer-nogui")
        pytest.skip("LibreOffice is not installed (Debian package libreoffice-writer-nogui)")
    folder = tmp_path_factory.mktemp("office")
    return resave(office, folder, docx.write(review("vi")))


def resave(office: str, folder: Path, data: bytes) -> bytes:
    (folder / "in.docx").write_bytes(data)
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "docx"]
        + ["--outdir", str(folder / "out"), str(folder / "in.docx")],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / "out" / "in.docx").read_bytes()


def test_every_figure_is_found_after_libreoffice_saved_the_file(resaved: bytes) -> None:
    comparison = compare(extract(resaved), build(review("vi")))
    assert comparison.ok
    assert comparison.matching == 30
    assert comparison.loose == ()


def test_a_digit_changed_in_libreoffice_is_found(resaved: bytes) -> None:
    changed = rewrite(resaved, "word/document.xml", "3.705<", "3.706<")
    wrong = [
        v for v in compare(extract(changed), build(review("vi"))).verdicts if v.outcome is not Outcome.MATCH
    ]
    assert [(v.figure, v.outcome, v.expected, v.found) for v in wrong] == [
        ("f3", Outcome.CHANGED_IN_FILE, "3.705", "3.706")
    ]


def test_digits_typed_beside_a_figure_count_as_a_change_of_it() -> None:
    data = docx.write(review("vi"))
    beside = rewrite(data, "word/document.xml", " km đê, tập huấn ", "0 km đê, tập huấn 9")
    verdicts = {v.figure: v for v in compare(extract(beside), build(review("vi"))).verdicts}
    assert (verdicts["f3"].outcome, verdicts["f3"].found) == (Outcome.CHANGED_IN_FILE, "3.7050")
    assert (verdicts["f1"].outcome, verdicts["f1"].found) == (Outcome.CHANGED_IN_FILE, "91.235,5")


def test_a_hidden_figure_is_a_removed_one() -> None:
    data = docx.write(review("vi"))
    hidden = rewrite(
        data,
        "word/document.xml",
        '<w:rPr><w:rStyle w:val="GBfigure"/></w:rPr><w:t xml:space="preserve">3.705</w:t>',
        '<w:rPr><w:rStyle w:val="GBfigure"/><w:vanish/></w:rPr><w:t xml:space="preserve">3.705</w:t>',
    )
    verdicts = {v.figure: v.outcome for v in compare(extract(hidden), build(review("vi"))).verdicts}
    assert verdicts["f3"] is Outcome.REMOVED


def test_a_file_that_cannot_be_read_is_refused_with_a_sentence() -> None:
    with pytest.raises(PaperError, match=r"This .docx file cannot be read"):
        extract(b"PK\x03\x04 not a document")
    with pytest.raises(PaperError, match=r"This .docx file cannot be read"):
        extract(zipped({"word/document.xml": b"<w:broken"}))
    with pytest.raises(PaperError, match=r"neither .docx, nor .html, nor .pdf"):
        extract(b"plain words")


def test_two_writings_are_equal_byte_for_byte() -> None:
    unpacked = []
    for _ in range(2):
        with ZipFile(io.BytesIO(docx.write(review("vi")))) as archive:
            unpacked.append({name: archive.read(name) for name in archive.namelist()})
    assert unpacked[0] == unpacked[1]


def test_an_unsupported_sentence_says_so_in_words() -> None:
    lines = ["".join(p.itertext(f"{W}t")) for p in document_of(docx.write(review("vi"))).iter(f"{W}p")]
    assert any("nhiều chuyển biến. [chưa có nguồn] Quy chế" in line for line in lines)
    issued = replace(review("vi"), blocks=(Paragraph((Text("Đã có nguồn"),)),))
    assert "[chưa có nguồn]" not in "".join(document_of(docx.write(issued)).itertext(f"{W}t"))

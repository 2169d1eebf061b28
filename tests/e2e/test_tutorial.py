"""The tutorial, followed word by word in both languages: from a fresh demonstration to a review that is proved."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import giaoban, served, sit_down
from tests.e2e.guide import DOCS, PICTURES, SIZE, Guide

TUTORIALS = {"en": "tutorial/first-review.md", "vi": "tutorial/ban-so-ket-dau-tien.md"}
FIGURES = {
    "ho_vang_gia": "5400", "tram_san_sang": "80", "tram_y_te": "96", "co_so_thuoc": "150",
    "muc_nuoc_cao": "1.9", "doan_kiem_tra": "1", "lop_tap_huan": "2", "nguoi_tap_huan": "50",
    "to_roi_luy_ke": "9000", "kinh_phi": "212.5",
}  # fmt: skip
UNCERTAIN = "ho_vang_gia"


@pytest.mark.parametrize("language", TUTORIALS)
def test_a_newcomer_reaches_an_issued_review(
    language: str, demonstration: Path, browser: Browser, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(demonstration, home)
    with served(home) as address:
        newcomer = sit_down(browser, address, SIZE).expects(409)
        guide = Guide(TUTORIALS[language], language, newcomer)
        _the_reporter_writes(guide)
        _the_verifier_decides(guide)
        _the_coordinator_looks(guide)
        _the_coordinator_writes(guide)
        _the_review_is_issued(guide)
        paper = _the_paper(guide, tmp_path)
        _it_is_proved(home, paper)
        _a_correction_is_told(guide, home, paper)
        assert guide.bold - guide.done == set(), "words of the tutorial that no screen has"
        assert newcomer.complaints == []
        newcomer.context.close()


def test_every_picture_of_the_guide_is_there_and_shown() -> None:
    shown = set()
    for page in [*DOCS.rglob("*.md"), DOCS.parent / "README.md"]:
        for name in re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", page.read_text()):
            assert (page.parent / name).is_file(), f"{page.name} shows {name}"
            shown.add((page.parent / name).resolve())
    assert {path.resolve() for path in PICTURES.rglob("*.png")} == shown


def _the_reporter_writes(guide: Guide) -> None:
    page = guide.page
    guide.sign_in("reporter@giaoban.example")
    guide.picture("home.png", 583)
    guide.press("Write")
    page.fill("#v-ca_sxh", "ba mươi")
    page.locator("#e-ca_sxh:not([hidden])").wait_for()
    page.focus("#v-ca_sxh")
    guide.picture("fill.png")
    page.fill("#v-ca_sxh", "38")
    for cell, figure in FIGURES.items():
        page.fill(f"#v-{cell}", figure.replace(".", "," if guide.language == "vi" else "."))
    page.fill("#n-ket_qua", "Duy trì giám sát tại các ổ dịch cũ. Không có ca tử vong trong kỳ.")
    guide.press("Check and send")
    guide.press("Send")
    assert page.locator(".notice-success").count() == 1


def _the_verifier_decides(guide: Guide) -> None:
    page = guide.page
    guide.sign_in("verifier@giaoban.example")
    assert page.locator("section[aria-labelledby=to-verify] li").count() == 2
    guide.follow(page.get_by_role("link", name="Sóc Trăng"))
    guide.press("Accept")
    guide.press("Accept")
    guide.follow(page.locator("a.brand"))
    guide.follow(page.get_by_role("link", name="An Giang"))
    guide.press("Return")
    page.fill("#reason", "Số lượt hộ thấp hơn kỳ trước; đề nghị kiểm tra lại.")
    page.check(f"input[name=cells][value={UNCERTAIN}]")
    guide.press("Return")
    _the_reporter_mends(guide)
    guide.sign_in("verifier@giaoban.example")
    guide.follow(page.get_by_role("link", name="An Giang"))
    guide.press("Accept")
    guide.press("Accept")
    guide.press("Reports", "nav.side")
    guide.press("Who owes what")
    row = page.locator("table.due-matrix tr", has_text="An Giang")
    assert row.locator("td.number").inner_text() == "12 / 12"
    assert (
        page.locator("table.due-matrix tr", has_text="Trà Vinh").locator("td.number").inner_text()
        == "11 / 12"
    )
    guide.picture("due.png")


def _the_reporter_mends(guide: Guide) -> None:
    page = guide.page
    guide.sign_in("reporter@giaoban.example")
    guide.press("Go on writing")
    assert page.locator(f".asked #v-{UNCERTAIN}").count() == 1
    assert page.get_by_text("đề nghị kiểm tra lại").count() == 1
    page.fill(f"#v-{UNCERTAIN}", "5640")
    guide.press("Check and send")
    guide.press("Send")


def _the_coordinator_looks(guide: Guide) -> None:
    page = guide.page
    guide.sign_in("coordinator@giaoban.example")
    guide.follow(page.locator("main a[href='/a/mua-lu-2020/']"))
    guide.press("Explore figures", "nav.side")
    page.select_option("#id_quick", "2020-01..2020-12")
    guide.press("Show figures")
    guide.picture("explore.png", 1083)
    guide.follow(page.locator("main table").get_by_role("link", name="Cần Thơ"))
    guide.follow(page.locator("a.figure-link"))
    assert (
        page.locator("main a[href*='/revisions/']").count() or page.locator("main a[href*='/trace/']").count()
    )


def _the_coordinator_writes(guide: Guide) -> None:
    page = guide.page
    guide.press("Reviews", "nav.side")
    guide.press("New review")
    page.fill("#id_period", "2020")
    page.select_option("#id_language", guide.language)
    guide.press("Build the draft")
    if "/edit/" not in page.url:
        guide.press("Write")
    guide.word("Write")
    guide.follow(page.locator(".editor-sections a").nth(1))
    page.click("#add-paragraph")
    page.locator(".block .sentences .text-secondary").first.wait_for()
    empty = f"#{page.locator('.block', has=page.locator('.sentences > li.text-secondary')).last.get_attribute('id')}"
    _takes(guide, empty)
    guide.press("Write a sentence", empty)
    page.fill("#id_text", "Hai bên phối hợp chặt chẽ hơn năm trước.")
    guide.press("Save")
    assert page.locator(f"{empty} .sentence-unsupported").count() == 1
    guide.press("Insert a figure", empty)
    page.select_option("#id_indicator", "ca_sxh")
    guide.press("Look at the value")
    guide.press("Insert", "main section")
    page.locator(empty).scroll_into_view_if_needed()
    assert page.locator(f"{empty} a.figure").count() >= 1
    guide.picture("editor.png", 833)


def _takes(guide: Guide, block: str) -> None:
    page = guide.page
    guide.press("Take from reports", block)
    page.fill("#q", "ho gia dinh")
    page.press("#q", "Enter")
    page.wait_for_url("**?q=ho*")
    page.locator("#found label", has_text="hộ gia đình").first.click()
    guide.press("Take what is ticked")
    assert page.locator(f"{block} a.source").count() == 1


def _the_review_is_issued(guide: Guide) -> None:
    page = guide.page
    guide.press("Issue")
    assert page.get_by_text("Hai bên phối hợp chặt chẽ").count() == 1
    asking = page.url
    guide.press("Complete the heading")
    page.fill("#id_number", "20/BC-VPV")
    guide.press("Save")
    page.goto(asking)
    page.check("#id_confirmed")
    guide.word("Issue it all the same")
    guide.press("Issue", "main form")
    assert page.locator(".notice-success").count() == 1
    guide.picture("issued.png", 1000)


def _the_paper(guide: Guide, place: Path) -> Path:
    with guide.page.expect_download() as begun:
        guide.page.locator("main a[href$='/files/docx/']").click()
    begun.value.save_as(place / "review.docx")
    return place / "review.docx"


def _it_is_proved(home: Path, paper: Path) -> None:
    proved = giaoban(home, "verify", str(paper))
    assert proved.returncode == 0, proved.stdout + proved.stderr
    said = re.search(r"(\d+) figures, (\d+) match", proved.stdout.splitlines()[-1])
    assert said and said[1] == said[2] and int(said[1]) > 100


def _a_correction_is_told(guide: Guide, home: Path, paper: Path) -> None:
    page = guide.page
    guide.sign_in("verifier@giaoban.example")
    page.goto(f"{guide.reader.server}/a/mua-lu-2020/reports/?q=89&sort=-period")
    guide.follow(page.locator("main table tbody a"))
    guide.press("Correct")
    page.fill("#v-ca_sxh", "39")
    page.locator("[name=reason]").fill("Bệnh viện tỉnh báo muộn một ca.")
    guide.press("Correct")
    told = giaoban(home, "verify", str(paper))
    assert told.returncode == 1
    assert "corrected" in told.stdout

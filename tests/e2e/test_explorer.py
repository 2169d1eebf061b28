"""The explorer at the browser: choose, go below, open what stands behind a figure, take the file home."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.e2e.reader import Reader

HERE = "/a/mua-lu-2020/explore/"


def test_a_coordinator_goes_from_a_total_to_a_revision(reader: Callable[..., Reader]) -> None:
    person = reader("coordinator")
    page = person.go(HERE)
    page.fill("#id_indicator", "lang quang")
    page.get_by_label("Số ca mắc sốt xuất huyết", exact=False).first.wait_for(state="hidden")
    page.fill("#id_indicator", "")
    page.get_by_label("Số ca mắc sốt xuất huyết").check()
    page.fill("#id_unit", "can tho")
    page.locator("#found input").first.check()
    assert page.locator("#chosen input").count() == 2, "a ticked unit stays when one goes on searching"
    page.locator("#chosen input").first.uncheck()
    page.select_option("#id_level", "below")
    page.select_option("#id_quick", "2020-Q1..2020-Q4")
    page.get_by_role("button", name="Xem số liệu").click()
    page.wait_for_url(f"**{HERE}?indicator=ca_sxh&unit=92&level=below&period=2020-Q1..2020-Q4")
    assert page.get_by_role("link", name="Văn phòng điều phối vùng").count() == 1, "the way back up"
    picture = page.locator("img.chart-picture")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    assert "Biểu đồ đường" in (picture.get_attribute("alt") or "")
    page.locator("tr.total a.figure-link").first.click()
    page.get_by_role("link", name="Báo cáo và các bản").click()
    page.get_by_role("link", name="Bản 1").first.click()
    assert "/revisions/1/" in page.url


def test_the_file_is_the_view(reader: Callable[..., Reader], tmp_path: Path) -> None:
    person = reader("verifier")
    page = person.go(f"{HERE}?indicator=ca_sxh&unit=VPV&level=below&period=2020-11")
    with page.expect_download() as begun:
        page.get_by_role("link", name="CSV").click()
    begun.value.save_as(tmp_path / "view.csv")
    lines = (tmp_path / "view.csv").read_text().splitlines()
    assert lines[0] == "indicator,unit,period,value,accepted,due,on_time,newest,basis,regime,note"
    assert lines[1].startswith("ca_sxh,VPV,2020-11,")
    assert len(lines) == 15

"""Every kind of public page, in both languages: axe, phone, 200 % and 400 %, high contrast, keyboard, targets."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import sit_down
from tests.e2e.reader import SMALL, WIDE, Reader
from tests.e2e.test_every_page import SIDEWAYS, wrong_with

#: Where each kind of page stands; after "›" the first link of that part of the page is followed.
KINDS = (
    "", "tin-tuc/", "tin-tuc/ › .rows a", "so-ket-hoi-nghi/", " › .lead-review h2 a", " › .lead-meeting a",
    "ke-hoach/2020/", "van-ban/", "van-ban/ › tbody a", "don-vi/", "don-vi/can-tho/",
    "huong-dan/khi-nuoc-len/", "hoi-dap/", "reading/",
    "khong-co-trang-nay/",
)  # fmt: skip
#: 1280 px at 400 % are 320 px.
MAGNIFIED = {"width": 320, "height": 256}
#: Largest text, more contrast, wider spacing.
ASKED_FOR = "611"
#: What is pressed and is smaller than 24 px either way, unless it stands in a line of text.
TOO_SMALL = """() => [...document.querySelectorAll('button, nav a, .acts a, .topics a, summary, input, select')]
  .filter(e => e.checkVisibility() && !e.closest('p:not(.acts):not(.tools-links)'))
  .filter(e => { const r = e.getBoundingClientRect(); return r.height < 24 || r.width < 24; })
  .map(e => e.outerHTML.slice(0, 120))"""
FOCUS = """() => { const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
  const top = document.elementFromPoint(r.x + r.width / 2, r.y + Math.min(r.height, innerHeight) / 2);
  return [e.className || e.outerHTML.slice(0, 80), r.bottom > 0 && r.top < innerHeight, parseFloat(s.outlineWidth) >= 2,
    !top || e.contains(top) || top.contains(e)]; }"""


@pytest.fixture
def passer_by(server: str, browser: Browser) -> Reader:
    """Somebody who is not signed in."""
    return sit_down(browser, server).expects(404)


#: Pages that are no pages of the tree, besides.
BESIDE = ("tim-kiem/?q=hoi+nghi", "tim-kiem/?q=xyzzy", " › .lead-meeting a › .useful > p a")
ELSEWHERE = {("en", "tim-kiem/"): "search/"}


def _open(person: Reader, language: str, kind: str) -> Page:
    path, *links = (part.strip() for part in kind.split("›"))
    for (code, here), there in ELSEWHERE.items():
        path = path.replace(here, there) if code == language else path
    page = person.go(f"/{language}/{path}")
    for link in links:
        with page.expect_navigation():
            page.locator(f"main {link}").first.click()
    return page


@pytest.mark.requirement(80)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_of_public_page(passer_by: Reader, language: str) -> None:
    faults: dict[str, list[str]] = {}
    for kind in KINDS:
        page = _open(passer_by, language, kind)
        found = wrong_with(page, axe=True) + [f"too small: {html}" for html in page.evaluate(TOO_SMALL)]
        page.set_viewport_size(MAGNIFIED)  # type: ignore[arg-type]
        if page.evaluate(SIDEWAYS):
            found.append("scrolls sideways at 400 %")
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        if found:
            faults[kind] = found
    assert faults == {}
    assert passer_by.complaints == []
    assert passer_by.context.cookies() == [], "a reader who changed nothing has no cookie"
    passer_by.context.close()


@pytest.mark.requirement(80)
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("asked_for", "letters", "sizes"), [("", "16px", [MAGNIFIED]), (ASKED_FOR, "32px", [SMALL, WIDE])]
)
def test_no_page_scrolls_sideways(
    passer_by: Reader, language: str, asked_for: str, letters: str, sizes: list[dict[str, int]]
) -> None:
    if asked_for:
        kept = {"name": "giaoban_reading", "value": asked_for, "url": passer_by.server}
        passer_by.context.add_cookies([kept])  # type: ignore[list-item]
    faults: list[str] = []
    for kind in (*KINDS, *BESIDE):
        page = _open(passer_by, language, kind)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == letters
        for size in sizes:
            page.set_viewport_size(size)  # type: ignore[arg-type]
            if page.evaluate(SIDEWAYS):
                faults.append(f"{kind} scrolls sideways at {size['width']}")
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    assert faults == []
    passer_by.context.close()


#: How far the parts of the page have moved since it began to load, as browsers reckon it.
MOVED = """window.moved = 0; new PerformanceObserver(list => {
  for (const shift of list.getEntries()) window.moved += shift.value; })
  .observe({type: 'layout-shift', buffered: true});"""
MOST_BYTES = 100_000


@pytest.mark.requirement(88)
@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["phone", "desk"])
def test_the_first_visit_is_small_and_nothing_moves(passer_by: Reader, size: dict[str, int]) -> None:
    """All the front page fetches, its pictures to the last one among it, as they come over the line."""
    page, received = passer_by.page, dict[str, float]()
    line = passer_by.context.new_cdp_session(page)
    line.send("Network.enable")
    line.on(
        "Network.loadingFinished",
        lambda told: received.update({told["requestId"]: told["encodedDataLength"]}),
    )
    page.add_init_script(MOVED)
    page.set_viewport_size(size)  # type: ignore[arg-type]
    passer_by.go("/vi/")
    page.wait_for_load_state("networkidle")
    for _screen in range(30):
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")
    assert len(received) > 8 and sum(received.values()) <= MOST_BYTES, received
    assert page.evaluate("window.moved") == 0
    passer_by.context.close()


@pytest.mark.requirement(88)
def test_the_front_page_is_read_without_scripts(server: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=SMALL)  # type: ignore[arg-type]
    page = context.new_page()
    for language in ("vi", "en"):
        page.goto(f"{server}/{language}/")
        for part in (
            "h1",
            ".lead-meeting h2",
            ".lead-review h2",
            ".hero-text p",
            ".card h3",
            "#menu a",
            ".find button",
        ):
            assert page.locator(part).first.is_visible(), part
        assert page.locator("main").inner_text().count("\n") > 20
        page.locator("button[value=larger]").click()
        assert page.locator("h1").first.is_visible(), "text grows without scripts too"
    context.close()


def test_the_way_with_the_keyboard(passer_by: Reader) -> None:
    page = passer_by.go("/vi/")
    page.emulate_media(reduced_motion="reduce")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == ["skip", True, True, True]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _press in range(25):
        page.keyboard.press("Tab")
        name, seen, ringed, on_top = page.evaluate(FOCUS)
        assert seen and ringed and on_top, name
    passer_by.context.close()


def test_paper_carries_the_article_alone(passer_by: Reader) -> None:
    page = _open(passer_by, "vi", "tin-tuc/ › .rows a")
    assert page.locator("[data-print]").is_visible()
    page.emulate_media(media="print")
    for part in (".tools", ".nav", ".foot", ".acts", ".cards"):
        assert not page.locator(part).first.is_visible(), part
    assert page.locator("h1").is_visible() and page.locator(".prose").is_visible()
    passer_by.context.close()

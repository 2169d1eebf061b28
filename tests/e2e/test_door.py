"""The door in a real browser: badges before the camera, a lost line, a sync that loses and doubles nothing."""

from __future__ import annotations

import base64
import io
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import ARGUMENTS, served, sit_down
from tests.e2e.reader import SMALL, Reader
from tests.e2e.test_every_page import wrong_with

MEETINGS = "/a/mua-lu-2020/meetings/"
GUESTS = ("Nguyễn Văn Đặng", "Trần Thị Bình", "Lê Hoàng Phúc")
FORGED = "GB1:" + "A" * 127


@dataclass
class Place:
    """A meeting of tomorrow with three guests and one open door. badges: name -> picture of the QR code, its code."""

    server: str
    meeting: str
    door: str
    badges: dict[str, tuple[bytes, str]]


@pytest.fixture(scope="module")
def place(demonstration: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Place]:
    """The coordinator prepares all of it from the screens."""
    home = tmp_path_factory.mktemp("door") / "home"
    shutil.copytree(demonstration, home)
    with served(home) as server:
        person = sit_down(browser, server).sign_in("coordinator").read_in("en")
        meeting = _meeting(person)
        person.go(f"{meeting}check-in/hours/")
        person.page.click("main form button.btn-primary")
        for name in GUESTS:
            person.go(f"{meeting}check-in/people/new/")
            person.page.fill("[name=name]", name)
            person.page.fill("[name=unit_name]", "Báo Cần Thơ")
            person.page.click("main form button.btn-primary")
        person.go(f"{meeting}check-in/doors/new/")
        person.page.fill("[name=name]", "Cửa chính")
        person.page.click("main form button.btn-primary")
        link = person.page.inner_text(".secret").strip()
        badges = {name: _badge(person, meeting, name) for name in GUESTS}
        yield Place(server, meeting, link.removeprefix(server), badges)
        assert person.complaints == []
        person.context.close()


def _meeting(person: Reader) -> str:
    """A meeting that begins in a moment far enough away; its address."""
    page = person.go(f"{MEETINGS}new/")
    page.fill("[name=title_vi]", "Giao ban tháng")
    page.fill("[name=title_en]", "Monthly briefing")
    page.fill("[name=starts_at]", "2031-01-14T08:00")
    page.fill("[name=ends_at]", "2031-01-14T17:00")
    page.click("main form button.btn-primary")
    page.wait_for_url(re.compile(rf"{MEETINGS}\d+/$"))
    return page.url.removeprefix(person.server)


def _badge(person: Reader, meeting: str, name: str) -> tuple[bytes, str]:
    page = person.go(f"{meeting}check-in/people/")
    page.click(f"#list a:has-text('{name}')")
    picture = page.get_attribute("main img.qr", "src") or ""
    return base64.b64decode(picture.split(",")[1]), page.inner_text("main .secret")


@pytest.fixture
def phone(place: Place, browser: Browser) -> Iterator[Callable[..., Reader]]:
    """`phone()`: a device at the door, ready to work without a line."""
    opened: list[Reader] = []

    def make(lang: str = "en") -> Reader:
        person = sit_down(browser, place.server, SMALL)
        opened.append(person)
        person.go(place.door)
        person.read_in(lang)
        ready(person.page)
        return person

    yield make
    for person in opened:
        person.context.close()
    assert [c for person in opened for c in person.complaints] == []


def ready(page: Page) -> None:
    expect(page.locator("#ready[data-ready=yes]")).to_be_visible(timeout=30_000)
    expect(page.locator("#heads tr")).not_to_have_count(1)


def answers(page: Page, code: str, sentence: str) -> None:
    """Type a code; the page answers with the sentence."""
    page.fill("#code", code)
    page.press("#code", "Enter")
    expect(page.locator("#answer")).to_contain_text(sentence)


def inside(page: Page, count: int) -> None:
    """So many are inside."""
    expect(page.locator("#inside-now")).to_have_text(re.compile(rf"^\s*{count}\b"))


@pytest.mark.requirement(45)
def test_the_line_breaks_and_comes_back(place: Place, phone: Callable[..., Reader], browser: Browser) -> None:
    door = phone()
    page, (_picture, code) = door.page, place.badges[GUESTS[0]]
    door.context.set_offline(True)
    page.reload()
    expect(page.locator("#line-state")).to_have_text("No line")
    answers(page, code.lower().replace("-", " "), "has entered")
    answers(page, code, "inside already")
    answers(page, "ZZZZ-ZZZZ", "Nobody on the list has this code")
    answers(page, "12", "eight letters")
    page.fill("#search", "dang nguyen")
    expect(page.locator("#found li")).to_have_count(1)
    page.fill("#search", "binh")
    expect(page.locator("#found li")).to_contain_text(GUESTS[1])
    page.click("#found button.btn-primary")
    expect(page.locator("#answer")).to_contain_text(GUESTS[1])
    page.click("#not-listed")
    page.fill("#new-name", "Khách Không Mời")
    page.fill("#new-unit-other", "Đài Truyền hình")
    page.click("#newcomer button.btn-primary")
    expect(page.locator("#waiting")).to_have_attribute("data-count", "3")
    inside(page, 3)
    page.reload()
    expect(page.locator("#waiting")).to_have_attribute("data-count", "3")
    page.click("label:has(input[name=way][value=out])")
    expect(page.locator("input[name=way][value=out]")).to_be_checked()
    page.fill("#search", "khach khong")
    expect(page.locator("#found li")).to_contain_text("Khách Không Mời")
    page.click("#found button.btn-primary")
    expect(page.locator("#answer")).to_contain_text("has left")
    door.context.set_offline(False)
    expect(page.locator("#waiting")).to_have_attribute("data-count", "0", timeout=30_000)
    expect(page.locator("#line-state")).to_have_text("On line")
    inside(page, 2)
    _seen_by_the_coordinator(place, browser)


def _seen_by_the_coordinator(place: Place, browser: Browser) -> None:
    person = sit_down(browser, place.server).sign_in("coordinator").read_in("en")
    page = person.go(f"{place.meeting}check-in/people/?sort=name")
    rows = page.locator("#list tbody tr").all_inner_texts()
    assert [("present" in row, "inside now" in row) for row in rows if "Khách Không" in row] == [
        (True, False)
    ]
    assert [("present" in row, "inside now" in row) for row in rows if GUESTS[0] in row] == [(True, True)]
    page = person.go(f"{place.meeting}check-in/")
    assert "Inside now: 2. Came so far: 3; invited: 3." in page.inner_text("#live")
    person.context.close()


@pytest.mark.requirement(45)
def test_a_badge_before_the_camera(
    place: Place, tmp_path: Path, browser: Browser, system_tool: Callable[..., str]
) -> None:
    picture, _code = place.badges[GUESTS[2]]
    film = tmp_path / "camera.mjpeg"
    film.write_bytes(_frame(picture))
    path = system_tool("chromium", "chromium-browser")
    with _with_camera(browser, path, film) as other:
        door = sit_down(other, place.server, SMALL)
        door.context.grant_permissions(["camera"])
        door.go(place.door)
        door.read_in("en")
        ready(door.page)
        door.context.set_offline(True)
        door.page.click("#camera")
        expect(door.page.locator("#answer")).to_contain_text(f"{GUESTS[2]} has entered.", timeout=60_000)
        door.context.set_offline(False)
        expect(door.page.locator("#waiting")).to_have_attribute("data-count", "0", timeout=30_000)
        assert door.complaints == []


def test_a_badge_that_is_not_genuine(place: Place, phone: Callable[..., Reader]) -> None:
    """What the camera read is judged by the page itself, with the public key alone."""
    page = phone().page
    verdicts = page.evaluate(
        """async (texts) => {
          const { judge } = await import('/static/attendance/door/badge.js');
          const { openStore } = await import('/static/attendance/door/store.js');
          const id = JSON.parse(document.getElementById('door-data').textContent).door;
          const list = await (await openStore(id)).get('list');
          const told = [];
          for (const [text, ahead] of texts) told.push((await judge(text, list, Date.now() + ahead)).verdict);
          return told;
        }""",
        [[text, ahead] for text, ahead in _texts(page, place)],
    )
    assert verdicts == ["", "expired", "forged", "forged", "forged"]


def _texts(page: Page, place: Place) -> list[tuple[str, int]]:
    """A genuine badge, the same after ten years, with a changed letter, nonsense, another code."""
    picture = base64.b64encode(place.badges[GUESTS[1]][0]).decode()
    text = page.evaluate(
        """async (picture) => {
          const { decodeQR } = await import('/static/vendor/qr/decode.js');
          const image = new Image();
          image.src = `data:image/png;base64,${picture}`;
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext('2d');
          context.drawImage(image, 0, 0);
          return decodeQR(context.getImageData(0, 0, image.width, image.height));
        }""",
        picture,
    )
    changed = text[:40] + ("B" if text[40] != "B" else "C") + text[41:]
    return [(text, 0), (text, 10 * 365 * 86_400_000), (changed, 0), (FORGED, 0), ("https://example.vn/", 0)]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_is_for_everybody(place: Place, phone: Callable[..., Reader], lang: str) -> None:
    page = phone(lang).page
    page.fill("#search", "a")
    page.click("#not-listed")
    assert wrong_with(page, axe=True) == []


def test_a_closed_door_forgets_its_list(place: Place, phone: Callable[..., Reader], browser: Browser) -> None:
    person = sit_down(browser, place.server).sign_in("coordinator").read_in("en")
    page = person.go(f"{place.meeting}check-in/doors/new/")
    page.fill("[name=name]", "Cửa sau")
    page.click("main form button.btn-primary")
    other = sit_down(browser, place.server, SMALL).expects(410)
    other.go(page.inner_text(".secret").strip())
    ready(other.page)
    page.click("main a.btn-danger")
    page.click("main form button.btn-danger")
    expect(other.page.locator("#closed")).to_be_visible(timeout=30_000)
    expect(other.page.locator("#door")).to_be_hidden()
    assert other.page.evaluate("document.body.innerText").count(GUESTS[0]) == 0
    for one in (person, other):
        assert one.complaints == []
        one.context.close()


def _frame(picture: bytes) -> bytes:
    """One frame of a film: the badge held before a camera of 640 × 480, a little turned."""
    code = Image.open(io.BytesIO(picture)).convert("RGB").resize((400, 400))
    scene = Image.new("RGB", (640, 480), (96, 104, 112))
    scene.paste(code.rotate(4, expand=True, fillcolor=(96, 104, 112)), (100, 24))
    out = io.BytesIO()
    scene.save(out, "JPEG", quality=92)
    return out.getvalue()


@contextmanager
def _with_camera(browser: Browser, path: str, film: Path) -> Iterator[Browser]:
    """Another browser, whose camera shows a film."""
    flags = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    shown = f"--use-file-for-fake-video-capture={film}"
    other = browser.browser_type.launch(executable_path=path, args=[*ARGUMENTS, *flags, shown])
    yield other
    other.close()

"""Files made on request: made once, known by all that goes into them, gone when personal data are erased."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from giaoban.core import printed
from giaoban.core.jobs import forget_printed
from giaoban.lib.paper import Head, Paper, Paragraph, Text


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path: Path) -> Iterator[None]:
    settings.CACHES = {
        **settings.CACHES,
        "printed": {**settings.CACHES["printed"], "LOCATION": tmp_path / "home" / "printed"},
    }
    yield


def kept(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "home" / "printed").iterdir())


class Press:
    """Prints, and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> bytes:
        self.made += 1
        return b"%PDF " + str(self.made).encode()


def test_who_asks_again_gets_the_same_bytes():
    press = Press()
    assert printed.once(press, "page", "style") == b"%PDF 1"
    assert printed.once(press, "page", "style") == b"%PDF 1"
    assert press.made == 1


@pytest.mark.parametrize("parts", [("pages", "tyle"), ("style", "page"), ("page",), ("page", "style", "")])
def test_other_parts_are_another_file(parts: tuple[str, ...]):
    press = Press()
    printed.once(press, "page", "style")
    assert printed.once(press, *parts) == b"%PDF 2"


def test_another_way_of_writing_makes_another_file(monkeypatch: pytest.MonkeyPatch):
    press = Press()
    printed.once(press, "page")
    monkeypatch.setattr(printed, "_writing", lambda: "as of tomorrow")
    assert printed.once(press, "page") == b"%PDF 2"


def test_only_the_owner_opens_the_place(tmp_path: Path):
    printed.once(Press(), "page")
    (file,) = kept(tmp_path)
    assert [path.stat().st_mode & 0o777 for path in (file, file.parent)] == [0o600, 0o700]


def test_the_place_is_emptied_every_day(tmp_path: Path):
    press = Press()
    printed.once(press, "page")
    forget_printed(None)
    assert kept(tmp_path) == []
    assert printed.once(press, "page") == b"%PDF 2"


def test_a_place_that_cannot_be_written_hinders_nobody(tmp_path: Path):
    (tmp_path / "home").touch()
    press = Press()
    assert [printed.once(press, "page"), printed.once(press, "page")] == [b"%PDF 1", b"%PDF 2"]


def test_what_fails_is_not_kept():
    def without_pango() -> bytes:
        raise ValueError

    with pytest.raises(ValueError):
        printed.once(without_pango, "page")
    assert printed.once(Press(), "page") == b"%PDF 1"


def test_a_paper_is_known_by_its_words_and_by_what_stands_behind_its_figures(tmp_path: Path):
    head = Head(("Văn phòng",), symbol="GM", place="Cần Thơ", type_name="Giấy mời", abstract="Giao ban")
    paper = Paper("vi", "Giấy mời", head, (Paragraph((Text("Kính mời"),)),))
    first = printed.paper(paper)
    assert first.startswith(b"%PDF") and printed.paper(paper) == first
    assert len(kept(tmp_path)) == 1
    printed.paper(replace(paper, title="Giấy mời họp"))
    printed.paper(replace(paper, identity={"product": "giaoban"}))
    assert len(kept(tmp_path)) == 3

"""Hostile and broken things brought to the editor and to public addresses: a sentence, and nothing half done."""

from __future__ import annotations

import io
import json
import struct
import zlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageFile

from giaoban.core.refused import Refused
from giaoban.portal.actions.writing import put
from giaoban.portal.models import (
    DocumentPage,
    GuidePage,
    HomePage,
    NewsArticle,
    OrganisationPage,
    PortalImage,
    PortalRendition,
    QuestionsPage,
    RegisterPage,
    SectionPage,
    UnitPage,
)
from giaoban.portal.tests.conftest import AT
from giaoban.portal.tests.test_rights import form
from giaoban.reports.tests.world import World

SCRIPT = "<script>alert(1)</script>"
EVIL = f"\"'><img src=x onerror=alert(1)>{SCRIPT}"
ALT = "Đại biểu trong hội trường"


def jpeg(size: tuple[int, int] = (800, 500), **given: object) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, "#8a1a21").save(kept, "JPEG", **given)
    return kept.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 50,000 by 50,000."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


def positioned() -> bytes:
    """A photograph that says where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 2.0, 0.0), 3: "E", 4: (105.0, 47.0, 0.0)})
    exif[0x010E] = "GPS-MARK"
    return jpeg(exif=exif)


HOSTILE = {
    "a drawing with a script": ("a.svg", f'<svg xmlns="http://www.w3.org/2000/svg">{SCRIPT}</svg>'.encode()),
    "a page named as a picture": ("a.jpg", f"<html>{SCRIPT}</html>".encode()),
    "a drawing named as a picture": ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "a picture bomb": ("a.png", bomb()),
    "a picture cut short": ("a.jpg", jpeg()[:600]),
    "a picture cut short late": ("a.jpg", jpeg()[:-200]),
    "nothing": ("a.jpg", b""),
    "another kind than its name": ("a.webp", jpeg()),
}


def bring(client: Client, name: str, data: bytes, **more: str) -> object:
    fields = {"title": "Ảnh", "alt_vi": ALT, "file": SimpleUploadedFile(name, data)} | more
    return client.post("/editor/images/add/", fields)


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_or_broken_picture_is_refused_with_a_sentence(
    sign_in, portal: HomePage, what: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as after a PDF was made
    answer = bring(sign_in("lan"), *HOSTILE[what])
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"][0].strip()
    assert not PortalImage.objects.exists() and not PortalRendition.objects.exists()


def test_only_what_is_drawn_of_a_picture_reaches_the_public(client: Client, sign_in, portal: HomePage):
    """Where it was taken, and a page glued to its end, stay in the original, which nobody is served."""
    answer = bring(sign_in("lan"), "anh.jpg", positioned() + f"<html>{SCRIPT}</html>".encode())
    assert answer.status_code == 302
    image = PortalImage.objects.get()
    for made in image.renditions.all():
        with made.file.open("rb") as file:
            data = file.read()
        assert b"GPS-MARK" not in data and b"script" not in data
        assert not dict(Image.open(io.BytesIO(data)).getexif())
    assert client.get(f"/media/{image.file.name}").status_code == 404


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.exe", "a.pdf.html"])
def test_files_of_other_kinds_are_refused(sign_in, portal: HomePage, name: str):
    fields = {"title": "Tệp", "file": SimpleUploadedFile(name, SCRIPT.encode())}
    answer = sign_in("lan").post("/editor/documents/add/", fields)
    assert answer.status_code == 200 and answer.context["form"].errors["file"]


def _every_kind(world: World) -> list[object]:
    """(parent, page) of each type whose fields are full of scripts."""
    say = {
        "title": EVIL, "title_en": EVIL, "lead_vi": EVIL, "lead_en": EVIL, "note_kind": "correction", "note_vi": EVIL,
        "note_en": EVIL,
    }  # fmt: skip
    pieces = [
        {"type": "quote", "value": {"words": EVIL, "who": EVIL}},
        {"type": "numbers", "value": {"numbers": [{"value": EVIL[:40], "label": EVIL, "link": "#x"}]}},
        {"type": "question", "value": {"question": EVIL, "answer": "<p>x</p>"}},
    ]
    body = json.dumps(pieces)
    say |= {"body_vi": body, "body_en": body}
    section = SectionPage.objects.get(slug="tin-tuc")
    article = {"source": EVIL[:80], "byline": EVIL, "place_vi": EVIL, "unit": world.ct}
    document = {
        "number": EVIL[:80],
        "type_vi": EVIL[:80],
        "issued_on": date(2020, 1, 1),
        "issuer": EVIL,
        "signer": EVIL,
    }
    return [
        (section, NewsArticle(slug="a", **article, **say)),
        (section, GuidePage(slug="b", **say)),
        (section, SectionPage(slug="c", **say)),
        (section, QuestionsPage(slug="d", **say)),
        (RegisterPage.objects.get(), DocumentPage(slug="e", **document, **say)),
        (
            OrganisationPage.objects.get(),
            UnitPage(slug="f", unit=world.ct, phone=EVIL[:40], address_vi=EVIL, **say),
        ),
    ]


def test_scripts_in_every_field_stay_words(client: Client, world: World, portal: HomePage):
    paths = ["tin-tuc/", "van-ban/", "don-vi/", "", "rss.xml", "atom.xml", "tin-tuc/rss.xml"]
    for parent, page in _every_kind(world):
        made = put(parent=parent, page=page, by=world.by("kim"), at=AT, publish=True)
        paths += [made.address("vi")[4:]]
        if isinstance(made, NewsArticle):
            paths += [made.address("vi")[4:] + "saved.html"]
    for language in ("vi", "en"):
        for path in paths:
            answer = client.get(f"/{language}/{path}")
            assert answer.status_code == 200, path
            html = answer.content.decode()
            assert "alert(1)" in html, path
            assert "<script>alert" not in html and "<img src=x" not in html, path


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "//evil.example", " JaVaScript:x"]
)
def test_the_address_of_a_figure_is_an_address(world: World, portal: HomePage, link: str):
    pieces = [{"type": "numbers", "value": {"numbers": [{"value": "7", "label": "x", "link": link}]}}]
    page = NewsArticle(title="x", unit=world.ct, body_vi=json.dumps(pieces))
    with pytest.raises(Refused, match="An address begins"):
        put(parent=SectionPage.objects.get(slug="tin-tuc"), page=page, by=world.by("kim"), at=AT)


def test_what_the_editor_sends_is_read_by_a_list_of_what_is_allowed(
    sign_in, client: Client, portal: HomePage
):
    """Unknown styles and addresses with scripts in what a browser sends go; the words stay."""
    draft = {
        "blocks": [
            {"key": "a", "text": "lời", "type": "unstyled", "depth": 0, "inlineStyleRanges": [
                {"offset": 0, "length": 3, "style": "MSO"}], "entityRanges": [{"offset": 0, "length": 3, "key": 0}]},
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}},
    }  # fmt: skip
    fields = {
        "body_vi-count": "1", "body_vi-0-deleted": "", "body_vi-0-order": "0", "body_vi-0-type": "text",
        "body_vi-0-id": "", "body_vi-0-value": json.dumps(draft), "action-publish": "1",
    }  # fmt: skip
    section = SectionPage.objects.get(slug="tin-tuc")
    answer = sign_in("kim").post(f"/editor/pages/add/portal/newsarticle/{section.pk}/", form(**fields))
    assert answer.status_code == 302
    html = client.get("/vi/tin-tuc/tin-moi/").content.decode()
    assert "lời" in html and "javascript:" not in html and "MSO" not in html


def test_an_article_of_ten_megabytes_is_refused_with_a_sentence(sign_in, write, portal: HomePage):
    with pytest.raises(Refused, match="too long"):
        write(text="<p>" + "x" * 10_000_000 + "</p>")
    section = SectionPage.objects.get(slug="tin-tuc")
    answer = sign_in("kim").post(
        f"/editor/pages/add/portal/newsarticle/{section.pk}/", form(lead_vi="x" * 10_000_000)
    )
    assert answer.status_code == 400 and "<h1" in answer.content.decode()
    assert not NewsArticle.objects.exists()


@pytest.mark.parametrize(
    "field, words", [("title", "x" * 300), ("title", "a\x00b"), ("lead_vi", "a\x00b"), ("slug", "../x")]
)
def test_very_long_titles_and_control_characters_are_refused(
    sign_in, portal: HomePage, field: str, words: str
):
    section = SectionPage.objects.get(slug="tin-tuc")
    url = f"/editor/pages/add/portal/newsarticle/{section.pk}/"
    answer = sign_in("kim").post(url, form(**{field: words}))
    assert answer.status_code == 200 and answer.context["form"].errors[field]
    assert not NewsArticle.objects.exists()


def test_control_characters_in_a_text_are_refused(write):
    with pytest.raises(Refused, match="control"):
        write(text="<p>a\x00b</p>")
    with pytest.raises(Refused, match="control"):
        write(title="a\x00b")


def test_a_long_title_has_a_short_address_and_a_page(client: Client, write):
    page = write(title="Hội nghị " * 28)
    assert len(page.slug) <= 80
    assert client.get(page.address("vi")).status_code == 200


@pytest.mark.parametrize(
    "bad",
    [
        "/media/portal/../../secret.key", "/media/portal/%2e%2e/secret.key", "/media/portal/%00",
        "/media/files/1/..%2fx",
        "/vi/%00/", "/vi/tin-tuc/../../saved.html", "/en/%2e%2e/%2e%2e/rss.xml", "/portal-reading.css/../x",
    ],
)  # fmt: skip
def test_tricks_in_addresses_lead_nowhere(client: Client, portal: HomePage, bad: str):
    assert client.get(bad).status_code == 404


@pytest.mark.parametrize(
    "next_", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site(client: Client, world: World, portal: HomePage, next_: str):
    fields = {"login": "kim@example.vn", "password": "mat-khau-mau-1", "next": next_}
    answer = client.post("/accounts/login/", fields)
    assert (
        answer.status_code == 302 and answer["Location"].startswith("/") and "evil" not in answer["Location"]
    )
    answer = client.post("/vi/reading/", {"act": "larger", "back": next_}, HTTP_SEC_FETCH_SITE="same-origin")
    assert answer["Location"] == "/vi/"

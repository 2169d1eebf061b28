"""Pictures: in sizes and forms made beforehand, AVIF by a job; no layout moves, and the front page stays small."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from giaoban.portal.jobs import make_slow_renditions
from giaoban.portal.models import HomePage, PortalImage, PortalRendition
from giaoban.portal.pictures import drawn, make_renditions


@pytest.fixture
def picture(db: None) -> PortalImage:
    file = BytesIO()
    Image.linear_gradient("L").resize((1600, 900)).convert("RGB").save(file, "JPEG")
    file.seek(0)
    return PortalImage.objects.create(
        title="Đê", alt_vi="Con đê ven sông lúc nước lên", file=ImageFile(file, name="de.jpg")
    )


@pytest.mark.requirement(88)
def test_avif_is_made_by_a_job_never_for_a_reader(client: Client, picture: PortalImage, write: Any):
    article = write(picture=picture)
    before = PortalRendition.objects.count()
    shown = client.get(article.address("vi")).content.decode()
    assert "image/webp" in shown and "image/avif" not in shown
    assert PortalRendition.objects.count() == before
    make_slow_renditions.func(picture.pk)
    shown = client.get(article.address("vi")).content.decode()
    assert shown.index('type="image/avif"') < shown.index('type="image/webp"')
    name = re.search(r'srcset="(/media/portal/[^ ]+\.avif) 640w', shown)[1]
    answer = client.get(name)
    assert answer["Content-Type"] == "image/avif" and b"ftypavif" in b"".join(answer.streaming_content)[:40]
    for close in answer._resource_closers:
        close()


def test_the_cut_follows_the_point_that_matters(picture: PortalImage):
    before = drawn(picture, "card")
    picture.focal_point_x, picture.focal_point_y = 100, 100
    picture.focal_point_width = picture.focal_point_height = 50
    picture.save()
    after = drawn(PortalImage.objects.get(pk=picture.pk), "card")
    assert before and after and before.src != after.src


def test_a_replaced_file_is_shown_at_once(picture: PortalImage, sign_in: Any, write: Any):
    """Wagtail throws its renditions away after the row is saved; the page must not lose its picture by that."""
    article = write(picture=picture)
    before = drawn(picture, "card")
    other = BytesIO()
    Image.radial_gradient("L").resize((1600, 900)).convert("RGB").save(other, "JPEG")
    file = SimpleUploadedFile("de-moi.jpg", other.getvalue(), "image/jpeg")
    given = {"title": "Đê", "alt_vi": picture.alt_vi, "file": file, "collection": picture.collection_id}
    answer = sign_in("kim").post(f"/editor/images/{picture.pk}/", given)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    after = drawn(PortalImage.objects.get(pk=picture.pk), "card")
    assert before and after and "de-moi" in after.src
    shown = Client().get(article.address("vi")).content.decode()
    assert "de-moi" in shown and before.src not in shown


def test_the_front_page_cuts_its_lead_around_the_point_that_matters(
    client: Client, picture: PortalImage, write: Any
):
    write(picture=picture)
    shown = client.get("/vi/").content.decode()
    hero = shown[shown.index("hero-picture") :]
    assert re.search(r'srcset="[^"]+fill-640x360[^"]+ 640w"', hero), (
        "not the whole picture, cut by the browser"
    )


def photograph(mode: str = "RGB", **how: Any) -> SimpleUploadedFile:
    """As a camera takes it: broad light, edges, leaves, and the noise of its sensor, in 1600 × 1200 points."""
    dice, size = np.random.default_rng(7), (1600, 1200)
    light = np.zeros((1200, 1600, 3), "f4")
    for coarse, weight in ((400, 1.0), (160, 0.7), (60, 0.5), (24, 0.3), (8, 0.2), (3, 0.1)):
        seeds = dice.integers(0, 255, (1200 // coarse, 1600 // coarse, 3), "u1")
        light += weight * np.asarray(Image.fromarray(seeds).resize(size, Image.Resampling.BICUBIC), "f4")
    light = np.where(light > light.mean(), light, light * 0.6) * (230 / light.max())
    noisy = np.clip(light + dice.normal(0, 4, light.shape), 0, 255).astype("u1")
    file = BytesIO()
    Image.fromarray(noisy).convert(mode).save(file, "JPEG", quality=90, **how)
    return SimpleUploadedFile("anh.jpg", file.getvalue(), "image/jpeg")


@pytest.mark.requirement(88)
@pytest.mark.parametrize("kind", ["avif", "webp"])
def test_a_front_page_of_photographs_stays_small(db: None, kind: str):
    """Two leads and six cards on a wide screen, beside 12,000 bytes of words, style and script."""
    image = PortalImage(title="Ảnh", alt_vi="Con đê ven sông", file=photograph(), width=1600, height=1200)
    PortalImage.objects.bulk_create([image])
    make_renditions(image, (("card", kind), ("small", kind)))
    weight = {one.width: one.file.size for one in image.renditions.all()}
    assert 2 * weight[640] + 6 * weight[400] + 12_000 <= 100_000, weight


def test_a_picture_for_print_is_shown_in_the_colours_of_screens(db: None):
    """Turned as its camera was held, without the place it was taken."""
    camera = Image.Exif()
    camera[0x112] = 6
    camera.get_ifd(0x8825).update({1: "N", 2: (10.0, 2.0, 3.0), 3: "E", 4: (105.0, 47.0, 1.0)})
    file = photograph("CMYK", exif=camera.tobytes())
    image = PortalImage.objects.create(title="Ảnh", alt_vi="Con đê ven sông", file=file)
    for rendition in image.renditions.all():
        with rendition.file.open() as kept, Image.open(kept) as made:
            assert made.mode == "RGB" and not made.getexif(), rendition.filter_spec
    assert image.renditions.get(filter_spec="width-640|format-webp").height == 853


@pytest.mark.requirement(88)
def test_nothing_moves_and_the_front_page_is_small(
    client: Client, picture: PortalImage, write: Any, portal: HomePage
):
    for number in range(8):
        write(title=f"Bài {number}", picture=picture)
    shown = client.get("/vi/").content.decode()
    pictures = re.findall(r"<img [^>]*>", shown)
    assert len(pictures) > 5
    assert all(re.search(r'width="\d+" height="\d+"', one) for one in pictures)
    assert len(shown.encode()) < 40_000


@pytest.mark.requirement(88)
def test_a_small_screen_takes_a_small_picture(client: Client, picture: PortalImage, write: Any):
    write(picture=picture)
    found = re.search(r'srcset="([^"]+)"', client.get("/vi/tin-tuc/").content.decode())
    assert found and [one.split()[1] for one in found[1].split(", ")] == ["400w", "640w"]
    picture.renditions.filter(filter_spec__startswith="fill-400x225").delete()
    found = re.search(r'srcset="([^"]+)"', client.get("/vi/tin-tuc/?made=anew").content.decode())
    assert found and found[1].endswith("640w") and "400w" not in found[1], (
        "brought before there was a small one"
    )

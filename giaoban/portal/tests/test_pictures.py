"""Pictures: in sizes and forms made beforehand, AVIF by a job; no layout moves, and the front page stays small."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image

from giaoban.portal.jobs import make_slow_renditions
from giaoban.portal.models import HomePage, PortalImage, PortalRendition
from giaoban.portal.pictures import drawn


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

"""Every kind of public page, made for a reader anew, asks the database at most eight times, however many rows."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from giaoban.meetings.actions import agenda, extras
from giaoban.meetings.tests.hall import item, paper
from giaoban.meetings.tests.story import ANNOUNCED, announced
from giaoban.plans.models import Target
from giaoban.portal.actions.writing import publish, put
from giaoban.portal.models import (
    Contact,
    GuidePage,
    HomePage,
    MeetingPage,
    NewsArticle,
    PageFile,
    PlanPage,
    PortalFile,
    PortalImage,
    PortalPage,
    RelatedDocument,
    ReviewPage,
    UnitPage,
)
from giaoban.portal.tests.conftest import AT
from giaoban.reports.tests.world import World
from giaoban.reviews.models import Review

#: What is asked for, and how often the database is. BEGIN and ROLLBACK around a reckoning are no questions.
ASKED = {
    "/vi/": 8,
    "/vi/tin-tuc/": 7,
    "/vi/tin-tuc/?month=2020-02": 8,
    "/vi/tin-tuc/bai-0/": 8,
    "/vi/so-ket-hoi-nghi/review/": 8,
    "/vi/so-ket-hoi-nghi/meeting/": 8,
    "/vi/ke-hoach/2020/": 7,
    "/vi/van-ban/": 6,
    "/vi/van-ban/?q=huong&year=2020": 6,
    "/vi/van-ban/old/": 6,
    "/vi/don-vi/": 6,
    "/vi/don-vi/can-tho/": 8,
    "/vi/huong-dan/guide/": 4,
    "/vi/hoi-dap/": 3,
    "/vi/tim-kiem/?q=bai": 6,
    "/vi/tim-kiem/?q=xyzzy&kind=article": 7,
    "/vi/rss.xml": 5,
    "/vi/tin-tuc/atom.xml": 5,
    "/vi/don-vi/can-tho/rss.xml": 6,
    "/vi/tin-tuc/bai-0/index.json": 3,
    "/vi/tin-tuc/bai-0/saved.html": 8,
    "/sitemap.xml": 2,
    "/vi/reading/": 2,
    "/vi/khong-co/": 6,
}


@pytest.fixture
def picture(db: None) -> PortalImage:
    file = BytesIO()
    Image.linear_gradient("L").resize((1300, 800)).convert("RGB").save(file, "JPEG")
    file.seek(0)
    return PortalImage.objects.create(
        title="Đê", alt_vi="Con đê ven sông", file=ImageFile(file, name="de.jpg")
    )


@pytest.fixture
def full(
    world: World, portal: HomePage, issued: Review, write: Any, register: Any, picture: PortalImage
) -> Any:
    """`full(many)`: a page of every kind, each with everything it may show, and so many of what it lists."""

    def put_below(slug: str, page: PortalPage) -> Any:
        parent = PortalPage.objects.get(slug=slug).specific
        return put(parent=parent, page=page, by=world.by("kim"), at=AT, publish=True)

    def make(many: int) -> None:
        _meeting(world, many)
        review, meeting = ReviewPage.objects.get(), MeetingPage.objects.get()
        for page, slug in ((review, "review"), (meeting, "meeting")):
            page.slug, page.picture, page.posted_at = slug, picture, AT
            publish(page=page, by=world.by("kim"), at=AT)
        meeting.review = review
        publish(page=meeting, by=world.by("kim"), at=AT)
        put_below("ke-hoach", PlanPage(title="2020", slug="2020", year=2020))
        for indicator in world.agreement.indicators.all()[:many]:
            Target.objects.create(
                agreement=world.agreement, indicator=indicator, unit=world.office, period="2020", value=10
            )
        documents = _documents(register, many)
        unit = put_below("don-vi", UnitPage(title="Cần Thơ", unit=world.ct, phone="0292", picture=picture))
        put_below("huong-dan", GuidePage(title="Từng bước", slug="guide", picture=picture))
        first = write(title="Gốc", picture=picture)
        for n in range(many):
            Contact.objects.create(page=unit, about_vi="Trực", name=f"Lan {n}")
            article = write(title=f"Bài {n}", picture=picture, meeting=meeting, review=review, posted_at=AT)
            NewsArticle.objects.filter(pk=article.pk).update(canonical=first.pk)
            RelatedDocument.objects.create(page=article, document=documents[n])
            write(title=f"Theo {n}", picture=picture, canonical=PortalPage.objects.get(slug="bai-0"))

    return make


def _meeting(world: World, many: int) -> None:
    meeting = announced(world)
    given = {"by": world.by("kim", ANNOUNCED), "at": ANNOUNCED}
    for n in range(many):
        under = item(world, meeting, f"Mục {n}")
        paper(world, meeting, f"Tài liệu {n}", audience="public", item=under)
        row = extras.register_contribution(meeting=meeting, unit=world.ct, title=f"Tham luận {n}", **given)
        extras.move_contribution(contribution=row, name="place", **given)
    agenda.publish_agenda(meeting=meeting, **given)
    MeetingPage.objects.update(shows_contributions=True)


def _documents(register: Any, many: int) -> list[Any]:
    newer = register("9/HD", slug="newer")
    old = register("1/HD", slug="old", replaced_by=newer)
    for n in range(many):
        file = PortalFile(title=f"Toàn văn {n}")
        file.file.save(f"toan-van-{n}.txt", ContentFile(b"noi dung"))
        PageFile.objects.create(page=old, file=file)
        register(f"{n}/HD", slug=f"older-{n}", replaced_by=old, issued_on=date(2020, 1, 2))
    return [old, newer, *(register(f"{n}/TB", slug=f"other-{n}") for n in range(many))]


@pytest.mark.requirement(88)
@pytest.mark.parametrize("many", [1, 3])
def test_a_page_that_is_made_asks_the_database_little(client: Client, full: Any, many: int):
    full(many)
    for path in ASKED:
        client.get(path)
    asked = {}
    for path in ASKED:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
            answer.getvalue()
        assert answer.status_code == (404 if "khong-co" in path else 200), path
        told = [
            q["sql"]
            for q in queries
            if q["sql"].split()[0] not in ("BEGIN", "ROLLBACK", "SAVEPOINT", "RELEASE")
        ]
        asked[path] = len(told)
    assert asked == ASKED
    assert max(asked.values()) <= 8

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import translation
from wagtail.models import Collection, Locale, Page

from giaoban.portal.actions.opening import open_portal
from giaoban.portal.actions.writing import put, running_text
from giaoban.portal.models import DocumentPage, HomePage, NewsArticle, RegisterPage, SectionPage
from giaoban.reports.tests.world import World, build
from giaoban.reviews.actions import issuing
from giaoban.reviews.models import Figure, Review, Sentence
from giaoban.reviews.tests.story import begun

#: Pages are published today: Wagtail writes its own instants.
AT = datetime(2020, 2, 3, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _sentences_in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def world(db: None) -> World:
    return build()


def committed() -> World:
    """The world after tests that emptied the tables: Wagtail's roots are there again."""
    if not Page.objects.exists():
        Locale.objects.get_or_create(language_code="vi")
        Page.add_root(title="Root", slug="root")
        Collection.add_root(name="Root")
    return build()


@pytest.fixture
def portal(world: World) -> HomePage:
    """An open portal of the world's agreement."""
    return open_portal(
        agreement=world.agreement, name_vi="Cổng phối hợp", name_en="Joint portal", owner_vi="Văn phòng",
        owner_en="Office", by=world.by("kim"), at=AT,
    )  # fmt: skip


@pytest.fixture
def write(world: World, portal: HomePage) -> Any:
    """`write(title, publish=True, **fields)`: an article in the section of news."""

    def make(
        title: str = "Hội nghị sơ kết", who: str = "kim", publish: bool = True, **fields: Any
    ) -> NewsArticle:
        given = {"title_en": "Review meeting", "lead_vi": "Ba việc.", "unit": world.ct} | fields
        given["body_vi"] = running_text(given.pop("text", "<p>Đại biểu nhất trí.</p>"))
        given["body_en"] = running_text(given.pop("text_en", "<p>Delegates agreed.</p>"))
        section = SectionPage.objects.get(slug="tin-tuc")
        return put(
            parent=section, page=NewsArticle(title=title, **given), by=world.by(who), at=AT, publish=publish
        )

    return make


@pytest.fixture
def issued(world: World, portal: HomePage) -> Review:
    """A review with one sentence that may be published and one that may not; issued, so proposed."""
    review, block = begun(world, number="15/BC")
    other = block.section.blocks.create(position=2)
    Figure.objects.create(
        review=review,
        number=1,
        key="a",
        label="Số lớp",
        value="7",
        query={"indicator": "visits", "unit": world.office.pk, "period": "2020-01"},
        accepted=3,
        due=3,
    )
    for place, text in ((block, "Đã mở {{figure:1}} lớp."), (other, "Nội bộ.")):
        Sentence.objects.create(
            block=place, position=1, text=text, origin="written", changed_by="user:1", changed_at=AT
        )
    block.publishable = True
    block.save()
    return issuing.issue(review=review, by=world.by("kim"), at=AT, confirmed=True)


@pytest.fixture
def register(world: World, portal: HomePage) -> Any:
    def make(number: str, **fields: Any) -> DocumentPage:
        given = {
            "title": f"Hướng dẫn {number}",
            "type_vi": "Hướng dẫn",
            "issued_on": date(2020, 1, 20),
            "issuer": "Văn phòng",
        }
        page = DocumentPage(number=number, **given | fields)
        return put(parent=RegisterPage.objects.get(), page=page, by=world.by("kim"), at=AT, publish=True)

    return make

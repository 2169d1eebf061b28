from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from giaoban.portal.actions.opening import open_portal
from giaoban.portal.actions.writing import put, running_text
from giaoban.portal.models import HomePage, NewsArticle, SectionPage
from giaoban.reports.tests.world import World, build

#: Pages are published today: Wagtail writes its own instants.
AT = datetime(2020, 2, 3, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _sentences_in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def world(db: None) -> World:
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
def sign_in(client: Client, world: World) -> Any:
    def make(name: str) -> Client:
        client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make

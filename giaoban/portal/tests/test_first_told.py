"""One event told by several units: readers find every page, machines the one that came first."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from giaoban.portal.actions.writing import publish
from giaoban.portal.models import PortalPage
from giaoban.portal.tests.conftest import AT
from giaoban.reports.tests.world import World


@pytest.fixture
def told_twice(write: Any, world: World) -> tuple[PortalPage, PortalPage]:
    """Cần Thơ tells of the meeting, An Giang tells of it again."""
    first = write(title="Cần Thơ kể")
    again = write(title="An Giang kể", unit=world.ag, canonical=PortalPage.objects.get(pk=first.pk))
    return first, again


def _read(path: str) -> str:
    answer = Client().get(path)
    return (answer.getvalue() if answer.streaming else answer.content).decode()


def test_readers_find_both_and_machines_the_first(told_twice: tuple[PortalPage, PortalPage]):
    first, again = told_twice
    head = _read(again.address("vi"))
    assert f'rel="canonical" href="http://localhost:8000{first.address("vi")}"' in head
    assert "hreflang=" not in head.partition("</head>")[0], "the languages of the page that is followed"
    assert "Đơn vị khác đã đưa tin trước" in head
    assert again.address("vi") in _read(first.address("vi")) and again.address("vi") in _read("/vi/tin-tuc/")
    for path in ("/sitemap.xml", "/vi/rss.xml", "/vi/tin-tuc/atom.xml"):
        found = _read(path)
        assert first.address("vi") in found and again.address("vi") not in found, path


def test_nobody_is_led_to_a_page_that_was_withdrawn(told_twice: tuple[PortalPage, PortalPage], world: World):
    first, again = told_twice
    assert again.address("vi") not in _read("/sitemap.xml")
    first.note_kind, first.note_vi = "withdrawal", "Số liệu sai."
    publish(page=first, by=world.by("kim"), at=AT)
    head = _read(again.address("vi"))
    assert f'rel="canonical" href="http://localhost:8000{again.address("vi")}"' in head
    assert 'hreflang="en"' in head and "Đơn vị khác đã đưa tin trước" not in head
    for path in ("/sitemap.xml", "/vi/rss.xml", "/vi/tin-tuc/atom.xml"):
        assert again.address("vi") in _read(path), path


def test_nobody_is_led_to_a_page_that_was_taken_down(told_twice: tuple[PortalPage, PortalPage]):
    first, again = told_twice
    first.unpublish()
    assert f'rel="canonical" href="http://localhost:8000{again.address("vi")}"' in _read(again.address("vi"))
    assert again.address("vi") in _read("/sitemap.xml") and again.address("vi") in _read("/vi/rss.xml")

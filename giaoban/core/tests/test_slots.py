"""An upper app fills a slot of a lower app's page: asked once per page, for all rows."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from giaoban.core import slots
from giaoban.core.models import Seal

PAGE = Template('{% for row in rows %}[{% slot "test.row" row among=rows %}]{% endfor %}')


@pytest.fixture
def rows(db):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return [Seal.objects.create(number=n, rows=n, digest="", at=at) for n in (1, 2, 3)]


def test_a_panel_is_asked_once_for_the_whole_page(rows, monkeypatch):
    monkeypatch.setitem(slots._panels, "test.row", [])
    asked = []

    @slots.fills("test.row", template="core/empty.html")
    def odd(rows, *, request):
        asked.append(len(rows))
        return {row.pk: {"title": f"<{row.number}>"} for row in rows if row.number % 2}

    html = PAGE.render(Context({"rows": rows, "request": RequestFactory().get("/")}))

    assert asked == [3]
    assert "&lt;1&gt;" in html
    assert "[]" in html
    assert "&lt;3&gt;" in html


def test_a_slot_nobody_fills_is_empty(rows):
    assert PAGE.render(Context({"rows": rows, "request": RequestFactory().get("/")})) == "[][][]"

import pytest

from giaoban.agreements.tests.world import World, build
from giaoban.reportforms import usage


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def reported(monkeypatch):
    """`reported.add(row)`: from now on a report holds something of that row."""
    rows = set()
    monkeypatch.setattr(usage, "_witnesses", [lambda row: row in rows])
    return rows

"""An engine for the tests of roll-ups, and a small programme to ask about."""

import duckdb
import pytest

from giaoban.reports.tests.world import World, build
from giaoban.rollups.engine.session import Session


@pytest.fixture(scope="session")
def session() -> Session:
    return Session(duckdb.connect(config={"threads": 1}))


@pytest.fixture
def world(db: None) -> World:
    return build()

import pytest

from giaoban.agreements.tests.world import World, build


@pytest.fixture
def world(db: None) -> World:
    return build()

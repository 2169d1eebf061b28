import pytest

from giaoban.rollups.tests.explorer.story import Story, build


@pytest.fixture
def story(db: None) -> Story:
    return build()

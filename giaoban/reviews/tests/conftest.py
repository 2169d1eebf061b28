from collections.abc import Iterator

import pytest
from django.utils import translation

from giaoban.reports.tests.world import World, build


@pytest.fixture(autouse=True)
def _sentences_in_english() -> Iterator[None]:
    """Refusals are compared in the language they are written in; pages speak their reader's."""
    with translation.override("en"):
        yield


@pytest.fixture
def world(db: None) -> World:
    return build()

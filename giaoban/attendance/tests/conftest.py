import pytest

from giaoban.attendance.tests.story import Hall, build


@pytest.fixture
def hall(db: None) -> Hall:
    return build()

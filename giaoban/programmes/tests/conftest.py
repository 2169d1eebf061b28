import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import translation

from giaoban.programmes.tests.homes import giaoban


@pytest.fixture(autouse=True)
def english():
    """Sentences are compared in English."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory) -> Path:
    """A home just made; to be copied, which is faster than to make one."""
    home = tmp_path_factory.mktemp("homes") / "empty"
    giaoban(home, "check")
    return home


@pytest.fixture
def new_home(empty_home: Path, tmp_path: Path) -> Callable[[str], Path]:
    """new_home("one"): another home, empty and ready."""

    def make(name: str = "home") -> Path:
        return Path(shutil.copytree(empty_home, tmp_path / name))

    return make

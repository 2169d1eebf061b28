"""A pytest plugin that must load before Django's settings do (`-p tools.testing`)."""

import atexit
import os
import shutil
import tempfile

import hypothesis
import pytest

from tools.messages import compile_all
from tools.migrated import begin_with_a_copy


def _own_home() -> None:
    """Tests never touch the home somebody works in."""
    home = tempfile.mkdtemp(prefix="giaoban-tests-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["GIAOBAN_HOME"] = home


_own_home()


def pytest_configure(config: pytest.Config) -> None:
    """The .mo files fit the .po files; the same examples every time, however slow the machine."""
    compile_all()
    begin_with_a_copy()
    hypothesis.settings.register_profile("giaoban", deadline=None, derandomize=True, database=None)
    hypothesis.settings.load_profile("giaoban")

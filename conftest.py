"""What every test may use: the published data, tools of the system, requirement marks."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a mark with a number that no requirement has."""
    from tools.requirements import numbers

    known = numbers()
    for item in items:
        for mark in item.iter_markers("requirement"):
            unknown = set(mark.args) - known
            if unknown or not mark.args:
                raise pytest.UsageError(f"{item.nodeid}: no such requirement: {unknown or '()'}")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path) -> None:
    """Files that a test writes lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FACTS_ROOT = tmp_path / "facts"
    settings.PAGES_ROOT = tmp_path / "pages"
    settings.EMAIL_FILE_PATH = tmp_path / "outbox"


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> None:
    """Sample people sign in; making their passwords slow to guess would only slow the tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What a process keeps in memory goes by stamps, and every test begins with the same ones; no file is kept."""
    from giaoban.core import printed
    from giaoban.reportforms.stamps import forget

    forget()
    printed.forget()


@pytest.fixture
def sign_in(world, client):
    """`sign_in("lan").get(…)`: the client of one of the people of the app's `world`."""

    def as_(name: str):
        client.force_login(world.people[name])
        return client

    return as_


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with data that nobody on the project wrote; the test skips where it is absent."""
    folder = Path(os.environ.get("GIAOBAN_SHARED", ROOT.parent / "shared"))
    folder = folder if folder.name == "data" else folder / "data"
    if not folder.is_dir():
        pytest.skip("the published data are not beside the project (set GIAOBAN_SHARED)")
    return folder


@pytest.fixture(scope="session")
def system_tool():
    """`system_tool("soffice")` gives the program's path; absent it skips, in CI it fails."""

    def find(*names: str) -> str:
        for name in names:
            path = shutil.which(name)
            if path:
                return path
        message = f"not on this machine: {' or '.join(names)}"
        if IN_CI:
            pytest.fail(message)
        pytest.skip(message)

    return find


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The URL of an empty PostgreSQL server for tests; absent it skips, in CI it fails."""
    url = os.environ.get("GIAOBAN_TEST_POSTGRES", "")
    if url:
        return url
    if IN_CI:
        pytest.fail("GIAOBAN_TEST_POSTGRES is not set")
    pytest.skip("no PostgreSQL to test with (set GIAOBAN_TEST_POSTGRES)")

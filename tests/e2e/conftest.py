"""The demonstration in a real browser: one server and one Chromium for all tests of this folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e.reader import WIDE, Reader

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def giaoban(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the product on a home."""
    return subprocess.run(
        [sys.executable, "-m", "giaoban.config.cli", *arguments],
        env=_environment(home), cwd=home.parent, capture_output=True, text=True, timeout=600,
    )  # fmt: skip


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "GIAOBAN_HOME": str(home), "PYTHONPATH": str(ROOT), "GIAOBAN_LANG": "en"}


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home as `giaoban demo` makes it. Nobody changes it; copies are served."""
    home = tmp_path_factory.mktemp("demonstration") / "home"
    made = giaoban(home, "demo", "--no-serve")
    assert made.returncode == 0, made.stderr
    return home


@pytest.fixture(scope="session")
def server(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration with a draft of the year's review, for those who look at pages; yields its address."""
    home = tmp_path_factory.mktemp("looked-at") / "home"
    shutil.copytree(demonstration, home)
    made = giaoban(home, "review", "mua-lu-2020", "--period", "2020", "--out", str(home.parent / "papers"))
    assert made.returncode == 0, made.stderr
    with served(home) as address:
        yield address


@contextmanager
def served(home: Path) -> Iterator[str]:
    """`giaoban demo` on a home; yields its address, and ends with it."""
    port, log = _free_port(), home.parent / "server.log"
    command = [sys.executable, "-m", "giaoban.config.cli", "demo", "--port", str(port)]
    with log.open("w") as told:
        process = subprocess.Popen(
            command, env=_environment(home), cwd=home.parent, stdout=told, stderr=subprocess.STDOUT
        )
        try:
            _wait(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _second in range(240):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/accounts/login/", timeout=5)
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise AssertionError(f"the demonstration did not start:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def browser(system_tool: Callable[..., str]) -> Iterator[Browser]:
    path = system_tool("chromium", "chromium-browser")
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def sit_down(browser: Browser, server: str, size: dict[str, int] = WIDE) -> Reader:
    """Somebody in a window of his own, not signed in."""
    context = browser.new_context(viewport=size, locale="vi-VN")  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    return Reader(server, context)


@pytest.fixture
def reader(server: str, browser: Browser) -> Iterator[Callable[..., Reader]]:
    """`reader("verifier", lang="en", size=SMALL)`, signed in; what the browser complains about fails the test."""
    opened: list[Reader] = []

    def make(role: str = "", lang: str = "vi", size: dict[str, int] = WIDE) -> Reader:
        person = sit_down(browser, server, size)
        opened.append(person)
        if role:
            person.sign_in(role)
        else:
            person.go("/accounts/login/")
        return person.read_in(lang)

    yield make
    complaints = [c for person in opened for c in person.complaints]
    for person in opened:
        person.context.close()
    assert complaints == []

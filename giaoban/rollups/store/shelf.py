"""The files of a generation: written aside, made durable, renamed into place, never changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

FACTS, REPORTS, PARTIALS, COUNTS = "facts.parquet", "reports.parquet", "partials.parquet", "counts.parquet"
FILES = (FACTS, REPORTS, PARTIALS, COUNTS)
ASIDE = "aside-"


def root() -> Path:
    """The folder of all files."""
    return Path(settings.FACTS_ROOT)


def file(path: str, name: str) -> str:
    """One file of the generation at `path`."""
    return str(root() / path / name)


def size(path: str) -> int | None:
    """The bytes of a generation's files; None if one is missing."""
    try:
        return sum(os.stat(root() / path / name).st_size for name in FILES)
    except OSError:
        return None


def digest(path: str) -> str:
    """sha256 over the files of a generation."""
    found = hashlib.sha256()
    for name in FILES:
        with (root() / path / name).open("rb") as content:
            while part := content.read(1 << 20):
                found.update(part)
    return found.hexdigest()


@contextmanager
def writing(regime: int, key: str) -> Iterator[tuple[Path, str]]:
    """A folder to write into, and the path it will have once the block has ended well."""
    place = root() / str(regime) / key
    name = uuid.uuid4().hex
    aside = place / f"{ASIDE}{name}"
    aside.mkdir(parents=True)
    try:
        yield aside, f"{regime}/{key}/{name}"
        for written in aside.iterdir():
            _settle(written)
        _settle(aside)
        aside.rename(place / name)
        _settle(place)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def remove(path: str) -> None:
    """Take the files of a generation away."""
    shutil.rmtree(root() / path, ignore_errors=True)


def _settle(path: Path) -> None:
    """Make sure the disk has it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""PDF files made on request are kept for a day at most: who asks again gets the same bytes at once.

A file is known by all that goes into it, so a changed word gives a new file and nothing is ever out of date.
They lie in the home, for all workers; `forget` empties the place, each day and after personal data were erased.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files

from django.core.cache import caches

from giaoban.lib.paper import Paper, html, manifest, pdf

#: How PDF is written: with other code the same pages give other files.
WRITERS, LIBRARIES = ("pdf.py", "pdftree.py"), ("weasyprint", "pikepdf")


def paper(paper: Paper) -> bytes:
    """A paper as PDF; raises what `pdf.write` raises."""
    data = manifest.canonical(manifest.build(paper)).decode()
    return once(partial(pdf.write, paper), html.bare_page(paper), data)


def once(make: Callable[[], bytes], *parts: str) -> bytes:
    """What `make` gives, made only where no file of these parts is kept: a full or a read-only disk keeps none."""
    kept_as = key(*parts)
    found = find(kept_as)
    if found is None:
        found = make()
        with suppress(OSError):
            caches["printed"].set(kept_as, found)
    return found


def key(*parts: str) -> str:
    """The name a file of these parts is kept under, for who asks for it later."""
    return _digest(_writing(), *parts)


def find(key: str) -> bytes | None:
    """The file kept under this name; None where there is none any more."""
    with suppress(OSError):
        found: bytes | None = caches["printed"].get(key)
        return found
    return None


def drop(key: str) -> None:
    """Keep this file no longer."""
    with suppress(OSError):
        caches["printed"].delete(key)


def forget() -> None:
    """Empty the place."""
    caches["printed"].clear()


def _digest(*parts: str) -> str:
    """Of the parts in their order; where one ends is part of it."""
    return sha256("".join(sha256(part.encode()).hexdigest() for part in parts).encode()).hexdigest()


@cache
def _writing() -> str:
    code = [files("giaoban.lib.paper").joinpath(name).read_text("utf-8") for name in WRITERS]
    return _digest(*code, *map(version, LIBRARIES))

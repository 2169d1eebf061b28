"""The stored pages: files in the home, the newest of them in memory, each with what it was made from."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from giaoban.portal.reading import COOKIE
from giaoban.portal.stored.journal import Journal

try:
    import brotli
except ImportError:  # it comes with a library of ours; without it pages are sent in gzip
    brotli = None

#: How much of the stored pages a process holds in memory.
MOST_BYTES = 64_000_000
#: Public addresses that hold for everybody. Whatever is not stored among them, Django answers.
PUBLIC = re.compile(
    r"/(?:(?:vi|en)/(?:[\w\-]+/)*(?:(?:rss|atom)\.xml|index\.json)?|sitemap\.xml|robots\.txt)"
)
PLAIN, READING = 0, 1
_LOCKS = 64

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """One of the forms of a page: `variant` and encoding."""

    etag: str
    headers: Headers
    body: bytes


@dataclass
class Stored:
    """A page's bytes in every form, and what they were made from."""

    path: str
    epoch: str
    since: int
    keys: tuple[str, ...]
    until: float | None
    forms: dict[tuple[int, str], Answer] = field(default_factory=dict)
    checked: int = -1

    @property
    def size(self) -> int:
        return sum(len(answer.body) for answer in self.forms.values())


def forms_of(contents: list[tuple[bytes, Headers]]) -> dict[tuple[int, str], Answer]:
    """Each variant as it is and compressed, with a strong ETag of its own."""
    found = {}
    for variant, (body, headers) in enumerate(contents):
        tag = hashlib.sha256(body).hexdigest()[:24]
        packed = {"": body, "gzip": gzip.compress(body, 9, mtime=0)}
        if brotli is not None:
            packed["br"] = brotli.compress(body, quality=9)
        for name, data in packed.items():
            etag = f'"{tag}-{name}"' if name else f'"{tag}"'
            more = [("Content-Length", str(len(data))), ("ETag", etag), ("Vary", "Accept-Encoding")]
            more += [("Content-Encoding", name)] if name else []
            found[variant, name] = Answer(etag, [*headers, *more], data)
    return found


class Shelf:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = Journal(folder)
        self._held: dict[str, Stored] = {}
        self._bytes = 0
        self.told: dict[str, tuple[int, float | None]] = {}  # pictures everybody may see: see `told`
        self.dates: tuple[Any, list[Any]] = (None, [])  # instants set for pages, and when they were asked for

    def find(self, path: str, now: float | None = None) -> Stored | None:
        """The page's bytes, if they are what would be made this instant."""
        journal = self.journal
        journal.refresh()
        found = self._held.get(path)
        if found is None or found.epoch != journal.epoch:
            found = self._load(path)
            if found is None:
                return None
        if found.checked != journal.version:
            version = journal.version
            if found.epoch != journal.epoch or not journal.is_fresh(found.keys, found.since):
                self._drop(path)
                return None
            found.checked = version
        if found.until is not None and (time.time() if now is None else now) >= found.until:
            return None
        return found

    def put(self, stored: Stored) -> None:
        """Keep it, for all processes."""
        place = self._place(stored.path)
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_suffix(f".{os.getpid()}-{time.monotonic_ns()}")
        fresh.write_bytes(_packed(stored))
        os.replace(fresh, place)
        self._hold(stored)

    @contextmanager
    def alone(self, path: str) -> Iterator[None]:
        """One at a time makes a page, among all processes."""
        folder = self.folder / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        number = int(self._name(path), 16) % _LOCKS
        handle = os.open(folder / str(number), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def begin(self) -> None:
        """Keep nothing of what was kept: new templates, new settings, a restored database."""
        self.journal.begin()
        for folder in (self.folder / "kept", self.folder / "owners"):
            for old in folder.glob("*") if folder.is_dir() else ():
                old.unlink(missing_ok=True)
        self._held, self._bytes = {}, 0

    def _load(self, path: str) -> Stored | None:
        try:
            found = _unpacked(self._place(path).read_bytes())
        except (OSError, ValueError, KeyError):
            return None
        if found.path != path or found.epoch != self.journal.epoch:
            return None
        self._hold(found)
        return found

    def _hold(self, stored: Stored) -> None:
        self._drop(stored.path)
        if self._bytes + stored.size > MOST_BYTES:
            self._held, self._bytes = {}, 0
        self._held[stored.path] = stored
        self._bytes += stored.size

    def _drop(self, path: str) -> None:
        old = self._held.pop(path, None)
        self._bytes -= old.size if old else 0

    def _name(self, path: str) -> str:
        return hashlib.sha256(path.encode()).hexdigest()[:32]

    def _place(self, path: str) -> Path:
        return self.folder / "kept" / self._name(path)


def _packed(stored: Stored) -> bytes:
    """A line of JSON, then the bodies one after the other."""
    forms = [[*key, a.etag, a.headers, len(a.body)] for key, a in stored.forms.items()]
    head = {
        "path": stored.path, "epoch": stored.epoch, "since": stored.since, "keys": sorted(stored.keys),
        "until": stored.until, "forms": forms,
    }  # fmt: skip
    return json.dumps(head).encode() + b"\n" + b"".join(a.body for a in stored.forms.values())


def _unpacked(data: bytes) -> Stored:
    line, _end, bodies = data.partition(b"\n")
    head = json.loads(line)
    forms, place = {}, 0
    for variant, encoding, etag, headers, size in head["forms"]:
        pairs = [(name, value) for name, value in headers]
        forms[variant, encoding] = Answer(etag, pairs, bodies[place : place + size])
        place += size
    if place != len(bodies):
        raise ValueError("a stored page is not whole")
    return Stored(
        head["path"], head["epoch"], head["since"], tuple(head["keys"]), head["until"], forms
    )  # fmt: skip


@lru_cache(1)
def _shelf(folder: Path) -> Shelf:
    return Shelf(folder)


def shelf() -> Shelf:
    """The shelf of this home."""
    return _shelf(Path(settings.PAGES_ROOT))


def instant(at: datetime | None) -> float | None:
    return at.timestamp() if at else None


# ------------------------------------------------------------------ which form a reader gets

_KEPT = re.compile(rf"(?:^|;\s*){COOKIE}=([0-6][01][01])(?:;|$)")
_accepted: dict[str, str] = {}


def variant(cookie: str) -> int:
    """With the link to the private style sheet, where the reader chose how he reads."""
    if COOKIE not in cookie:
        return PLAIN
    found = _KEPT.search(cookie)
    return READING if found and found[1] != "100" else PLAIN


def encoding(accepted: str) -> str:
    """The smallest one the reader's browser takes."""
    known = _accepted.get(accepted)
    if known is None:
        parts = [part.replace(" ", "") for part in accepted.lower().split(",")]
        taken = {p.partition(";")[0] for p in parts if not re.search(r";q=0(\.0*)?$", p)}
        known = next((name for name in ("br", "gzip") if name in taken and (name != "br" or brotli)), "")
        if len(_accepted) < 1000:
            _accepted[accepted] = known
    return known


def is_known(etag: str, asked: str) -> bool:
    """Does the reader hold these very bytes already (If-None-Match)?"""
    return asked.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in asked.split(",")]

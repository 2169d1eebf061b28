"""What changes, told to every process before it is committed: one file in the home that all append to and read.

A line `A <change> <instant> <owner> <key> …` stands before the commit, `F <change>` after it. What was made from the
database before an `A` with one of its keys, or between that and its `F`, is not to be answered with. A process that
is killed in between leaves no `F`: its lock on `owners/<owner>` is gone then, and another writes the line.
After each line its writer changes the mark, so that a process that knows the mark has read every line.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from giaoban.portal.stored.mark import Mark

#: A journal that has grown so long is begun anew; what was kept until then is made again.
MOST_BYTES = 16_000_000
#: A change with more keys than this is a change of everything.
MOST_KEYS = 400
EVERYTHING = "all"
#: How long a killed process's commit may still be on its way in the database server.
GRACE = 10.0


class Journal:
    """The journal of a folder as this process knows it; call `refresh` before asking."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "journal"
        self.mark = Mark(folder / "mark")
        self.epoch = ""
        self.version = 0  # changes with every change that was read
        self.offset = 0
        self._told: dict[str, int] = {}  # key -> where it was last announced
        self._open: dict[str, tuple[float, str, frozenset[str]]] = {}
        self._seen = b""  # the mark, before it was read
        self._reading = threading.Lock()
        self._owner = ""
        self._owner_lock: int | None = None

    # ------------------------------------------------------------- reading

    def refresh(self) -> None:
        """Read what others have written since. One look into memory when nothing has."""
        if self.mark.word() != self._seen:
            with self._reading:
                try:
                    self._read()
                except FileNotFoundError:
                    self.begin(only_if_absent=True)
                    self._read()

    def _read(self) -> None:
        seen = self.mark.word()
        with self.path.open("rb") as file:
            epoch = file.readline().decode().split()[1]
            if epoch != self.epoch:
                self.epoch, self.offset, self._told, self._open = epoch, file.tell(), {}, {}
                self.version += 1
            file.seek(self.offset)
            text = file.read()
        whole = text[: text.rfind(b"\n") + 1]
        for line in whole.splitlines(keepends=True):
            self._take(line.decode().split(), self.offset)
            self.offset += len(line)
        self._seen = seen

    def _take(self, words: list[str], place: int) -> None:
        if words[0] == "A":
            keys = frozenset(words[4:])
            self._told |= dict.fromkeys(keys, place)
            self._open[words[1]] = (float(words[2]), words[3], keys)
            self.version += 1
        elif words[0] == "F":
            self._open.pop(words[1], None)

    def is_fresh(self, keys: Iterable[str], since: int) -> bool:
        """Has none of the keys been announced since the journal was that long?"""
        told = self._told
        return all(told.get(key, -1) < since for key in keys)

    def on_the_way(self) -> frozenset[str]:
        """Keys of changes that may or may not be committed just now."""
        held = list(self._open.values())
        return frozenset().union(*(keys for _at, _owner, keys in held)) if held else frozenset()

    # ------------------------------------------------------------- writing

    def announce(self, keys: Iterable[str]) -> str:
        """Before a commit; returns the change's name, for `finish`."""
        told = sorted(set(keys))
        if len(told) > MOST_KEYS:
            told = [EVERYTHING]
        change = secrets.token_hex(8)
        self._append(f"A {change} {time.time():.3f} {self._own()} {' '.join(told)}\n")
        return change

    def finish(self, change: str) -> None:
        """After it, however it went."""
        self._append(f"F {change}\n")

    def begin(self, only_if_absent: bool = False) -> None:
        """A new journal: whatever was kept is kept no longer."""
        (self.folder / "owners").mkdir(parents=True, exist_ok=True)
        with self._held(fcntl.LOCK_EX):
            if only_if_absent and self.path.exists():
                return
            fresh = self.folder / "journal.new"
            fresh.write_text(f"E {secrets.token_hex(8)}\n")
            os.replace(fresh, self.path)
            self.mark.change()

    def clear_dead(self, *, now: float) -> int:
        """Finish the changes of processes that were killed before they could; how many."""
        with self._reading:
            held = list(self._open.items())
        dead = [c for c, (at, owner, _keys) in held if now - at > GRACE and not self._lives(owner)]
        for change in dead:
            self.finish(change)
        return len(dead)

    def _append(self, line: str) -> None:
        for _again in range(2):
            try:
                with self._held(fcntl.LOCK_SH):
                    long = self._write(line.encode()) > MOST_BYTES
                    self.mark.change()
                break
            except FileNotFoundError:
                self.begin(only_if_absent=True)
        if long and line.startswith("F"):
            self.begin()

    def _write(self, line: bytes) -> int:
        """How long the journal is then. One that is not there is not made here: it must begin with its epoch."""
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND)
        try:
            os.write(handle, line)
            return os.fstat(handle).st_size
        finally:
            os.close(handle)

    @contextmanager
    def _held(self, how: int) -> Iterator[None]:
        """The journal does not change places meanwhile."""
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, how)
            yield
        finally:
            os.close(handle)

    def _own(self) -> str:
        """This process's name, under a lock that ends with it."""
        name = f"{os.getpid()}-"
        if not self._owner.startswith(name) or not (self.folder / "owners" / self._owner).exists():
            (self.folder / "owners").mkdir(parents=True, exist_ok=True)
            self._owner = name + secrets.token_hex(4)
            path = self.folder / "owners" / self._owner
            self._owner_lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._owner_lock, fcntl.LOCK_EX)
        return self._owner

    def _lives(self, owner: str) -> bool:
        path = self.folder / "owners" / owner
        try:
            handle = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        else:
            path.unlink(missing_ok=True)
            return False
        finally:
            os.close(handle)

"""A word in a file that every process sees change at once, without asking the system: the file is mapped.

Whoever has something to tell writes another word after he has told it; whoever knows the word has heard everything.
It asks of the file system what SQLite's `-shm` file asks: one machine.
"""

from __future__ import annotations

import mmap
import os
import secrets
import time
from pathlib import Path

BYTES = 8
#: How often a reader looks whether the file is still the one he mapped, seconds: somebody may have cleared the home.
LOOK = 1.0


class Mark:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._mapped: mmap.mmap | bytes = b""
        self._file: tuple[int, int] | None = None  # which one it is: device and number
        self._look_at = 0.0

    def word(self) -> bytes:
        """The word that stands there now."""
        if time.monotonic() >= self._look_at:
            self._look()
        return self._mapped[:BYTES]

    def change(self) -> None:
        """Write another word, which never stood there before."""
        self._look_at = 0.0
        handle = self._open()
        try:
            os.pwrite(handle, secrets.token_bytes(BYTES), 0)
        finally:
            os.close(handle)

    def _look(self) -> None:
        """Map the file that stands at the path, if it is another than before."""
        handle = self._open()
        try:
            found = os.fstat(handle)
            if self._file != (found.st_dev, found.st_ino):
                if found.st_size < BYTES:
                    os.pwrite(handle, secrets.token_bytes(BYTES), 0)
                self._mapped = mmap.mmap(handle, BYTES, prot=mmap.PROT_READ)
                self._file = (found.st_dev, found.st_ino)
        finally:
            os.close(handle)
        self._look_at = time.monotonic() + LOOK

    def _open(self) -> int:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)

"""Rows waiting to be written: in memory while they are few, then in a file that vanishes with the process."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

IN_MEMORY = 64 << 20
BATCH = 500
_LENGTH = struct.Struct("<I")


class Scratch:
    """Where the spools of one load put rows: IN_MEMORY bytes in all, the rest in files of `folder`."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.held = 0

    def spool(self) -> Spool:
        return Spool(self)


class Spool:
    """Append rows (texts, numbers, truths, None), then read them in order as often as needed."""

    def __init__(self, scratch: Scratch) -> None:
        self._scratch = scratch
        self._file = tempfile.SpooledTemporaryFile(dir=scratch.folder)  # noqa: SIM115
        self._in_memory = True
        self._waiting: list[Any] = []
        self.count = 0

    def append(self, row: tuple[Any, ...]) -> None:
        self._waiting.append(row)
        self.count += 1
        if len(self._waiting) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        packed = msgspec.msgpack.encode(self._waiting)
        self._waiting = []
        self._file.write(_LENGTH.pack(len(packed)))
        self._file.write(packed)
        if self._in_memory:
            self._scratch.held += len(packed)
            if self._scratch.held > IN_MEMORY:
                self._scratch.held -= self._file.tell()
                self._file.rollover()
                self._in_memory = False

    def __iter__(self) -> Iterator[list[Any]]:
        if self._waiting:
            self._flush()
        self._file.seek(0)
        while head := self._file.read(_LENGTH.size):
            yield from msgspec.msgpack.decode(self._file.read(_LENGTH.unpack(head)[0]))

    def __del__(self) -> None:
        self._file.close()

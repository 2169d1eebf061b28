"""What is wrong with a folder, all of it at once; and how long work tells where it stands."""

from __future__ import annotations

from typing import Any, Protocol

from django.utils.translation import ngettext

from giaoban.core.refused import Refused

MOST_SHOWN = 1000


class Progress(Protocol):
    """What long work tells: a new step (`total` 0: unknown), and how much of it is done."""

    def step(self, label: str, total: int = 0) -> None: ...

    def advance(self, count: int) -> None: ...


class Quiet:
    """Progress that nobody watches."""

    def step(self, label: str, total: int = 0) -> None:
        return

    def advance(self, count: int) -> None:
        return


class Problems:
    """Everything that is wrong with a folder, as `file:line: sentence`."""

    def __init__(self) -> None:
        self.found: list[tuple[str, int, str]] = []
        self.more = 0

    def __bool__(self) -> bool:
        return bool(self.found)

    def add(self, file: str, line: int, sentence: Any) -> None:
        if len(self.found) < MOST_SHOWN * 10:
            self.found.append((file, line, str(sentence)))
        else:
            self.more += 1

    def lines(self) -> list[str]:
        """Sorted by file and line, at most MOST_SHOWN, then how many more there are."""
        found = sorted(set(self.found))
        shown = [
            f"{file}:{line}: {sentence}" if line else f"{file}: {sentence}" for file, line, sentence in found
        ]
        more = len(shown) + self.more - MOST_SHOWN
        if more > 0:
            shown = shown[:MOST_SHOWN]
            shown.append(ngettext("… and %(count)s more.", "… and %(count)s more.", more) % {"count": more})
        return shown

    def refuse(self) -> None:
        """Raises Refused with all problems, if there are any."""
        if self.found:
            raise Refused("\n".join(self.lines()), code="folder", problems=len(self.found) + self.more)

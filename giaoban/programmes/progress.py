"""Progress on the screen: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from giaoban.core.folders import Progress


class Lines:
    """One line for each step."""

    def step(self, label: str, total: int = 0) -> None:
        print(f"{label} …", file=sys.stderr, flush=True)

    def advance(self, count: int) -> None:
        return


class Bar:
    """A bar that names the step and counts."""

    def __init__(self, bar: object) -> None:
        self._bar = bar
        self._task: object = None

    def step(self, label: str, total: int = 0) -> None:
        if self._task is not None:
            self._bar.stop_task(self._task)  # type: ignore[attr-defined]
        self._task = self._bar.add_task(label, total=total or None)  # type: ignore[attr-defined]

    def advance(self, count: int) -> None:
        if self._task is not None:
            self._bar.advance(self._task, count)  # type: ignore[attr-defined]


@contextmanager
def shown() -> Iterator[Progress]:
    """Progress on stderr for as long as the block runs."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as RichProgress

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with RichProgress(*columns, console=Console(stderr=True)) as bar:
        yield Bar(bar)

"""Filters of a list page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class Filter:
    """See giaoban.core.pages. A value that is not among the choices is ignored."""

    name: str
    label: Any
    choices: Sequence[tuple[Any, Any]] = ()
    lookup: str = ""
    where: Callable[[Any, str], Any] | None = None
    default: str = ""
    kind: str = "choice"

    def apply(self, rows: Any, value: str) -> Any:
        if self.where is not None:
            return self.where(rows, value)
        path = self.lookup or self.name
        if isinstance(rows, QuerySet):
            return rows.filter(**{path: value})
        read = attrgetter(path.replace("__", "."))
        return [row for row in rows if str(read(row)) == value]

    def bound(self, given: str | None, choices: Iterable[tuple[Any, Any]] | None) -> BoundFilter:
        options = [(str(key), label) for key, label in (self.choices if choices is None else choices)]
        value = self.default if given is None else given
        return BoundFilter(self, value if self._known(value, options) else "", options)

    def _known(self, value: str, options: list[tuple[str, Any]]) -> bool:
        if self.kind == "day":
            try:
                return bool(date.fromisoformat(value))
            except ValueError:
                return False
        return value in {key for key, _ in options}


@dataclass(frozen=True)
class BoundFilter:
    """A filter with the reader's choice, for the filter bar."""

    filter: Filter
    value: str
    options: list[tuple[str, Any]]

    @property
    def name(self) -> str:
        return self.filter.name

    @property
    def label(self) -> Any:
        return self.filter.label

    @property
    def kind(self) -> str:
        return self.filter.kind

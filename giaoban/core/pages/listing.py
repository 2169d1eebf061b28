"""The list page itself: a declaration, and the page it makes for one request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from giaoban.core.folding import matching
from giaoban.core.pages.columns import Column
from giaoban.core.pages.exports import csv_answer, xlsx_answer
from giaoban.core.pages.filters import BoundFilter, Filter
from giaoban.lib.text import fold

Choices = Mapping[str, Iterable[tuple[Any, Any]]]
SIZES = (25, 50, 100, 200)


@dataclass(frozen=True)
class ListPage:
    """The declaration of a list page; see giaoban.core.pages."""

    name: str
    columns: Sequence[Column]
    search: Sequence[Any] = ()
    filters: Sequence[Filter] = ()
    sort: str = ""
    size: int = 50
    can_search: bool = True

    def answer(
        self, request: HttpRequest, rows: Any, template: str, context: dict[str, Any] | None = None, *,
        choices: Choices | None = None, columns: Sequence[Column] | None = None,
    ) -> HttpResponse:  # fmt: skip
        """The page, or the download when the address asks for one. columns: in place of the declared ones."""
        page = self.page(request, rows, choices=choices, columns=columns)
        wanted = request.GET.get("download")
        if wanted in ("csv", "xlsx"):
            write = csv_answer if wanted == "csv" else xlsx_answer
            return write(self.name, [c for c in page.columns if c.export], page.found)
        return render(request, template, {**(context or {}), "page": page})

    def page(
        self, request: HttpRequest, rows: Any, *, choices: Choices | None = None,
        columns: Sequence[Column] | None = None,
    ) -> Page:  # fmt: skip
        """The page for this request, without answering yet."""
        asked, choices = request.GET, choices or {}
        bound = [f.bound(asked.get(f.name), choices.get(f.name)) for f in self.filters]
        return Page(self, request, rows, tuple(columns or self.columns), bound)


@dataclass
class Page:
    """What the templates core/list*.html show."""

    listing: ListPage
    request: HttpRequest
    every: Any
    columns: tuple[Column, ...]
    filters: list[BoundFilter]

    @property
    def words(self) -> str:
        return self.request.GET.get("q", "").strip()[:200]

    @property
    def can_search(self) -> bool:
        return self.listing.can_search and (bool(self.listing.search) or not isinstance(self.every, QuerySet))

    @property
    def is_filtered(self) -> bool:
        return bool(self.words) or any(f.value != f.filter.default for f in self.filters)

    @cached_property
    def found(self) -> Any:
        """All rows that match, sorted: a QuerySet or a list."""
        rows = self.every
        for chosen in self.filters:
            if chosen.value:
                rows = chosen.filter.apply(rows, chosen.value)
        if self.words and self.can_search:
            rows = self._matching(rows)
        return self._sorted(rows)

    def _matching(self, rows: Any) -> Any:
        if isinstance(rows, QuerySet):
            return matching(rows, self.words, self.listing.search)
        words = fold(self.words).split()
        texts = [(row, fold(" ".join(str(c.value_of(row)) for c in self.columns))) for row in rows]
        return [row for row, text in texts if all(word in text for word in words)]

    @property
    def sort(self) -> str:
        """The column name the page is sorted by, with "-" for descending; or ""."""
        asked = self.request.GET.get("sort", "")
        known = {c.name for c in self.columns if c.sort}
        return asked if asked.removeprefix("-") in known else self.listing.sort

    def _sorted(self, rows: Any) -> Any:
        name, down = self.sort.removeprefix("-"), self.sort.startswith("-")
        column = next((c for c in self.columns if c.name == name and c.sort), None)
        if column is None:
            return rows
        if isinstance(rows, QuerySet):
            path = F(column.sort) if isinstance(column.sort, str) else column.sort
            return rows.order_by(path.desc(nulls_last=True) if down else path.asc(nulls_last=True), "pk")
        return _sorted_list(list(rows), column.sort if callable(column.sort) else column.value_of, down)

    @cached_property
    def slice(self) -> Slice[Any]:
        return Paginator(self.found, self.size).get_page(self.request.GET.get("page"))

    @property
    def size(self) -> int:
        asked = self.request.GET.get("size", "")
        return int(asked) if asked in map(str, SIZES) else self.listing.size

    @property
    def count(self) -> int:
        return self.slice.paginator.count

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of this page: `among` of the slots."""
        return list(self.slice.object_list)

    @property
    def lines(self) -> list[tuple[Any, list[tuple[Column, Any]]]]:
        """Per row of this page: the row, and its columns with their cells."""
        return [(row, [(c, c.shown(row, self.request)) for c in self.columns]) for row in self.rows]

    @property
    def heads(self) -> list[tuple[Column, str, str]]:
        """Per column: itself, the address that sorts by it ("" if it cannot), and aria-sort now."""
        heads = []
        for column in self.columns:
            now = {column.name: "ascending", f"-{column.name}": "descending"}.get(self.sort, "")
            wanted = f"-{column.name}" if now == "ascending" else column.name
            heads.append((column, self.address(sort=wanted, page=None) if column.sort else "", now))
        return heads

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the filter form carries along unseen."""
        own = {"q", "page", "download", *(f.name for f in self.filters)}
        return [(k, v) for k, values in self.request.GET.lists() if k not in own for v in values]

    def address(self, **changes: Any) -> str:
        """This page's query with some parts changed (None: left out)."""
        asked = self.request.GET.copy()
        for name, value in changes.items():
            asked.pop(name, None)
            if value is not None:
                asked[name] = str(value)
        return f"?{asked.urlencode()}"

    @property
    def previous(self) -> str:
        return self.address(page=self.slice.previous_page_number()) if self.slice.has_previous() else ""

    @property
    def next(self) -> str:
        return self.address(page=self.slice.next_page_number()) if self.slice.has_next() else ""

    @property
    def numbers(self) -> list[tuple[Any, str]]:
        """Page numbers with their addresses; a gap has none."""
        range_ = self.slice.paginator.get_elided_page_range(self.slice.number, on_each_side=2, on_ends=1)
        return [(n, self.address(page=n) if isinstance(n, int) else "") for n in range_]

    @property
    def csv(self) -> str:
        return self.address(download="csv", page=None)

    @property
    def xlsx(self) -> str:
        return self.address(download="xlsx", page=None)


def _sorted_list(rows: list[Any], key: Callable[[Any], Any], down: bool) -> list[Any]:
    """Sorted by key, texts as people expect, rows without a value always last."""
    valued = [(key(row), row) for row in rows]
    filled = [(v if not isinstance(v, str) else fold(v), row) for v, row in valued if v is not None]
    filled.sort(key=lambda pair: pair[0], reverse=down)
    return [row for _, row in filled] + [row for v, row in valued if v is None]

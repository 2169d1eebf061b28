"""The query string of the explorer. Its names are those of `giaoban rollup`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

#: What a view of figures is made of; the rest of the names say how it is shown.
ASKED = ("indicator", "unit", "level", "period", "by", "basis", "regime", "over-units", "over-periods")
SHOWN = ("compare", "columns", "chart", "draw", "sort", "page")
NAMES = (*ASKED, *SHOWN)
LISTS = ("indicator", "unit", "period", "compare")
#: What is meant anyway.
USUAL = (("basis", "reported"), ("columns", "period"))

Query = dict[str, str]


def canonical(given: QueryDict) -> Query:
    """One value per name, lists joined by commas, blanks left out; the helpers of the form worked in."""
    found: Query = {}
    for name in NAMES:
        parts = given.getlist(name)
        text = ",".join(listed(parts)) if name in LISTS else (parts[-1].strip() if parts else "")
        if text:
            found[name] = text
    quick = given.get("quick", "").strip()
    if quick:
        found["period"] = quick
    day = given.get("day", "").strip()
    if found.get("basis") in ("asof", "restated") and day:
        found["basis"] = f"{found['basis']}:{day}"
    return {name: value for name, value in found.items() if (name, value) not in USUAL}


def listed(parts: Iterable[str]) -> list[str]:
    """The entries of a list given several times, with commas, or both; each once."""
    entries = (entry.strip() for part in parts for entry in part.replace(";", ",").split(","))
    return list(dict.fromkeys(entry for entry in entries if entry))


def encoded(query: Mapping[str, Any]) -> str:
    """The query string, readable: commas, colons and @ as they are."""
    return urlencode({k: v for k, v in query.items() if v not in ("", None)}, safe=",:@")


def changed(query: Query, **changes: Any) -> str:
    """`?…` with some parts changed (None: left out); `_` in a name stands for `-`."""
    new: dict[str, Any] = {**query, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return f"?{encoded(new)}"


def near(now: int, last: int) -> list[int]:
    """The numbers of pages worth a link: first, last, and those around this one."""
    return sorted({1, last, *range(max(1, now - 2), min(last, now + 2) + 1)})


def explore(agreement: str, **query: Any) -> str:
    """The address of a view."""
    return _address("rollups:explore", agreement, query)


def trace(agreement: str, **query: Any) -> str:
    """The address of what stands behind one figure."""
    return _address("rollups:trace", agreement, query)


def _address(name: str, agreement: str, query: Mapping[str, Any]) -> str:
    return f"{reverse(name, args=[agreement])}?{encoded({k.replace('_', '-'): v for k, v in query.items()})}"

"""units.csv and changes.csv of the trees that an agreement's units stand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from giaoban.lib import csvs
from giaoban.units.folder.book import Book, Node, Version
from giaoban.units.folder.read import CHANGES, UNITS
from giaoban.units.models import TERRITORY

FIRST = ("code", "name", "parent", "level", "kind", "valid_from", "valid_to", "lat", "lon")


def export(book: Book, used: Iterable[int], path: Path) -> set[int]:
    """Write the trees of the units used (primary keys); returns the keys of all units written."""
    keys = whole_trees(book, used)
    nodes = sorted(
        (book.units[key] for key in keys),
        key=lambda n: (n.in_order[0].level, n.in_order[0].code, n.valid_from),
    )
    rows = [row for node in nodes for row in _rows(book, node)]
    rows.sort(key=lambda r: (r["level"], r["code"], r["valid_from"], r.get("hierarchy", "")))
    attributes = sorted({name for row in rows for name in row["attributes"]})
    extra = [name for name in ("id", "hierarchy", "groups") if any(row.get(name) for row in rows)]
    header = [*FIRST, *extra, *attributes]
    csvs.write(path / UNITS, header, [[_cell(row, name) for name in header] for row in rows])
    changes = sorted(_changes(book, nodes))
    if changes:
        csvs.write(
            path / CHANGES,
            ["old_code", "new_code", "date", "kind", "share", "basis"],
            [c[3:] for c in changes],
        )
    return keys


def _cell(row: dict[str, Any], name: str) -> Any:
    value = row.get(name, row["attributes"].get(name))
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value


def plain(value: Decimal) -> str:
    """A decimal without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole_trees(book: Book, used: Iterable[int]) -> set[int]:
    """The units used and all that is tied to them by parents or succession."""
    ties: dict[int, set[int]] = defaultdict(set)
    for node in book.units.values():
        for parent, _end in node.parents.values():
            ties[node.key].add(parent)
            ties[parent].add(node.key)
    for edge in book.edges.values():
        ties[edge.old].add(edge.new)
        ties[edge.new].add(edge.old)
    found: set[int] = set()
    waiting = set(used)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting |= ties[key] - found
    return found


def _rows(book: Book, node: Node) -> Iterator[dict[str, Any]]:
    """The unit cut wherever its version, its parent or its groups change."""
    cuts = _cuts(node)
    plain_uid = len(cuts) == 1 and node.uid == f"{node.in_order[0].code}@{node.valid_from}"
    for start, end in cuts:
        version = next(v for v in node.in_order if _within(start, v.valid_from, v.valid_to))
        groups = sorted(g for (g, first), last in node.groups.items() if _within(start, first, last))
        row = _row(node, version, start, end) | {
            "id": "" if plain_uid else node.uid,
            "groups": ";".join(groups),
        }
        parents = _parents_on(book, node, start)
        row["parent"] = parents.pop(TERRITORY, "")
        if not row["parent"] and len(parents) == 1:
            ((row["hierarchy"], row["parent"]),) = parents.items()
            parents = {}
        yield row
        for hierarchy, parent in sorted(parents.items()):
            yield {**row, "hierarchy": hierarchy, "parent": parent, "groups": ""}


def _row(node: Node, version: Version, start: date, end: date | None) -> dict[str, Any]:
    shown = {k: v for k, v in version.attributes.items() if not k.startswith("_")}
    return version._asdict() | {"attributes": shown, "valid_from": start, "valid_to": end}


def _within(day: date, start: date, end: date | None) -> bool:
    return start <= day and (end is None or day < end)


def _parents_on(book: Book, node: Node, day: date) -> dict[str, str]:
    """Hierarchy -> code of the parent on that day."""
    answer = {}
    for (hierarchy, start), (parent, end) in node.parents.items():
        if _within(day, start, end):
            above = next(
                (v for v in book.units[parent].in_order if _within(day, v.valid_from, v.valid_to)), None
            )
            answer[hierarchy] = above.code if above else ""
    return answer


def _cuts(node: Node) -> list[tuple[date, date | None]]:
    days = set()
    for version in node.versions.values():
        days |= {version.valid_from, version.valid_to}
    for (_h, start), (_parent, end) in node.parents.items():
        days |= {start, end}
    for (_group, start), end in node.groups.items():
        days |= {start, end}
    inside = sorted(
        d for d in days if d and any(_within(d, v.valid_from, v.valid_to) for v in node.versions.values())
    )
    answer = []
    for number, start in enumerate(inside):
        version = next(v for v in node.in_order if _within(start, v.valid_from, v.valid_to))
        following = inside[number + 1] if number + 1 < len(inside) else None
        ends = [d for d in (following, version.valid_to) if d is not None]
        answer.append((start, min(ends) if ends else None))
    return answer


def _changes(book: Book, nodes: list[Node]) -> Iterator[tuple[Any, ...]]:
    """Rows of changes.csv, each led by what it is sorted by."""
    keys = {node.key for node in nodes}
    for edge in book.edges.values():
        if edge.old in keys:
            before = _code_on(book.units[edge.old], edge.on - timedelta(days=1))
            after = _code_on(book.units[edge.new], edge.on)
            share = "" if edge.share is None else plain(edge.share)
            yield (edge.on, before, after, before, after, edge.on.isoformat(), edge.kind, share, edge.basis)
    for node in nodes:
        for version in node.in_order[1:]:
            noted = version.attributes.get("_change")
            if noted:
                before, after, on = (
                    _code_on(node, version.valid_from - timedelta(days=1)),
                    version.code,
                    version.valid_from,
                )
                yield (on, before, after, before, after, on.isoformat(), noted["kind"], "", noted["basis"])


def _code_on(node: Node, day: date) -> str:
    return next(
        (v.code for v in node.in_order if _within(day, v.valid_from, v.valid_to)), node.in_order[-1].code
    )

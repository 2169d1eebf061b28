"""Keep the derived ancestry equal to the dated parents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from giaoban.core.bulk import insert
from giaoban.core.refused import Refused
from giaoban.units.models import TERRITORY, Ancestry, Parent, TreeStamp, Unit


class Line(NamedTuple):
    """unit under ancestor at a depth, on the days [valid_from, valid_to)."""

    unit: int
    ancestor: int
    depth: int
    valid_from: date
    valid_to: date | None


def rebuild_ancestry(*, hierarchy: str | None = None) -> None:
    """Recompute every line of one hierarchy (or all), write only the differences, stamp the tree."""
    used = set(Parent.objects.values_list("hierarchy", flat=True).distinct()) | {TERRITORY}
    with transaction.atomic():
        for name in [hierarchy] if hierarchy else sorted(used):
            _write(name, set(_lines(name)))
        TreeStamp.objects.get_or_create(pk=1)
        TreeStamp.objects.filter(pk=1).update(stamp=F("stamp") + 1)


def _write(hierarchy: str, wanted: set[Line]) -> None:
    fields = ("unit", "ancestor", "depth", "valid_from", "valid_to")
    stored = {
        Line(*row[1:]): row[0]
        for row in Ancestry.objects.filter(hierarchy=hierarchy).values_list("pk", *fields)
    }
    stale = [pk for line, pk in stored.items() if line not in wanted]
    for start in range(0, len(stale), 500):
        Ancestry.objects.filter(pk__in=stale[start : start + 500]).delete()
    fresh = sorted(wanted - stored.keys(), key=lambda n: (n.ancestor, n.unit, n.valid_from))
    rows = (
        (
            hierarchy,
            n.unit,
            n.ancestor,
            n.depth,
            n.valid_from.isoformat(),
            n.valid_to.isoformat() if n.valid_to else None,
        )
        for n in fresh
    )
    insert(Ancestry, ("hierarchy", "unit", "ancestor", "depth", "valid_from", "valid_to"), rows)


def _lines(hierarchy: str) -> Iterator[Line]:
    parents = defaultdict(list)
    for unit, parent, start, end in Parent.objects.filter(hierarchy=hierarchy).values_list(
        "unit", "parent", "valid_from", "valid_to"
    ):
        parents[unit].append((parent, start, end))
    spans = {pk: (start, end) for pk, start, end in Unit.objects.values_list("pk", "valid_from", "valid_to")}
    known: dict[int, list[Line]] = {}
    for unit in spans:
        yield from _above(unit, spans, parents, known, ())


def _above(unit, spans, parents, known, path) -> list[Line]:  # type: ignore[no-untyped-def]
    """The lines of one unit: itself, and what lies above each of its dated parents."""
    if unit in known:
        return known[unit]  # type: ignore[no-any-return]
    if unit in path:
        name = Unit.objects.get(pk=unit).code
        raise Refused(_("Unit %(code)s would stand under itself.") % {"code": name})
    lines = [Line(unit, unit, 0, *spans[unit])]
    for parent, start, end in parents[unit]:
        for line in _above(parent, spans, parents, known, (*path, unit)):
            common = overlap((start, end), (line.valid_from, line.valid_to))
            if common:
                lines.append(Line(unit, line.ancestor, line.depth + 1, *common))
    known[unit] = _merged(lines)
    return known[unit]


def _merged(lines: list[Line]) -> list[Line]:
    """Touching spans of the same ancestor and depth become one line."""
    answer: list[Line] = []
    for line in sorted(lines, key=lambda n: (n.ancestor, n.depth, n.valid_from)):
        last = answer[-1] if answer else None
        if last and last[:3] == line[:3] and last.valid_to == line.valid_from:
            answer[-1] = last._replace(valid_to=line.valid_to)
        else:
            answer.append(line)
    return answer


def overlap(
    one: tuple[date, date | None], other: tuple[date, date | None]
) -> tuple[date, date | None] | None:
    """The common part of two half-open spans, or None."""
    start = max(one[0], other[0])
    ends = [end for end in (one[1], other[1]) if end is not None]
    end = min(ends) if ends else None
    return None if end is not None and end <= start else (start, end)

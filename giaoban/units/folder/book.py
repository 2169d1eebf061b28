"""Every unit known, stored or in the folder: what a code, a day or a spec means before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from giaoban.core.folders import Place
from giaoban.units.models import GroupMember, Parent, Succession, Unit, UnitVersion
from giaoban.units.queries import Validity, joined, tree_stamp


class Version(NamedTuple):
    """What a unit was called in [valid_from, valid_to)."""

    code: str
    name: str
    level: int
    kind: str
    lat: Decimal | None
    lon: Decimal | None
    attributes: dict[str, Any]
    valid_from: date
    valid_to: date | None


@dataclass
class Node:
    """A unit. key: its primary key, or a negative number until it is written."""

    key: int
    uid: str
    line: int = 0
    versions: dict[date, Version] = field(default_factory=dict)
    parents: dict[tuple[str, date], tuple[int, date | None]] = field(default_factory=dict)
    groups: dict[tuple[str, date], date | None] = field(default_factory=dict)

    @property
    def in_order(self) -> list[Version]:
        return [self.versions[day] for day in sorted(self.versions)]

    @property
    def valid_from(self) -> date:
        return min(self.versions)

    @property
    def valid_to(self) -> date | None:
        return self.in_order[-1].valid_to


class Edge(NamedTuple):
    """One step of succession, between keys of units."""

    old: int
    new: int
    on: date
    kind: str
    share: Decimal | None
    basis: str


@dataclass
class Book:
    """units by key; edges by (old, new, day); groups: names by code; stamp: of the stored tree."""

    units: dict[int, Node] = field(default_factory=dict)
    edges: dict[tuple[int, int, date], Edge] = field(default_factory=dict)
    groups: dict[str, dict[str, str]] = field(default_factory=dict)
    by_code: dict[str, list[tuple[date, date | None, int]]] = field(default_factory=dict)
    stamp: int = 0

    def reindex(self) -> None:
        """Call after changing versions."""
        self.by_code = defaultdict(list)
        for node in self.units.values():
            for v in node.versions.values():
                self.by_code[v.code].append((v.valid_from, v.valid_to, node.key))

    def on(self, code: str, day: date) -> int | None:
        """The key of the one unit with this code on the day, or None."""
        found = {
            k for start, end, k in self.by_code.get(code, ()) if start <= day and (end is None or day < end)
        }
        return found.pop() if len(found) == 1 else None

    def why_not(self, code: str, day: date) -> str:
        """The sentence for a code that names no unit on a day."""
        known = sorted((start, end or date.max, key) for start, end, key in self.by_code.get(code, ()))
        if not known:
            return _("There is no unit with the code %(code)s.") % {"code": code}
        spans = ", ".join(f"{start} – {'…' if end == date.max else end}" for start, end, _key in known)
        return _("The unit %(code)s is not open on %(day)s (open: %(spans)s).") % {
            "code": code, "day": day.isoformat(), "spans": spans,
        }  # fmt: skip

    def specified(self, spec: str, lead: int | None = None) -> list[Validity]:
        """The spans of the units a spec names; see giaoban.units.queries.specified."""
        group = spec.strip().startswith("group:")
        trees = None if lead is None or group else self.beside(lead)
        return joined(v for v in self._named(spec.strip()) if trees is None or v.unit_id in trees)

    def beside(self, key: int) -> set[int]:
        """The keys of all units that ever shared an ancestor with a unit."""
        above = self._above(key)
        return {other for other in self.units if above & self._above(other)}

    def _above(self, key: int) -> set[int]:
        """A unit and everything that ever stood above it."""
        found, waiting = {key}, [key]
        while waiting:
            parents = {parent for parent, _end in self.units[waiting.pop()].parents.values()}
            waiting += parents - found
            found |= parents
        return found

    def _named(self, spec: str) -> Iterator[Validity]:
        group = spec[6:] if spec.startswith("group:") else None
        level = int(spec[6:]) if spec.startswith("level:") else None
        codes = set(spec.replace(",", " ").split())
        for node in self.units.values():
            if group is not None:
                spans = node.groups.items()
                yield from (Validity(node.key, start, end) for (code, start), end in spans if code == group)
                continue
            for v in node.versions.values():
                if v.level == level if level is not None else v.code in codes:
                    yield Validity(node.key, v.valid_from, v.valid_to)

    def check_spec(self, spec: str, place: Place) -> bool:
        """Notes a problem for a spec that names nothing."""
        spec = spec.strip()
        if spec.startswith("level:"):
            if not spec[6:].isdigit():
                place.problem(_("After level: stands a number, for example level:2."))
                return False
        elif spec.startswith("group:"):
            if spec[6:] not in self.groups:
                place.problem(_("There is no group %(code)s.") % {"code": spec[6:]})
                return False
        else:
            codes = spec.replace(",", " ").split()
            missing = [code for code in codes if code not in self.by_code]
            for code in missing:
                place.problem(_("There is no unit with the code %(code)s.") % {"code": code})
            if not codes:
                place.problem(_("Name units: level:2, group:NAME, or a list of unit codes."))
            return bool(codes) and not missing
        if not self.specified(spec):
            place.problem(_("%(spec)s names no unit.") % {"spec": spec})
            return False
        return True


def stored() -> Book:
    """What the database holds. Seven queries."""
    from giaoban.units.models import Group

    stamp = tree_stamp()
    book = Book({pk: Node(pk, uid) for pk, uid in Unit.objects.values_list("pk", "uid")}, stamp=stamp)
    for v in UnitVersion.objects.all().iterator(5000):
        book.units[v.unit_id].versions[v.valid_from] = Version(
            v.code, v.name, v.level, v.kind, v.lat, v.lon, v.attributes, v.valid_from, v.valid_to
        )
    for p in Parent.objects.all().iterator(5000):
        book.units[p.unit_id].parents[p.hierarchy, p.valid_from] = (p.parent_id, p.valid_to)
    for m in GroupMember.objects.select_related("group").iterator(5000):
        book.units[m.unit_id].groups[m.group.code, m.valid_from] = m.valid_to
    book.groups = dict(Group.objects.values_list("code", "names"))
    for e in Succession.objects.all():
        book.edges[e.old_id, e.new_id, e.on] = Edge(e.old_id, e.new_id, e.on, e.kind, e.share, e.basis)
    book.reindex()
    return book

"""Write the differences between a book of units and what is stored."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from giaoban.core.actors import Actor
from giaoban.core.audit import Entry, record_bulk
from giaoban.core.bulk import insert, reserve
from giaoban.core.refused import Refused
from giaoban.units.actions.ancestry import rebuild_ancestry
from giaoban.units.folder.book import Book, Node, Version, stored
from giaoban.units.models import Group, GroupMember, Parent, Succession, Unit, UnitVersion
from giaoban.units.queries import tree_stamp


def reserved(book: Book) -> dict[int, int]:
    """The primary key of each unit by its key in the book; new units get keys of their own. Before a transaction."""
    new = [key for key in book.units if key < 0]
    first = reserve(Unit, len(new)) if new else 0
    keys = {key: key for key in book.units if key > 0}
    return keys | {key: first + number for number, key in enumerate(new)}


def write(book: Book, keys: dict[int, int], *, by: Actor, at: datetime) -> None:
    """Make the stored tree like the book; what the folder does not name stays. keys: as `reserved` gave them.

    Inside the caller's transaction. Nothing is written, and nothing recorded, where nothing differs.
    """
    if tree_stamp() != book.stamp:
        raise Refused(_("Somebody has changed the units while the folder was being checked. Load again."))
    before = stored()
    _units(book, keys)
    notes: dict[int, set[str]] = defaultdict(set)
    _versions(book, before, keys, notes)
    _spans(book, before, keys, notes)
    _edges(book, before, keys, notes)
    _heads(book, notes, keys)
    if notes:
        rebuild_ancestry()
        _record(keys, notes, by, at)


def _units(book: Book, keys: dict[int, int]) -> None:
    fresh = [node for key, node in book.units.items() if key < 0]
    rows = ((keys[n.key], n.uid, *_plain(_head(n).values())) for n in fresh)
    insert(Unit, ("id", "uid", "code", "name", "level", "valid_from", "valid_to"), rows)


def _plain(values: Iterable[Any]) -> Iterator[Any]:
    """Days as text, decimals as the database takes them, attributes as JSON."""
    for value in values:
        if isinstance(value, date):
            yield value.isoformat()
        elif isinstance(value, Decimal):
            yield f"{value:f}"
        else:
            yield json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


def _head(node: Node) -> dict[str, Any]:
    newest = node.in_order[-1]
    return {
        "code": newest.code, "name": newest.name, "level": newest.level,
        "valid_from": node.valid_from, "valid_to": newest.valid_to,
    }  # fmt: skip


def _same(before: Book, keys: dict[int, int], key: int) -> Node:
    """The unit as it is stored; an empty one for a new unit."""
    return before.units.get(keys[key]) or Node(keys[key], "")


def _versions(book: Book, before: Book, keys: dict[int, int], notes: dict[int, set[str]]) -> None:
    fresh = []
    for key, node in book.units.items():
        old = _same(before, keys, key).versions
        for day, version in node.versions.items():
            if old.get(day) == version:
                continue
            notes[key].update(
                f for f in version._fields if day not in old or getattr(old[day], f) != getattr(version, f)
            )
            if day in old:
                UnitVersion.objects.filter(unit=keys[key], valid_from=day).update(**version._asdict())
            else:
                fresh.append((keys[key], *_plain(version)))
    insert(UnitVersion, ("unit", *Version._fields), fresh)


def _spans(book: Book, before: Book, keys: dict[int, int], notes: dict[int, set[str]]) -> None:
    groups = _groups(book, before)
    parents: list[tuple[Any, ...]] = []
    members: list[GroupMember] = []
    for key, node in book.units.items():
        old, pk = _same(before, keys, key), keys[key]
        for (hierarchy, start), (parent, end) in node.parents.items():
            stored_span = old.parents.get((hierarchy, start))
            if stored_span == (keys[parent], end):
                continue
            notes[key].add("parent")
            if stored_span is None:
                parents.append((pk, keys[parent], hierarchy, *_plain((start, end))))
            else:
                rows = Parent.objects.filter(unit=pk, hierarchy=hierarchy, valid_from=start)
                rows.update(parent=keys[parent], valid_to=end)
        for (code, start), end in node.groups.items():
            if (code, start) in old.groups and old.groups[code, start] == end:
                continue
            notes[key].add("groups")
            if (code, start) in old.groups:
                GroupMember.objects.filter(unit=pk, group=groups[code], valid_from=start).update(valid_to=end)
            else:
                members.append(GroupMember(unit_id=pk, group_id=groups[code], valid_from=start, valid_to=end))
    insert(Parent, ("unit", "parent", "hierarchy", "valid_from", "valid_to"), parents)
    GroupMember.objects.bulk_create(members, batch_size=2000)


def _groups(book: Book, before: Book) -> dict[str, int]:
    for code, names in book.groups.items():
        if code not in before.groups:
            Group.objects.create(code=code, names=names)
        elif names and names != before.groups[code]:
            Group.objects.filter(code=code).update(names=names)
    return dict(Group.objects.values_list("code", "pk"))


def _edges(book: Book, before: Book, keys: dict[int, int], notes: dict[int, set[str]]) -> None:
    for edge in book.edges.values():
        old, new = keys[edge.old], keys[edge.new]
        known = before.edges.get((old, new, edge.on))
        values = {"kind": edge.kind, "share": edge.share, "basis": edge.basis}
        if known is None:
            Succession.objects.create(old_id=old, new_id=new, on=edge.on, **values)
        elif known[3:] != edge[3:]:
            Succession.objects.filter(old=old, new=new, on=edge.on).update(**values)
        else:
            continue
        notes[edge.old].add("succession")


def _heads(book: Book, notes: dict[int, set[str]], keys: dict[int, int]) -> None:
    rows = Unit.objects.in_bulk([keys[key] for key in notes if key > 0])
    changed = []
    for key in notes:
        row = rows.get(keys[key])
        head = _head(book.units[key])
        if row and any(getattr(row, field) != value for field, value in head.items()):
            for field, value in head.items():
                setattr(row, field, value)
            changed.append(row)
    Unit.objects.bulk_update(changed, ["code", "name", "level", "valid_from", "valid_to"], batch_size=500)


def _record(keys: dict[int, int], notes: dict[int, set[str]], by: Actor, at: datetime) -> None:
    entries = [
        Entry(
            f"{Unit._meta.label_lower}:{keys[key]}",
            "load",
            {"new": True} if key < 0 else {"fields": sorted(fields)},
        )
        for key, fields in notes.items()
    ]
    record_bulk(entries, by=by, at=at, fresh=all(key < 0 for key in notes))

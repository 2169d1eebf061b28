"""units.csv and changes.csv, read over what is stored into one book of units."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from giaoban.core.folders import Folder, Place, Row
from giaoban.units.folder.book import Book, Edge, Node, Version, stored
from giaoban.units.folder.shape import check_shape
from giaoban.units.models import TERRITORY, SuccessionKind

UNITS, CHANGES = "units.csv", "changes.csv"
REQUIRED = ("code", "name", "parent", "level", "valid_from")
OWN = (*REQUIRED, "kind", "valid_to", "lat", "lon", "id", "hierarchy", "groups")
SAME_UNIT = (SuccessionKind.RENAME, SuccessionKind.MOVE, SuccessionKind.UPGRADE)
_MICRO = Decimal("0.000001")


@dataclass
class Line:
    """One row of units.csv."""

    number: int
    code: str
    name: str
    parent: str
    level: int
    kind: str
    valid_from: date
    valid_to: date | None
    lat: Decimal | None
    lon: Decimal | None
    uid: str
    hierarchy: str
    groups: list[str]
    attributes: dict[str, str]

    def version(self) -> Version:
        return Version(
            self.code, self.name, self.level, self.kind, self.lat, self.lon, dict(self.attributes),
            self.valid_from, self.valid_to,
        )  # fmt: skip


@dataclass
class Change:
    """One row of changes.csv."""

    number: int
    old: str
    new: str
    on: date
    kind: str
    share: Decimal | None
    basis: str


def read(folder: Folder, groups: dict[str, dict[str, str]]) -> Book:
    """The stored units with the folder's rows laid over them. groups: names of groups, by code."""
    book = stored()
    book.groups |= groups
    lines = [line for row in folder.table(UNITS, REQUIRED, _any) if (line := _line(folder, *row))]
    changes = [change for row in folder.table(CHANGES, ("old_code", "new_code", "date", "kind"), ("share", "basis"))
               if (change := _change(folder, *row))]  # fmt: skip
    own, further = _sorted_out(lines)
    keys = _lay_over(folder, book, own, changes)
    book.reindex()
    keys |= {line.number: key for line in further if (key := book.on(line.code, line.valid_from)) is not None}
    _parents(folder, book, lines, keys)
    _successions(folder, book, changes)
    check_shape(folder, book)
    return book


def _any(column: str) -> bool:
    """Every further column of units.csv is an attribute."""
    return True


def _line(folder: Folder, number: int, row: Row) -> Line | None:
    place = folder.at(UNITS, number)
    start = place.day(row["valid_from"], "valid_from")
    end = place.day(row.get("valid_to", ""), "valid_to")
    hierarchy = row.get("hierarchy") or TERRITORY
    level = place.whole(row["level"], "level") if row["level"] else None
    if not row["code"] or any(c in row["code"] for c in " ,;:@[]\n"):
        place.problem(
            _("“%(code)s” is no unit code; codes have no spaces and none of , ; : @ [ ].")
            % {"code": row["code"]}
        )
        return None
    if not row["valid_from"]:
        place.problem(_("valid_from is empty."))
    if start and end and end <= start:
        place.problem(_("valid_to is the first day no longer valid; it must come after valid_from."))
    if hierarchy == TERRITORY and not row["name"]:
        place.problem(_("name is empty."))
    if hierarchy == TERRITORY and level is None and not row["level"]:
        place.problem(_("level is empty."))
    if start is None:
        return None
    return Line(
        number, row["code"], row["name"], row["parent"], level or 0, row.get("kind", ""), start, end,
        _degrees(place, row, "lat"), _degrees(place, row, "lon"), row.get("id", ""), hierarchy,
        row.get("groups", "").replace(";", " ").split(), {k: v for k, v in row.items() if k not in OWN and v},
    )  # fmt: skip


def _degrees(place: Place, row: Row, column: str) -> Decimal | None:
    value = place.decimal(row.get(column, ""), column)
    if value is not None and abs(value) > 180:
        place.problem(_("%(column)s is outside the globe.") % {"column": column})
        return None
    return value.quantize(_MICRO, ROUND_HALF_UP) if value is not None else None


def _change(folder: Folder, number: int, row: Row) -> Change | None:
    place = folder.at(CHANGES, number)
    on = place.day(row["date"], "date")
    kind = place.choice(row["kind"], "kind", SuccessionKind.values)
    share = place.decimal(row.get("share", ""), "share")
    if share is not None and not 0 < share <= 1:
        place.problem(_("A share is a part: more than 0 and at most 1."))
    if not row["date"]:
        place.problem(_("date is empty."))
    if on is None or not kind:
        return None
    return Change(number, row["old_code"], row["new_code"], on, kind, share, row.get("basis", ""))


def _sorted_out(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Rows that make units, and rows that give a unit of another row one more parent in another hierarchy."""
    territory = defaultdict(list)
    for line in lines:
        if line.hierarchy == TERRITORY:
            territory[line.code].append(line)
    own, further = [], []
    for line in lines:
        extra = line.hierarchy != TERRITORY and any(_covers(t, line.valid_from) for t in territory[line.code])
        (further if extra else own).append(line)
    return own, further


def _covers(line: Line, day: date) -> bool:
    return line.valid_from <= day and (line.valid_to is None or day < line.valid_to)


def _lay_over(folder: Folder, book: Book, lines: list[Line], changes: list[Change]) -> dict[int, int]:
    """Put the rows into the book; returns the key of the unit of each row, by line number."""
    by_uid = {node.uid: node for node in book.units.values()}
    by_start = {(v.code, day): node for node in book.units.values() for day, v in node.versions.items()}
    keys = {}
    links = _links(changes)
    for chain in _chains(folder, lines, links):
        first = chain[0]
        known = [
            by_start[line.code, line.valid_from] for line in chain if (line.code, line.valid_from) in by_start
        ]
        uid = first.uid or (known[0].uid if known else f"{first.code}@{first.valid_from}")
        node = by_uid.get(uid)
        if node is None:
            node = by_uid[uid] = Node(-1 - len(by_uid), uid)
            book.units[node.key] = node
        node.line = first.number
        for line in _merged(chain, links):
            node.versions[line.valid_from] = line.version()
        for line in chain:
            keys[line.number] = node.key
            for group in line.groups:
                book.groups.setdefault(group, {})
                node.groups[group, line.valid_from] = line.valid_to
        _merge_groups(node)
    return keys


def _links(changes: list[Change]) -> set[tuple[str, date]]:
    """(code, day) where a row goes on with the unit of the row before."""
    return {(c.old, c.on) for c in changes if c.kind in SAME_UNIT and c.old == c.new}


def _chains(folder: Folder, lines: list[Line], links: set[tuple[str, date]]) -> list[list[Line]]:
    """The rows of each unit, in time."""
    named = defaultdict(list)
    chains: list[list[Line]] = []
    last: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda n: (n.valid_from, n.number)):
        if line.uid:
            named[line.uid].append(line)
            continue
        chain = last.get(line.code)
        before = chain[-1] if chain else None
        if before and (before.valid_to is None or before.valid_to > line.valid_from):
            what = {"code": line.code, "line": before.number, "day": line.valid_from}
            sentence = _("The unit %(code)s is already open on %(day)s: line %(line)s.")
            folder.problem(UNITS, line.number, sentence % what)
        elif (
            chain and before and before.valid_to == line.valid_from and (line.code, line.valid_from) in links
        ):
            chain.append(line)
        else:
            last[line.code] = [line]
            chains.append(last[line.code])
    for uid, chain in named.items():
        for before, line in zip(chain, chain[1:], strict=False):
            if before.valid_to is None or before.valid_to > line.valid_from:
                what = {"uid": uid, "line": before.number, "day": line.valid_from}
                folder.problem(
                    UNITS,
                    line.number,
                    _("The unit with the id %(uid)s is already open on %(day)s: line %(line)s.") % what,
                )
        chains.append(chain)
    return chains


def _merged(chain: list[Line], linked: set[tuple[str, date]]) -> list[Line]:
    """Rows that touch and say the same of the unit itself are one version, unless a change is noted between."""
    answer: list[Line] = []
    for line in chain:
        before = answer[-1] if answer else None
        touches = before and before.valid_to == line.valid_from and (line.code, line.valid_from) not in linked
        if before and touches and before.version()[:7] == line.version()[:7]:
            answer[-1] = Line(**{**vars(before), "valid_to": line.valid_to})
        else:
            answer.append(line)
    return answer


def _merge_groups(node: Node) -> None:
    for (group, start), end in sorted(node.groups.items(), key=lambda item: item[0]):
        while end is not None and (group, end) in node.groups and (group, start) in node.groups:
            end = node.groups.pop((group, end))
            node.groups[group, start] = end


def _parents(folder: Folder, book: Book, lines: list[Line], keys: dict[int, int]) -> None:
    for line in sorted(lines, key=lambda n: n.valid_from):
        key = keys.get(line.number)
        if key is None or not line.parent:
            continue
        parent = book.on(line.parent, line.valid_from)
        if parent is None:
            why = book.why_not(line.parent, line.valid_from)
            folder.problem(UNITS, line.number, _("parent: %(why)s") % {"why": why})
        elif parent == key:
            folder.problem(
                UNITS, line.number, _("The unit %(code)s stands under itself.") % {"code": line.code}
            )
        else:
            _place_under(book.units[key], line, parent)


def _place_under(node: Node, line: Line, parent: int) -> None:
    """One more span under a parent; spans that touch under the same parent are one."""
    for (hierarchy, start), (before, end) in node.parents.items():
        if hierarchy == line.hierarchy and before == parent and end == line.valid_from:
            node.parents[hierarchy, start] = (parent, line.valid_to)
            return
    node.parents[line.hierarchy, line.valid_from] = (parent, line.valid_to)


def _successions(folder: Folder, book: Book, changes: list[Change]) -> None:
    shares = defaultdict(list)
    for change in changes:
        place = folder.at(CHANGES, change.number)
        day_before = change.on - timedelta(days=1)
        old, new = book.on(change.old, day_before), book.on(change.new, change.on)
        if old is None:
            place.problem(_("old_code: %(why)s") % {"why": book.why_not(change.old, day_before)})
        if new is None:
            place.problem(_("new_code: %(why)s") % {"why": book.why_not(change.new, change.on)})
        if old is None or new is None:
            continue
        if old == new:
            _note_change(place, book.units[old], change)
            continue
        shares[old, change.on].append(change)
        book.edges[old, new, change.on] = Edge(old, new, change.on, change.kind, change.share, change.basis)
    for group in shares.values():
        _check_shares(folder, group)


def _note_change(place: Place, node: Node, change: Change) -> None:
    """A change within one unit is kept with the version that it began."""
    version = node.versions.get(change.on)
    if version is None:
        what = {"code": change.new, "day": change.on}
        place.problem(_("No row of %(code)s begins on %(day)s.") % what)
    elif change.share is not None:
        place.problem(_("A change within one unit has no share."))
    else:
        noted = {"kind": change.kind, "basis": change.basis}
        node.versions[change.on] = version._replace(attributes={**version.attributes, "_change": noted})


def _check_shares(folder: Folder, group: list[Change]) -> None:
    given = [c.share for c in group if c.share is not None]
    place = folder.at(CHANGES, group[-1].number)
    what = {"code": group[0].old, "day": group[0].on, "sum": sum(given)}
    if given and len(given) < len(group):
        place.problem(
            _("The shares of %(code)s on %(day)s are given for some units only; give all or none.") % what
        )
    elif given and sum(given) != 1:
        place.problem(_("The shares of %(code)s on %(day)s add up to %(sum)s, not to 1.") % what)
    pairs = [c.new for c in group]
    for number, code in enumerate(pairs):
        if code in pairs[:number]:
            folder.problem(CHANGES, group[number].number, _("This change stands here twice."))

"""The units that stand in the rows: those named, those below them, or those of a level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from giaoban.core.refused import Refused
from giaoban.rollups.engine.tree import Line
from giaoban.rollups.explorer.gazetteer import Gazetteer, Named
from giaoban.rollups.explorer.reach import Reach
from giaoban.rollups.queries.groups import group_named, is_group, no_group, place_of
from giaoban.units.models import Unit

BELOW = "below"


class When(NamedTuple):
    """A period on the tree: rows live on some day of [first, day]; `last` is the period's own last day.

    On a basis with a date, first and day are that date.
    """

    first: date
    day: date
    last: date


Whens = Mapping[str, When]


@dataclass(frozen=True)
class Place:
    """A unit, named as on the last of the asked days."""

    unit: Unit
    has_below: bool = False

    @property
    def id(self) -> int:
        return int(self.unit.pk)

    @property
    def name(self) -> str:
        return self.unit.name

    @property
    def code(self) -> str:
        return self.unit.code

    @property
    def is_group(self) -> bool:
        return self.id < 0

    def nearest(self, day: date) -> date:
        """The day, or the nearest one on which the unit existed."""
        end = self.unit.valid_to
        return max(day if end is None else min(day, end - timedelta(days=1)), self.unit.valid_from)

    def reference(self, day: date) -> str:
        """How an address names it: the code, with a date for a unit that has ended."""
        return self.code if self.unit.valid_to is None else f"{self.code}@{self.nearest(day).isoformat()}"

    def lives(self, when: When) -> bool:
        end = self.unit.valid_to
        return self.unit.valid_from <= when.day and (end is None or end > when.first)


@dataclass
class Places:
    """rows: in order of their codes. whole: the unit that holds them all, for the line of totals.

    above: from the top down to the parent of the one asked unit. shown: per unit, the periods for
    which it stands in its row.
    """

    asked: list[Place] = field(default_factory=list)
    rows: list[Place] = field(default_factory=list)
    whole: Place | None = None
    above: list[Place] = field(default_factory=list)
    shown: dict[int, frozenset[str]] = field(default_factory=dict)

    def is_shown(self, unit: int, period: str) -> bool:
        return period in self.shown.get(unit, ())


def find(codes: Sequence[str], level: str, whens: Whens, reach: Reach) -> Places:
    """The units of `CODE[@DATE]` entries, or groups of `group:NAME`; or what stands below, or on a level under them.

    Refuses what is out of the reader's reach in the words for what does not exist.
    """
    last = max(when.day for when in whens.values())
    found = [_group(text, whens, reach) if is_group(text) else _resolved(text, last, reach) for text in codes]
    asked = list({place.id: place for place in found}.values())
    places = Places(asked, list(asked))
    if level:
        _go_below(places, level, whens, reach.gazetteer, last)
    if len(asked) == 1:
        places.above = _above(asked[0], last, reach)
    places.shown |= {place.id: frozenset(whens) for place in asked}
    _mask(places, whens, reach)
    return places


def everywhere(level: int, whens: Whens, reach: Reach, lead: int) -> Places:
    """All units of a level that the reader may see; their total is the lead unit if it holds them all."""
    last, gazetteer = max(when.day for when in whens.values()), reach.gazetteer
    places = Places()
    for unit, names in gazetteer.names.items():
        if any(named.level == level for named in names) and reach.knows(unit):
            place = _place(gazetteer, unit, last)
            held = [(line, level) for line in gazetteer.tree.above.get(unit, ()) if line.depth == 0]
            places.shown[unit] = _standing(gazetteer, place, held, whens)
            if places.shown[unit]:
                places.rows.append(place)
    places.rows = _ordered(places.rows)
    if (
        reach.is_whole
        and places.rows
        and all(_is_under(gazetteer, place, lead, last) for place in places.rows)
    ):
        places.whole = _place(gazetteer, lead, last)
        places.shown[lead] = frozenset(whens)
    _mask(places, whens, reach)
    return places


def _is_under(gazetteer: Gazetteer, place: Place, lead: int, last: date) -> bool:
    day = place.nearest(last).toordinal()
    return any(line.other == lead for line in gazetteer.above(place.id, day))


def _go_below(places: Places, level: str, whens: Whens, gazetteer: Gazetteer, last: date) -> None:
    """Put the units below in the rows; if nothing stands below, the asked ones stay."""
    held: dict[int, list[tuple[Line, int | None]]] = {}
    wanted = None if level == BELOW else int(level)
    for place in places.asked:
        for line in gazetteer.below(place.id):
            if line.depth == 1 or wanted is not None:
                held.setdefault(line.other, []).append((line, wanted))
    rows = []
    for unit, lines in held.items():
        place = _place(gazetteer, unit, last)
        places.shown[unit] = _standing(gazetteer, place, lines, whens)
        if places.shown[unit]:
            rows.append(place)
    if rows or level != BELOW:
        places.rows = _ordered(rows)
        places.whole = places.asked[0] if len(places.asked) == 1 else None


def _standing(
    gazetteer: Gazetteer, place: Place, held: Sequence[tuple[Line, int | None]], whens: Whens
) -> frozenset[str]:
    """The periods at whose end (or at the unit's own, if earlier) it stood there, on that level."""
    found = set()
    for period, when in whens.items():
        day = place.nearest(when.day).toordinal()
        if place.lives(when) and any(
            line.start <= day < line.end and level in (None, gazetteer.named(place.id, day).level)
            for line, level in held
        ):
            found.add(period)
    return frozenset(found)


def _resolved(text: str, last: date, reach: Reach) -> Place:
    code, day = _dated(text, last)
    known = [named for named in reach.gazetteer.by_code.get(code, ()) if reach.knows(named.unit)]
    there = {named.unit for named in known if named.holds(day.toordinal())}
    if len(there) == 1:
        return _place(reach.gazetteer, there.pop(), day)
    if not known:
        raise Refused(_("There is no unit with the code %(code)s.") % {"code": code}, field="unit")
    raise Refused(_candidates(code, day, known), field="unit")


def _group(text: str, whens: Whens, reach: Reach) -> Place:
    """A group, where the reader may read every member of the asked periods; else as if there were none."""
    group = group_named(text)
    lines = [line for line in reach.gazetteer.below(-group.pk) if line.depth == 1]
    if reach.is_whole:
        seen = any(reach.knows(line.other) for line in lines) or not lines
    else:
        asked = [line for line in lines if any(_meets(line, when) for when in whens.values())]
        seen = bool(asked) and all(_is_held(line, whens, reach) for line in asked)
    if not seen:
        raise no_group(text)
    return Place(place_of(group), bool(lines))


def _meets(line: Line, when: When) -> bool:
    days = sorted(day.toordinal() for day in when)
    return line.start <= days[-1] and days[0] < line.end


def _is_held(line: Line, whens: Whens, reach: Reach) -> bool:
    """Is a member the reader's where it stood at the end of each period, and on the day of the basis?"""
    days = {day.toordinal() for when in whens.values() if _meets(line, when) for day in (when.day, when.last)}
    nearest = {min(max(day, line.start), line.end - 1) for day in days}
    return all(reach.holds(line.other, date.fromordinal(day)) for day in nearest)


def _candidates(code: str, day: date, known: Sequence[Named]) -> str:
    listed = sorted(known, key=lambda named: named.start)
    candidates = "; ".join(f"{code}@{date.fromordinal(named.start)} ({named.name})" for named in listed)
    return _("%(code)s does not name one unit on %(day)s. Say which: %(candidates)s.") % {
        "code": code, "day": day.isoformat(), "candidates": candidates,
    }  # fmt: skip


def _dated(text: str, last: date) -> tuple[str, date]:
    code, at, on = text.partition("@")
    if not at:
        return code, last
    try:
        return code, date.fromisoformat(on)
    except ValueError:
        sentence = _("%(text)s: the date after @ must look like 2025-07-01.") % {"text": text}
        raise Refused(sentence, field="unit") from None


def _place(gazetteer: Gazetteer, unit: int, day: date) -> Place:
    return Place(gazetteer.unit(unit, day.toordinal()), gazetteer.has_below(unit, day.toordinal()))


def _ordered(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: (place.code, place.id))


def _above(place: Place, last: date, reach: Reach) -> list[Place]:
    """The ancestors of a unit that the reader may see, top first."""
    day = place.nearest(last)
    lines = [line for line in reach.gazetteer.above(place.id, day.toordinal()) if line.depth]
    return [
        _place(reach.gazetteer, line.other, day) for line in reversed(lines) if reach.holds(line.other, day)
    ]


def _mask(places: Places, whens: Whens, reach: Reach) -> None:
    """Leave out what the reader may not read: a unit is his where it stood at the end of the period."""
    if reach.is_whole:
        return
    for place in (*places.asked, *places.rows):
        if place.is_group:
            continue
        days = {
            p: {place.nearest(whens[p].last), place.nearest(whens[p].day)} for p in places.shown[place.id]
        }
        seen = (p for p, both in days.items() if all(reach.holds(place.id, day) for day in both))
        places.shown[place.id] = frozenset(seen)
    places.rows = [place for place in places.rows if places.shown[place.id]]

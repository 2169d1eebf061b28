"""Small random worlds: units that open, move, merge, split and close, and what they reported."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import strategies as st

FOREVER = 4_000_000
FIRST_DAY, SPAN_DAYS, SPANS = 1000, 10, 5
LAST_DAY = FIRST_DAY + SPAN_DAYS * SPANS - 1
DIMENSIONS = (("sex", ("f", "m")), ("age", ("old", "young")))
CELLS = ("", "sex=f", "sex=m", "age=old", "age=young", "age=old,sex=f", "age=young,sex=f", "age=old,sex=m")
SHARES = (("0.5", "0.5"), ("0.3", "0.7"), ("0.125", "0.875"), ("0.333333", "0.666667"))


@dataclass
class World:
    """units: id → [from, to). parents: (unit, parent, from, to). edges: (old, new, day, share).
    reports: (unit, span) → indicator → cell → value; a span is named by its last day."""

    units: dict[int, tuple[int, int]] = field(default_factory=dict)
    parents: list[tuple[int, int, int, int]] = field(default_factory=list)
    edges: list[tuple[int, int, int, Decimal | None]] = field(default_factory=list)
    reports: dict[tuple[int, int], dict[int, dict[str, int]]] = field(default_factory=dict)

    def living(self, day: int) -> list[int]:
        return [u for u, (start, end) in self.units.items() if start <= day < end]

    def parent(self, unit: int, day: int) -> int | None:
        found = [p for u, p, start, end in self.parents if u == unit and start <= day < end]
        return found[0] if found else None

    def line(self, unit: int, day: int) -> list[int]:
        """The unit and everything above it on that day."""
        found = [unit]
        while (above := self.parent(found[-1], day)) is not None:
            found.append(above)
        return found

    def open(self, day: int, parent: int | None) -> int:
        unit = len(self.units) + 1
        self.units[unit] = (day, FOREVER)
        if parent is not None:
            self.parents.append((unit, parent, day, FOREVER))
        return unit

    def close(self, unit: int, day: int, heir: int | None) -> None:
        """Its children go to its heir, or to its parent."""
        home = heir or self.parent(unit, day)
        for child in [u for u in self.living(day) if self.parent(u, day) == unit]:
            if child != home:
                self.move(child, day, home if home not in self.below(child, day) else self.parent(unit, day))
            else:
                self.move(child, day, self.parent(unit, day))
        self._cut(unit, day)
        self.units[unit] = (self.units[unit][0], day)

    def move(self, unit: int, day: int, parent: int | None) -> None:
        self._cut(unit, day)
        self.parents.append((unit, parent, day, FOREVER))

    def below(self, unit: int, day: int) -> list[int]:
        return [u for u in self.living(day) if unit in self.line(u, day)]

    def _cut(self, unit: int, day: int) -> None:
        kept = []
        for u, parent, start, end in self.parents:
            if u == unit and end > day:
                end = day
            if start < end:
                kept.append((u, parent, start, end))
        self.parents = kept


@st.composite
def worlds(draw, indicators: tuple[int, ...] = (1,), cells: tuple[str, ...] = ("",)) -> World:
    """A root (unit 1) that always lives, up to a dozen others, up to six events."""
    world = World()
    root = world.open(0, None)
    for _ in range(draw(st.integers(1, 6))):
        world.open(0, draw(st.sampled_from([root, *world.units])))
    for day in sorted(draw(st.sets(st.integers(FIRST_DAY + 1, LAST_DAY + 5), max_size=6))):
        others = [u for u in world.living(day) if u != root]
        if others:
            happen = draw(st.sampled_from(EVENTS))
            happen(draw, world, day, draw(st.sampled_from(others)))
    _report(draw, world, indicators, cells)
    return world


def _report(draw, world: World, indicators: tuple[int, ...], cells: tuple[str, ...]) -> None:
    values = st.integers(-3, 12)
    for unit, (start, end) in world.units.items():
        for last in spans():
            if start <= last and end > last - SPAN_DAYS + 1 and draw(st.integers(0, 3)):
                said = {}
                for indicator in indicators:
                    held = draw(st.sets(st.sampled_from(cells))) if len(cells) > 1 else set(cells)
                    if draw(st.integers(0, 4)):
                        said[indicator] = {cell: draw(values) for cell in sorted(held)}
                world.reports[unit, last] = said


def spans() -> list[int]:
    return [FIRST_DAY + SPAN_DAYS * (n + 1) - 1 for n in range(SPANS)]


def _elsewhere(draw, world: World, day: int, unit: int) -> int:
    below = set(world.below(unit, day))
    return draw(st.sampled_from([u for u in world.living(day) if u not in below]))


def _moves(draw, world: World, day: int, unit: int) -> None:
    world.move(unit, day, _elsewhere(draw, world, day, unit))


def _merges(draw, world: World, day: int, unit: int) -> None:
    """Into a unit that exists and is no part of it; never into the root."""
    below = set(world.below(unit, day))
    choice = [u for u in world.living(day) if u not in below and u != 1]
    if choice:
        heir = draw(st.sampled_from(choice))
        world.close(unit, day, heir)
        world.edges.append((unit, heir, day, None))


def _fuses(draw, world: World, day: int, unit: int) -> None:
    """Two or three units become a new one."""
    new = world.open(day, _elsewhere(draw, world, day, unit))
    below = set(world.below(unit, day)) | set(world.line(new, day)) | {1}
    others = [u for u in world.living(day) if u not in below]
    chosen = [unit, *(draw(st.lists(st.sampled_from(others), unique=True, max_size=2)) if others else [])]
    for old in chosen:
        if old in world.living(day):
            world.close(old, day, new if new not in world.below(old, day) else None)
            world.edges.append((old, new, day, None))


def _splits(draw, world: World, day: int, unit: int) -> None:
    """Into two, new or existing, perhaps with shares; it may live on as one of them."""
    first = world.open(day, _elsewhere(draw, world, day, unit))
    below = set(world.below(unit, day)) | {1, first}
    existing = [u for u in world.living(day) if u not in below]
    shares = draw(st.sampled_from((None, *SHARES)))
    lives_on = draw(st.booleans())
    if lives_on:
        targets = [first, unit]
    elif existing and draw(st.booleans()):
        targets = [first, draw(st.sampled_from(existing))]
    else:
        targets = [first, world.open(day, _elsewhere(draw, world, day, unit))]
    if not lives_on:
        world.close(unit, day, None)
    for number, target in enumerate(targets):
        if shares or target != unit:
            share = Decimal(shares[number]) if shares else None
            world.edges.append((unit, target, day, share))


def _closes(draw, world: World, day: int, unit: int) -> None:
    world.close(unit, day, None)


def _renames(draw, world: World, day: int, unit: int) -> None:
    new = world.open(day, world.parent(unit, day))
    world.close(unit, day, new)
    world.edges.append((unit, new, day, None))


def _opens(draw, world: World, day: int, unit: int) -> None:
    world.open(day, unit)


EVENTS = (_moves, _merges, _fuses, _splits, _splits, _closes, _renames, _opens)

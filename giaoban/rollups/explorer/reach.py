"""The units whose figures a person may read. Everything else is answered as if it were not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from giaoban.agreements.models import Agreement, Membership
from giaoban.agreements.policy import ALL
from giaoban.core.actors import Actor, System
from giaoban.rollups.explorer.gazetteer import Gazetteer
from giaoban.rollups.policy import FIGURES


@dataclass(frozen=True)
class Reach:
    """tops: the units under which figures may be read, themselves included; None: everywhere.

    trees: a unit under none of these is of another agreement's tree; None: all trees are open.
    """

    gazetteer: Gazetteer
    tops: frozenset[int] | None
    trees: frozenset[int] | None

    @property
    def is_whole(self) -> bool:
        return self.tops is None

    def knows(self, unit: int) -> bool:
        """May the unit be named at all?"""
        within = self.tops if self.tops is not None else self.trees
        return within is None or self.gazetteer.stands_under(unit, within)

    def holds(self, unit: int, day: date) -> bool:
        """May the figures of this unit, standing where it stood on that day, be read?"""
        if self.tops is None:
            return self.knows(unit)
        return any(line.other in self.tops for line in self.gazetteer.above(unit, day.toordinal()))


def reach_of(by: Actor, agreement: Agreement, gazetteer: Gazetteer) -> Reach:
    """The reach of an actor in an agreement, from the roles he holds."""
    tops = tops_of(by, agreement)
    if tops is not None:
        return Reach(gazetteer, tops, None)
    held = _held(by, agreement)
    if isinstance(by, System) or any(m.agreement_id is None for m in held):
        return Reach(gazetteer, None, None)
    places = {m.unit_id for m in held if m.unit_id}
    return Reach(gazetteer, None, gazetteer.in_trees_of({agreement.lead_id, *places}))


def tops_of(by: Actor, agreement: Agreement) -> frozenset[int] | None:
    """The units under which the actor reads figures; None: everywhere."""
    reach = {grant.role: grant.reach for grant in FIGURES.rights["read"]}
    held = _held(by, agreement)
    if isinstance(by, System) or any(m.agreement_id is None or reach[m.role] == ALL for m in held):
        return None
    return frozenset(m.unit_id for m in held if m.unit_id)


def _held(by: Actor, agreement: Agreement) -> list[Membership]:
    roles = {grant.role for grant in FIGURES.rights["read"]}
    memberships: list[Membership] = getattr(by, "memberships", [])
    return [m for m in memberships if m.agreement_id in (None, agreement.pk) and m.role in roles]

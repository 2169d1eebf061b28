"""Questions about proposals and about the answers of a consultation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from giaoban.agreements.models import Agreement, Opinion, Proposal, Version
from giaoban.agreements.policy import OPINIONS, PROPOSALS
from giaoban.agreements.queries.parties import parts_on
from giaoban.core.actors import Actor
from giaoban.units.models import Unit


def proposals_of(by: Actor, agreement: Agreement) -> QuerySet[Proposal]:
    """The proposals the actor may read: a unit's own, or all."""
    rows = Proposal.objects.filter(PROPOSALS.q(by, "read"), agreement=agreement)
    return rows.select_related("article__agreement", "unit", "agreement", "version__agreement")


def proposal_for(by: Actor, agreement: Agreement, pk: int) -> Proposal:
    found = proposals_of(by, agreement).filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def own_units(by: Actor, agreement: Agreement, right: str = "propose") -> list[Unit]:
    """The units for which the actor may propose (or answer)."""
    policy = PROPOSALS if right == "propose" else OPINIONS
    roles = {grant.role for grant in policy.rights[right]}
    held = [m for m in getattr(by, "memberships", ()) if m.agreement_id == agreement.pk and m.role in roles]
    return list({m.unit_id: m.unit for m in held if m.unit is not None}.values())


@dataclass(frozen=True)
class Answer:
    """A party in a round of consultation: what it said, if it did; may: the reader answers for it."""

    unit: Unit
    opinion: Opinion | None
    may: bool


def answers(by: Actor, version: Version, round: int, day: date) -> list[Answer]:
    """Every party the actor may see, in the order of the agreement, with its answer in that round."""
    agreement = version.agreement
    given = {o.unit_id: o for o in version.opinions.filter(round=round).select_related("unit")}
    units = {part.unit_id: part.unit for part in parts_on(agreement, day)}
    units |= {o.unit_id: o.unit for o in given.values()}
    all_of_them = _everywhere(by, agreement, "read")
    own = {unit.pk for unit in own_units(by, agreement, "give")}
    every = _everywhere(by, agreement, "give")
    shown = [unit for unit in units.values() if all_of_them or unit.pk in own]
    return [Answer(unit, given.get(unit.pk), every or unit.pk in own) for unit in shown]


def answered(version: Version, day: date) -> tuple[int, int]:
    """How many parties have answered in the open round, of how many."""
    units = {part.unit_id for part in parts_on(version.agreement, day)}
    given = set(version.opinions.filter(round=version.round).values_list("unit", flat=True))
    return len(given & units), len(units)


def _everywhere(by: Actor, agreement: Agreement, right: str) -> bool:
    """Does a role of the actor reach every unit of the agreement?"""
    reach = {grant.role: grant.reach for grant in OPINIONS.rights[right]}
    held = getattr(by, "memberships", ())
    return any(
        m.agreement_id in (None, agreement.pk) and (m.agreement_id is None or reach.get(m.role) == "all")
        for m in held
        if m.role in reach
    )

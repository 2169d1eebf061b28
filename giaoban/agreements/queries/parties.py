"""Who is party, in which part and order, and who signs."""

from __future__ import annotations

from datetime import date
from typing import Any

from giaoban.agreements.models import Agreement, Party, PartyRole
from giaoban.agreements.queries.agreements import parties_on
from giaoban.units.models import Unit
from giaoban.units.queries import versions_on

_RANK = {PartyRole.LEAD: 0, PartyRole.MEMBER: 1, PartyRole.OFFICE: 2, PartyRole.OBSERVER: 3}


def parts_on(agreement: Agreement, day: date) -> list[Party]:
    """Every party on that day in the order of the agreement; rows not saved for those without one.

    Who is named by the agreement's rule is a party; a standing office or an observer may be named by its
    row alone, and the coordinating unit is the standing office where nothing else is said.
    """
    units = {unit.pk: unit for unit in parties_on(agreement, day)}
    rows = {row.unit_id: row for row in agreement.party_rows.select_related("unit")}
    found = [row for row in rows.values() if row.unit_id in units or row.role != PartyRole.MEMBER]
    found += [Party(agreement=agreement, unit=unit) for pk, unit in units.items() if pk not in rows]
    if agreement.lead_id not in units and agreement.lead_id not in rows:
        found.append(Party(agreement=agreement, unit=agreement.lead, role=PartyRole.OFFICE))
    return sorted(found, key=lambda p: (_RANK[PartyRole(p.role)], p.position, p.unit.code))


def signing(parts: list[Party]) -> list[Party]:
    """Those who sign: neither the standing office nor observers."""
    return [part for part in parts if part.role in (PartyRole.LEAD, PartyRole.MEMBER)]


def signature_block(agreement: Agreement, day: date) -> list[dict[str, Any]]:
    """One signature cell per signing party, as plain values, with the names of that day."""
    parts = signing(parts_on(agreement, day))
    names = versions_on([part.unit_id for part in parts], day)
    return [
        _cell(part, names[part.unit_id].name if part.unit_id in names else part.unit.name) for part in parts
    ]


def _cell(part: Party, name: str) -> dict[str, Any]:
    authority = part.signer_authority or name.upper()
    lines = [line for line in (authority, part.signer_title.upper()) if line]
    return {"unit": part.unit_id, "name": name, "lines": lines, "signer": part.signer_name}


def unit_parts(agreement: Agreement, unit: Unit) -> Party:
    """The row of a unit, or one not saved yet."""
    found = agreement.party_rows.filter(unit=unit).select_related("unit").first()
    return found or Party(agreement=agreement, unit=unit)

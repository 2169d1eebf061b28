"""What a door needs to know: the public keys, the shortest list, who is inside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from giaoban.attendance.models import Door, Register
from giaoban.attendance.queries.conflicts import Conflict, conflicts_of
from giaoban.attendance.queries.heads import unit_of
from giaoban.attendance.queries.stays import Stay, stays_of

#: A door shows the newest conflicts only.
MOST_CONFLICTS = 30


def list_for(door: Door) -> dict[str, Any]:
    """The public keys and the list: codes, names, units. No address, no number, no private key."""
    register = door.register
    stays = stays_of(register)
    units = {s.attendee.unit.code: s.attendee.unit.name for s in stays if s.attendee.unit}
    return {
        "register": register.pk,
        "edition": register.edition,
        "opens_at": register.opens_at.isoformat(),
        "closes_at": register.closes_at.isoformat(),
        "keys": [
            {"number": k.number, "public": k.public, "retired_at": k.retired_at and k.retired_at.isoformat()}
            for k in register.keys.all()
        ],
        "people": [_person(stay) for stay in stays],
        "units": [{"code": code, "name": name} for code, name in units.items()],
    }


def state_for(door: Door, at: datetime) -> dict[str, Any]:
    """Who is inside, and what contradicts itself, as far as it has arrived here."""
    register = Register.objects.get(pk=door.register_id)
    stays = stays_of(register)
    return {
        "time": at.isoformat(),
        "edition": register.edition,
        "inside": {s.attendee.code: s.scans[-1].at.isoformat() for s in stays if s.inside},
        "conflicts": [_told(c) for c in conflicts_of(register, stays)[-MOST_CONFLICTS:]],
    }


def _person(stay: Stay) -> dict[str, Any]:
    one = stay.attendee
    invited = one.instead_of_id is None and not one.walk_in and one.withdrawn_at is None
    return {
        "code": one.code,
        "former": sorted(one.former_codes),
        "name": one.name,
        "unit": unit_of(one),
        "invited": invited,
        "replaced_by": ", ".join(other.attendee.name for other in stay.replacements),
        "withdrawn": one.withdrawn_at is not None,
    }


def _told(conflict: Conflict) -> dict[str, str]:
    scan = conflict.scans[-1]
    return {
        "sentence": str(conflict.sentence),
        "name": conflict.attendee.name if conflict.attendee else scan.code or "?",
        "why": "" if conflict.attendee else str(scan.get_result_display()),
        "time": scan.at.isoformat(),
    }

"""What part each party plays, the order they stand in, and who signs for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement, Party, PartyRole
from giaoban.agreements.policy import AGREEMENTS
from giaoban.agreements.queries.parties import unit_parts
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib.text import nfc
from giaoban.units.models import Unit

PART_FIELDS = ("role", "position", "signer_authority", "signer_title", "signer_name")


def set_part(*, agreement: Agreement, unit: Unit, by: Actor, at: datetime, **fields: Any) -> Party:
    """Say what part a unit plays (PART_FIELDS); the trail names the fields, never the signer."""
    _demand(agreement, by)
    unknown = set(fields) - set(PART_FIELDS)
    if unknown:
        raise TypeError(f"Not fields of a party: {sorted(unknown)}")
    with transaction.atomic():
        agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
        row = unit_parts(agreement, unit)
        clean = {k: nfc(v.strip()) if isinstance(v, str) else v for k, v in fields.items()}
        changed = [name for name, value in clean.items() if value != getattr(row, name) or row.pk is None]
        for name in changed:
            setattr(row, name, clean[name])
        _check(row)
        if changed:
            row.save()
            audit.record(
                subject=agreement, verb="set party", by=by, at=at, detail={"unit": unit.pk, "fields": changed}
            )
    return row


def drop_part(*, agreement: Agreement, unit: Unit, by: Actor, at: datetime) -> None:
    """Forget what was said of a unit: named by the rule it is a member again, else it is no party."""
    _demand(agreement, by)
    with transaction.atomic():
        gone, _rows = agreement.party_rows.filter(unit=unit).delete()
        if gone:
            audit.record(subject=agreement, verb="drop party", by=by, at=at, detail={"unit": unit.pk})


def _demand(agreement: Agreement, by: Actor) -> None:
    if not AGREEMENTS.may(by, "manage", agreement):
        raise Refused(_("You may not change this agreement."), code="right")


def _check(row: Party) -> None:
    if row.role not in PartyRole.values:
        raise Refused(_("Choose what part the unit plays."), field="role")
    if not 1 <= row.position <= 999:
        raise Refused(_("A place in the order is a number from 1 to 999."), field="position")

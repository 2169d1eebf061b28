"""People whom the secretary lists himself; who sits where; who is excused."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from giaoban.attendance.actions.registers import GUEST, codes_of, free_code, locked, touch
from giaoban.attendance.models import Attendee, Register
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib.text import nfc
from giaoban.units.models import Unit

#: Seats of a row, and rows named by one letter.
MOST_SEATS = 60
ROWS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def add_guest(
    *, register: Register, name: str, by: Actor, at: datetime, title: str = "", unit: Unit | None = None,
    unit_name: str = "", position: int | None = None,
) -> Attendee:  # fmt: skip
    """Somebody whom no unit names: a guest, the press. Without a position he stands last."""
    if not name.strip():
        raise Refused(_("Write the name of the person."), field="name")
    with transaction.atomic():
        row = locked(register)
        last = row.attendees.filter(walk_in=False).aggregate(last=Max("position"))["last"] or 0
        guest = Attendee.objects.create(
            register=row, source_kind=GUEST, source_id=uuid.uuid4().hex, code=free_code(codes_of(row)),
            name=nfc(name.strip())[:200], title=nfc(title.strip())[:240], unit=unit,
            unit_name=unit.name if unit else nfc(unit_name.strip())[:240], level=unit.level if unit else None,
            position=last + 1 if position is None else position,
        )  # fmt: skip
        touch(row)
        audit.record(subject=guest, verb="list attendee", by=by, at=at)
    return guest


def withdraw_guest(*, attendee: Attendee, by: Actor, at: datetime) -> Attendee:
    """Take a guest off the list. Who came stays in it."""
    with transaction.atomic():
        row = Attendee.objects.select_for_update().select_related("register").get(pk=attendee.pk)
        if row.source_kind != GUEST:
            raise Refused(_("This person is named by a unit. The unit takes the name back or replaces it."))
        if row.withdrawn_at is None:
            row.withdrawn_at = at
            row.save(update_fields=["withdrawn_at"])
            touch(row.register)
            audit.record(subject=row, verb="withdraw attendee", by=by, at=at)
    return row


def excuse(*, attendee: Attendee, reason: str, by: Actor, at: datetime) -> Attendee:
    """Absent with a reason; an empty reason takes it back."""
    reason = nfc(reason.strip())[:300]
    with transaction.atomic():
        attendee.is_excused, attendee.excuse = bool(reason), reason
        attendee.save(update_fields=["is_excused", "excuse"])
        audit.record(subject=attendee, verb="excuse" if reason else "take back the excuse", by=by, at=at)
    return attendee


def give_seat(*, attendee: Attendee, seat: str, by: Actor, at: datetime) -> Attendee:
    """A seat of one person; two people never have the same."""
    seat = nfc(seat.strip())[:20]
    taken = Attendee.objects.filter(register=attendee.register_id, seat=seat).exclude(pk=attendee.pk).first()
    if seat and taken is not None:
        raise Refused(_("%(name)s has this seat.") % {"name": taken.name}, field="seat")
    with transaction.atomic():
        attendee.seat = seat
        attendee.save(update_fields=["seat"])
        audit.record(subject=attendee, verb="give seat", by=by, at=at)
    return attendee


def number_seats(*, register: Register, per_row: int, by: Actor, at: datetime) -> int:
    """Number all seats anew: the highest level in front, inside a level in protocol order. How many seats."""
    if not 1 <= per_row <= MOST_SEATS:
        raise Refused(_("A row has between 1 and %(most)s seats.") % {"most": MOST_SEATS}, field="per_row")
    with transaction.atomic():
        row = locked(register)
        people = row.attendees.filter(withdrawn_at=None, replaced_by=None, is_excused=False)
        people = list(people.order_by(F("level").asc(nulls_last=True), "position", "pk"))
        if len(people) > per_row * len(ROWS):
            raise Refused(_("So many people need longer rows."), field="per_row")
        row.attendees.update(seat="")
        for place, one in enumerate(people):
            one.seat = f"{ROWS[place // per_row]}{place % per_row + 1}"
        Attendee.objects.bulk_update(people, ["seat"], batch_size=400)
        audit.record(subject=row, verb="number seats", by=by, at=at, detail={"seats": len(people)})
    return len(people)

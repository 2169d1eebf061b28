"""Doors: links that open the check-in page without an account."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.attendance.models import Door, Register
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib.text import nfc

LONGEST = timedelta(days=31)


def open_door(*, register: Register, name: str, expires_at: datetime, by: Actor, at: datetime) -> Door:
    """A new link. It works until its time, or until somebody closes it."""
    name = nfc(name.strip())[:80]
    if not name:
        raise Refused(_("Give the door a name."), field="name")
    if expires_at <= at:
        raise Refused(_("This time has passed. Choose a later one."), field="expires_at")
    if expires_at > at + LONGEST and expires_at > register.closes_at:
        raise Refused(
            _("A door link works for 31 days at most, or until check-in closes."), field="expires_at"
        )
    with transaction.atomic():
        door = Door.objects.create(
            register=register, name=name, nonce=secrets.token_hex(12), expires_at=expires_at, made_at=at
        )
        audit.record(subject=door, verb="open door", by=by, at=at)
    return door


def close_door(*, door: Door, by: Actor, at: datetime) -> Door:
    """The link works no more: no list, and nothing more is taken from it. A lost phone is closed so."""
    with transaction.atomic():
        row = Door.objects.select_for_update().select_related("register").get(pk=door.pk)
        if row.revoked_at is None:
            row.revoked_at = at
            row.save(update_fields=["revoked_at"])
            audit.record(subject=row, verb="close door", by=by, at=at)
    return row

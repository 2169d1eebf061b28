"""Registers, their keys, their doors."""

from __future__ import annotations

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.http import Http404

from giaoban.attendance.models import Attendee, Door, Register, Scan, SigningKey

_SIGNER = Signer(salt="giaoban.attendance.door")


def register_of(about_kind: str, about_id: int) -> Register | None:
    """The register of a row of an upper app, if it has one."""
    return Register.objects.filter(about_kind=about_kind, about_id=about_id).first()


def attendee_in(register: Register, pk: int) -> Attendee:
    """One attendee of the register; else "not found"."""
    found = register.attendees.select_related("unit", "instead_of").filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def door_in(register: Register, pk: int) -> Door:
    """One door of the register; else "not found"."""
    found = register.doors.select_related("register").filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def scan_in(register: Register, pk: int) -> Scan:
    """One scan of the register; else "not found"."""
    found = register.scans.select_related("register", "attendee", "door").filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def current_key(register: Register) -> SigningKey:
    """The key that signs badges now."""
    return register.keys.filter(retired_at=None).latest("number")


def token_of(door: Door) -> str:
    """What stands in the address of the door's page."""
    return _SIGNER.sign(f"{door.pk}.{door.nonce}").replace(":", ".")


def door_for(token: str) -> Door | None:
    """The door of an address; None if nobody here made it."""
    text, _dot, signature = token.rpartition(".")
    try:
        pk, _dot, nonce = _SIGNER.unsign(f"{text}:{signature}").partition(".")
    except BadSignature:
        return None
    return Door.objects.select_related("register").filter(pk=pk, nonce=nonce).first()


def is_open(door: Door, at: datetime) -> bool:
    """May the door show the list now?"""
    return door.revoked_at is None and at < door.expires_at

"""Take what a door noted. Safe to repeat: a nonce counts once, in any order and from any number of devices."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from giaoban.attendance import badge
from giaoban.attendance.actions.registers import free_code
from giaoban.attendance.models import Attendee, Door, How, Reason, Register, Result, Scan, Way
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib.text import nfc

#: A door sends at most so many scans at once.
MOST = 500
#: What was noted before a link expired is still taken for so long.
GRACE = timedelta(days=3)
WALK_IN = "walk-in"
#: The place in protocol order of those who were not invited.
LAST = 1_000_000

Nonce = Annotated[str, msgspec.Meta(min_length=8, max_length=40)]


class Newcomer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who is not on the list, as the door wrote him down. id: made by the device."""

    id: Nonce
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    title: Annotated[str, msgspec.Meta(max_length=240)] = ""
    unit: Annotated[str, msgspec.Meta(max_length=240)] = ""
    instead_of: Annotated[str, msgspec.Meta(max_length=12)] = ""


class Noted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One scan as a door sends it. `at`: the device's time, corrected by what the server's clock told it."""

    nonce: Nonce
    way: Way
    how: How
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    device: Annotated[str, msgspec.Meta(max_length=40)] = ""
    payload: Annotated[str, msgspec.Meta(max_length=400)] = ""
    code: Annotated[str, msgspec.Meta(max_length=12)] = ""
    reason: Reason = Reason.NONE
    newcomer: Newcomer | None = None


@dataclass
class Received:
    """results: nonce -> result, for every scan that is kept, new or known. refused: the nonces of all others."""

    results: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    new: int = 0


def receive(*, door: Door, scans: Iterable[Any], at: datetime) -> Received:
    """Keep the scans that a door sends (plain JSON values). The door itself is the actor."""
    _check_door(door, at)
    answer = Received()
    noted = [one for one in (_read(raw, answer) for raw in scans) if one is not None]
    if len(noted) > MOST:
        raise Refused(_("Too many scans at once. Send at most %(most)s.") % {"most": MOST}, code="size")
    with transaction.atomic():
        register = Register.objects.select_for_update().get(pk=door.register_id)
        _check_end_of_door(door, noted, answer)
        _keep(register, door, noted, at, answer)
        Door.objects.filter(pk=door.pk).update(seen_at=at)
        if answer.new:
            detail = {"door": door.pk, "scans": answer.new}
            audit.record(subject=register, verb="receive scans", by=door, at=at, detail=detail)
    return answer


def note(
    *, attendee: Attendee, way: str, by: Actor, at: datetime, happened_at: datetime | None = None
) -> Scan:
    """The secretary notes an entry or an exit without a door."""
    when = happened_at or at
    if when > at:
        raise Refused(_("This time lies in the future."), field="happened_at")
    with transaction.atomic():
        scan = Scan.objects.create(
            nonce=uuid.uuid4().hex, register_id=attendee.register_id, attendee=attendee, code=attendee.code,
            way=way, how=How.DESK, result=Result.ACCEPTED, at=when, received_at=at,
        )  # fmt: skip
        audit.record(subject=scan, verb="note scan", by=by, at=at, detail={"attendee": attendee.pk})
    return scan


def _check_door(door: Door, at: datetime) -> None:
    if door.revoked_at is not None:
        raise Refused(_("This door has been closed. Ask the secretary for another link."), code="revoked")
    if at >= door.expires_at + GRACE:
        raise Refused(_("This link has expired. Ask the secretary for another one."), code="expired")


def _check_end_of_door(door: Door, noted: list[Noted], answer: Received) -> None:
    """After its time a link still delivers what was noted before, nothing else."""
    answer.refused += [one.nonce for one in noted if one.at >= door.expires_at]
    noted[:] = [one for one in noted if one.at < door.expires_at]


def _read(raw: Any, answer: Received) -> Noted | None:
    try:
        return msgspec.convert(raw, Noted)
    except msgspec.ValidationError:
        nonce = raw.get("nonce") if isinstance(raw, dict) else None
        answer.refused += [nonce[:40]] if isinstance(nonce, str) else []
        return None


def _keep(register: Register, door: Door, noted: list[Noted], at: datetime, answer: Received) -> None:
    held = register.scans.filter(nonce__in=[one.nonce for one in noted]).values_list("nonce", "result")
    answer.results |= dict(held)
    fresh = {one.nonce: one for one in noted if one.nonce not in answer.results}
    if not fresh:
        return
    keys = {key.number: key for key in register.keys.all()}
    people = _People(register, door, at)
    rows = []
    for one in fresh.values():
        code, result = _judged(one, register, keys)
        attendee = None
        if result == Result.ACCEPTED:
            attendee, result = people.find(one, code)
        facts = {name: getattr(one, name) for name in ("nonce", "device", "way", "how", "reason", "at")}
        known = {"register": register, "door": door, "attendee": attendee, "code": code, "received_at": at}
        rows.append(Scan(result=result, **known, **facts))
        answer.results[one.nonce] = result
    Scan.objects.bulk_create(rows, batch_size=200)
    answer.new = len(rows)
    if people.added:
        Register.objects.filter(pk=register.pk).update(edition=F("edition") + 1)


def _judged(one: Noted, register: Register, keys: dict[int, Any]) -> tuple[str, str]:
    """(code, result) of a scan: from its own content and the register's keys alone."""
    if one.how != How.QR:
        return badge.clean_code(one.code), Result.ACCEPTED
    scanned = badge.read(one.payload)
    if scanned is None:
        return "", Result.FORGED
    mine = scanned.badge
    if mine.register != register.pk:
        return mine.code, Result.OTHER
    key = keys.get(mine.key)
    if key is None or not badge.is_genuine(scanned, key.public):
        return mine.code, Result.FORGED
    if mine.expires < one.at.timestamp():
        return mine.code, Result.EXPIRED
    if key.retired_at is not None and one.at >= key.retired_at:
        return mine.code, Result.VOID
    return mine.code, Result.ACCEPTED


class _People:
    """The attendees that a batch of scans speaks of; walk-ins are listed when they first appear."""

    def __init__(self, register: Register, door: Door, at: datetime) -> None:
        self.register, self.door, self.at = register, door, at
        self.added = 0
        everybody = list(register.attendees.select_related("unit"))
        self.by_code = {one.code: one for one in everybody}
        self.former = {code: (one, until) for one in everybody for code, until in one.former_codes.items()}
        self.by_source = {one.source_id: one for one in everybody if one.source_kind == WALK_IN}
        self.units = {one.unit.code: one.unit for one in everybody if one.unit}

    def find(self, one: Noted, code: str) -> tuple[Attendee | None, str]:
        """Who it was, and whether the scan counts."""
        if one.newcomer is not None:
            return self._newcomer(one.newcomer), Result.ACCEPTED
        if code in self.by_code:
            return self.by_code[code], Result.ACCEPTED
        if code in self.former:
            attendee, until = self.former[code]
            return attendee, Result.ACCEPTED if one.at < datetime.fromisoformat(until) else Result.VOID
        return None, Result.UNKNOWN

    def _newcomer(self, who: Newcomer) -> Attendee:
        known = self.by_source.get(who.id)
        if known is not None:
            return known
        code = badge.clean_code(who.instead_of)
        before = self.by_code.get(code) or (self.former[code][0] if code in self.former else None)
        unit = self.units.get(who.unit) or (before.unit if before else None)
        made = Attendee.objects.create(
            register=self.register, source_kind=WALK_IN, source_id=who.id, code=free_code(set(self.by_code)),
            name=nfc(who.name.strip()) or "?", title=nfc(who.title.strip()), walk_in=True, instead_of=before,
            unit=unit, unit_name=unit.name if unit else nfc(who.unit.strip()), level=unit.level if unit else None,
            position=before.position if before else LAST,
        )  # fmt: skip
        audit.record(subject=made, verb="list walk-in", by=self.door, at=self.at)
        self.by_code[made.code] = self.by_source[who.id] = made
        self.added += 1
        return made

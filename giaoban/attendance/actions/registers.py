"""Open a register, keep its list, its seats and its keys. Who may is decided by the thing it is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from giaoban.attendance import badge
from giaoban.attendance.models import Attendee, Register, Scan, SigningKey
from giaoban.core import audit, printed
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib.text import nfc
from giaoban.units.models import Unit

#: The source of people whom the secretary put on the list himself.
GUEST = "guest"


@dataclass(frozen=True)
class Person:
    """Somebody who belongs on the list. `instead_of`: the source of the person in whose place he comes."""

    source: tuple[str, int]
    name: str
    title: str = ""
    unit: Unit | None = None
    position: int = 0
    instead_of: tuple[str, int] | None = None
    is_excused: bool = False
    excuse: str = ""


@dataclass(frozen=True)
class Listed:
    """What bringing the list up to date did."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0


def open_register(
    *, about: models.Model, label: str, opens_at: datetime, closes_at: datetime, late_after: datetime,
    by: Actor, at: datetime, place: str = "",
) -> Register:  # fmt: skip
    """A register for a row of an upper app, with its first signing key. One row has one register."""
    _check_hours(opens_at, closes_at, late_after)
    kind = about._meta.label_lower
    with transaction.atomic():
        if Register.objects.filter(about_kind=kind, about_id=about.pk).exists():
            raise Refused(_("There is a check-in already. Reload the page."), code="state")
        register = Register.objects.create(
            about_kind=kind, about_id=about.pk, label=nfc(label)[:400], place=nfc(place)[:400],
            opens_at=opens_at, closes_at=closes_at, late_after=late_after,
        )  # fmt: skip
        audit.record(subject=register, verb="open register", by=by, at=at)
        _new_key(register, by, at)
    return register


def change_register(
    *, register: Register, opens_at: datetime, closes_at: datetime, late_after: datetime, by: Actor, at: datetime,
    label: str | None = None, place: str | None = None,
) -> Register:  # fmt: skip
    """Other hours, another name. Badges printed before keep the end they were printed with."""
    _check_hours(opens_at, closes_at, late_after)
    with transaction.atomic():
        row = locked(register)
        given = {"opens_at": opens_at, "closes_at": closes_at, "late_after": late_after}
        given |= {} if label is None else {"label": nfc(label)[:400]}
        given |= {} if place is None else {"place": nfc(place)[:400]}
        fields = _set(row, given)
        if fields:
            row.edition += 1
            row.save()
            audit.record(subject=row, verb="change register", by=by, at=at, detail={"fields": fields})
    return row


def keep_list(*, register: Register, people: Iterable[Person], by: Actor, at: datetime) -> Listed:
    """Bring the list to what the upper app says now. Who is not named any more is withdrawn, never deleted.

    Calling it again with the same people changes nothing. Walk-ins, guests and seats stay as they are.
    """
    with transaction.atomic():
        row = locked(register)
        if row.erased_at is not None:
            raise Refused(_("The names of this check-in have been erased; its list cannot change."))
        mine = row.attendees.filter(walk_in=False).exclude(source_kind=GUEST)
        known = {(a.source_kind, a.source_id): a for a in mine}
        wanted = {(kind, str(pk)): person for person in people for kind, pk in [person.source]}
        taken = codes_of(row)
        entries: list[audit.Entry] = []
        done = Listed(
            added=_add(row, {k: p for k, p in wanted.items() if k not in known}, known, taken, entries),
            changed=_change(wanted, known, entries),
            withdrawn=_withdraw([a for k, a in known.items() if k not in wanted], at, entries),
        )
        _link(wanted, known)
        if entries:
            Register.objects.filter(pk=row.pk).update(edition=F("edition") + 1)
            audit.record_many(entries, by=by, at=at)
    return done


def new_code(*, attendee: Attendee, by: Actor, at: datetime) -> Attendee:
    """Another code: a badge that was lost opens no door any more."""
    with transaction.atomic():
        register = locked(attendee.register)
        attendee.refresh_from_db()
        attendee.former_codes = {**attendee.former_codes, attendee.code: at.isoformat()}
        attendee.code = free_code(codes_of(register))
        attendee.save(update_fields=["code", "former_codes"])
        touch(register)
        audit.record(subject=attendee, verb="new code", by=by, at=at)
    return attendee


def renew_key(*, register: Register, by: Actor, at: datetime) -> SigningKey:
    """Retire the signing key: every badge printed before is void from now on."""
    with transaction.atomic():
        row = locked(register)
        row.keys.filter(retired_at=None).update(retired_at=at)
        key = _new_key(row, by, at)
        touch(row)
    return key


def erase_people(*, register: Register, by: Actor, at: datetime) -> int:
    """Erase names, titles and reasons when their term is over; the numbers stay. How many people it was."""
    with transaction.atomic():
        row = locked(register)
        erased = row.attendees.update(name="", title="", excuse="")
        row.doors.filter(revoked_at=None).update(revoked_at=at)
        row.erased_at = row.erased_at or at
        row.edition += 1
        row.save()
        audit.record(subject=row, verb="erase people", by=by, at=at, detail={"people": erased})
        transaction.on_commit(printed.forget)
    return erased


def set_aside(*, scan: Scan, reason: str, by: Actor, at: datetime) -> Scan:
    """A scan that is not to count, and why. It stays in the list of what happened."""
    if not reason.strip():
        raise Refused(_("Give a reason."), field="reason", code="reason")
    with transaction.atomic():
        row = Scan.objects.select_for_update().get(pk=scan.pk)
        if row.set_aside_at is None:
            row.set_aside_at = at
            row.save(update_fields=["set_aside_at"])
            audit.record(subject=row, verb="set scan aside", by=by, at=at, text=reason.strip())
    return row


def _check_hours(opens_at: datetime, closes_at: datetime, late_after: datetime) -> None:
    if closes_at <= opens_at:
        raise Refused(_("Check-in must close after it opens."), field="closes_at")
    if not opens_at <= late_after <= closes_at:
        raise Refused(
            _("The time after which somebody is late lies within the hours of check-in."), field="late_after"
        )


def locked(register: Register) -> Register:
    """The register, fresh and locked, inside a transaction."""
    return Register.objects.select_for_update().get(pk=register.pk)


def touch(register: Register) -> None:
    """The list has changed: doors fetch it again."""
    Register.objects.filter(pk=register.pk).update(edition=F("edition") + 1)


def _new_key(register: Register, by: Actor, at: datetime) -> SigningKey:
    public, sealed = badge.new_pair()
    key = SigningKey.objects.create(
        register=register, number=register.keys.count() + 1, public=public, sealed=sealed, made_at=at
    )
    audit.record(subject=register, verb="new signing key", by=by, at=at, detail={"number": key.number})
    return key


def codes_of(register: Register) -> set[str]:
    """Every code of the register that is or was somebody's."""
    held = register.attendees.values_list("code", "former_codes")
    return {code for now, former in held for code in (now, *former)}


def free_code(taken: set[str]) -> str:
    """A code that nobody has; it is taken from then on."""
    code = badge.new_code()
    while code in taken:
        code = badge.new_code()
    taken.add(code)
    return code


Known = dict[tuple[str, str], Attendee]


def _add(
    register: Register, wanted: dict[tuple[str, str], Person], known: Known, taken: set[str], entries: list[audit.Entry]
) -> int:  # fmt: skip
    new = [
        Attendee(
            register=register, source_kind=kind, source_id=source_id, code=free_code(taken), **_facts(person)
        )
        for (kind, source_id), person in wanted.items()
    ]
    Attendee.objects.bulk_create(new, batch_size=500)
    known.update({(a.source_kind, a.source_id): a for a in new})
    entries += [audit.Entry(audit.subject_of(a), "list attendee") for a in new]
    return len(new)


def _change(wanted: dict[tuple[str, str], Person], known: Known, entries: list[audit.Entry]) -> int:
    changed = 0
    for key, person in wanted.items():
        row = known[key]
        fields = _set(row, {**_facts(person), "withdrawn_at": None}, keep_excuse=True)
        if fields:
            row.save(update_fields=fields)
            entries.append(audit.Entry(audit.subject_of(row), "change attendee", {"fields": fields}))
            changed += 1
    return changed


def _withdraw(rows: list[Attendee], at: datetime, entries: list[audit.Entry]) -> int:
    gone = [row for row in rows if row.withdrawn_at is None]
    Attendee.objects.filter(pk__in=[row.pk for row in gone]).update(withdrawn_at=at)
    entries += [audit.Entry(audit.subject_of(row), "withdraw attendee") for row in gone]
    return len(gone)


def _link(wanted: dict[tuple[str, str], Person], known: Known) -> None:
    """Who comes in whose place."""
    for key, person in wanted.items():
        before = known.get((person.instead_of[0], str(person.instead_of[1]))) if person.instead_of else None
        row, asked = known[key], before.pk if before else None
        if row.instead_of_id != asked:
            Attendee.objects.filter(pk=row.pk).update(instead_of=asked)


def _facts(person: Person) -> dict[str, Any]:
    unit = person.unit
    return {
        "name": nfc(person.name.strip())[:200], "title": nfc(person.title.strip())[:240],
        "unit_id": unit.pk if unit else None, "unit_name": unit.name if unit else "",
        "level": unit.level if unit else None, "position": person.position,
        "is_excused": person.is_excused, "excuse": nfc(person.excuse.strip())[:300],
    }  # fmt: skip


def _set(row: models.Model, given: dict[str, Any], *, keep_excuse: bool = False) -> list[str]:
    """Put values on a row; the names of the fields that changed."""
    if keep_excuse and not given.get("is_excused"):
        given = {name: value for name, value in given.items() if name not in ("is_excused", "excuse")}
    fields = [name for name, value in given.items() if getattr(row, name) != value]
    for name in fields:
        setattr(row, name, given[name])
    return fields

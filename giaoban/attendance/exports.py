"""What is printed for the hall: badges, name plates, the list in protocol order, the seats by level."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from importlib.resources import files
from itertools import groupby, zip_longest
from typing import Any

import segno
from cryptography.fernet import InvalidToken
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from giaoban.attendance import badge
from giaoban.attendance.models import Attendee, Printing, Register
from giaoban.attendance.queries.heads import unit_of
from giaoban.attendance.queries.printing import ON_A_SHEET, printable
from giaoban.attendance.queries.registers import current_key
from giaoban.core import printed
from giaoban.core.language import reader_language
from giaoban.core.refused import Refused
from giaoban.lib.errors import LibError
from giaoban.lib.paper import pdf

#: A badge opens doors for so long (seconds) after check-in closes.
AFTER = 12 * 3600
#: So many people are printed while somebody waits; more by a job (jobs.print_out).
AT_ONCE = 60
STYLE, PAGES = "static/attendance/print.css", "templates/attendance/print"
MASK = 0


@dataclass(frozen=True)
class Printed:
    """One person as he is printed."""

    number: int
    name: str
    title: str
    unit: str
    seat: str
    code: str = ""
    qr: str = ""


def qr_text(register: Register, attendees: Iterable[Attendee]) -> dict[int, str]:
    """Attendee -> the text of his QR code."""
    key = current_key(register)
    try:
        private = badge.opened(key.sealed)
    except InvalidToken:
        raise Refused(
            _(
                "The key of the badges belongs to another installation. Make a new key; old badges are then void."
            )
        ) from None
    expires = int(register.closes_at.timestamp()) + AFTER
    return {
        one.pk: badge.payload(badge.Badge(register.pk, key.number, one.code, expires), private)
        for one in attendees
    }


def qr_picture(text: str, scale: int = 4) -> str:
    """A QR code as a data address, black on white, with its quiet zone.

    A signature looks like noise under any of the eight masks; trying them all takes four times as long.
    """
    return str(segno.make(text, error="m", micro=False, mask=MASK).png_data_uri(scale=scale, border=4))


def _badges(register: Register, attendees: list[Attendee]) -> dict[str, Any]:
    texts = qr_text(register, attendees)
    shown = [_printed(n, one, qr_picture(texts[one.pk], scale=1)) for n, one in enumerate(attendees, 1)]
    return {"sheets": _sheets(shown, ON_A_SHEET["badges"])}


def _plates(register: Register, attendees: list[Attendee]) -> dict[str, Any]:
    return {"sheets": _sheets([_printed(n, one) for n, one in enumerate(attendees, 1)], ON_A_SHEET["plates"])}


def _protocol(register: Register, attendees: list[Attendee]) -> dict[str, Any]:
    return {"people": [_printed(n, one) for n, one in enumerate(attendees, 1)]}


def _seats(register: Register, attendees: list[Attendee]) -> dict[str, Any]:
    ranked = sorted(attendees, key=lambda one: (one.level is None, one.level or 0, one.position, one.pk))
    groups = [
        (level, [_printed(n, one) for n, one in enumerate(people, 1)])
        for level, people in groupby(ranked, key=lambda one: one.level)
    ]
    return {"groups": groups}


#: Badges with QR codes, eight on a sheet of A4; plates to be folded, two on a sheet, readable from both sides;
#: the list in protocol order, with room to sign; who sits where, level by level, the highest first.
KINDS = {"badges": _badges, "plates": _plates, "protocol": _protocol, "seats": _seats}


def file_of(kind: str, register: Register, attendees: list[Attendee]) -> bytes:
    """These people printed, in the language that is active: made once, until something on it changes."""
    if not attendees:
        raise Refused(_("Nobody is on the list yet."))

    def make() -> bytes:
        told = {"register": register, "language": reader_language(), **KINDS[kind](register, attendees)}
        return pdf.sheets(render_to_string(f"attendance/print/{kind}.html", told), _text(STYLE))

    try:
        return printed.once(make, *_parts(kind, register, attendees))
    except LibError as error:
        raise Refused(_(error.template) % error.params) from None


def key_of(kind: str, register: Register, attendees: list[Attendee]) -> str:
    """The name under which the file of these people is kept, in the language that is active."""
    return printed.key(*_parts(kind, register, attendees))


def kept_file(row: Printing | None, attendees: list[Attendee]) -> bytes | None:
    """What a job has printed, if it is still kept and these people still stand on it as they are."""
    if row is None or not row.key or row.key != key_of(row.kind, row.register, attendees):
        return None
    return printed.find(row.key)


def is_current(row: Printing) -> bool:
    """Does the print say what the list says now?"""
    with translation.override(row.language):
        return row.key == key_of(row.kind, row.register, printable(row.register))


def _parts(kind: str, register: Register, attendees: list[Attendee]) -> Iterator[str]:
    """All that goes into a file. Every signing looks different, so a code stands for it, with the key and the end."""
    yield from (kind, reader_language(), _text(STYLE))
    yield from (_text(f"{PAGES}/{kind}.html"), _text(f"{PAGES}/head.html"))
    ends = [moment.isoformat() for moment in (register.opens_at, register.closes_at)]
    yield json.dumps([register.label, register.place, *ends, current_key(register).public])
    yield json.dumps([(one.level, *astuple(_printed(n, one))) for n, one in enumerate(attendees, 1)])


def _text(name: str) -> str:
    return files("giaoban.attendance").joinpath(name).read_text("utf-8")


def _printed(number: int, one: Attendee, qr: str = "") -> Printed:
    return Printed(number, one.name, one.title, unit_of(one), one.seat, badge.shown_code(one.code), qr)


def _sheets(shown: list[Printed], size: int) -> list[list[Printed]]:
    groups = zip_longest(*[iter(shown)] * size)
    return [[one for one in group if one is not None] for group in groups]

"""What is printed for the hall: badges, name plates, the list in protocol order, the seats by level."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby, zip_longest
from typing import Any

import segno
from cryptography.fernet import InvalidToken
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from giaoban.attendance import badge
from giaoban.attendance.models import Attendee, Register
from giaoban.attendance.queries.heads import unit_of
from giaoban.attendance.queries.registers import current_key
from giaoban.core import printed
from giaoban.core.refused import Refused
from giaoban.lib.errors import LibError
from giaoban.lib.paper import pdf

#: A badge opens doors for so long (seconds) after check-in closes.
AFTER = 12 * 3600
PER_SHEET, PLATES = 8, 2
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


def printable(register: Register, chosen: Iterable[int] = ()) -> list[Attendee]:
    """Who gets a badge and a plate, in protocol order: not who was replaced, taken off, or will not come.
    Those chosen by their ids get one in any case."""
    people = register.attendees.select_related("unit").order_by("position", "pk")
    if chosen:
        return list(people.filter(pk__in=chosen))
    return list(people.filter(withdrawn_at=None, replaced_by=None, is_excused=False))


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


def badges(register: Register, attendees: list[Attendee]) -> bytes:
    """Badges with their QR codes, eight on a sheet of A4."""

    def signed() -> dict[str, Any]:
        texts = qr_text(register, attendees)
        shown = [_printed(n, one, qr_picture(texts[one.pk], scale=1)) for n, one in enumerate(attendees, 1)]
        return {"sheets": _sheets(shown, PER_SHEET)}

    # every signing looks different: a file is known by the people, their codes, the key and the end
    shown = _sheets([_printed(n, one) for n, one in enumerate(attendees, 1)], PER_SHEET)
    stamp = f"{current_key(register).public} {register.closes_at.timestamp()}"
    return _pdf("badges", register, {"sheets": shown}, stamp=stamp, drawn=signed)


def plates(register: Register, attendees: list[Attendee]) -> bytes:
    """Name plates to be folded, two on a sheet of A4, readable from both sides."""
    shown = [_printed(n, one) for n, one in enumerate(attendees, 1)]
    return _pdf("plates", register, {"sheets": _sheets(shown, PLATES)})


def protocol_list(register: Register, attendees: list[Attendee]) -> bytes:
    """The list of delegates in protocol order, with room to sign."""
    return _pdf("protocol", register, {"people": [_printed(n, one) for n, one in enumerate(attendees, 1)]})


def seat_list(register: Register, attendees: list[Attendee]) -> bytes:
    """Who sits where, level by level, the highest first."""
    ranked = sorted(attendees, key=lambda one: (one.level is None, one.level or 0, one.position, one.pk))
    groups = [
        (level, [_printed(n, one) for n, one in enumerate(people, 1)])
        for level, people in groupby(ranked, key=lambda one: one.level)
    ]
    return _pdf("seats", register, {"groups": groups})


KINDS = {"badges": badges, "plates": plates, "protocol": protocol_list, "seats": seat_list}


def _printed(number: int, one: Attendee, qr: str = "") -> Printed:
    return Printed(number, one.name, one.title, unit_of(one), one.seat, badge.shown_code(one.code), qr)


def _sheets(shown: list[Printed], size: int) -> list[list[Printed]]:
    groups = zip_longest(*[iter(shown)] * size)
    return [[one for one in group if one is not None] for group in groups]


def _pdf(
    kind: str, register: Register, context: dict[str, Any], *, stamp: str = "",
    drawn: Callable[[], dict[str, Any]] | None = None,
) -> bytes:  # fmt: skip
    """The sheets of a kind. `drawn` gives what is printed where that differs each time; `stamp` then says of what."""
    if not context.get("sheets") and not context.get("people") and not context.get("groups"):
        raise Refused(_("Nobody is on the list yet."))
    page = _page(kind, register, context)
    style = files("giaoban.attendance").joinpath("static/attendance/print.css").read_text("utf-8")

    def make() -> bytes:
        return pdf.sheets(_page(kind, register, drawn()) if drawn else page, style)

    try:
        return printed.once(make, page, style, stamp)
    except LibError as error:
        raise Refused(_(error.template) % error.params) from None


def _page(kind: str, register: Register, context: dict[str, Any]) -> str:
    language = (get_language() or "vi").split("-")[0]
    return render_to_string(
        f"attendance/print/{kind}.html", {"register": register, "language": language, **context}
    )

"""Prints of many people: asked for, begun, told of, made or not. The file itself is kept by core.printed."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.attendance.actions.registers import locked
from giaoban.attendance.models import Printing, Register, asked
from giaoban.attendance.queries.printing import ON_A_SHEET
from giaoban.core import audit, printed
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused


def ask_for_print(
    *, register: Register, kind: str, language: str, people: int, by: Actor, at: datetime
) -> Printing:
    """Have these people printed by a job. Who asks while one is under way gets that one."""
    if not people:
        raise Refused(_("Nobody is on the list yet."))
    with transaction.atomic():
        locked(register)
        new = {"asked_at": at, "told_at": at}
        row, _made = register.printings.get_or_create(kind=kind, language=language, defaults=new)
        if row.run and row.is_under_way(at):
            return row
        forget_file(row)
        row.run += 1
        row.people, row.sheets, row.done = people, ceil(people / ON_A_SHEET[kind]), 0
        row.asked_by, row.asked_at, row.told_at = by.actor_id, at, at
        row.begun_at, row.made_at, row.failure = None, None, ""
        row.save()
        detail = {"kind": kind, "language": language, "people": people}
        audit.record(subject=row, verb="ask for print", by=by, at=at, detail=detail)
        asked.send(sender=Printing, row=row)
    return row


def begin(*, printing: int, run: int, at: datetime) -> Printing | None:
    """The print, if this run of it is still wanted and not made yet."""
    wanted = Printing.objects.filter(pk=printing, run=run, made_at=None, failure="")
    if not wanted.update(begun_at=at, told_at=at, done=0):
        return None
    return wanted.select_related("register").first()


def tell_page(*, printing: Printing, page: int, at: datetime) -> None:
    """So many sheets are laid out; there may be more than were expected."""
    sheets = max(page, printing.sheets)
    Printing.objects.filter(pk=printing.pk, run=printing.run).update(done=page, sheets=sheets, told_at=at)


def finish(*, printing: Printing, key: str, sheets: int, by: Actor, at: datetime) -> bool:
    """The file is made and kept under this name; False where meanwhile somebody asked anew."""
    return _close(
        printing, "print", {"made_at": at, "key": key, "sheets": sheets, "done": sheets}, by=by, at=at
    )


def fail(*, printing: Printing, sentence: str, by: Actor, at: datetime) -> bool:
    """It could not be made; the sentence says why, in the language of the print."""
    return _close(printing, "fail to print", {"failure": sentence[:400]}, by=by, at=at)


def _close(row: Printing, verb: str, fields: dict[str, object], *, by: Actor, at: datetime) -> bool:
    with transaction.atomic():
        if not Printing.objects.filter(pk=row.pk, run=row.run).update(told_at=at, **fields):
            return False
        audit.record(subject=row, verb=verb, by=by, at=at, detail={"sheets": row.sheets})
    return True


def forget_file(row: Printing) -> None:
    """Its file is kept no longer."""
    if row.key:
        printed.drop(row.key)
        Printing.objects.filter(pk=row.pk, key=row.key).update(key="")
        row.key = ""

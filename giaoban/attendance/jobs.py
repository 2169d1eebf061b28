"""Slow work: prints of many people, and their end."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from giaoban.attendance import exports
from giaoban.attendance.actions import printing as actions
from giaoban.attendance.models import Printing
from giaoban.attendance.queries.printing import printable
from giaoban.core.actors import System
from giaoban.core.jobs import every
from giaoban.core.refused import Refused
from giaoban.lib.paper import pdf

BY = System("printing")
#: Progress is written down at most so often (seconds).
OFTEN = 0.5


@task()
def print_out(printing: int, run: int) -> int:
    """Make the file of a print and keep it; how many people are on it. Safe to repeat."""
    row = actions.begin(printing=printing, run=run, at=timezone.now())
    if row is None:
        return 0
    with translation.override(row.language):
        try:
            return _print(row)
        except Refused as refusal:
            actions.fail(printing=row, sentence=str(refusal), by=BY, at=timezone.now())
        except Exception:
            sentence = _("The file could not be made. Try again; if it fails again, tell the operator.")
            actions.fail(printing=row, sentence=sentence, by=BY, at=timezone.now())
            raise
    return 0


def _print(row: Printing) -> int:
    people = printable(row.register)
    note = Noted(row)
    with pdf.pages_told(note):
        exports.file_of(row.kind, row.register, people)
    row.key = exports.key_of(row.kind, row.register, people)
    sheets = note.page or row.sheets
    if not actions.finish(printing=row, key=row.key, sheets=sheets, by=BY, at=timezone.now()):
        actions.forget_file(row)
    return len(people)


class Noted:
    """Hears each page and notes it, not more often than anybody looks."""

    def __init__(self, row: Printing, clock: Callable[[], float] = time.monotonic) -> None:
        self.row, self.clock = row, clock
        self.page, self.last = 0, clock()

    def __call__(self, page: int) -> None:
        self.page = max(page, self.page)
        if self.clock() - self.last >= OFTEN:
            self.last = self.clock()
            actions.tell_page(printing=self.row, page=self.page, at=timezone.now())


@every(hours=1)
def forget_prints(at: datetime) -> None:
    """Files on which something is no longer true. Others go after a day, as all that is printed (core.jobs)."""
    for row in Printing.objects.exclude(key="").select_related("register"):
        if not exports.is_current(row):
            actions.forget_file(row)

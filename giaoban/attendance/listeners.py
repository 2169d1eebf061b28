"""A print that was asked for is made once the transaction is through."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from giaoban.attendance.jobs import print_out
from giaoban.attendance.models import Printing, asked


@receiver(asked, sender=Printing, dispatch_uid="attendance")
def print_wanted(row: Printing, **_: Any) -> None:
    transaction.on_commit(partial(print_out.enqueue, row.pk, row.run))

"""Mails that wait are sent once their transaction is committed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from giaoban.core.lifecycle import Move, moved
from giaoban.notices.jobs import begin_sending
from giaoban.notices.models import Mail, queued


@receiver(queued, sender=Mail, dispatch_uid="notices")
def mails_wait(**_: Any) -> None:
    transaction.on_commit(begin_sending)


@receiver(moved, sender=Mail, dispatch_uid="notices-again")
def mail_waits_again(move: Move, **_: Any) -> None:
    if move.name == "send again":
        transaction.on_commit(begin_sending)

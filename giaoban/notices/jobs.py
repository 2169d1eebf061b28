"""Slow work: sending, trying again, forgetting."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from giaoban.core.jobs import every
from giaoban.notices.actions import erase_old, send_waiting
from giaoban.notices.queries import is_due


@task()
def deliver() -> int:
    """Send what waits; how many mails were handed over. Safe to repeat."""
    sent = send_waiting(at=timezone.now(), clock=timezone.now)
    if is_due(timezone.now()):
        begin_sending()  # more than one run sends: other work comes in between
    return sent


def begin_sending() -> None:
    """Have a worker send, unless one is about to."""
    waiting = DBTaskResult.objects.filter(task_path=deliver.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        deliver.enqueue()


@every(minutes=5)
def send_what_waits(at: datetime) -> None:
    """What was put off is tried again; what a dead worker left is taken up."""
    send_waiting(at=at, clock=timezone.now)


@every(hours=24)
def erase_personal_data(at: datetime) -> None:
    """Mails older than the term lose their addresses and texts."""
    erase_old(at=at)

"""Work that comes round: a table of jobs. Each run enqueues the next; a heartbeat repairs what was lost.

    @every(minutes=10)
    def seal_trail(at: datetime) -> None: ...

Register in the `jobs.py` of an app; programmes imports them all.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from giaoban.core import audit, printed
from giaoban.core.models import Round

logger = logging.getLogger("giaoban.jobs")

Work = Callable[[datetime], None]

#: How often a job may be begun by workers that then die, before it counts as failed.
MOST_STARTS = 5
GRACE = timedelta(minutes=5)


@dataclass(frozen=True)
class Job:
    name: str
    work: Work
    every: timedelta


_jobs: dict[str, Job] = {}


def every(*, minutes: int = 0, hours: int = 0) -> Callable[[Work], Work]:
    """Register work that comes round. It gets the instant, and must be safe to repeat."""

    def register(work: Work) -> Work:
        name = f"{work.__module__.removeprefix('giaoban.')}.{work.__name__}"
        _jobs[name] = Job(name, work, timedelta(minutes=minutes, hours=hours))
        return work

    return register


@task()
def run_round(name: str) -> None:
    """One run of a job; the next is enqueued whatever happens."""
    job = _jobs.get(name)
    if job is None:
        return
    at = timezone.now()
    Round.objects.filter(name=name).update(started_at=at)
    failure = ""
    try:
        job.work(at)
    except Exception as error:
        logger.exception("%s failed", name)
        failure = f"{type(error).__name__}: {error}"
    finally:
        done = timezone.now()
        Round.objects.filter(name=name).update(finished_at=done, failure=failure, due_at=done + job.every)
        _enqueue(name, done + job.every)


def _enqueue(name: str, at: datetime) -> None:
    transaction.on_commit(partial(run_round.using(run_after=at).enqueue, name))


def heartbeat(*, at: datetime) -> list[str]:
    """Enqueue every job that should be waiting or running and is not; returns their names."""
    repaired = []
    for name in _jobs:
        with transaction.atomic():
            _round, made = Round.objects.select_for_update().get_or_create(name=name, defaults={"due_at": at})
            if made or not _waits(name):
                Round.objects.filter(name=name).update(due_at=at)
                _enqueue(name, at)
                repaired.append(name)
    return repaired


def _waits(name: str) -> bool:
    held = DBTaskResult.objects.filter(task_path=run_round.module_path, args_kwargs__args__0=name)
    return held.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)).exists()


def release(workers: Iterable[str], *, at: datetime) -> int:
    """Jobs begun by workers, now dead, whose ids start with one of these are waiting again; how many there were."""
    prefixes = tuple(workers)
    released = 0
    with transaction.atomic():
        for row in DBTaskResult.objects.select_for_update().filter(status=TaskResultStatus.RUNNING):
            if row.worker_ids and row.worker_ids[-1].startswith(prefixes):
                dead = len(row.worker_ids) >= MOST_STARTS
                row.status = TaskResultStatus.FAILED if dead else TaskResultStatus.READY
                row.finished_at = at if dead else None
                row.save(update_fields=["status", "finished_at"])
                released += 1
    return released


def late(*, at: datetime) -> list[Round]:
    """Jobs whose time has passed by more than one round and some grace, or that failed."""
    rows = []
    for row in Round.objects.filter(name__in=_jobs):
        if row.failure or row.due_at + _jobs[row.name].every + GRACE < at:
            rows.append(row)
    return rows


@every(minutes=10)
def seal_trail(at: datetime) -> None:
    """Close the audit rows written since into the global chain."""
    audit.seal(at=at)


@every(hours=24)
def forget_results(at: datetime) -> None:
    """Results of jobs are kept for a week."""
    old = at - timedelta(days=7)
    finished = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    DBTaskResult.objects.filter(status__in=finished, finished_at__lt=old).delete()


@every(hours=24)
def forget_printed(at: datetime) -> None:
    """Files made on request, with names in them, are not kept longer than a day."""
    printed.forget()

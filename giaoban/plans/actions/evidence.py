"""Files that prove a task's result."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.documents.actions import store
from giaoban.plans.models import Evidence, Task, TaskState
from giaoban.plans.policy import TASKS

ENDED = (TaskState.CLOSED, TaskState.CARRIED, TaskState.CANCELLED)


def attach(*, task: Task, file: UploadedFile, caption: str = "", by: Actor, at: datetime) -> Evidence:
    """Keep a file with the task."""
    with transaction.atomic():
        locked = _open(task, by)
        document = store(file=file, by=by, at=at, caption=caption)
        evidence = Evidence.objects.create(task=locked, document=document)
        detail = {"evidence": evidence.pk, "sha256": document.sha256}
        audit.record(subject=locked, verb="attach", by=by, at=at, detail=detail)
    return evidence


def detach(*, evidence: Evidence, by: Actor, at: datetime) -> None:
    """Take a file off a task that is not closed. The file itself stays in the trail."""
    with transaction.atomic():
        locked = _open(evidence.task, by)
        Evidence.objects.filter(pk=evidence.pk).update(removed_at=at)
        audit.record(subject=locked, verb="detach", by=by, at=at, detail={"evidence": evidence.pk})


def _open(task: Task, by: Actor) -> Task:
    locked = Task.objects.select_for_update().get(pk=task.pk)
    if not TASKS.may(by, "contribute", locked):
        raise Refused(_("You may not attach files to this task."), code="right")
    if locked.state in ENDED:
        raise Refused(_("Files of a task that is closed stay as they are."), code="state")
    return locked

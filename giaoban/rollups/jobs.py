"""Slow work: files of figures are made anew after they changed."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from giaoban.core.jobs import every
from giaoban.rollups.actions import compact, keep_up, mend
from giaoban.rollups.models import Bucket


@task()
def compact_bucket(bucket: int) -> int:
    """Make the files of one bucket; how many reports are in them. Safe to repeat."""
    Bucket.objects.filter(pk=bucket).update(queued=False)
    made = compact(bucket=bucket, at=timezone.now())
    return made.reports if made else 0


@every(minutes=10)
def keep_files(at: datetime) -> None:
    """Files that are lost, outdated or whose own job was lost are made anew; old ones go."""
    keep_up(at=at)


@every(hours=24)
def look_at_files(at: datetime) -> None:
    """Every file is read through; damaged ones are made anew."""
    mend(at=at)

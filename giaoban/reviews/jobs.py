"""Slow work after an issue: write the files once and keep them."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from giaoban.core.actors import System
from giaoban.core.refused import Refused
from giaoban.reviews.actions.keeping import keep_files
from giaoban.reviews.exports import FORMATS, content, filename, written_paper
from giaoban.reviews.models import Review


@task()
def keep_issued(review: int) -> int:
    """Write and keep the files of an issued review; how many were new. Safe to repeat."""
    row = Review.objects.select_related("agreement__lead").get(pk=review)
    paper = written_paper(row)
    files = {}
    for name, form in FORMATS.items():
        try:
            files[name] = (content(paper, name), filename(row, name), form.content_type)
        except Refused:  # PDF without Pango: written on another machine, or later
            continue
    return len(keep_files(review=row, files=files, by=System("jobs"), at=timezone.now()))

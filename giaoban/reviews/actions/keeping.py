"""Keep the files of an issued review, byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.documents.actions import keep
from giaoban.reviews.models import IssuedFile, Review, State


def keep_files(
    *, review: Review, files: Mapping[str, tuple[bytes, str, str]], by: Actor, at: datetime
) -> list[IssuedFile]:
    """Store files (format -> content, name, content type) that are not kept yet. Safe to repeat."""
    with transaction.atomic():
        row = Review.objects.select_for_update().get(pk=review.pk)
        if row.state != State.ISSUED:
            return []
        there = set(row.files.values_list("format", flat=True))
        kept = [
            IssuedFile.objects.create(
                review=row, format=name, document=keep(content=content, name=called, content_type=kind, by=by, at=at)
            )
            for name, (content, called, kind) in files.items()
            if name not in there
        ]  # fmt: skip
        if kept:
            detail = {"files": {f.format: f.document.sha256 for f in kept}}
            audit.record(subject=row, verb="keep files", by=by, at=at, detail=detail)
    return kept

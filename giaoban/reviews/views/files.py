"""Downloads: of a draft as it is now, of an issued review as it was issued."""

from __future__ import annotations

from typing import IO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase

from giaoban.reviews import queries
from giaoban.reviews.exports import FORMATS, filename, one, short
from giaoban.reviews.models import State


@login_required
def download(request: HttpRequest, agreement: str, pk: int, format: str) -> HttpResponseBase:
    """One file; with ?short, of the short public version.

    What was recalled or replaced is written anew, with its mark; the frozen files stay kept.
    """
    row = queries.review_for(request.by, agreement, pk)
    if format not in FORMATS:
        raise Http404
    if "short" in request.GET:
        return _attached(short(row, format), f"short-{filename(row, format)}", format)
    kept = row.files.filter(format=format).select_related("document").first()
    if kept is not None and row.state == State.ISSUED:
        content = kept.document.file.open("rb")
    else:
        content = one(row, format)
    return _attached(content, filename(row, format), format)


def _attached(content: IO[bytes], name: str, format: str) -> FileResponse:
    return FileResponse(content, as_attachment=True, filename=name, content_type=FORMATS[format].content_type)

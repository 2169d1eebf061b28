"""Minutes and notices as files: as they stand, or as they were signed."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from giaoban.lib.paper import Paper
from giaoban.meetings.actions.filing import TYPES, file_name, written
from giaoban.meetings.models import ConclusionNotice, Meeting, Minutes, SignedFile
from giaoban.meetings.queries.composing import minutes_paper, notice_paper


@dataclass(frozen=True)
class Format:
    """One kind of file: its type, and what it is called."""

    content_type: str
    label: Any


FORMATS: dict[str, Format] = {
    "docx": Format(TYPES["docx"], _("Word (.docx)")),
    "pdf": Format(TYPES["pdf"], _("PDF")),
}


@dataclass(frozen=True)
class File:
    """A file to be sent."""

    content: IO[bytes]
    name: str
    content_type: str


def minutes_file(minutes: Minutes, format: str) -> File:
    """The minutes in one format: the signed file, else as they stand now."""
    return _file(minutes.meeting, "minutes", format, lambda: minutes_paper(minutes))


def notice_file(notice: ConclusionNotice, format: str) -> File:
    """The notice of conclusions in one format: the issued file, else as it stands now."""
    return _file(notice.meeting, "notice", format, lambda: notice_paper(notice))


def _file(meeting: Meeting, kind: str, format: str, paper: Callable[[], Paper]) -> File:
    kept = (
        SignedFile.objects.filter(meeting=meeting, kind=kind, format=format)
        .select_related("document")
        .first()
    )
    content = kept.document.file.open("rb") if kept else io.BytesIO(written(paper(), format))
    return File(content, file_name(meeting, kind, format), FORMATS[format].content_type)


def served(file: File) -> FileResponse:
    """The answer that sends a file, never shown inside the site."""
    return FileResponse(file.content, as_attachment=True, filename=file.name, content_type=file.content_type)

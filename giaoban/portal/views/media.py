"""Pictures and files, for whoever may read a page that shows them. Originals, with what cameras write into them, are
not served."""

from __future__ import annotations

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from giaoban.core.audit import subject_of
from giaoban.meetings.queries import telling
from giaoban.portal.models import (
    MeetingPage,
    NoteKind,
    PortalFile,
    PortalImage,
    PortalPage,
    PortalRendition,
    shown,
)
from giaoban.portal.queries import browsing
from giaoban.portal.queries.files import standing
from giaoban.portal.rights import has_part
from giaoban.portal.stored.told import is_told
from giaoban.portal.views.doors import may_enter

IMAGES = ("image/jpeg", "image/png", "image/webp", "image/avif", "image/gif")


@require_safe
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """A rendition by its name, as long as a page shows it; the name changes with the picture, so a public one may be
    kept for ever."""
    stored = f"portal/{name}"
    if "\x00" in name:
        raise Http404
    at = request.at  # type: ignore[attr-defined]
    is_public = is_told(name, lambda: browsing.anybody_reads(_pages_with(stored) or set(), at=at), at=at)
    pages = None if is_public else _pages_with(stored)
    if not is_public and (pages is None or not _may_read(pages, request)):
        raise Http404
    kind = mimetypes.guess_type(name)[0] or ""
    if kind not in IMAGES:
        raise Http404
    try:
        file = default_storage.open(stored)
    except (FileNotFoundError, ValueError):
        raise Http404 from None
    headers = {"Cache-Control": "public, max-age=31536000, immutable" if is_public else "private, no-store"}
    return FileResponse(file, content_type=kind, headers=headers)


@require_safe
def file(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """A file for whoever may read a page it stands on, or writes; always as a download, never as a page of ours."""
    found = PortalFile.objects.filter(pk=pk).first()
    pages = {page for _file, page in standing(PortalFile, pk)}
    is_public = browsing.anybody_reads(pages, at=request.at)  # type: ignore[attr-defined]
    if found is None or not (is_public or _may_read(pages, request)):
        raise Http404
    try:
        opened = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    kind = mimetypes.guess_type(found.filename)[0] or "application/octet-stream"
    return FileResponse(opened, content_type=kind, as_attachment=True, filename=found.filename)


@require_safe
def paper(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """A paper of a meeting that everybody may read, as long as the page of its meeting is open."""
    at = request.at  # type: ignore[attr-defined]
    found = telling.open_paper(pk, at=at)
    if found is None:
        raise Http404
    shown = MeetingPage.objects.filter(origin=subject_of(found.paper.meeting), is_cancelled=False)
    if not browsing.open_pages(at=at).filter(pk__in=shown.values("pk")).exists():
        raise Http404
    try:
        opened = found.document.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(opened, as_attachment=True, filename=found.document.name)


def _pages_with(stored: str) -> set[int] | None:
    """The pages on which the picture of a rendition stands; None if there is no such rendition."""
    image = PortalRendition.objects.filter(file=stored).values_list("image", flat=True).first()
    return {page for _image, page in standing(PortalImage, image)} if image else None


def _may_read(pages: set[int], request: HttpRequest) -> bool:
    """What stands on none but these pages: may this person, who writes, or has passed the door of one?"""
    rows = PortalPage.objects.filter(shown(request.at), pk__in=pages)  # type: ignore[attr-defined]
    private = rows.exclude(note_kind=NoteKind.WITHDRAWAL)
    return has_part(request.user, "write") or any(
        may_enter(page.address("vi")[4:], request) for page in browsing.light(private)
    )

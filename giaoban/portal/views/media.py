"""Pictures as the public sees them. Originals, with what cameras write into them, are not served."""

from __future__ import annotations

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from giaoban.core.audit import subject_of
from giaoban.meetings.queries import telling
from giaoban.portal.models import MeetingPage, PortalFile, PortalPage, PortalRendition, shown
from giaoban.portal.queries import browsing
from giaoban.portal.queries.files import standing
from giaoban.portal.rights import has_part
from giaoban.portal.views.doors import may_enter

IMAGES = ("image/jpeg", "image/png", "image/webp", "image/avif", "image/gif")


@require_safe
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """A rendition by its name; the name changes with the picture, so it may be kept for ever."""
    stored = f"portal/{name}"
    if "\x00" in name or not PortalRendition.objects.filter(file=stored).exists():
        raise Http404
    kind = mimetypes.guess_type(name)[0] or ""
    if kind not in IMAGES:
        raise Http404
    try:
        file = default_storage.open(stored)
    except (FileNotFoundError, ValueError):
        raise Http404 from None
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return FileResponse(file, content_type=kind, headers=headers)


@require_safe
def file(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """A file for whoever may read a page it stands on, or writes; always as a download, never as a page of ours."""
    found = PortalFile.objects.filter(pk=pk).first()
    if found is None or not _may_read(found, request):
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


def _may_read(file: PortalFile, request: HttpRequest) -> bool:
    pages = {page for _file, page in standing(file)}
    if browsing.open_pages(at=request.at).filter(pk__in=pages).exists():  # type: ignore[attr-defined]
        return True
    private = PortalPage.objects.filter(shown(request.at), pk__in=pages)  # type: ignore[attr-defined]
    return has_part(request.user, "write") or any(
        may_enter(page.address("vi")[4:], request) for page in browsing.light(private)
    )

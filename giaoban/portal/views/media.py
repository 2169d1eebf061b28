"""Pictures as the public sees them. Originals, with what cameras write into them, are not served."""

from __future__ import annotations

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from giaoban.portal.models import PageFile, PortalFile, PortalRendition, public

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
    """A file that a page anybody may read links to; always as a download, never as a page of ours."""
    shown = PageFile.objects.filter(public(request.at, "page__"), file=pk)  # type: ignore[attr-defined]
    found = PortalFile.objects.filter(pk=pk).first()
    if found is None or not shown.exists():
        raise Http404
    try:
        opened = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    kind = mimetypes.guess_type(found.filename)[0] or "application/octet-stream"
    return FileResponse(opened, content_type=kind, as_attachment=True, filename=found.filename)

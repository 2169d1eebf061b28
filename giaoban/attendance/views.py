"""The door: a page that works without a line. Whoever holds its link may check people in, and nothing else."""

from __future__ import annotations

import hashlib
import json
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from giaoban.attendance.actions import scans as taking
from giaoban.attendance.models import Door
from giaoban.attendance.queries import doors, registers
from giaoban.attendance.words import words

#: What the page needs when there is no line.
ASSETS = (
    "vendor/tabler.min.css", "core/workspace.css", "core/emblem.svg", "attendance/door.css", "attendance/door.js",
    "attendance/door/badge.js", "attendance/door/camera.js", "attendance/door/panel.js", "attendance/door/store.js",
    "attendance/door/sync.js", "attendance/door/lists.js", "vendor/qr/decode.js", "vendor/qr/index.js",
)  # fmt: skip
MOST_BYTES = 1_000_000


def with_door(view: Any) -> Any:
    """Hands the view the door of the address; "not found" where nobody here made it."""

    @wraps(view)
    def inner(request: HttpRequest, token: str) -> HttpResponse:
        found = registers.door_for(token)
        if found is None:
            raise Http404(token)
        return view(request, found, token)  # type: ignore[no-any-return]

    return inner


@require_GET
@with_door
@cache_control(private=True, no_cache=True)
def door(request: HttpRequest, row: Door, token: str) -> HttpResponse:
    """The page itself."""
    if not registers.is_open(row, request.at):  # type: ignore[attr-defined]
        return render(request, "attendance/door_closed.html", {"door": row}, status=410)
    data = {
        "door": row.pk,
        "list": reverse("attendance:list", args=[token]),
        "scans": reverse("attendance:scans", args=[token]),
        "worker": reverse("attendance:worker"),
        "decoder": static("vendor/qr/decode.js"),
        "words": {name: str(text) for name, text in words().items()},
    }
    return render(request, "attendance/door.html", {"door": row, "register": row.register, "data": data})


@require_GET
@with_door
@cache_control(private=True, no_store=True)
def people(request: HttpRequest, row: Door, token: str) -> HttpResponse:
    """The list for the device."""
    if not registers.is_open(row, request.at):  # type: ignore[attr-defined]
        return JsonResponse({"code": "closed"}, status=410)
    return JsonResponse(doors.list_for(row))


@csrf_exempt
@require_POST
@with_door
@cache_control(private=True, no_store=True)
def scans(request: HttpRequest, row: Door, token: str) -> HttpResponse:
    """Take what the device noted; tell it what it may not know yet. The link is the right, so no cookie counts."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise Http404(token)
    sent = _sent(request)
    if sent is None:
        return JsonResponse({"code": "unreadable"}, status=400)
    if row.revoked_at is not None:
        return JsonResponse({"code": "closed"}, status=410)
    at = request.at  # type: ignore[attr-defined]
    received = taking.receive(door=row, scans=sent, at=at)
    answer = {"results": received.results, "refused": received.refused}
    if registers.is_open(row, at):
        answer |= doors.state_for(row, at)
    return JsonResponse(answer | {"open": registers.is_open(row, at)})


def _sent(request: HttpRequest) -> list[Any] | None:
    """The scans of the request; None if it is not what a door sends."""
    if request.content_type != "application/json" or len(request.body) > MOST_BYTES:
        return None
    try:
        noted = json.loads(request.body)["scans"]
    except (ValueError, KeyError, TypeError):
        return None
    return noted if isinstance(noted, list) else None


@require_GET
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The script that answers in the place of the server; its version follows from the files it keeps."""
    version, script = _worker()
    head = {"version": version, "assets": [static(name) for name in ASSETS]}
    return HttpResponse(
        f"const KEPT = {json.dumps(head)};\n{script}", content_type="text/javascript; charset=utf-8"
    )


@cache
def _worker() -> tuple[str, str]:
    digest = hashlib.sha256()
    for name in ASSETS:
        found = finders.find(name)
        digest.update(Path(found).read_bytes() if isinstance(found, str) else b"")
    script = Path(str(finders.find("attendance/worker.js"))).read_text("utf-8")
    return digest.hexdigest()[:16], script

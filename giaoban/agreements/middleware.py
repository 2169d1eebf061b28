"""request.by: the person asking, at the instant of the request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from giaoban.agreements.standing import Standing


class StandingMiddleware:
    """Sets request.at (the one clock of the request) and request.by (a Standing)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]
        request.by = SimpleLazyObject(lambda: Standing(request.user, request.at))  # type: ignore
        return self.get_response(request)

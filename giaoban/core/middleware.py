"""The one place that turns a refusal nobody caught into an answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from giaoban.core.refused import Refused


class RefusedMiddleware:
    """JSON for machines; for people a message on the page they came from, or a page of its own."""

    def __init__(self, get_response):  # type: ignore[no-untyped-def]
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        if request.headers.get("accept", "").startswith("application/json"):
            return JsonResponse({"error": str(exception), **exception.details}, status=409)
        back = request.headers.get("referer", "")
        safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        if request.method == "POST" and safe and not request.headers.get("hx-request"):
            messages.error(request, str(exception))
            return HttpResponseRedirect(back)
        return render(request, "core/refused.html", {"sentence": str(exception)}, status=409)

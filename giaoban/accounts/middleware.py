"""Language and text size of the reader: from the account, else from a cookie, else Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from giaoban.accounts.models import TextSize
from giaoban.accounts.reading import TEXT_SIZE_COOKIE


class PreferencesMiddleware:
    """Activates the language of the page and sets request.text_size."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        public = re.fullmatch(settings.PUBLIC_ADDRESSES, request.path_info)
        if public:
            return self._in_public(request, public["language"] or settings.LANGUAGE_CODE)
        language, request.text_size = _preferences(request)  # type: ignore[attr-defined]
        translation.activate(language)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response

    def _in_public(self, request: HttpRequest, language: str) -> HttpResponse:
        """The address says the language; nobody's account or cookie is looked at."""
        translation.activate(language)
        request.LANGUAGE_CODE, request.text_size = language, TextSize.NORMAL  # type: ignore[attr-defined]
        return self.get_response(request)


def _preferences(request: HttpRequest) -> tuple[str, str]:
    user = request.user
    if user.is_authenticated:
        return user.language, user.text_size
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    size = request.COOKIES.get(TEXT_SIZE_COOKIE, "")
    return (
        language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        size if size in TextSize.values else TextSize.NORMAL,
    )

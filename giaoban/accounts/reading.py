"""How a person reads: language and text size, kept on the account and in cookies."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from giaoban.accounts.models import TextSize

TEXT_SIZE_COOKIE = "giaoban_text_size"


def known(language: str = "", text_size: str = "") -> dict[str, str]:
    """The valid ones among the values given."""
    chosen = {}
    if language in dict(settings.LANGUAGES):
        chosen["language"] = language
    if text_size in TextSize.values:
        chosen["text_size"] = text_size
    return chosen


def remember(response: HttpResponse, chosen: dict[str, str]) -> None:
    """Keep them in cookies, so that the sign-in page is readable too."""
    names = {"language": settings.LANGUAGE_COOKIE_NAME, "text_size": TEXT_SIZE_COOKIE}
    for what, value in chosen.items():
        response.set_cookie(
            names[what], value, max_age=settings.LANGUAGE_COOKIE_AGE, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip

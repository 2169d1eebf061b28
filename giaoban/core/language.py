"""The language in which the one who reads is spoken to, asked for in one place."""

from django.utils.translation import get_language


def reader_language() -> str:
    """The active language without its country, "vi" where none is: what `lib.text.pick` and the exports take."""
    return (get_language() or "vi").split("-")[0]

"""What no text of a page may hold, whoever brings it: control characters, more than a page can carry, addresses that
are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

#: Characters of one text in one language; the longest report of the trade has a third of it.
LONGEST = 500_000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
ADDRESS = re.compile(r"(https?://|/(?!/)|#)\S*", re.I)


def check_address(address: str) -> None:
    """Refuse what is neither of this site nor of the web."""
    if address and not ADDRESS.fullmatch(address):
        raise ValidationError(
            gettext("An address begins with https://, with / for this site, or with # for this page.")
        )


def check_words(words: str) -> None:
    """Refuse control characters."""
    if CONTROL.search(words):
        raise ValidationError(gettext("It holds control characters. Paste it again as plain text."))


def check_body(pieces: list[dict[str, Any]]) -> None:
    """Refuse a text that is too long, has control characters, or leads to no address."""
    length = 0
    for name, words in strings(pieces):
        check_words(words)
        length += len(words)
        if name == "link":
            check_address(words)
    if length > LONGEST:
        raise ValidationError(gettext("This text is too long for one page. Split it, or bring it as a file."))


def strings(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a stored body in its order, with the name of its part."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield from strings(inside, key)
    elif isinstance(value, list):
        for inside in value:
            yield from strings(inside, name)

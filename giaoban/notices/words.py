"""What is said to people, in each one's language.

Words are a plain text, a lazy translation, or a function that is called with the language of the
receiver active. A function of mails takes the receiver, one of notices takes nothing:

    subject=gettext_lazy("Invitation"),
    body=lambda receiver: gettext("Dear %(name)s, …") % {"name": receiver.name},
    sentence=lambda: gettext("%(unit)s: report returned") % {"unit": unit.name},
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation

from giaoban.accounts.models import User
from giaoban.lib.itip import Message


@dataclass(frozen=True)
class Receiver:
    """Who a mail goes to: an account, or only an address."""

    address: str
    name: str = ""
    language: str = "vi"
    person: User | None = None

    @classmethod
    def of(cls, given: User | Receiver) -> Receiver:
        if isinstance(given, Receiver):
            return given
        return cls(given.email, given.name, given.language, given)


def receivers(given: Iterable[User | Receiver]) -> Iterator[Receiver]:
    """Each address once, however it is written."""
    seen = set()
    for each in given:
        receiver = Receiver.of(each)
        if receiver.address.lower() not in seen:
            seen.add(receiver.address.lower())
            yield receiver


Words = Any  # str, a lazy translation, or a function as above
Calendar = Message | Callable[[Receiver], Message | None] | None


def said(words: Words, *to: Receiver) -> str:
    """The words in the language that is active."""
    return str(words(*to) if callable(words) and not isinstance(words, str) else words)


def in_every_language(words: Words) -> dict[str, str]:
    """language -> the words in it."""
    found = {}
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            found[language] = said(words)
    return found

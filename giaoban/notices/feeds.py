"""Calendar feeds: upper apps contribute events.

    register(deadlines)             # in the app's apps.py

    def deadlines(*, person: User | None, unit: Unit | None, at: datetime) -> Iterable[Event]:
        …                           # what this person may see, or what concerns this unit

Exactly one of person and unit is given. The language of the reader is active.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings

from giaoban.accounts.models import User
from giaoban.lib.itip import Event
from giaoban.notices.models import Feed
from giaoban.units.models import Unit

Source = Callable[..., Iterable[Event]]

_sources: list[Source] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def events(*, person: User | None, unit: Unit | None, at: datetime) -> list[Event]:
    """What all apps contribute, in order of time."""
    found = [event for source in _sources for event in source(person=person, unit=unit, at=at)]
    return sorted(found, key=lambda event: (event.starts.isoformat(), event.uid))


def token(feed: Feed) -> str:
    """The secret part of its address: follows from the key of the house and the serial, stored nowhere."""
    key = hashlib.sha256(b"giaoban.feeds" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, f"{feed.pk}:{feed.serial}".encode(), hashlib.sha256).hexdigest()[:40]


def fits(feed: Feed, given: str) -> bool:
    return hmac.compare_digest(token(feed).encode(), given.encode())

"""Pictures that everybody may see, remembered until something changes: asked of the database once, not each time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import connection

from giaoban.portal.stored.shelf import instant, shelf
from giaoban.portal.stored.storing import planned

#: More than this are not remembered at once.
MOST = 20_000


def is_told(name: str, ask: Callable[[], bool], *, at: datetime) -> bool:
    """What `ask` says of the picture of that name. A yes holds until the journal tells of any change, or a page is to
    come or to go."""
    if connection.in_atomic_block:  # what is asked there may be undone
        return ask()
    place = shelf()
    place.journal.refresh()
    version, until = place.told.get(name, (-1, None))
    if version == place.journal.version and (until is None or at.timestamp() < until):
        return True
    version, is_moving = place.journal.version, bool(place.journal.on_the_way())
    later = [one.at for one in planned(place, at) if one.at > at]
    found = ask()
    if found and not is_moving:
        if len(place.told) >= MOST:
            place.told.clear()
        place.told[name] = version, instant(min(later, default=None))
    return found

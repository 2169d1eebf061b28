"""What every change of a meeting's agenda and papers shares: the lock, the right, the state, the trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib.text import nfc
from giaoban.meetings.actions.meetings import writable
from giaoban.meetings.models import AgendaItem, Meeting


@dataclass
class Preparation:
    """One change under way. `detail` goes into the trail: ids and field names only."""

    meeting: Meeting
    detail: dict[str, Any] = field(default_factory=dict)

    def items(self) -> list[AgendaItem]:
        rows = AgendaItem.objects.filter(meeting=self.meeting, removed=False)
        return list(rows.order_by("position", "id"))

    def item(self, pk: int) -> AgendaItem:
        found = next((item for item in self.items() if item.pk == pk), None)
        if found is None:
            raise Refused(
                _("This item is no longer on the agenda. Reload the page and look."), code="edition"
            )
        return found


@contextmanager
def preparing(meeting: Meeting, verb: str, *, by: Actor, at: datetime) -> Iterator[Preparation]:
    """Lock the meeting, check right and state, let the body change it, record that in the trail."""
    with transaction.atomic():
        locked = writable(meeting, by=by)
        under_way = Preparation(locked)
        yield under_way
        audit.record(subject=locked, verb=verb, by=by, at=at, detail=under_way.detail)


def tidy(text: str) -> str:
    """One line, single spaces, composed letters."""
    return nfc(" ".join(text.split()))


def named(titles: dict[str, str], field: str = "name_vi") -> dict[str, str]:
    """Titles tidied, empty ones left out. Refuses where none is left."""
    kept = {lang: tidy(text) for lang, text in titles.items() if text.strip()}
    if not kept:
        raise Refused(_("Give it a title."), field=field)
    return kept

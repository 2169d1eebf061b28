"""Write the minutes: words per item with autosave, decisions with their counts, who attended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib.text import nfc
from giaoban.meetings.models import AgendaItem, Decision, Entry, Meeting, Minutes, State, Way
from giaoban.meetings.policy import MEETINGS, MINUTES
from giaoban.meetings.queries import minutes as queries

MOST_CHARACTERS = 100_000
#: States of a meeting whose minutes may be begun.
HELD = (State.ANNOUNCED, State.OPEN, State.HELD)


def begin_minutes(*, meeting: Meeting, by: Actor, at: datetime) -> Minutes:
    """The minutes of a meeting, begun if they were not yet."""
    with transaction.atomic():
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if not MEETINGS.may(by, "write", locked):
            raise Refused(_("You may not write the minutes of this meeting."), code="right")
        if locked.state not in HELD:
            raise Refused(_("Minutes are written of a meeting that was announced."), code="state")
        minutes, made = Minutes.objects.get_or_create(meeting=locked, defaults={"begun_at": at})
        if made:
            audit.record(subject=minutes, verb="begin minutes", by=by, at=at)
    return minutes


@contextmanager
def writing(minutes: Minutes, *, by: Actor) -> Iterator[Minutes]:
    """Lock the minutes, check right and state."""
    with transaction.atomic():
        locked = Minutes.objects.select_for_update().select_related("meeting").get(pk=minutes.pk)
        if not MINUTES.may(by, "write", locked):
            raise Refused(_("You may not write the minutes of this meeting."), code="right")
        if not locked.is_draft:
            raise Refused(
                _("These minutes are %(state)s; they do not change now.")
                % {"state": locked.get_state_display()}, code="state",
            )  # fmt: skip
        yield locked


def save_entry(
    *, minutes: Minutes, item: AgendaItem, text: str, edition: int, by: Actor, at: datetime
) -> Entry:
    """Keep what has been written under an item. `edition` is the one the writer started from (0: none).

    Refuses a writer whose edition is not the newest; nothing is overwritten.
    """
    with writing(minutes, by=by) as locked:
        _check_item(locked, item)
        if len(text) > MOST_CHARACTERS:
            raise Refused(_("This is too long for one item; divide it."), field="text")
        entry, _made = Entry.objects.get_or_create(
            minutes=locked, item=item, defaults={"author": by.actor_id, "saved_at": at}
        )
        if entry.edition != edition:
            raise Refused(
                _("Somebody else has written here since you opened it."
                  " Your text is still here: copy what you need, then reload."),
                code="edition", edition=entry.edition,
            )  # fmt: skip
        wanted = nfc(text.replace("\r\n", "\n").strip())
        if wanted != entry.text:
            entry.text, entry.author, entry.saved_at = wanted, by.actor_id, at
            entry.edition += 1
            entry.save()
            audit.record(
                subject=locked, verb="write minutes", by=by, at=at, detail={"entry": entry.pk, "edition": entry.edition}
            )  # fmt: skip
    return entry


def add_decision(*, minutes: Minutes, item: AgendaItem, by: Actor, at: datetime, **fields: Any) -> Decision:
    """A decision under an item. fields: text, way, votes_for, votes_against, abstentions."""
    with writing(minutes, by=by) as locked:
        decision = Decision(minutes=locked)
        _fill(decision, {"item": item} | fields)
        decision.save()
        audit.record(subject=locked, verb="add decision", by=by, at=at, detail={"decision": decision.pk})
    return decision


def change_decision(*, decision: Decision, by: Actor, at: datetime, **fields: Any) -> Decision:
    """Other words or counts. fields: as for add_decision, and item."""
    with writing(decision.minutes, by=by) as locked:
        found = Decision.objects.filter(minutes=locked, pk=decision.pk).first()
        if found is None:
            raise Refused(_("This decision is no longer there. Reload the page and look."), code="edition")
        _fill(found, fields)
        found.save()
        audit.record(subject=locked, verb="change decision", by=by, at=at, detail={"decision": found.pk})
    return found


def remove_decision(*, decision: Decision, by: Actor, at: datetime) -> None:
    """Take a decision out of the minutes."""
    with writing(decision.minutes, by=by) as locked:
        detail = {"decision": decision.pk}
        Decision.objects.filter(minutes=locked, pk=decision.pk).delete()
        audit.record(subject=locked, verb="remove decision", by=by, at=at, detail=detail)


def _fill(decision: Decision, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(decision, name, value)
    _check_item(decision.minutes, decision.item)
    decision.text = nfc(decision.text.strip())
    if not decision.text:
        raise Refused(_("Write what was decided."), field="text")
    if decision.way == Way.CONSENSUS:
        decision.votes_for = decision.votes_against = decision.abstentions = None
        return
    for name in ("votes_for", "votes_against", "abstentions"):
        if getattr(decision, name) is None:
            setattr(decision, name, 0)
    if not decision.votes_for and not decision.votes_against and not decision.abstentions:
        raise Refused(_("Give the counts of the vote."), field="votes_for")


def _check_item(minutes: Minutes, item: AgendaItem) -> None:
    if item.meeting_id != minutes.meeting_id or item.removed:
        raise Refused(_("This item is no longer on the agenda. Reload the page and look."), code="edition")


def fill_attendance(*, minutes: Minutes, by: Actor, at: datetime) -> Minutes:
    """Take over from the register who was invited and who came, unit by unit."""
    with writing(minutes, by=by) as locked:
        found = queries.attendance(locked.meeting)
        if not found["units"]:
            raise Refused(_("Nobody is on the list of this meeting yet."), code="state")
        locked.attendance = found | {"taken_at": at.isoformat()}
        locked.save(update_fields=["attendance"])
        audit.record(subject=locked, verb="fill in attendance", by=by, at=at)
    return locked

"""Make a meeting, change it, move it on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core import audit, lifecycle
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.meetings.actions.mailing import calendar_to_all, tell_units
from giaoban.meetings.actions.seats import promote
from giaoban.meetings.models import Meeting, Organiser, State
from giaoban.meetings.policy import MEETINGS
from giaoban.units.models import Unit

#: The fields that people set, with `organisers` beside them.
Details = dict[str, Any]

#: Whoever types a wrong year is told.
LONGEST = timedelta(days=31)

#: A change of these is news for calendars.
CALENDAR = ("titles", "starts_at", "ends_at", "venue", "mode", "video_url")


def make_meeting(
    *, agreement: Agreement, organisers: Sequence[Unit], details: Details, by: Actor, at: datetime
) -> Meeting:
    """A new meeting, in draft. details: fields of Meeting."""
    meeting = Meeting(agreement=agreement, made_at=at, **details)
    _check(meeting, organisers)
    if not MEETINGS.may_in(by, "write", agreement.pk):
        raise Refused(_("You may not prepare meetings of this agreement."), code="right")
    with transaction.atomic():
        meeting.save()
        _organise(meeting, organisers)
        audit.record(subject=meeting, verb="make meeting", by=by, at=at, detail={"agreement": agreement.pk})
    return meeting


def edit_meeting(
    *, meeting: Meeting, organisers: Sequence[Unit], details: Details, by: Actor, at: datetime
) -> Meeting:
    """Change a meeting whose file is not closed. A change that calendars must follow raises `sequence`."""
    with transaction.atomic():
        row = writable(meeting, by=by)
        changed = [name for name, value in details.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, details[name])
        _check(row, organisers)
        before = list(row.organisers.values_list("unit_id", flat=True))
        if before != [unit.pk for unit in organisers]:
            row.organisers.all().delete()
            _organise(row, organisers)
            changed.append("organisers")
        if not changed:
            return row
        if not row.is_draft and set(changed) & set(CALENDAR):
            row.sequence += 1
        row.save()
        audit.record(subject=row, verb="edit meeting", by=by, at=at, detail={"fields": changed})
        if set(changed) & set(CALENDAR) and row.is_live:
            calendar_to_all(meeting=row, by=by, at=at)
            tell_units(
                meeting=row, sentence=lambda: _("Changed: %(title)s. Look at time and place.") % {"title": row},
                by=by, at=at,
            )  # fmt: skip
        if "capacity" in changed:
            promote(meeting=row, at=at)
    return row


def move_meeting(*, meeting: Meeting, name: str, by: Actor, at: datetime, reason: str = "") -> Meeting:
    """One move of the table: announce, open, end, close, reopen, cancel."""

    def change(row: Meeting) -> dict[str, Any]:
        if name == "announce":
            if row.starts_at <= at:
                raise Refused(_("It would begin in the past. Set the day and hour first."), code="past")
            row.announced_at = at
        if name == "cancel":
            row.sequence += 1
        return {"sequence": row.sequence}

    with transaction.atomic():
        row = lifecycle.move(meeting, name, by=by, at=at, policy=MEETINGS, reason=reason, change=change)
        if name == "cancel":
            calendar_to_all(meeting=row, by=by, at=at, cancel=True)
            said = {"title": row, "reason": reason.strip()}
            tell_units(
                meeting=row,
                sentence=lambda: _("Called off: %(title)s. Reason: %(reason)s") % said,
                by=by,
                at=at,
            )
    return row


def writable(meeting: Meeting, *, by: Actor) -> Meeting:
    """The meeting, locked, fresh and open to changes by this actor; inside a transaction."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not MEETINGS.may(by, "write", row):
        raise Refused(_("You may not change this meeting."), code="right")
    if row.state in (State.CLOSED, State.CANCELLED):
        raise Refused(_("The file of this meeting is closed; nothing changes any more."), code="state")
    return row


def _organise(meeting: Meeting, organisers: Sequence[Unit]) -> None:
    places = [Organiser(meeting=meeting, unit=unit, position=n) for n, unit in enumerate(organisers, 1)]
    Organiser.objects.bulk_create(places)


def _check(meeting: Meeting, organisers: Sequence[Unit]) -> None:
    if meeting.ends_at <= meeting.starts_at:
        raise Refused(_("The meeting must end after it begins."), field="ends_at")
    if meeting.ends_at - meeting.starts_at > LONGEST:
        raise Refused(_("A meeting lasts a month at most: look at the years."), field="ends_at")
    if meeting.answer_by and meeting.answer_by > meeting.starts_at:
        raise Refused(_("Delegates are named before the meeting begins."), field="answer_by")
    if not organisers:
        raise Refused(_("Name at least one organiser."), field="organisers")
    if meeting.series and meeting.series.agreement_id != meeting.agreement_id:
        raise Refused(_("This series belongs to another agreement."), field="series")

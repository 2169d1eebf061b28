"""The next meeting of a kind: copied, with the host whose turn it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.meetings.actions.agenda import carry_over
from giaoban.meetings.actions.meetings import make_meeting
from giaoban.meetings.models import Invitation, Meeting, Officer, Question
from giaoban.meetings.queries.series import next_host

KEPT = (
    "kind", "purpose", "mode", "series", "video_rule", "contact", "capacity", "moderated", "keep_days",
)  # fmt: skip


def copy_meeting(
    *, meeting: Meeting, titles: dict[str, str], starts_at: datetime, by: Actor, at: datetime
) -> Meeting:
    """A draft with the same organisers, chair, units and questions, as long as the former; nobody is named yet.

    What is still open of the former's conclusions is the first item of its agenda.
    The host is the next of the series. Time-bound things (venue, video, letter) begin empty.
    """
    if starts_at <= at:
        raise Refused(_("The next meeting lies ahead: give a later day."), field="starts_at")
    host = next_host(meeting.series, after=meeting.host) if meeting.series else meeting.host
    details = {name: getattr(meeting, name) for name in KEPT}
    details |= {
        "titles": titles, "starts_at": starts_at, "ends_at": starts_at + (meeting.ends_at - meeting.starts_at),
        "host": host, "former": meeting,
    }  # fmt: skip
    with transaction.atomic():
        units = [o.unit for o in meeting.organisers.select_related("unit")]
        made = make_meeting(agreement=meeting.agreement, organisers=units, details=details, by=by, at=at)
        _copy(meeting, made)
        item = carry_over(made)
        detail = {"from": meeting.pk} | ({"item": item.pk} if item else {})
        audit.record(subject=made, verb="copy meeting", by=by, at=at, detail=detail)
    return made


def _copy(old: Meeting, new: Meeting) -> None:
    people = ("role", "name", "title", "unit_id", "position")
    places = ("unit_id", "seats", "reserve", "position", "address")
    asked = ("part", "kind", "texts", "choices", "required", "position")
    for model, rows, fields in (
        (Officer, old.officers.all(), people),
        (Invitation, old.invitations.exclude(state="withdrawn"), places),
        (Question, old.questions.all(), asked),
    ):
        made = [model(meeting=new, **{name: getattr(row, name) for name in fields}) for row in rows]
        model.objects.bulk_create(made)

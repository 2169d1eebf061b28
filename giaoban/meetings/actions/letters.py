"""Mail to delegates who were picked by a filter, looked at before it goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.meetings.actions.mailing import CHANGED, about
from giaoban.meetings.actions.meetings import writable
from giaoban.meetings.models import Delegate, Meeting
from giaoban.notices.actions import compose, post
from giaoban.notices.models import Mail
from giaoban.notices.words import Receiver


def write_to(
    *, meeting: Meeting, delegates: Iterable[Delegate], subject: str, body: str, by: Actor, at: datetime
) -> list[Mail]:
    """Queue one mail for each delegate with an address. {name} and {unit} in the words are filled in."""
    rows = list(delegates)
    with transaction.atomic():
        row = writable(meeting, by=by)
        receivers, said = _said(rows, body)
        mails = post(to=receivers, subject=subject, body=said, about=about(row), by=by, at=at, kind=CHANGED)
        audit.record(subject=row, verb="write to delegates", by=by, at=at, detail={"mails": len(mails)})
    return mails


def preview(
    *, meeting: Meeting, delegates: Iterable[Delegate], subject: str, body: str, by: Actor, at: datetime
) -> list[Mail]:
    """The mails that would go out, not kept."""
    receivers, said = _said(list(delegates), body)
    return compose(to=receivers, subject=subject, body=said, about=about(meeting), by=by, at=at, kind=CHANGED)


def _said(rows: list[Delegate], body: str):  # type: ignore[no-untyped-def]
    known = {d.email.lower(): d for d in rows if d.email}
    if not known:
        raise Refused(_("None of these delegates has an e-mail address."), code="none")

    def said(receiver: Receiver) -> str:
        row = known[receiver.address.lower()]
        return body.replace("{name}", row.name).replace("{unit}", row.invitation.unit.name)

    return [Receiver(d.email, d.name) for d in known.values()], said

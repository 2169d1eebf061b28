"""Take in what came back: replies to invitations, and word of mails that could not be delivered."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor, System
from giaoban.core.lifecycle import move
from giaoban.core.refused import Refused
from giaoban.lib.itip import Bounce, ItipError, Letter, Reply, read_letter, read_reply
from giaoban.notices.models import Mail, Returned, State
from giaoban.notices.policy import MAILS, RETURNED
from giaoban.notices.replies import handler_for


def bring_in(*, content: bytes, way: str, by: Actor, at: datetime, is_letter: bool = True) -> Returned:
    """Read a mail (or a bare calendar file) and hand it to the app whose event it answers; once by content.

    way: "upload" or "gateway". What cannot be taken changes nothing but is kept as a row with its sentence.
    The same content again gives the row of the first time.
    """
    if not RETURNED.may_at_all(by, "bring"):
        raise Refused(_("Only a coordinator or an operator brings replies in."), code="right")
    digest = hashlib.sha256(content).hexdigest()
    known = Returned.objects.filter(digest=digest, taken=True).first()
    if known is not None:
        return known
    row = {"way": way, "uid": "", "brought_by": by.actor_id, "at": at}
    try:
        with transaction.atomic():
            uid, outcome = _taken(content, is_letter, by, at)
            return _keep(digest, {**row, "uid": uid, "taken": True, "outcome": outcome}, by, at)
    except Refused as refusal:
        sentence = str(refusal)
    except ItipError as error:
        sentence = _(error.template) % error.params
    return _keep(digest, {**row, "taken": False, "outcome": sentence}, by, at)


def _keep(digest: str, fields: dict[str, object], by: Actor, at: datetime) -> Returned:
    with transaction.atomic():
        row, _made = Returned.objects.update_or_create(digest=digest, defaults=fields)
        detail = {"taken": row.taken, "way": row.way}
        audit.record(subject=row, verb="take reply", by=by, at=at, detail=detail)
    return row


def _taken(content: bytes, is_letter: bool, by: Actor, at: datetime) -> tuple[str, str]:
    """(UID, the sentence for people)."""
    if not is_letter:
        return _answered(read_reply(content), by, at)
    letter = read_letter(content)
    if letter.bounce is not None:
        return "", _bounced(letter.bounce, at)
    if not letter.calendars:
        raise ItipError("no_calendar")
    reply = read_reply(letter.calendars[0])
    _refuse_stranger(letter, reply)
    return _answered(reply, by, at)


def _refuse_stranger(letter: Letter, reply: Reply) -> None:
    """The mail must come from the attendee, or from who answers for him."""
    if letter.sender not in (reply.attendee, reply.sent_by):
        raise ItipError("sender", sender=letter.sender, attendee=reply.attendee)


def _answered(reply: Reply, by: Actor, at: datetime) -> tuple[str, str]:
    handler = handler_for(reply)
    if handler is None:
        raise Refused(_("The reply answers no invitation of this house."), code="unknown")
    return reply.uid, handler(reply=reply, by=by, at=at)


def _bounced(bounce: Bounce, at: datetime) -> str:
    digest = audit.personal(bounce.address)
    mail = Mail.objects.filter(message_id=bounce.message_id, address_digest=digest).first()
    if mail is None:
        raise Refused(_("The mail that came back was not sent from here."), code="unknown")
    if mail.state == State.BOUNCED:
        return _("This mail was known to have come back.")

    def change(row: Mail) -> None:
        row.failure = bounce.reason
        row.changed_at = at

    move(mail, "bounce", by=System("mail"), at=at, policy=MAILS, reason=bounce.reason or "-", change=change)
    return _("A mail could not be delivered and is marked so.")

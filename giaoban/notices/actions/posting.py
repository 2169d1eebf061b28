"""Write mails into the queue."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import parseaddr
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from giaoban.accounts.models import User
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.notices import kinds
from giaoban.notices.models import Mail, queued
from giaoban.notices.words import Calendar, Receiver, Words, receivers, said

#: ("meetings.meeting", 12): what a mail or a notice is about, as the audit trail names it.
About = tuple[str, int]
MOST_BYTES = 15 * 1024 * 1024


class Paper(Protocol):
    """A stored file, e.g. a documents.Document."""

    name: str
    content_type: str
    size: int
    file: Any


def name_of(about: About) -> str:
    return f"{about[0]}:{about[1]}"


def post(
    *, to: Iterable[User | Receiver], subject: Words, body: Words, about: About, by: Actor, at: datetime,
    calendar: Calendar = None, attachments: Sequence[Paper] = (), kind: str = kinds.OTHER, reply_to: str = "",
) -> list[Mail]:  # fmt: skip
    """Queue one mail per receiver, in the receiver's language; nothing is sent unless the caller commits.

    calendar: a calendar file for all, or a function of the receiver that makes one for each. Refuses an
    address that is none, and papers that are together too large for a mail.
    """
    mails = compose(
        to=to, subject=subject, body=body, about=about, by=by, at=at, calendar=calendar,
        attachments=attachments, kind=kind, reply_to=reply_to,
    )  # fmt: skip
    return queue(mails, by=by, at=at)


def queue(mails: list[Mail], *, by: Actor, at: datetime) -> list[Mail]:
    """Save composed mails, with their rows in the trail, and have them sent after the commit."""
    if not mails:
        return []
    with transaction.atomic():
        Mail.objects.bulk_create(mails, batch_size=500)
        entries = [
            audit.Entry(
                audit.subject_of(m), "queue", {"kind": m.kind, "about": m.about, "to": m.address_digest}
            )
            for m in mails
        ]
        audit.record_many(entries, by=by, at=at, fresh=True)
        queued.send(sender=Mail)
    return mails


def compose(
    *, to: Iterable[User | Receiver], subject: Words, body: Words, about: About, by: Actor, at: datetime,
    calendar: Calendar = None, attachments: Sequence[Paper] = (), kind: str = kinds.OTHER, reply_to: str = "",
) -> list[Mail]:  # fmt: skip
    """The mails that `post` would queue, not saved: for a page that shows them first."""
    kinds.find(kind)
    papers = _papers(attachments)
    mails = []
    for receiver in receivers(to):
        address = _checked(receiver)
        with translation.override(receiver.language):
            message = calendar(receiver) if callable(calendar) else calendar
            mails.append(
                Mail(
                    person=receiver.person, address=address, address_digest=audit.personal(address.lower()),
                    name=receiver.name[:160], language=receiver.language, kind=kind, about=name_of(about),
                    subject=" ".join(said(subject, receiver).split())[:300], body=said(body, receiver),
                    calendar=message.text.decode() if message else "",
                    calendar_method=message.method if message else "", attachments=papers,
                    reply_to=reply_to or settings.MAIL_REPLY_TO, message_id=_message_id(),
                    due_at=at, made_by=by.actor_id, made_at=at, changed_at=at,
                )
            )  # fmt: skip
    return mails


def _checked(receiver: Receiver) -> str:
    address = receiver.address.strip()
    try:
        validate_email(address)
    except ValidationError:
        sentence = _("“%(address)s” is not an e-mail address.") % {"address": address}
        raise Refused(sentence, field="to") from None
    return address


def _papers(attachments: Sequence[Paper]) -> list[dict[str, Any]]:
    if sum(paper.size for paper in attachments) > MOST_BYTES:
        raise Refused(
            _("The files are together larger than %(most)s MB. Send their addresses instead.")
            % {"most": MOST_BYTES // 1024 // 1024},
            field="attachments",
        )
    return [
        {"name": paper.name, "type": paper.content_type, "size": paper.size, "path": paper.file.name}
        for paper in attachments
    ]


def _message_id() -> str:
    """Ours for good, so that a mail sent twice after a crash is known to be one."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or urlsplit(settings.SITE_URL).hostname
    return f"<{secrets.token_hex(16)}@{host}>"

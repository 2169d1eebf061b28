"""Send what is due. A mail is handed over at most once per attempt; what fails waits, longer each time."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from giaoban.core.actors import Actor, System
from giaoban.core.lifecycle import move
from giaoban.core.refused import Refused
from giaoban.notices.actions.posting import About, name_of
from giaoban.notices.models import Mail, State
from giaoban.notices.policy import MAILS, Entrusted

BY = System("mail")
#: How long to wait after the first, second, … attempt that failed; then it is given up.
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720))
#: A mail still being sent after this long was left by a worker that died.
LOST = timedelta(minutes=15)
MOST = 500


def send_waiting(*, at: datetime, clock: Callable[[], datetime] | None = None) -> int:
    """Send every mail that is due; how many were handed over. `clock` gives later instants of a long run."""
    now = clock or (lambda: at)
    _take_back(at)
    due = list(
        Mail.objects.filter(state=State.QUEUED, due_at__lte=at, erased_at=None).order_by("due_at", "pk")[
            :MOST
        ]
    )
    connection: BaseEmailBackend | None = None
    sent = 0
    for mail in due:
        try:
            taken = move(mail, "begin", by=BY, at=now(), policy=MAILS, change=_begun(now()))
        except Refused:
            continue  # another worker has it
        connection = connection or get_connection()
        sent += _hand_over(taken, connection, now)
    if connection is not None:
        connection.close()
    return sent


def _hand_over(mail: Mail, connection: BaseEmailBackend, now: Callable[[], datetime]) -> bool:
    try:
        connection.send_messages([written(mail)])
    except FileNotFoundError:
        _close(mail, "give up", _("An attached file is no longer there."), now())
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()), (550, b""))
        _fail(mail, f"{code} {said.decode(errors='replace')}", now(), final=code >= 500)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        connection.close()
        _fail(mail, f"{type(error).__name__}: {error}", now(), final=_is_final(error))
    else:
        _close(mail, "deliver", "", now())
        return True
    return False


def _is_final(error: Exception) -> bool:
    """A refusal with a number of 500 or more, or a mail that cannot be written, is not tried again."""
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= 500 and not isinstance(error, smtplib.SMTPAuthenticationError)
    return isinstance(error, ValueError)


def _fail(mail: Mail, failure: str, at: datetime, *, final: bool) -> None:
    tried = mail.tries
    if final or tried > len(WAITS):
        _close(mail, "give up", failure, at)
    else:
        _close(mail, "put off", failure, at, due_at=at + WAITS[tried - 1])


def _begun(at: datetime) -> Callable[[Mail], None]:
    def change(row: Mail) -> None:
        row.tries += 1
        row.changed_at = at

    return change


def _changed(at: datetime) -> Callable[[Mail], None]:
    def change(row: Mail) -> None:
        row.changed_at = at

    return change


def _close(mail: Mail, name: str, failure: str, at: datetime, **fields: Any) -> Mail:
    def change(row: Mail) -> None:
        row.failure = failure[:400]
        row.changed_at = at
        for field, value in fields.items():
            setattr(row, field, value)

    return move(mail, name, by=BY, at=at, policy=MAILS, change=change)


def _take_back(at: datetime) -> None:
    for mail in Mail.objects.filter(state=State.SENDING, changed_at__lt=at - LOST):
        _close(mail, "put off", _("The sending was interrupted."), at, due_at=at)


def written(mail: Mail) -> EmailMultiAlternatives:
    """The mail as it goes over the line. Its calendar part names the same method as the calendar file."""
    to = f'"{_plain(mail.name)}" <{mail.address}>' if mail.name else mail.address
    headers = {
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
    }
    letter = EmailMultiAlternatives(
        mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [to], headers=headers,
        reply_to=[mail.reply_to] if mail.reply_to else None,
    )  # fmt: skip
    if mail.calendar:
        letter.attach_alternative(mail.calendar, f"text/calendar; method={mail.calendar_method}")
    for paper in mail.attachments:
        with default_storage.open(paper["path"]) as file:
            letter.attach(paper["name"], file.read(), paper["type"])
    return letter


def _plain(name: str) -> str:
    return " ".join(name.replace('"', "'").replace("\\", "/").split())


def send_again(*, mail: Mail, by: Actor, at: datetime) -> Mail:
    """Put a mail that was not delivered back into the queue."""
    if mail.erased_at is not None:
        raise Refused(
            _("The personal data of this mail were erased; it cannot be sent again."), code="erased"
        )

    def change(row: Mail) -> None:
        row.due_at = row.changed_at = at
        row.tries, row.failure = 0, ""

    return move(mail, "send again", by=by, at=at, policy=MAILS, change=change)


def withdraw(*, mail: Mail, by: Actor, at: datetime) -> Mail:
    """Do not send a mail that still waits."""

    return move(mail, "withdraw", by=by, at=at, policy=MAILS, change=_changed(at))


def withdraw_about(*, about: About, by: Actor, at: datetime) -> int:
    """Do not send what still waits about a thing; who may is decided by the caller's own move. How many."""
    count, policy = 0, Entrusted(MAILS.rights, MAILS.moves)
    for mail in Mail.objects.filter(about=name_of(about), state=State.QUEUED):
        try:
            move(mail, "withdraw", by=by, at=at, policy=policy, change=_changed(at))
            count += 1
        except Refused:
            continue
    return count

"""Personal data leave after a term; that a mail went out stays known."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from giaoban.core import audit
from giaoban.core.actors import System
from giaoban.notices.models import Mail, Notice, Returned, State

BY = System("mail")
DONE = (State.SENT, State.FAILED, State.BOUNCED, State.WITHDRAWN)
EMPTY = {
    "person": None, "address": "", "name": "", "subject": "", "body": "", "calendar": "", "attachments": [],
    "reply_to": "", "failure": "",
}  # fmt: skip


def erase_old(*, at: datetime) -> int:
    """Empty the personal fields of mails whose last change is GIAOBAN_MAIL_DAYS old, and what came back; how many.

    Notices that were read long ago go altogether: what they told stands in the trail of its thing.
    """
    old = at - timedelta(days=settings.MAIL_DAYS)
    with transaction.atomic():
        mails = list(Mail.objects.filter(changed_at__lt=old, erased_at=None, state__in=DONE).only("pk"))
        for start in range(0, len(mails), 500):
            chunk = [mail.pk for mail in mails[start : start + 500]]
            Mail.objects.filter(pk__in=chunk).update(erased_at=at, **EMPTY)
        entries = [audit.Entry(audit.subject_of(m), "erase", {"fields": sorted(EMPTY)}) for m in mails]
        audit.record_many(entries, by=BY, at=at)
        Returned.objects.filter(at__lt=old).exclude(outcome="").update(outcome="")
        Notice.objects.filter(made_at__lt=old, read_at__lt=old).delete()
    return len(mails)

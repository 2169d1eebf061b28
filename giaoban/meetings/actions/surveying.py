"""The survey after a meeting: counted, never written down by person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.meetings.actions.mailing import CHANGED, about
from giaoban.meetings.actions.meetings import writable
from giaoban.meetings.models import (
    TAKEN,
    Delegate,
    Meeting,
    Question,
    QuestionPart,
    State,
    SurveyTicket,
    Tally,
)
from giaoban.notices.actions import post
from giaoban.notices.words import Receiver

SALT = "giaoban.meetings.survey"
#: How long a link to the survey works after the meeting, in seconds.
LASTS = 45 * 24 * 3600


def link_of(delegate: Delegate) -> str:
    """The secret address of a delegate's survey."""
    return reverse(
        "meetings:survey",
        args=[delegate.invitation.meeting.agreement.code, signing.dumps(delegate.code, salt=SALT)],
    )


def delegate_of(token: str, *, at: datetime) -> Delegate | None:
    """Whom a link was made for, while the survey is open."""
    try:
        code = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    row = (
        Delegate.objects.filter(code=code, state__in=TAKEN)
        .select_related("invitation__meeting__agreement")
        .first()
    )
    if row is None or row.invitation.meeting.state != State.HELD:
        return None
    over = (at - row.invitation.meeting.ends_at).total_seconds() > LASTS
    return None if over else row


def send_survey(*, meeting: Meeting, by: Actor, at: datetime) -> int:
    """Mail every delegate with an address his link; returns how many."""
    with transaction.atomic():
        row = writable(meeting, by=by)
        if row.state != State.HELD:
            raise Refused(_("The survey goes out when the session has ended."), code="state")
        if not row.questions.filter(part=QuestionPart.SURVEY).exists():
            raise Refused(_("Write the questions of the survey first."), code="none")
        known = Delegate.objects.filter(invitation__meeting=row, state__in=TAKEN, survey_ticket=None)
        links = {
            d.email.lower(): (d, settings.SITE_URL + link_of(d))
            for d in known.exclude(email="").select_related("invitation__meeting__agreement")
        }
        receivers = [Receiver(d.email, d.name) for d, _link in links.values()]

        def body(receiver: Receiver) -> str:
            told = {"meeting": row, "receiver": receiver, "link": links[receiver.address.lower()][1]}
            return render_to_string("meetings/mail/survey.txt", told).strip()

        mails = post(
            to=receivers, subject=lambda receiver: _("A short survey: %(title)s") % {"title": row}, body=body,
            about=about(row), by=by, at=at, kind=CHANGED,
        )  # fmt: skip
        audit.record(subject=row, verb="send survey", by=by, at=at, detail={"mails": len(mails)})
    return len(mails)


def take_survey(*, delegate: Delegate, answers: Mapping[int, str]) -> None:
    """Count the answers, once for each delegate. Nothing joins them to him, not even the trail."""
    with transaction.atomic():
        _ticket, fresh = SurveyTicket.objects.get_or_create(delegate=delegate)
        if not fresh:
            raise Refused(_("Your answers are in already. Thank you."), code="state")
        questions = Question.objects.filter(meeting=delegate.invitation.meeting, part=QuestionPart.SURVEY)
        for question in questions:
            given = answers.get(question.pk, "")
            if question.required and not given:
                raise Refused(_("Answer this question."), field=f"question_{question.pk}")
            if given and given not in question.options:
                raise Refused(_("This answer is not offered."), field=f"question_{question.pk}")
            if given:
                Tally.objects.get_or_create(question=question, option=given)
                Tally.objects.filter(question=question, option=given).update(count=F("count") + 1)

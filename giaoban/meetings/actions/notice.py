"""The notice of conclusions: begun, issued, sent to the units."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.lifecycle import move
from giaoban.core.refused import Refused
from giaoban.documents.models import Document, PaperType
from giaoban.meetings.actions.filing import keep_files, register
from giaoban.meetings.actions.preparing import tidy
from giaoban.meetings.actions.telling import send_to_offices, tell_units
from giaoban.meetings.models import STANDING, ConclusionNotice, ConclusionState, Meeting
from giaoban.meetings.policy import NOTICES
from giaoban.meetings.queries.composing import notice_paper
from giaoban.meetings.queries.delegations import delegation_units


def issue_notice(*, meeting: Meeting, number: str, dated: date, by: Actor, at: datetime) -> ConclusionNotice:
    """Number and date the notice, freeze its files, enter it in the register. No conclusion may still be open."""
    if not NOTICES.may_in(by, "issue", meeting.agreement_id):
        raise Refused(_("You may not issue the notice of this meeting."), code="right")
    words = tidy(number)
    if not words:
        raise Refused(_("Give number and symbol."), field="number")
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        _check(meeting)
        notice, made = ConclusionNotice.objects.get_or_create(meeting=meeting)
        if made:
            audit.record(subject=notice, verb="begin notice", by=by, at=at)

        def change(row: ConclusionNotice) -> None:
            row.number, row.dated = words, dated

        notice = move(notice, "issue", by=by, at=at, policy=NOTICES, change=change)
        notice.meeting = meeting
        paper = notice_paper(notice)
        files = keep_files(meeting, "notice", paper, by=by, at=at)
        register(
            meeting, type=PaperType.NOTICE, number=words, dated=dated, abstract=paper.head.abstract[:600], files=files,
            by=by, at=at,
        )  # fmt: skip
        _tell(notice, [f.document for f in files if f.format == "docx"], by=by, at=at)
    return notice


def _tell(notice: ConclusionNotice, files: list[Document], *, by: Actor, at: datetime) -> None:
    """Tell every unit that took part, leads or supports; the paper goes along, to the offices too."""
    meeting = notice.meeting
    rows = meeting.conclusions.filter(state__in=STANDING)
    units = delegation_units(meeting) | set(rows.exclude(lead=None).values_list("lead", flat=True))
    units |= set(rows.exclude(support=None).values_list("support", flat=True))

    def sentence() -> str:
        told = {"number": notice.number, "meeting": str(meeting)}
        return _("The notice of conclusions %(number)s is issued: %(meeting)s.") % told

    url = reverse("meetings:conclusions", args=[meeting.agreement.code, meeting.pk])
    people = tell_units(meeting, units, sentence, url, attachments=files, by=by, at=at)
    send_to_offices(
        meeting, "meetings/mail/notice.txt", sentence, besides=people, attachments=files, by=by, at=at,
        sentence=sentence, link=settings.SITE_URL + url,
    )  # fmt: skip


def _check(meeting: Meeting) -> None:
    if meeting.conclusions.filter(state=ConclusionState.PROPOSED).exists():
        raise Refused(_("Some conclusions are still proposed: accept or drop them first."), code="state")
    if not meeting.conclusions.filter(state__in=STANDING).exists():
        raise Refused(_("This meeting has no accepted conclusion yet."), code="state")

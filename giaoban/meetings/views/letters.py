"""The letter of invitation: its words, and its files."""

from __future__ import annotations

import io
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext

from giaoban.core.pages.asking import ask
from giaoban.lib.text import slug
from giaoban.meetings import actions, queries
from giaoban.meetings.forms.letters import LetterForm
from giaoban.meetings.letters import facts_of, invitation_paper, letter_of
from giaoban.meetings.models import Invitation, Meeting
from giaoban.meetings.views.frame import crumbs
from giaoban.meetings.views.invitations import delegations
from giaoban.reviews.exports import FORMATS, content

FILES = ("docx", "pdf")


@login_required
def letter(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    form = LetterForm.of(letter_of(row), request.POST or None)

    def act(**given: Any) -> None:
        actions.set_letter(meeting=row, by=request.by, at=request.at, **given)

    return ask(
        request, form, act, title=gettext("Letter of invitation"), back=delegations(row), agreement=row.agreement,
        crumbs=crumbs(row), done=gettext("Saved."),
    )  # fmt: skip


@login_required
def sample(request: HttpRequest, agreement: str, pk: int, format: str) -> HttpResponseBase:
    """The letter to all, as it stands in the register."""
    row = queries.meeting_for(request.by, agreement, pk, "write")
    return _file(row, None, format)


@login_required
def file(request: HttpRequest, agreement: str, pk: int, invitation: int, format: str) -> HttpResponseBase:
    """The letter to one unit."""
    row = queries.meeting_for(request.by, agreement, pk)
    return _file(row, queries.invitation_for(row, request.by, invitation), format)


def _file(meeting: Meeting, invitation: Invitation | None, format: str) -> FileResponse:
    if format not in FILES:
        raise Http404
    paper = invitation_paper(meeting, facts_of(meeting), invitation)
    name = f"giay moi {invitation.unit.code if invitation else meeting.pk}"
    return FileResponse(
        io.BytesIO(content(paper, format)), as_attachment=True, filename=f"{slug(name)}.{format}",
        content_type=FORMATS[format].content_type,
    )  # fmt: skip

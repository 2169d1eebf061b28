"""One meeting: its page, its changes, its moves."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.core.pages.asking import ask, confirm
from giaoban.meetings import actions, queries
from giaoban.meetings.forms import MeetingForm, OfficerForm, ReasonForm
from giaoban.meetings.models import Meeting, Officer
from giaoban.meetings.policy import MEETINGS
from giaoban.meetings.views.frame import about, crumbs

#: What each move means, for the question before it.
SENTENCES: dict[str, Any] = {
    "announce": gettext_lazy("Everybody of the agreement sees the meeting from now on."),
    "open": gettext_lazy("The session begins."),
    "end": gettext_lazy("The session is over; minutes and conclusions can still be written."),
    "close": gettext_lazy("The file is closed; nothing in it changes any more."),
    "reopen": gettext_lazy("The file is open to changes again."),
    "cancel": gettext_lazy(
        "The meeting is called off. Units that were invited are told. This stays on record."
    ),
}


@login_required
def meeting(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """When, where, who, and what can be done now."""
    row = queries.meeting_for(request.by, agreement, pk)
    context = about(request, row) | {
        "officers": queries.officers_of(row), "organisers": row.organisers.select_related("unit"),
        "moves": queries.moves_of(row, request.by),
        "own": queries.own_invitations(row, request.by),
        "video_url": row.video_url if queries.sees_video(row, request.by) else "",
    }  # fmt: skip
    return render(request, "meetings/meeting.html", context)


@login_required
def history(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Who did what with the meeting, and when."""
    row = queries.meeting_for(request.by, agreement, pk, "read_draft")
    return render(request, "meetings/history.html", about(request, row))


@login_required
def edit(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    form = MeetingForm(
        request.POST or None, agreement=row.agreement, by=request.by, day=request.by.day, meeting=row
    )

    def act(**given: Any) -> None:
        actions.edit_meeting(meeting=row, by=request.by, at=request.at, **given)

    return ask(
        request, form, act, title=_("Change the meeting"), back=row.get_absolute_url(), agreement=row.agreement,
        crumbs=crumbs(row), done=_("The meeting is changed."),
    )  # fmt: skip


@login_required
def move(request: HttpRequest, agreement: str, pk: int, name: str) -> HttpResponse:
    """Ask, then make one of the moves."""
    if name not in SENTENCES:
        raise Http404
    step = MEETINGS.moves[name]
    row = queries.meeting_for(request.by, agreement, pk, step.right)

    def act(reason: str = "") -> None:
        actions.move_meeting(meeting=row, name=name, reason=reason, by=request.by, at=request.at)

    shown = {
        "title": step.label, "action": step.label, "back": row.get_absolute_url(), "agreement": row.agreement,
        "crumbs": crumbs(row), "done": _("Done: %(move)s.") % {"move": step.label},
        "tone": "danger" if name == "cancel" else "primary",
    }  # fmt: skip
    if step.reason:
        return ask(request, ReasonForm(request.POST or None), act, lead=SENTENCES[name], **shown)
    return confirm(request, act, sentence=SENTENCES[name], **shown)


@login_required
def add_officer(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    form = OfficerForm(request.POST or None, by=request.by, day=request.by.day)

    def act(**given: Any) -> None:
        actions.add_officer(meeting=row, by=request.by, at=request.at, **given)

    return _ask(request, row, form, act, _("Add a person in the chair or a secretary"))


@login_required
def edit_officer(request: HttpRequest, agreement: str, pk: int, officer: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    found = _officer(row, officer)
    form = OfficerForm(request.POST or None, by=request.by, day=request.by.day, officer=found)

    def act(**given: Any) -> None:
        actions.edit_officer(officer=found, by=request.by, at=request.at, **given)

    return _ask(request, row, form, act, found.name)


@login_required
def remove_officer(request: HttpRequest, agreement: str, pk: int, officer: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    found = _officer(row, officer)
    return confirm(
        request, lambda: actions.remove_officer(officer=found, by=request.by, at=request.at),
        title=_("Remove %(name)s?") % {"name": found.name}, action=_("Remove"), back=row.get_absolute_url(),
        agreement=row.agreement, crumbs=crumbs(row), sentence=f"{found.title} · {found.unit}",
    )  # fmt: skip


def _officer(meeting: Meeting, pk: int) -> Officer:
    return get_object_or_404(Officer.objects.select_related("meeting", "unit"), meeting=meeting, pk=pk)


def _ask(request: HttpRequest, row: Meeting, form: Any, act: Any, title: str) -> HttpResponse:
    return ask(
        request, form, act, title=title, back=row.get_absolute_url(), agreement=row.agreement, crumbs=crumbs(row),
        done=_("Saved."),
    )  # fmt: skip

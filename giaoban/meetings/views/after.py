"""After the meeting: tasks, the direction block, the notice of conclusions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from giaoban.core.pages.asking import ask
from giaoban.meetings import queries
from giaoban.meetings.actions import giving, notice
from giaoban.meetings.exports import FORMATS, notice_file, served
from giaoban.meetings.forms.minutes import DirectionForm, GiveForm, NoticeForm
from giaoban.meetings.models import ConclusionNotice, Meeting
from giaoban.meetings.policy import CONCLUSIONS, NOTICES
from giaoban.meetings.queries import grounds
from giaoban.meetings.views.frame import crumbs


@login_required
def give(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Make tasks of all accepted conclusions at once."""
    row = _meeting(request, agreement, pk, CONCLUSIONS, "give")
    form = GiveForm(request.POST or None, initial={"year": row.starts_at.year})

    def act(year: int) -> None:
        tasks = giving.give_tasks(meeting=row, year=year, by=request.by, at=request.at)
        said = ngettext(
            "%(count)s task is in the plan of %(year)s.",
            "%(count)s tasks are in the plan of %(year)s.",
            len(tasks),
        )
        messages.success(request, said % {"count": len(tasks), "year": year})

    return _ask(
        request, row, form, act, _("Make tasks of the conclusions"), _("Make the tasks"),
        _("Every accepted conclusion becomes a task of that plan, with its lead, its support and its due date."),
    )  # fmt: skip


@login_required
def direct(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Write the conclusions into the direction of a review that is being written."""
    row = _meeting(request, agreement, pk, CONCLUSIONS, "give")
    form = DirectionForm(request.POST or None, reviews=grounds.open_reviews(request.by, row))

    def act(review: Any) -> str:
        giving.write_direction(meeting=row, review=review, by=request.by, at=request.at)
        messages.success(
            request, _("The direction is written into the draft; every sentence can be edited there.")
        )
        return f"{reverse('reviews:edit', args=[agreement, review.pk])}?section=direction"

    return _ask(
        request, row, form, act, _("Write the direction into a review"), _("Write"),
        _("The section “direction of the next period” gets one sentence for each accepted conclusion."),
    )  # fmt: skip


@login_required
def issue(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Number, date, issue and send the notice of conclusions."""
    row = _meeting(request, agreement, pk, NOTICES, "issue")
    form = NoticeForm(request.POST or None)

    def act(**given: Any) -> None:
        notice.issue_notice(meeting=row, by=request.by, at=request.at, **given)
        messages.success(request, _("The notice is issued and entered in the register of papers."))

    return _ask(
        request, row, form, act, _("Issue the notice of conclusions"), _("Issue"),
        _("The notice holds every accepted conclusion. Its files do not change any more."),
    )  # fmt: skip


@login_required
def download(request: HttpRequest, agreement: str, pk: int, format: str) -> HttpResponseBase:
    """The notice as a paper: an issued one as it was issued, else as it stands."""
    row = queries.meeting_for(request.by, agreement, pk)
    found = getattr(row, "notice", None) or ConclusionNotice(meeting=row)
    issued = found.state == "issued"
    right = "read_issued" if issued else "read"
    if format not in FORMATS or not NOTICES.may_in(request.by, right, row.agreement_id):
        raise Http404
    return served(notice_file(found, format))


def _meeting(request: HttpRequest, agreement: str, pk: int, policy: Any, right: str) -> Meeting:
    row = queries.meeting_for(request.by, agreement, pk)
    if not policy.may_in(request.by, right, row.agreement_id):
        raise Http404
    return row


def _ask(
    request: HttpRequest, row: Meeting, form: Any, act: Any, title: str, action: str, lead: str
) -> HttpResponse | HttpResponseRedirect:
    back = reverse("meetings:conclusions", args=[row.agreement.code, row.pk])
    return ask(
        request, form, act, title=title, action=action, lead=lead, back=back, agreement=row.agreement,
        crumbs=[*crumbs(row), (_("Conclusions"), back)],
    )  # fmt: skip

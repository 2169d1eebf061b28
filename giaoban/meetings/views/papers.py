"""Papers of a meeting: bring, read, renew, withdraw."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from giaoban.core.pages.asking import ask, confirm
from giaoban.meetings import queries
from giaoban.meetings.actions import papers as actions
from giaoban.meetings.forms.agenda import BringForm, PaperForm, RenewForm
from giaoban.meetings.models import Meeting
from giaoban.meetings.queries import papers as reading
from giaoban.meetings.views.frame import about, crumbs


@login_required
def papers(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The papers the reader may know of."""
    row = queries.meeting_for(request.by, agreement, pk)
    return render(request, "meetings/papers.html", about(request, row) | {
        "papers": list(reading.readable(request.by, row)), "now": request.at,
    })  # fmt: skip


@login_required
def bring(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    given = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = BringForm(meeting=row, by=request.by, day=request.by.day, **given)

    def act(**fields: Any) -> None:
        actions.bring_paper(meeting=row, by=request.by, at=request.at, **fields)

    return _ask(request, row, form, act, _("Bring a paper"), _("The paper is there."))


@login_required
def change(request: HttpRequest, agreement: str, pk: int, paper: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    found = reading.paper_for(request.by, row, paper)
    form = PaperForm(request.POST or None, meeting=row, by=request.by, day=request.by.day, paper=found)

    def act(**fields: Any) -> None:
        actions.change_paper(paper=found, by=request.by, at=request.at, **fields)

    return _ask(request, row, form, act, _("Change the paper"), _("The paper is changed."))


@login_required
def renew(request: HttpRequest, agreement: str, pk: int, paper: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    found = reading.paper_for(request.by, row, paper)
    form = RenewForm(request.POST or None, request.FILES or None)

    def act(**fields: Any) -> None:
        actions.renew_paper(paper=found, by=request.by, at=request.at, **fields)

    return _ask(request, row, form, act, _("A newer file of the paper"), _("The newer file is there."))


@login_required
def withdraw(request: HttpRequest, agreement: str, pk: int, paper: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    found = reading.paper_for(request.by, row, paper)
    return confirm(
        request, lambda: actions.withdraw_paper(paper=found, by=request.by, at=request.at),
        title=_("Withdraw this paper?"), action=_("Withdraw"), back=_back(row), agreement=row.agreement,
        crumbs=_crumbs(row), sentence=str(found), done=_("The paper is withdrawn."),
    )  # fmt: skip


@login_required
def download(request: HttpRequest, agreement: str, pk: int, paper: int, number: int) -> FileResponse:
    """The file itself, never shown inside the site."""
    row = queries.meeting_for(request.by, agreement, pk)
    found = reading.paper_for(request.by, row, paper)
    version = found.versions.filter(number=number).select_related("document").first()
    if version is None:
        raise Http404
    document = version.document
    return FileResponse(document.file.open("rb"), as_attachment=True, filename=document.name)


def _back(row: Meeting) -> str:
    return reverse("meetings:papers", args=[row.agreement.code, row.pk])


def _crumbs(row: Meeting) -> list[tuple[Any, str]]:
    return [*crumbs(row), (pgettext("meeting", "Papers"), _back(row))]


def _ask(request: HttpRequest, row: Meeting, form: Any, act: Any, title: str, done: str) -> HttpResponse:
    return ask(
        request,
        form,
        act,
        title=title,
        back=_back(row),
        agreement=row.agreement,
        crumbs=_crumbs(row),
        done=done,
    )

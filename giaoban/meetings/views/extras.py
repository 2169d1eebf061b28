"""Contributions and photographs."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask, confirm
from giaoban.documents.models import Document
from giaoban.meetings import queries
from giaoban.meetings.actions import extras as actions
from giaoban.meetings.forms.extras import ContributionForm, PhotoForm
from giaoban.meetings.models import Contribution, ContributionState, Meeting, Photo, State
from giaoban.meetings.policy import CONTRIBUTIONS
from giaoban.meetings.queries import extras
from giaoban.meetings.views.frame import about, crumbs

TONES = {
    ContributionState.REGISTERED: "wait", ContributionState.PLACED: "good", ContributionState.GIVEN: "good",
    ContributionState.WRITTEN: "good", ContributionState.WITHDRAWN: "plain",
}  # fmt: skip

CONTRIBUTIONS_PAGE = ListPage(
    name="contributions",
    columns=(
        Column("title", _("Contribution"), template="meetings/contribution_cell.html", sort="title"),
        Column("unit", _("Unit"), value=lambda c: c.unit.name, sort="unit__name"),
        Column("speaker", _("Speaker"), template="meetings/words_cell.html", sort="speaker"),
        Column("minutes", _("Length in minutes"), kind="number", sort="minutes"),
        Column("position", _("Order"), kind="number", sort="position"),
        Column("state", _("State"), value=Contribution.get_state_display,
               tone=lambda c: TONES[ContributionState(c.state)], sort="state"),
    ),
    search=("title", "speaker", "unit__name", "unit__code"),
    filters=(Filter("state", _("State"), ContributionState.choices),),
    sort="position",
)  # fmt: skip


def of(meeting: Meeting, name: str, **given: Any) -> str:
    return reverse(
        f"meetings:{name}", kwargs={"agreement": meeting.agreement.code, "pk": meeting.pk, **given}
    )


def speaks_for(request: HttpRequest, meeting: Meeting) -> list[int]:
    """The invited units for which the person may register a contribution."""
    rows = queries.invitations_of(meeting, request.by).exclude(state="prepared")
    invited = list(rows.values_list("unit_id", flat=True))
    if CONTRIBUTIONS.may_in(request.by, "place", meeting.agreement_id):
        return invited
    mine = {m.unit_id for m in request.by.memberships if m.role in ("reporter", "verifier")}
    return [unit for unit in invited if unit in mine]


@login_required
def contributions(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk)
    open_ = row.state not in (State.DRAFT, State.CLOSED, State.CANCELLED)
    context = about(request, row) | {"may_register": open_ and bool(speaks_for(request, row))}
    context["empty_text"] = gettext("An invited unit registers what it wants to say, or hands it in writing.")
    if context["may_register"]:
        context |= {
            "empty_action": gettext("Register a contribution"), "empty_url": of(row, "register-contribution"),
        }  # fmt: skip
    rows = extras.contributions_of(row, request.by)
    return CONTRIBUTIONS_PAGE.answer(request, rows, "meetings/contributions.html", context)


@login_required
def register(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk)
    units = speaks_for(request, row)
    if not units:
        raise Http404
    form = ContributionForm(request.POST or None, request.FILES or None, units=units)

    def act(**given: Any) -> None:
        actions.register_contribution(meeting=row, by=request.by, at=request.at, **given)

    return ask(
        request, form, act, title=gettext("Register a contribution"), back=of(row, "contributions"),
        agreement=row.agreement, crumbs=crumbs(row), done=gettext("The contribution is registered."),
    )  # fmt: skip


@login_required
def contribution(request: HttpRequest, agreement: str, pk: int, contribution: int) -> HttpResponse:
    """One contribution: its facts, its text, what can be done with it."""
    row = queries.meeting_for(request.by, agreement, pk)
    found = extras.contribution_for(row, request.by, contribution)
    rights = {right for right in ("register", "place") if CONTRIBUTIONS.may(request.by, right, found)}
    moves = [m for m in CONTRIBUTIONS.moves.values() if found.state in m.sources and m.right in rights]
    context = about(request, row) | {
        "contribution": found, "contribution_tone": TONES[ContributionState(found.state)], "moves": moves,
        "may_edit": "register" in rights and row.state not in (State.CLOSED, State.CANCELLED),
    }  # fmt: skip
    return render(request, "meetings/contribution.html", context)


@login_required
def edit(request: HttpRequest, agreement: str, pk: int, contribution: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk)
    found = extras.contribution_for(row, request.by, contribution, "register")
    form = ContributionForm(request.POST or None, request.FILES or None, units=[], contribution=found)

    def act(**given: Any) -> None:
        actions.edit_contribution(contribution=found, by=request.by, at=request.at, **given)

    return ask(
        request, form, act, title=found.title, back=of(row, "contribution", contribution=found.pk),
        agreement=row.agreement, crumbs=crumbs(row), done=gettext("Saved."),
    )  # fmt: skip


@login_required
def move(request: HttpRequest, agreement: str, pk: int, contribution: int, name: str) -> HttpResponse:
    if name not in CONTRIBUTIONS.moves:
        raise Http404
    step = CONTRIBUTIONS.moves[name]
    row = queries.meeting_for(request.by, agreement, pk)
    found = extras.contribution_for(row, request.by, contribution, step.right)
    return confirm(
        request,
        lambda: _moved(request, found, name),
        title=f"{step.label}: {found.title}", action=step.label, back=of(row, "contribution", contribution=found.pk),
        agreement=row.agreement, crumbs=crumbs(row), tone="danger" if name == "withdraw" else "primary",
    )  # fmt: skip


def _moved(request: HttpRequest, found: Contribution, name: str) -> None:
    actions.move_contribution(contribution=found, name=name, by=request.by, at=request.at)


@login_required
def contribution_file(request: HttpRequest, agreement: str, pk: int, contribution: int) -> HttpResponseBase:
    row = queries.meeting_for(request.by, agreement, pk)
    found = extras.contribution_for(row, request.by, contribution)
    if found.document is None:
        raise Http404
    return sent(found.document, attached=True)


def sent(document: Document, *, attached: bool) -> FileResponse:
    """A stored file; pictures of our own kinds may show themselves, everything else is downloaded."""
    return FileResponse(
        document.file.open("rb"),
        as_attachment=attached,
        filename=document.name,
        content_type=document.content_type,
    )


@login_required
def photos(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk)
    context = about(request, row) | {"photos": list(row.photos.select_related("document"))}
    return render(request, "meetings/photos.html", context)


@login_required
def add_photo(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")

    def act(**given: Any) -> None:
        actions.add_photo(meeting=row, by=request.by, at=request.at, **given)

    return ask(
        request, PhotoForm(request.POST or None, request.FILES or None), act, title=gettext("Add a photograph"),
        back=of(row, "photos"), agreement=row.agreement, crumbs=crumbs(row), done=gettext("The photograph is there."),
    )  # fmt: skip


@login_required
def photo(request: HttpRequest, agreement: str, pk: int, photo: int) -> HttpResponseBase:
    row = queries.meeting_for(request.by, agreement, pk)
    return sent(_photo(row, photo).document, attached=False)


@login_required
def remove_photo(request: HttpRequest, agreement: str, pk: int, photo: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    found = _photo(row, photo)
    return confirm(
        request, lambda: actions.remove_photo(photo=found, by=request.by, at=request.at),
        title=gettext("Remove this photograph?"), action=gettext("Remove"), sentence=found.document.caption,
        back=of(row, "photos"), agreement=row.agreement, crumbs=crumbs(row),
    )  # fmt: skip


def _photo(meeting: Meeting, pk: int) -> Photo:
    return get_object_or_404(Photo.objects.select_related("document", "meeting"), meeting=meeting, pk=pk)

"""The delegations of a meeting: who is invited, with how many seats, and what they answered."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask, confirm
from giaoban.meetings import actions, queries
from giaoban.meetings.forms import InvitationForm, InviteForm, QuotaForm, ReasonForm
from giaoban.meetings.models import Invitation, InvitationState, Meeting
from giaoban.meetings.policy import INVITATIONS
from giaoban.meetings.queries import seating
from giaoban.meetings.views.frame import about, crumbs

TONES = {
    InvitationState.PREPARED: "plain", InvitationState.SENT: "wait", InvitationState.ACCEPTED: "good",
    InvitationState.DECLINED: "bad", InvitationState.WITHDRAWN: "plain",
}  # fmt: skip

INVITATIONS_PAGE = ListPage(
    name="delegations",
    columns=(
        Column("unit", _("Unit"), value=lambda i: i.unit.name, link=Invitation.get_absolute_url, sort="unit__name"),
        Column(
            "state", _("State"), value=Invitation.get_state_display, tone=lambda i: TONES[InvitationState(i.state)],
            sort="state",
        ),
        Column("position", _("Protocol order"), kind="number", sort="position"),
        Column("seats", _("Seats"), kind="number", sort="seats"),
        Column("reserve", _("Reserve"), kind="number", sort="reserve"),
        Column("named", _("Named"), kind="number", sort="named"),
        Column("waiting", _("Waiting"), kind="number", sort="waiting"),
        Column("sent_at", _("Sent"), kind="moment", sort="sent_at"),
        Column("answered_at", _("Answered"), kind="moment", sort="answered_at"),
        Column("level", _("Level"), value=lambda i: i.unit.level, kind="number", sort="unit__level"),
    ),
    search=("unit__code", "unit__name"),
    filters=(
        Filter("state", _("State"), InvitationState.choices),
        Filter("level", _("Level"), lookup="unit__level"),
        Filter(
            "named", _("Delegates"), [("none", _("nobody named")), ("some", _("somebody named"))],
            where=lambda rows, value: rows.filter(named=0) if value == "none" else rows.filter(named__gt=0),
        ),
    ),
    sort="position",
)  # fmt: skip

#: name of a move -> action and the question before it
MOVES: dict[str, tuple[Any, Any]] = {
    "accept": (actions.accept, _("Your unit will come. You can name the delegates now or later.")),
    "decline": (
        actions.decline,
        _("Your unit will not come. Delegates already named are let go; their seats pass on."),
    ),
    "prepare": (actions.prepare_again, _("The invitation is prepared again; it goes out when you send it.")),
    "withdraw": (actions.withdraw, _("The unit is not invited any more; its delegates are let go.")),
}  # fmt: skip


@login_required
def index(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """All invitations; a unit sees its own."""
    row = queries.meeting_for(request.by, agreement, pk)
    rows = queries.invitations_of(row, request.by)
    levels = rows.order_by("unit__level").values_list("unit__level", flat=True).distinct()
    context = about(request, row)
    context["waits"] = context["may_write"] and row.invitations.filter(state=InvitationState.PREPARED).count()
    if context["may_write"]:
        context |= {
            "empty_text": gettext("Nobody is invited yet."), "empty_action": gettext("Invite units"),
            "empty_url": reverse("meetings:invite", args=[agreement, pk]),
        }  # fmt: skip
    choices = {"level": [(n, n) for n in levels]}
    return INVITATIONS_PAGE.answer(request, rows, "meetings/delegations.html", context, choices=choices)


@login_required
def invite(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    form = InviteForm(request.POST or None, meeting=row, by=request.by, day=row.starts_at.date())

    def act(**given: Any) -> None:
        actions.invite(meeting=row, by=request.by, at=request.at, **given)

    return _ask(
        request, row, form, act, gettext("Invite units"), back=delegations(row), action=gettext("Prepare invitations"),
        done=gettext("The invitations are prepared. They go out when you send them."),
    )  # fmt: skip


@login_required
def quotas(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    form = QuotaForm(request.POST or None, levels=seating.seats_by_level(row))

    def act(**given: Any) -> None:
        actions.set_quotas(meeting=row, by=request.by, at=request.at, **given)

    return _ask(
        request, row, form, act, gettext("Seats by level"), back=delegations(row), done=gettext("Saved.")
    )


@login_required
def send(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Look once more, then send everything that is prepared."""
    row = queries.meeting_for(request.by, agreement, pk, "write")
    count = row.invitations.filter(state=InvitationState.PREPARED).count()
    sentence = ngettext(
        "%(count)s invitation goes to its unit now.", "%(count)s invitations go to their units now.", count
    )
    return confirm(
        request, lambda: _sent(request, row), title=gettext("Send the invitations"), action=gettext("Send"),
        back=delegations(row), sentence=sentence % {"count": count}, tone="primary", agreement=row.agreement,
        crumbs=crumbs(row), done=gettext("The invitations are on their way."),
    )  # fmt: skip


def _sent(request: HttpRequest, row: Meeting) -> None:
    actions.send_invitations(meeting=row, by=request.by, at=request.at)


@login_required
def invitation(request: HttpRequest, agreement: str, pk: int, invitation: int) -> HttpResponse:
    """One unit's invitation, with its delegates and what can be done."""
    row = queries.meeting_for(request.by, agreement, pk)
    found = queries.invitation_for(row, request.by, invitation)
    may_answer = INVITATIONS.may(request.by, "answer", found)
    context = about(request, row)
    moves = [m for m in INVITATIONS.moves.values() if found.state in m.sources and m.name in MOVES]
    context |= {
        "invitation": found, "invitation_tone": TONES[InvitationState(found.state)], "may_answer": may_answer,
        "delegates": queries.delegates_of(row, request.by).filter(invitation=found),
        "contacts": may_answer, "may_name": may_answer and found.is_answerable and row.is_live,
        "moves": [m for m in moves if (may_answer and row.is_live if m.right == "answer" else context["may_write"])],
    }  # fmt: skip
    return render(request, "meetings/invitation.html", context)


@login_required
def edit(request: HttpRequest, agreement: str, pk: int, invitation: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    found = queries.invitation_for(row, request.by, invitation, "manage")
    form = InvitationForm.of(found, request.POST or None)

    def act(**given: Any) -> None:
        actions.edit_invitation(invitation=found, by=request.by, at=request.at, **given)

    return ask(
        request, form, act, title=gettext("Change the invitation"), back=found.get_absolute_url(),
        agreement=row.agreement, crumbs=crumbs(found), done=gettext("Saved."),
    )  # fmt: skip


@login_required
def move(request: HttpRequest, agreement: str, pk: int, invitation: int, name: str) -> HttpResponse:
    """Accept, decline, take back."""
    if name not in MOVES:
        raise Http404
    step, (verb, sentence) = INVITATIONS.moves[name], MOVES[name]
    row = queries.meeting_for(request.by, agreement, pk)
    found = queries.invitation_for(row, request.by, invitation, step.right)

    def act(**given: Any) -> None:
        verb(invitation=found, by=request.by, at=request.at, **given)

    shown = {
        "title": step.label, "action": step.label, "back": found.get_absolute_url(), "agreement": row.agreement,
        "crumbs": crumbs(found), "done": gettext("Done: %(move)s.") % {"move": step.label},
        "tone": "danger" if step.reason else "primary",
    }  # fmt: skip
    if step.reason:
        return ask(request, ReasonForm(request.POST or None), act, lead=sentence, **shown)
    return confirm(request, act, sentence=sentence, **shown)


def delegations(meeting: Meeting) -> str:
    return reverse("meetings:delegations", args=[meeting.agreement.code, meeting.pk])


def _ask(request: HttpRequest, row: Meeting, form: Any, act: Any, title: str, **shown: Any) -> HttpResponse:
    return ask(request, form, act, title=title, agreement=row.agreement, crumbs=crumbs(row), **shown)

"""Delegates: the list, and everything that happens to one of them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask, confirm
from giaoban.meetings import actions, queries
from giaoban.meetings.forms import DelegateForm, ReasonForm, ReplaceForm
from giaoban.meetings.models import Delegate, DelegateState, Meeting
from giaoban.meetings.policy import DELEGATES, MEETINGS
from giaoban.meetings.views.frame import about, crumbs

TONES = {
    DelegateState.ASKED: "wait", DelegateState.WAITING: "warn", DelegateState.SEATED: "good",
    DelegateState.CONFIRMED: "good", DelegateState.DECLINED: "bad", DelegateState.REPLACED: "plain",
    DelegateState.REFUSED: "bad",
}  # fmt: skip

COLUMNS = (
    Column("name", _("Name"), template="meetings/delegate_cell.html", sort="name"),
    Column("title", _("Position"), template="meetings/words_cell.html", sort="title"),
    Column(
        "unit", _("Unit"), value=lambda d: d.invitation.unit.name, sort="invitation__position",
        link=lambda d: d.invitation.get_absolute_url(),
    ),
    Column("level", _("Level"), value=lambda d: d.invitation.unit.level, kind="number", sort="invitation__unit__level"),
    Column("state", _("State"), value=Delegate.get_state_display, tone=lambda d: TONES[DelegateState(d.state)],
           sort="state"),
    Column("named_at", _("Named"), kind="moment", sort="named_at"),
)  # fmt: skip
CONTACTS = (
    Column("phone", _("Phone"), template="meetings/words_cell.html"),
    Column("email", _("E-mail address"), template="meetings/words_cell.html"),
    Column("transport", _("Transport"), template="meetings/words_cell.html"),
    Column("lodging", _("Lodging"), template="meetings/words_cell.html"),
)

DELEGATES_PAGE = ListPage(
    name="delegates",
    columns=COLUMNS,
    search=("name", "title", "invitation__unit__name", "invitation__unit__code"),
    filters=(
        Filter("state", _("State"), DelegateState.choices),
        Filter("level", _("Level"), lookup="invitation__unit__level"),
        Filter(
            "replaced", _("Replacements"), [("yes", _("came in somebody's place"))],
            where=lambda rows, value: rows.filter(replaces__isnull=False),
        ),
    ),
    sort="unit",
)  # fmt: skip

#: name of a move -> action and the question before it
MOVES: dict[str, tuple[Any, Any]] = {
    "confirm": (actions.confirm, _("The delegate will come.")),
    "decline": (
        actions.decline_delegate,
        _("The delegate will not come. If somebody else comes, replace him instead."),
    ),
    "agree": (actions.agree, _("The delegate gets a seat, or waits for one if none is free.")),
    "reconsider": (actions.reconsider, _("The delegate is to be agreed to again.")),
    "refuse": (actions.refuse, _("The delegate is not agreed to; the unit can name somebody else.")),
}  # fmt: skip
#: the line of the table of moves that each verb of the screen goes by
STEPS = {"agree": "seat"}


@login_required
def index(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The delegates the reader may know of; contacts for the secretariat and the unit itself."""
    row = queries.meeting_for(request.by, agreement, pk)
    rows = queries.delegates_of(row, request.by)
    levels = (
        rows.order_by("invitation__unit__level").values_list("invitation__unit__level", flat=True).distinct()
    )
    contacts = queries.may_see_contacts(request.by, row) or not reads_all(request.by, row)
    context = about(request, row) | {
        "empty_text": gettext("A unit names its delegates on the page of its invitation."),
        "empty_action": gettext("Delegations"), "empty_url": reverse("meetings:delegations", args=[agreement, pk]),
    }  # fmt: skip
    return DELEGATES_PAGE.answer(
        request, rows, "meetings/delegates.html", context, choices={"level": [(n, n) for n in levels]},
        columns=[*COLUMNS, *CONTACTS] if contacts else COLUMNS,
    )  # fmt: skip


@login_required
def name(request: HttpRequest, agreement: str, pk: int, invitation: int) -> HttpResponse:
    """Name a delegate of a unit."""
    row = queries.meeting_for(request.by, agreement, pk)
    found = queries.invitation_for(row, request.by, invitation, "answer")

    def act(**given: Any) -> None:
        actions.name_delegate(invitation=found, by=request.by, at=request.at, **given)

    return ask(
        request, DelegateForm(request.POST or None, meeting=row), act,
        title=gettext("Name a delegate"), lead=found.unit.name,
        back=found.get_absolute_url(), agreement=row.agreement, crumbs=crumbs(found),
        done=gettext("The delegate is named."),
    )  # fmt: skip


@login_required
def edit(request: HttpRequest, agreement: str, pk: int, delegate: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk)
    found = queries.delegate_for(row, request.by, delegate, "answer")

    def act(**given: Any) -> None:
        actions.edit_delegate(delegate=found, by=request.by, at=request.at, **given)

    return ask(
        request, DelegateForm(request.POST or None, meeting=row, delegate=found), act,
        title=gettext("Correct the entry"),
        lead=gettext("Somebody else? Then replace the delegate, so that both stay on record."), agreement=row.agreement,
        back=found.invitation.get_absolute_url(), crumbs=crumbs(found.invitation), done=gettext("Saved."),
    )  # fmt: skip


@login_required
def replace(request: HttpRequest, agreement: str, pk: int, delegate: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk)
    found = queries.delegate_for(row, request.by, delegate, "answer")

    def act(**given: Any) -> None:
        actions.replace(delegate=found, by=request.by, at=request.at, **given)

    return ask(
        request, ReplaceForm(request.POST or None, meeting=row), act,
        title=gettext("Replace %(name)s") % {"name": found.name},
        lead=gettext("Who comes in this place? The seat and the order are kept; both stay on record."),
        back=found.invitation.get_absolute_url(), agreement=row.agreement, crumbs=crumbs(found.invitation),
        action=gettext("Replace"),
        done=gettext("The delegate is replaced."),
    )  # fmt: skip


@login_required
def move(request: HttpRequest, agreement: str, pk: int, delegate: int, name: str) -> HttpResponse:
    """Will come, will not come, agree, do not agree."""
    if name not in MOVES:
        raise Http404
    step, (verb, sentence) = DELEGATES.moves[STEPS.get(name, name)], MOVES[name]
    row = queries.meeting_for(request.by, agreement, pk)
    found = queries.delegate_for(row, request.by, delegate, step.right)

    def act(**given: Any) -> None:
        verb(delegate=found, by=request.by, at=request.at, **given)

    shown = {
        "title": f"{step.label}: {found.name}", "action": step.label, "back": found.invitation.get_absolute_url(),
        "agreement": row.agreement, "crumbs": crumbs(found.invitation), "tone": "danger" if step.reason else "primary",
        "done": gettext("Done: %(move)s.") % {"move": step.label},
    }  # fmt: skip
    if step.reason:
        return ask(request, ReasonForm(request.POST or None), act, lead=sentence, **shown)
    return confirm(request, act, sentence=sentence, **shown)


def reads_all(by: Any, meeting: Meeting) -> bool:
    """Does the reader see delegates of every unit? Then no contacts, unless he is the secretariat."""
    return MEETINGS.may_in(by, "read_draft", meeting.agreement_id)

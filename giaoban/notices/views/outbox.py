"""What leaves the house: the operator looks, sends again, withdraws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from giaoban.core.lifecycle import possible
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import confirm
from giaoban.lib.itip import ItipError, read_events
from giaoban.notices import actions, kinds, queries
from giaoban.notices.models import Mail, State
from giaoban.notices.policy import MAILS

TONES = {
    "queued": "wait", "sending": "wait", "sent": "good", "failed": "bad", "bounced": "bad", "withdrawn": "plain",
}  # fmt: skip

OUTBOX = ListPage(
    name="mails",
    columns=(
        Column("subject", _("Subject"), value=str, template="notices/cell_mail.html", sort="subject"),
        Column("address", _("To"), sort="address"),
        Column(
            "state", _("State"), value=Mail.get_state_display, tone=lambda m: TONES[m.state], sort="state"
        ),
        Column("made_at", _("Written"), kind="moment", sort="made_at"),
        Column("changed_at", _("Last change"), kind="moment", sort="changed_at"),
        Column("tries", _("Attempts"), kind="number", sort="tries"),
        Column("kind", _("Kind"), value=lambda m: m.kind_label, template="notices/cell_kind.html"),
    ),
    search=("subject", "address", "name"),
    filters=(Filter("state", _("State"), State.choices), Filter("kind", _("Kind"))),
    sort="-made_at",
)

VERBS: dict[str, Callable[..., Mail]] = {"send again": actions.send_again, "withdraw": actions.withdraw}


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """All mails, newest first."""
    _operators_only(request)
    choices = {"kind": [(kind.code, kind.label) for kind in kinds.every()]}
    context = {"empty_title": gettext("No mail has been written yet.")}
    return OUTBOX.answer(request, queries.outbox(request.by), "notices/outbox.html", context, choices=choices)


def _operators_only(request: HttpRequest) -> None:
    if not MAILS.may_at_all(request.by, "read"):
        raise Http404


@login_required
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as it was or will be sent, and what happened to it."""
    row = queries.mail_for(request.by, pk)
    moves = [move for move in possible(row, by=request.by, policy=MAILS) if move.name in VERBS]
    context = {"mail": row, "tone": TONES[row.state], "moves": moves, "event": event_of(row)}
    return render(request, "notices/mail.html", context)


def event_of(mail: Mail) -> Any:
    """The event of its calendar part, to show it; None if there is none."""
    if not mail.calendar:
        return None
    try:
        return read_events(mail.calendar.encode())[0]
    except ItipError:
        return None


@login_required
def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Send again, or do not send."""
    verb = name.replace("-", " ")
    if verb not in VERBS:
        raise Http404
    row = queries.mail_for(request.by, pk, "retry")
    step = MAILS.moves[verb]
    return confirm(
        request, lambda: VERBS[verb](mail=row, by=request.by, at=request.at) and None,
        title=step.label, action=step.label, back=row.get_absolute_url(), tone="primary",
        done=gettext("Done: %(move)s.") % {"move": step.label},
        crumbs=[(gettext("Outgoing mail"), reverse("notices:outbox")), (gettext("Mail"), row.get_absolute_url())],
    )  # fmt: skip

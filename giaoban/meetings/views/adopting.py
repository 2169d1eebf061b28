"""The round among the delegations, the signature, and the files."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.core.pages.asking import ask, confirm
from giaoban.meetings import queries
from giaoban.meetings.actions import adopting as actions
from giaoban.meetings.exports import FORMATS, minutes_file, served
from giaoban.meetings.forms import ReasonForm
from giaoban.meetings.forms.minutes import AnswerForm, CirculateForm, SignForm
from giaoban.meetings.models import Meeting, Minutes
from giaoban.meetings.policy import ANSWERS, MINUTES
from giaoban.meetings.queries import minutes as reading
from giaoban.meetings.views.minutes import minutes_crumbs

#: What each move means, for the question before it.
SENTENCES: dict[str, Any] = {
    "circulate": gettext_lazy(
        "Every delegation reads the minutes, and agrees or asks for a change until this day."
    ),
    "revise": gettext_lazy(
        "The minutes are open to changes again. The delegations are asked once more afterwards."
    ),
    "adopt": gettext_lazy("The round is over; the chair can sign."),
    "reopen": gettext_lazy("The minutes are open to changes again, and the round begins anew."),
    "sign": gettext_lazy("Number and date are set. The minutes and their files do not change any more."),
}


@login_required
def move(request: HttpRequest, agreement: str, pk: int, name: str) -> HttpResponse:
    """Ask what the move needs, then make it."""
    if name not in SENTENCES:
        raise Http404
    step = MINUTES.moves[name]
    row, found = _found(request, agreement, pk, step.right)
    shown = {
        "title": step.label, "action": step.label, "back": found.get_absolute_url(), "agreement": row.agreement,
        "crumbs": minutes_crumbs(row), "done": _("Done: %(move)s.") % {"move": step.label}, "tone": "primary",
    }  # fmt: skip
    if name == "adopt":
        return confirm(
            request, lambda: actions.adopt(minutes=found, by=request.by, at=request.at),
            sentence=SENTENCES[name], **shown,
        )  # fmt: skip
    form = {"circulate": CirculateForm, "sign": SignForm}.get(name, ReasonForm)(request.POST or None)

    def act(**given: Any) -> None:
        VERBS[name](minutes=found, by=request.by, at=request.at, **given)

    return ask(request, form, act, lead=SENTENCES[name], **shown)


VERBS: dict[str, Any] = {
    "circulate": actions.circulate, "revise": actions.revise, "reopen": actions.reopen, "sign": actions.sign,
}  # fmt: skip


@login_required
def answer(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """A delegation's answer."""
    row, found = _found(request, agreement, pk)
    units = reading.may_answer_for(request.by, found)
    if not units:
        raise Http404
    form = AnswerForm(request.POST or None, meeting=row, units=units)

    def act(**given: Any) -> None:
        actions.answer(minutes=found, by=request.by, at=request.at, **given)

    return ask(
        request, form, act, title=_("Answer to the minutes"), action=_("Send the answer"),
        back=found.get_absolute_url(), agreement=row.agreement, crumbs=minutes_crumbs(row),
        done=_("The answer is given."),
    )  # fmt: skip


@login_required
def settle(request: HttpRequest, agreement: str, pk: int, answer: int, name: str) -> HttpResponse:
    """Take up a change that was asked for, or say why not."""
    if name not in ("take-up", "leave-out"):
        raise Http404
    row, found = _found(request, agreement, pk)
    chosen = reading.answer_for(request.by, found, answer)
    step = ANSWERS.moves[name.replace("-", " ")]
    shown = {
        "title": step.label, "action": step.label, "back": found.get_absolute_url(), "agreement": row.agreement,
        "crumbs": minutes_crumbs(row), "done": _("Done: %(move)s.") % {"move": step.label}, "tone": "primary",
    }  # fmt: skip
    words = f"{chosen.unit}: {chosen.text}"
    if name == "take-up":
        return confirm(
            request,
            lambda: actions.take_up(answer=chosen, by=request.by, at=request.at),
            sentence=words,
            **shown,
        )

    def act(reason: str) -> None:
        actions.decline(answer=chosen, reason=reason, by=request.by, at=request.at)

    return ask(request, ReasonForm(request.POST or None), act, lead=words, **shown)


@login_required
def download(request: HttpRequest, agreement: str, pk: int, format: str) -> HttpResponseBase:
    """The minutes as a paper: signed ones as they were signed, others as they stand."""
    if format not in FORMATS:
        raise Http404
    _row, found = _found(request, agreement, pk)
    return served(minutes_file(found, format))


def _found(request: HttpRequest, agreement: str, pk: int, right: str = "") -> tuple[Meeting, Minutes]:
    row = queries.meeting_for(request.by, agreement, pk)
    found = reading.minutes_for(request.by, row, right)
    found.meeting = row
    return row, found

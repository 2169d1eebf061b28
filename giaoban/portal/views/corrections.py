"""Requests of readers for a correction, in the workspace of those who write the pages."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.core.language import reader_language
from giaoban.core.lifecycle import possible
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask
from giaoban.portal.actions.correcting import close as close_request
from giaoban.portal.actions.correcting import look_again
from giaoban.portal.forms import AnswerForm
from giaoban.portal.models import CorrectionState
from giaoban.portal.policy import CORRECTIONS
from giaoban.portal.queries import readers

TONES = {"new": "wait", "answered": "good", "declined": "plain"}
LIST = ListPage(
    name="corrections",
    columns=(
        Column("page", gettext_lazy("Page"), value=lambda r: r.page.title, link=lambda r: r.get_absolute_url(),
               sort="page__title"),
        Column("unit", gettext_lazy("Unit"), value=lambda r: r.page.unit.name if r.page.unit else "",
               sort="page__unit__name"),
        Column("made_at", gettext_lazy("Came"), kind="moment", sort="made_at"),
        Column("due_on", gettext_lazy("Answer by"), kind="day", sort="due_on"),
        Column("state", gettext_lazy("State"), value=lambda r: r.get_state_display(), tone=lambda r: TONES[r.state],
               sort="state"),
    ),
    search=("page__title", "words", "place"),
    filters=(
        Filter("state", gettext_lazy("State"), CorrectionState.choices),
        Filter("due", gettext_lazy("Answer by"), kind="day", lookup="due_on__lte"),
    ),
    sort="due_on",
)  # fmt: skip


def crumbs(*more: tuple[Any, str]) -> list[tuple[Any, str]]:
    way = [
        (_("Public portal"), reverse("portal:desk")),
        (_("Requests for correction"), reverse("portal:corrections")),
    ]
    return [*way, *more]


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """All that came, the most urgent first."""
    if not CORRECTIONS.may_at_all(request.by, "read"):
        raise Http404
    context = {
        "empty_title": _("No reader has asked for a correction."),
        "empty_text": _("Every article, review, meeting and document has a form at its end."),
    }
    return LIST.answer(request, readers.corrections_of(request.by), "portal/corrections.html", context)


@login_required
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """One request with its page, its answer and its history."""
    row = readers.correction_for(request.by, pk)
    context = {
        "row": row, "tone": TONES[row.state], "moves": possible(row, by=request.by, policy=CORRECTIONS),
        "address": row.page.address(reader_language()),
        "is_late": row.is_open and row.due_on < request.by.day,
    }  # fmt: skip
    return render(request, "portal/correction_desk.html", context)


@login_required
def close(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Answer, or decline."""
    row = readers.correction_for(request.by, pk)
    step = CORRECTIONS.moves.get(name)
    if step is None or not CORRECTIONS.may(request.by, step.right, row):
        raise Http404
    by_mail, kept = (
        _("The reader gets your words by mail."),
        _("The reader left no address; your words stay here."),
    )
    again = step.target == CorrectionState.NEW
    act = look_again if again else partial(close_request, name=name)
    lead = _("Say why. The reader is not told.") if again else by_mail if row.email else kept
    return ask(
        request, AnswerForm(request.POST or None),
        lambda **given: act(row=row, by=request.by, at=request.at, **given) and None,
        title=step.label, action=step.label, lead=lead,
        back=row.get_absolute_url(), done=_("Saved."), crumbs=crumbs((str(row.pk), row.get_absolute_url())),
    )  # fmt: skip

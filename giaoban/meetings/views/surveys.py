"""Questions to delegates; the survey after the meeting, on a page that needs no account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext, ngettext

from giaoban.core.pages.asking import ask, confirm, refuse
from giaoban.core.refused import Refused
from giaoban.meetings import queries
from giaoban.meetings.actions import extras as actions
from giaoban.meetings.actions import surveying
from giaoban.meetings.forms.extras import QuestionForm, SurveyForm
from giaoban.meetings.models import Meeting, Question, QuestionPart, State
from giaoban.meetings.queries.extras import FEWEST, survey_results
from giaoban.meetings.views.extras import of
from giaoban.meetings.views.frame import about, crumbs


@login_required
def index(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The questions, and the counts of the survey."""
    row = queries.meeting_for(request.by, agreement, pk, "read_draft")
    answered, results = survey_results(row)
    context = about(request, row) | {
        "registration": row.questions.filter(part=QuestionPart.REGISTRATION), "results": results,
        "answered": answered, "fewest": FEWEST, "may_send": row.state == State.HELD and bool(results),
    }  # fmt: skip
    return render(request, "meetings/questions.html", context)


@login_required
def add(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    begin = {"part": request.GET.get("part", QuestionPart.REGISTRATION), "kind": "choice"}
    form = QuestionForm(request.POST or None, initial=begin)
    return _set(request, row, form, None, gettext("Add a question"))


@login_required
def edit(request: HttpRequest, agreement: str, pk: int, question: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    found = _question(row, question)
    return _set(
        request, row, QuestionForm.of(found, request.POST or None), found, gettext("Change the question")
    )


def _set(
    request: HttpRequest, row: Meeting, form: QuestionForm, found: Question | None, title: str
) -> HttpResponse:
    def act(**given: Any) -> None:
        actions.set_question(meeting=row, question=found, by=request.by, at=request.at, **given)

    return ask(
        request, form, act, title=title, back=of(row, "questions"), agreement=row.agreement, crumbs=crumbs(row),
        done=gettext("Saved."),
    )  # fmt: skip


@login_required
def remove(request: HttpRequest, agreement: str, pk: int, question: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")
    found = _question(row, question)
    return confirm(
        request, lambda: actions.remove_question(question=found, by=request.by, at=request.at),
        title=gettext("Remove this question?"), action=gettext("Remove"), back=of(row, "questions"),
        sentence=gettext("Answers that were given to it are removed with it."), agreement=row.agreement,
        crumbs=crumbs(row),
    )  # fmt: skip


@login_required
def send(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.meeting_for(request.by, agreement, pk, "write")

    def act() -> None:
        count = surveying.send_survey(meeting=row, by=request.by, at=request.at)
        said = ngettext("%(count)s delegate gets a link.", "%(count)s delegates get a link.", count)
        messages.success(request, said % {"count": count})

    return confirm(
        request, act, title=gettext("Send the survey"), action=gettext("Send"), back=of(row, "questions"),
        sentence=gettext("Every delegate with an e-mail address who has not answered gets a link of his own."),
        tone="primary", agreement=row.agreement, crumbs=crumbs(row),
    )  # fmt: skip


def survey(request: HttpRequest, agreement: str, token: str) -> HttpResponse:
    """What a delegate answers; the link says which meeting, the answers do not say who."""
    delegate = surveying.delegate_of(token, at=request.at)
    if delegate is None or delegate.invitation.meeting.agreement.code != agreement:
        raise Http404
    meeting = delegate.invitation.meeting
    form = SurveyForm(request.POST or None, questions=meeting.questions.filter(part=QuestionPart.SURVEY))
    context: dict[str, Any] = {"meeting": meeting, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            surveying.take_survey(delegate=delegate, **form.given())
        except Refused as refusal:
            refuse(form, refusal)
        else:
            context["done"] = True
    return render(request, "meetings/survey.html", context)


def _question(meeting: Meeting, pk: int) -> Question:
    return get_object_or_404(Question.objects.select_related("meeting"), meeting=meeting, pk=pk)

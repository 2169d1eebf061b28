"""Sign, issue, correct, recall, discard: look at what it means, confirm, do it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.core.refused import Refused
from giaoban.reviews import queries
from giaoban.reviews.actions import issuing
from giaoban.reviews.forms import IssueForm, ReasonForm
from giaoban.reviews.jobs import keep_issued
from giaoban.reviews.models import Review
from giaoban.reviews.policy import REVIEWS
from giaoban.reviews.queries.missing import lacking
from giaoban.reviews.views.pages import about

#: move -> (action, sentence of the question, tone of the button)
VERBS: dict[str, tuple[Callable[..., Review], object, str]] = {
    "sign": (
        issuing.sign,
        gettext_lazy("Signed off, the review is closed to changes; the coordinator can then issue it."),
        "primary",
    ),
    "reopen": (
        issuing.reopen,
        gettext_lazy("The review is open to changes again; the signature lapses."),
        "primary",
    ),
    "discard": (
        issuing.discard,
        gettext_lazy("The draft is given up. It stays in the trail, and another may be begun."),
        "danger",
    ),
    "recall": (
        issuing.recall,
        gettext_lazy(
            "The page and the documents will say that this review is recalled. This stays on record."
        ),
        "danger",
    ),
}


@login_required
def issue(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """What is lacking, and the button that issues all the same."""
    row = _row(request, agreement, pk, "issue")
    lack = lacking(row)
    form, mistake = IssueForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        try:
            issuing.issue(review=row, by=request.by, at=request.at, confirmed=form.cleaned_data["confirmed"])
        except Refused as refused:
            mistake = str(refused)
        else:
            keep_issued.enqueue(row.pk)
            messages.success(request, _("The review is issued and frozen with its figures and sources."))
            return HttpResponseRedirect(row.get_absolute_url())
    context = about(request, row) | {"form": form, "lack": lack, "mistake": mistake}
    return render(request, "reviews/issue.html", context, status=409 if mistake else 200)


@login_required
def correct(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Begin the document that replaces this one."""
    row = queries.review_for(request.by, agreement, pk, "issue")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            new = issuing.correct(
                review=row, reason=form.cleaned_data["reason"], by=request.by, at=request.at
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("This copy replaces the issued review once it is issued itself."))
            return HttpResponseRedirect(reverse("reviews:edit", args=[agreement, new.pk]))
    context = about(request, row) | {
        "form": form, "title": _("Correct the issued review"), "action": _("Begin the correction"), "tone": "primary",
        "sentence": _("A copy is made to correct. This review stays in force until the copy is issued."),
        "back": row.get_absolute_url(),
    }  # fmt: skip
    return render(request, "reviews/confirm.html", context)


@login_required
def move(request: HttpRequest, agreement: str, pk: int, name: str) -> HttpResponse:
    """Confirm and make one of the other moves."""
    if name not in VERBS:
        raise Http404
    row = _row(request, agreement, pk, name)
    verb, sentence, tone = VERBS[name]
    step = REVIEWS.moves[name]
    form = ReasonForm(request.POST or None) if step.reason else None
    if request.method == "POST" and (form is None or form.is_valid()):
        given = {"reason": form.cleaned_data["reason"]} if form else {}
        try:
            verb(review=row, by=request.by, at=request.at, **given)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Done: %(move)s.") % {"move": step.label})
        return HttpResponseRedirect(row.get_absolute_url())
    context = about(request, row) | {
        "form": form or "", "title": step.label, "action": step.label, "sentence": sentence, "tone": tone,
        "back": row.get_absolute_url(),
    }  # fmt: skip
    return render(request, "reviews/confirm.html", context)


def _row(request: HttpRequest, agreement: str, pk: int, name: str) -> Review:
    return queries.review_for(request.by, agreement, pk, REVIEWS.moves[name].right)

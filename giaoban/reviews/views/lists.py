"""All reviews of an agreement, and beginning a new one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.queries import agreement_for
from giaoban.core.language import reader_language
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.refused import Refused
from giaoban.reviews import queries
from giaoban.reviews.actions.building import build
from giaoban.reviews.actions.issuing import begin
from giaoban.reviews.forms import BeginForm
from giaoban.reviews.labels import period_label
from giaoban.reviews.models import Review, ReviewKind, State
from giaoban.reviews.policy import REVIEWS

TONES = {
    State.DRAFT: "wait", State.SIGNED: "warn", State.ISSUED: "good", State.REPLACED: "plain",
    State.RECALLED: "bad", State.DISCARDED: "plain",
}  # fmt: skip

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}

REVIEWS_PAGE = ListPage(
    name="reviews",
    columns=(
        Column("title", _("Review"), link=Review.get_absolute_url, language=lambda r: r.language, sort="title"),
        Column("period", _("Period"), value=lambda r: period_label(r.period, reader_language()), sort="period"),
        Column("kind", _("Kind"), value=Review.get_kind_display, sort="kind"),
        Column("language", _("Language"), value=lambda r: LANGUAGES[r.language]),
        Column("number", _("Number")),
        Column("state", _("State"), value=Review.get_state_display, tone=lambda r: TONES[State(r.state)], sort="state"),
        Column("changed_at", _("Changed"), kind="moment", sort="changed_at"),
    ),
    search=("title", "number", "period"),
    filters=(
        Filter("state", _("State"), State.choices),
        Filter("kind", _("Kind"), ReviewKind.choices),
        Filter("language", _("Language"), list(LANGUAGES.items())),
    ),
    sort="-period",
)  # fmt: skip


@login_required
def index(request: HttpRequest, agreement: str) -> HttpResponse:
    """The reviews the reader may see."""
    found = agreement_for(request.by, agreement)
    rows = queries.visible(request.by, found).select_related("agreement")
    may_write = REVIEWS.may_in(request.by, "write", found.pk)
    if request.GET.get("state") != State.DISCARDED:
        rows = rows.exclude(state=State.DISCARDED)
    context = {"agreement": found, "may_write": may_write}
    if may_write:
        context |= {
            "empty_text": gettext("A review is built from the accepted reports of a period."),
            "empty_url": reverse("reviews:new", args=[agreement]), "empty_action": gettext("New review"),
        }  # fmt: skip
    return REVIEWS_PAGE.answer(request, rows, "reviews/index.html", context)


@login_required
def new(request: HttpRequest, agreement: str) -> HttpResponse:
    """Build the review of a period from the reports, or begin an empty one."""
    found = agreement_for(request.by, agreement)
    if not REVIEWS.may_in(request.by, "write", found.pk):
        agreement_for(request.by, "")
    start = {"language": reader_language(), "period": request.GET.get("period", "")}
    form = BeginForm(request.POST or None, agreement=found, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        verb = begin if given["empty"] else build
        try:
            review = verb(
                agreement=found,
                period=given["period"],
                language=given["language"],
                article=given.get("article"),
                by=request.by,
                at=request.at,
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(
                request, gettext("The draft is there. Every figure in it leads back to the reports.")
            )
            return HttpResponseRedirect(review.get_absolute_url())
    return render(request, "reviews/new.html", {"agreement": found, "form": form})

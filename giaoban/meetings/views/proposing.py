"""The proposal of amendment that a conclusion asks for."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from giaoban.agreements.forms.amending import ProposalForm
from giaoban.agreements.queries.amending import own_units
from giaoban.core.pages.asking import ask
from giaoban.meetings import queries
from giaoban.meetings.actions.proposing import propose_amendment
from giaoban.meetings.queries import conclusions as reading
from giaoban.meetings.queries.proposing import first_words
from giaoban.meetings.views.frame import crumbs


@login_required
def propose(request: HttpRequest, agreement: str, pk: int, conclusion: int) -> HttpResponse:
    """What the conclusion says is filled in; the words of the article are written here."""
    row = queries.meeting_for(request.by, agreement, pk)
    found = reading.conclusion_for(request.by, row, conclusion, "give")
    found.meeting = row
    units = own_units(request.by, row.agreement)
    if not units:
        raise Http404
    form = ProposalForm(
        request.POST or None, agreement=row.agreement, units=units, initial=first_words(found)
    )

    def act(**given: Any) -> str:
        made = propose_amendment(conclusion=found, by=request.by, at=request.at, **given)
        return made.get_absolute_url()

    title = _("Propose the amendment")
    number = _("Conclusion %(number)s") % {"number": found.number}
    return ask(
        request, form, act, title=title, action=_("Propose"), lead=str(found), back=found.get_absolute_url(),
        agreement=row.agreement, crumbs=[*crumbs(row), (number, found.get_absolute_url())],
        done=_("The proposal stands in the agreement; the conclusion leads to it."),
    )  # fmt: skip

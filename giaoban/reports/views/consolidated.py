"""Begin a consolidated report, and bring its figures up to date."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.core.pages.asking import ask
from giaoban.reports import actions, queries
from giaoban.reports.consolidating import Total
from giaoban.reports.forms import ConsolidateForm
from giaoban.reports.views.lists import agreement_for


@login_required
def begin(request: HttpRequest, agreement: str) -> HttpResponse:
    """Which unit, regime and period; then the form with the figures of the units below."""
    found = agreement_for(request, agreement)
    units = queries.units_to_consolidate(request.by, found)
    if not units:
        raise Http404

    def act(**given: object) -> str:
        report, total = actions.open_consolidated(by=request.by, at=request.at, **given)  # type: ignore[arg-type]
        if total is None:
            return report.get_absolute_url()
        _say(request, total)
        return reverse("reports:fill", args=[agreement, report.pk])

    due = reverse("reports:due", args=[agreement])
    return ask(
        request, ConsolidateForm(found, units, request.POST or None), act,
        title=_("Write a consolidated report"), back=due, agreement=found, action=_("Begin"),
        lead=_("It begins with the figures of the units below, and is never added to a total."),
        crumbs=[(str(found), found.get_absolute_url()), (_("Reports"), due)],
    )  # fmt: skip


@login_required
@require_POST
def refresh(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Today's figures of the units below into the draft."""
    row = queries.report_for(request.by, agreement, pk, "fill")
    _say(request, actions.refresh_consolidated(report=row, by=request.by, at=request.at))
    return HttpResponseRedirect(reverse("reports:fill", args=[agreement, pk]))


def _say(request: HttpRequest, total: Total) -> None:
    said = _("Figures of %(accepted)s accepted reports below were taken; %(due)s are due.")
    messages.success(request, said % {"accepted": total.accepted, "due": total.due})

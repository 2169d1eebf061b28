"""The parties of an agreement: their part, order and signers."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.agreements import actions, queries
from giaoban.agreements.forms.parties import AddPartForm, PartForm
from giaoban.agreements.models import Agreement, Party
from giaoban.agreements.policy import AGREEMENTS
from giaoban.agreements.views.versions import done
from giaoban.core.pages.asking import ask, confirm


@login_required
def parties(request: HttpRequest, agreement: str) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    return render(request, "agreements/parties.html", {
        "agreement": row, "parts": queries.parts_on(row, request.by.day),
        "may_manage": AGREEMENTS.may_in(request.by, "manage", row.pk),
    })  # fmt: skip


@login_required
def add(request: HttpRequest, agreement: str) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement, "manage")
    form = AddPartForm(request.POST or None, by=request.by, day=request.by.day)
    return ask(
        request,
        form,
        lambda **given: done(actions.set_part, agreement=row, by=request.by, at=request.at, **given),
        title=_("Add a party"),
        lead=_("Members are named under “Edit” of the agreement; here stand those beside them."),
        done=_("The party is added."),
        **_frame(row),
    )


@login_required
def edit(request: HttpRequest, agreement: str, unit: int) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement, "manage")
    part = _part(request, row, unit)
    return ask(
        request, PartForm(request.POST or None, part=part),
        lambda **given: done(actions.set_part, agreement=row, unit=part.unit, by=request.by, at=request.at, **given),
        title=str(part.unit), done=_("The party is saved."), **_frame(row),
    )  # fmt: skip


@login_required
def forget(request: HttpRequest, agreement: str, unit: int) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement, "manage")
    part = _part(request, row, unit)
    return confirm(
        request, lambda: done(actions.drop_part, agreement=row, unit=part.unit, by=request.by, at=request.at),
        title=_("Forget the part of %(unit)s") % {"unit": part.unit}, action=_("Forget"),
        sentence=_("A unit that the agreement names stays a member; another one is no party any more."),
        done=_("It is done."), **_frame(row),
    )  # fmt: skip


def _part(request: HttpRequest, agreement: Agreement, unit: int) -> Party:
    found = next((p for p in queries.parts_on(agreement, request.by.day) if p.unit_id == unit), None)
    if found is None:
        raise Http404(unit)
    return found


def _frame(agreement: Agreement) -> dict[str, Any]:
    back = reverse("agreements:parties", args=[agreement.code])
    crumbs = [(str(agreement), agreement.get_absolute_url()), (_("Parties"), back)]
    return {"agreement": agreement, "back": back, "crumbs": crumbs}

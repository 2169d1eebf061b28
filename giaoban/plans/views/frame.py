"""What all plans of an agreement share: content groups, campaigns, schemes, duties of every year."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.agreements.models import Agreement
from giaoban.agreements.policy import AGREEMENTS
from giaoban.agreements.queries import agreement_for
from giaoban.core.pages.asking import ask, confirm
from giaoban.plans import actions
from giaoban.plans.forms.plans import PARTS, part_form
from giaoban.plans.queries.plans import frame as frame_of
from giaoban.plans.views.plans import crumbs

NEW = {
    "group": gettext_lazy("Add a content group"), "campaign": gettext_lazy("Add a campaign"),
    "scheme": gettext_lazy("Add a scheme"), "duty": gettext_lazy("Add a duty of every year"),
}  # fmt: skip
EDIT = {
    "group": gettext_lazy("Change the content group"), "campaign": gettext_lazy("Change the campaign"),
    "scheme": gettext_lazy("Change the scheme"), "duty": gettext_lazy("Change the duty"),
}  # fmt: skip


def home(agreement: Agreement) -> str:
    return reverse("plans:frame", args=[agreement.code])


@login_required
def frame(request: HttpRequest, agreement: str) -> HttpResponse:
    row = agreement_for(request.by, agreement)
    context = {
        "agreement": row,
        "frame": frame_of(row),
        "may_manage": AGREEMENTS.may_in(request.by, "manage", row.pk),
    }
    return render(request, "plans/frame.html", context)


@login_required
def new(request: HttpRequest, agreement: str, kind: str) -> HttpResponse:
    return _edited(request, agreement, kind, None)


@login_required
def edit(request: HttpRequest, agreement: str, kind: str, pk: int) -> HttpResponse:
    return _edited(request, agreement, kind, pk)


@login_required
def remove(request: HttpRequest, agreement: str, kind: str, pk: int) -> HttpResponse:
    row = agreement_for(request.by, agreement, "manage")
    part = _part(row, kind, pk)
    return confirm(
        request, lambda: actions.remove_part(part=part, by=request.by, at=request.at), title=_("Remove this?"),
        action=_("Remove"), sentence=str(part), back=home(row), crumbs=_crumbs(row), agreement=row,
        done=_("It is removed."),
    )  # fmt: skip


def _edited(request: HttpRequest, agreement: str, kind: str, pk: int | None) -> HttpResponse:
    row = agreement_for(request.by, agreement, "manage")
    part = _part(row, kind, pk)
    form = part_form(kind, request.POST or None, row, request.by, request.by.day, part)

    def act(**given: Any) -> None:
        model = PARTS[kind][0]
        actions.keep_part(agreement=row, kind=model, part=part, by=request.by, at=request.at, **given)

    return ask(
        request, form, act, title=(EDIT if part else NEW)[kind], back=home(row), crumbs=_crumbs(row), agreement=row,
        done=_("It is saved."),
    )  # fmt: skip


def _part(agreement: Agreement, kind: str, pk: int | None) -> Any:
    if kind not in PARTS:
        raise Http404(kind)
    return get_object_or_404(PARTS[kind][0], agreement=agreement, pk=pk) if pk else None


def _crumbs(agreement: Agreement) -> list[tuple[Any, str]]:
    return [*crumbs(agreement), (_("Frame of the plans"), home(agreement))]

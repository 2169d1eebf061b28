"""Agreements: the list, the overview, making and editing one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.agreements import actions, queries
from giaoban.agreements.forms import AgreementForm
from giaoban.agreements.forms.text import DiscardForm
from giaoban.agreements.models import Agreement, State
from giaoban.agreements.policy import AGREEMENTS
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask

LIST = ListPage(
    name="agreements",
    columns=(
        Column("title", gettext_lazy("Agreement"), value=str, link=Agreement.get_absolute_url),
        Column("number", gettext_lazy("Number and symbol"), sort="number"),
        Column("lead", gettext_lazy("Coordinating unit"), value=lambda a: a.lead.name, sort="lead__name"),
        Column("starts_on", gettext_lazy("Starts on"), kind="day", sort="starts_on"),
        Column("ends_on", gettext_lazy("Ends on"), kind="day", sort="ends_on"),
        Column("state", gettext_lazy("State"), value=Agreement.get_state_display, sort="state",
               tone=lambda a: TONES[a.state]),
    ),
    filters=(Filter("state", gettext_lazy("State"), State.choices),),
    search=(KT("titles__vi"), KT("titles__en"), "number", "code"),
    sort="starts_on",
)  # fmt: skip


TONES = {"draft": "plain", "in_force": "good", "amended": "wait", "replaced": "plain"}


@login_required
def index(request: HttpRequest) -> HttpResponse:
    context = {"may_create": queries.rules_all(request.by)}
    return LIST.answer(request, queries.agreements_of(request.by), "agreements/index.html", context)


@login_required
def overview(request: HttpRequest, agreement: str) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    may_manage = AGREEMENTS.may_in(request.by, "manage", row.pk)
    readable = queries.agreements_of(request.by)
    return render(request, "agreements/overview.html", {
        "agreement": row, "parts": queries.parts_on(row, request.by.day), "day": request.by.day,
        "may_manage": may_manage, "tone": TONES[row.state], "local": list(readable.filter(parent=row)),
        "may_read_parent": row.parent_id is not None and readable.filter(pk=row.parent_id).exists(),
    })  # fmt: skip


@login_required
def new(request: HttpRequest) -> HttpResponse:
    if not queries.rules_all(request.by):
        raise Http404
    form = AgreementForm(request.POST or None, by=request.by, day=request.by.day)
    return ask(
        request, form,
        lambda **given: actions.create_agreement(by=request.by, at=request.at, **given).get_absolute_url(),
        title=_("Make an agreement"), back=reverse("agreements:index"),
        done=_("The agreement is made. Invite its people."),
        crumbs=[(_("Agreements"), reverse("agreements:index"))],
    )  # fmt: skip


@login_required
def edit(request: HttpRequest, agreement: str) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement, "manage")
    form = AgreementForm(request.POST or None, by=request.by, day=request.by.day, agreement=row)
    return ask(
        request, form,
        lambda **given: actions.edit_agreement(agreement=row, by=request.by, at=request.at, **given).get_absolute_url(),
        title=_("Edit the agreement"), back=row.get_absolute_url(), done=_("The agreement is saved."), agreement=row,
        crumbs=[(str(row), row.get_absolute_url())],
    )  # fmt: skip


@login_required
def supersede(request: HttpRequest, agreement: str) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement, "manage")
    return ask(
        request,
        DiscardForm(request.POST or None),
        lambda **given: actions.supersede_agreement(
            agreement=row, by=request.by, at=request.at, **given
        ).get_absolute_url(),
        title=_("Replaced by another agreement"),
        action=_("Mark as replaced"),
        tone="danger",
        agreement=row,
        lead=_("Say which agreement took its place. It stays readable and is not amended any more."),
        back=row.get_absolute_url(),
        crumbs=[(str(row), row.get_absolute_url())],
        done=_("The agreement is marked as replaced."),
    )

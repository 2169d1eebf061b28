"""Proposals to change the text, and the answers of the parties to a draft."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from giaoban.agreements import actions, queries
from giaoban.agreements.forms.amending import AnswerForm, OpinionForm, ProposalForm
from giaoban.agreements.models import Agreement, Proposal, ProposalState, Version
from giaoban.agreements.policy import PROPOSALS
from giaoban.agreements.queries.amending import answers, own_units, proposal_for, proposals_of
from giaoban.agreements.views.articles import crumbs as text_crumbs
from giaoban.agreements.views.versions import crumbs as version_crumbs
from giaoban.agreements.views.versions import done
from giaoban.core.lifecycle import possible
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask, confirm

TONES = {"proposed": "wait", "accepted": "good", "declined": "bad", "withdrawn": "plain"}
STANCES = {"agrees": "good", "comments": "warn", "disagrees": "bad"}

PROPOSED = ListPage(
    name="proposals",
    columns=(
        Column("about", pgettext_lazy("text", "Article"), value=lambda p: _about(p), link=Proposal.get_absolute_url,
               sort="article__position"),
        Column("unit", gettext_lazy("Unit"), sort="unit__name"),
        Column("text", gettext_lazy("Proposed words"), template="agreements/papers_words.html"),
        Column("made_at", gettext_lazy("Made"), kind="moment", sort="made_at"),
        Column("state", gettext_lazy("State"), value=Proposal.get_state_display, tone=lambda p: TONES[p.state],
               sort="state"),
    ),
    search=("text", "reason", "unit__name", "unit__code"),
    filters=(Filter("state", gettext_lazy("State"), ProposalState.choices),),
    sort="-made_at",
)  # fmt: skip


def _about(proposal: Proposal) -> Any:
    return proposal.article.label if proposal.article else _("something new")


def crumbs(agreement: Agreement, proposal: Proposal | None = None) -> list[tuple[Any, str]]:
    steps = [
        *text_crumbs(agreement),
        (_("Amendments proposed"), reverse("agreements:proposals", args=[agreement.code])),
    ]
    return [*steps, (str(proposal), proposal.get_absolute_url())] if proposal else steps


@login_required
def proposals(request: HttpRequest, agreement: str) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    context = {
        "agreement": row, "crumbs": text_crumbs(row),
        "may_propose": row.state != "replaced" and PROPOSALS.may_in(request.by, "propose", row.pk),
    }  # fmt: skip
    return PROPOSED.answer(request, proposals_of(request.by, row), "agreements/proposals.html", context)


@login_required
def propose(request: HttpRequest, agreement: str) -> HttpResponse:
    """?article= is chosen beforehand."""
    row = queries.agreement_for(request.by, agreement)
    units = own_units(request.by, row)
    if not units:
        raise Http404
    form = ProposalForm(
        request.POST or None, agreement=row, units=units, initial={"article": request.GET.get("article")}
    )
    return ask(
        request, form,
        lambda **given: actions.propose(agreement=row, by=request.by, at=request.at, **given).get_absolute_url(),
        title=_("Propose a change"), action=_("Propose"), back=crumbs(row)[-1][1], agreement=row, crumbs=crumbs(row),
        done=_("The proposal is with the coordinating unit."),
    )  # fmt: skip


@login_required
def proposal(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    found = proposal_for(request.by, row, pk)
    current = queries.version_in_force(row)
    wording = current.wordings.filter(article=found.article).first() if current and found.article else None
    held = {move.name for move in possible(found, by=request.by, policy=PROPOSALS)}
    return render(request, "agreements/proposal.html", {
        "agreement": row, "proposal": found, "crumbs": crumbs(row), "tone": TONES[found.state], "wording": wording,
        "may_answer": "take_up" in held, "may_withdraw": "withdraw" in held, "may_reconsider": "reconsider" in held,
    })  # fmt: skip


@login_required
def answer(request: HttpRequest, agreement: str, pk: int, how: str) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    found = proposal_for(request.by, row, pk)
    if not PROPOSALS.may(request.by, "answer", found):
        raise Http404(pk)
    take_up = how == "take-up"
    draft = row.versions.filter(state="draft").first()
    return ask(
        request,
        AnswerForm(request.POST or None),
        lambda **given: done(
            actions.answer,
            proposal=found,
            take_up=take_up,
            version=draft,
            by=request.by,
            at=request.at,
            **given,
        ),
        title=_("Take up the proposal") if take_up else _("Do not take up the proposal"),
        lead=str(found),
        action=_("Take up") if take_up else _("Do not take up"),
        back=found.get_absolute_url(),
        agreement=row,
        crumbs=crumbs(row, found),
        done=_("The unit reads your answer."),
    )


@login_required
def reconsider(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    found = proposal_for(request.by, row, pk)
    if not PROPOSALS.may(request.by, "answer", found):
        raise Http404(pk)
    return ask(
        request, AnswerForm(request.POST or None),
        lambda **given: done(actions.reconsider, proposal=found, by=request.by, at=request.at, **given),
        title=_("Look at it again"), lead=str(found), back=found.get_absolute_url(), agreement=row,
        crumbs=crumbs(row, found), done=_("The proposal waits for an answer again."),
    )  # fmt: skip


@login_required
def withdraw(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    found = proposal_for(request.by, row, pk)
    if not PROPOSALS.may(request.by, "propose", found):
        raise Http404(pk)
    return confirm(
        request, lambda: done(actions.withdraw, proposal=found, by=request.by, at=request.at),
        title=_("Withdraw the proposal"), sentence=str(found), action=_("Withdraw the proposal"),
        back=found.get_absolute_url(), agreement=row, crumbs=crumbs(row, found), done=_("The proposal is withdrawn."),
    )  # fmt: skip


@login_required
def opinions(request: HttpRequest, agreement: str, number: int) -> HttpResponse:
    """Who has answered, round by round."""
    row = queries.agreement_for(request.by, agreement)
    found = queries.version_for(request.by, row, number)
    if not found.round:
        raise Http404(number)
    asked = request.GET.get("round", "")
    chosen = int(asked) if asked.isdigit() and 1 <= int(asked) <= found.round else found.round
    lines = answers(request.by, found, chosen, request.by.day)
    is_open = found.state == "consulted" and chosen == found.round
    return render(
        request,
        "agreements/opinions.html",
        {
            "agreement": row,
            "version": found,
            "crumbs": version_crumbs(row, found),
            "round": chosen,
            "rounds": range(1, found.round + 1),
            "lines": [(a, STANCES.get(a.opinion.stance if a.opinion else "", "wait")) for a in lines],
            "given": sum(a.opinion is not None for a in lines),
            "is_open": is_open and (found.due_on is None or request.by.day <= found.due_on),
        },
    )


@login_required
def opinion(request: HttpRequest, agreement: str, number: int, unit: int) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    found = queries.version_for(request.by, row, number)
    line = _line(request, found, unit)
    back = reverse("agreements:opinions", args=[row.code, number])
    return ask(
        request,
        OpinionForm(request.POST or None, opinion=line.opinion),
        lambda **given: done(
            actions.give_opinion, version=found, unit=line.unit, by=request.by, at=request.at, **given
        ),
        title=_("Answer of %(unit)s") % {"unit": line.unit},
        action=_("Send the answer"),
        back=back,
        agreement=row,
        lead=_("On the text of the draft, as a unit. It may be changed until the day by which to answer."),
        crumbs=[*version_crumbs(row, found), (_("Answers of the parties"), back)],
        done=_("The answer is sent."),
    )


def _line(request: HttpRequest, version: Version, unit: int) -> Any:
    lines = answers(request.by, version, version.round, request.by.day)
    found = next((line for line in lines if line.unit.pk == unit and line.may), None)
    if found is None:
        raise Http404(unit)
    return found

"""The text in force, and the page of one article."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.agreements import queries
from giaoban.agreements.models import Agreement, State
from giaoban.agreements.policy import AGREEMENTS, PROPOSALS
from giaoban.agreements.queries.amending import proposals_of
from giaoban.agreements.queries.text import history_of, inherited


def crumbs(agreement: Agreement) -> list[tuple[Any, str]]:
    """The way to a page about the text."""
    return [
        (str(agreement), agreement.get_absolute_url()),
        (_("Articles"), reverse("agreements:text", args=[agreement.code])),
    ]


@login_required
def text(request: HttpRequest, agreement: str) -> HttpResponse:
    """What is in force, with what the agreement above says."""
    row = queries.agreement_for(request.by, agreement)
    current = queries.version_in_force(row)
    return render(
        request,
        "agreements/text.html",
        {
            "agreement": row,
            "version": current,
            "nodes": queries.text_of(current) if current else [],
            "inherited": inherited(row),
            "open": queries.versions_of(request.by, row)
            .filter(state__in=("draft", "consulted", "signed"))
            .first(),
            "may_manage": AGREEMENTS.may_in(request.by, "manage", row.pk),
            "may_propose": row.state != State.REPLACED and PROPOSALS.may_in(request.by, "propose", row.pk),
        },
    )


@login_required
def article(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    found = queries.article_for(request.by, row, pk)
    history = history_of(request.by, found)
    return render(request, "agreements/article.html", {
        "agreement": row, "article": found, "crumbs": crumbs(row), "history": history,
        "wording": next((w for w in history if w.version.state == "in_force"), history[0]),
        "proposals": list(proposals_of(request.by, row).filter(article=found)),
        "may_propose": row.state != State.REPLACED and PROPOSALS.may_in(request.by, "propose", row.pk),
    })  # fmt: skip

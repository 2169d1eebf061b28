"""Versions of the text: the chain, one version, two compared, its files, and its way to being in force."""

from __future__ import annotations

import io
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.agreements import actions, exports, queries
from giaoban.agreements.forms.text import ConsultForm, DiscardForm, SignForm
from giaoban.agreements.models import Agreement, Version
from giaoban.agreements.policy import AGREEMENTS, VERSIONS
from giaoban.agreements.queries.amending import answered
from giaoban.agreements.queries.text import compared
from giaoban.agreements.views.articles import crumbs as text_crumbs
from giaoban.core.language import reader_language
from giaoban.core.pages.asking import ask, confirm

TONES = {
    "draft": "plain",
    "consulted": "wait",
    "signed": "wait",
    "in_force": "good",
    "replaced": "plain",
    "discarded": "plain",
}
#: Moves with a button on the page of a version: name of the move -> name of the address.
BUTTONS = {"consult": "consult", "revise": "revise", "sign": "sign", "discard": "discard"}


def crumbs(agreement: Agreement, version: Version | None = None) -> list[tuple[Any, str]]:
    steps = [*text_crumbs(agreement), (_("Versions"), reverse("agreements:versions", args=[agreement.code]))]
    return [*steps, (str(version), version.get_absolute_url())] if version else steps


@login_required
def versions(request: HttpRequest, agreement: str) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    rows = list(queries.versions_of(request.by, row).select_related("based_on"))
    return render(request, "agreements/versions.html", {
        "agreement": row, "versions": [(v, TONES[v.state]) for v in rows], "crumbs": text_crumbs(row),
        "may_begin": row.state != "replaced" and not any(v.state in ("draft", "consulted", "signed") for v in rows)
        and AGREEMENTS.may_in(request.by, "manage", row.pk),
    })  # fmt: skip


@login_required
def begin(request: HttpRequest, agreement: str) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement, "manage")
    return confirm(
        request,
        lambda: actions.begin_version(agreement=row, by=request.by, at=request.at).get_absolute_url(),
        title=_("Begin a new version"),
        action=_("Begin a new version"),
        back=crumbs(row)[-1][1],
        tone="primary",
        sentence=_(
            "A draft is made of the text in force, if any. Nothing changes until it is signed and its day comes."
        ),
        done=_("The draft is made. Write its text."),
        agreement=row,
        crumbs=crumbs(row),
    )


@login_required
def version(request: HttpRequest, agreement: str, number: int) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    found = queries.version_for(request.by, row, number)
    may = {right: VERSIONS.may_in(request.by, right, row.pk) for right in ("write", "sign")}
    moves = [m for m in VERSIONS.moves.values() if found.state in m.sources and may[m.right]]
    context = {
        "agreement": row, "version": found, "crumbs": crumbs(row), "tone": TONES[found.state],
        "nodes": queries.text_of(found), "languages": exports.LANGUAGES, "formats": list(exports.FORMATS.items()),
        "buttons": [(m.label, reverse(f"agreements:{BUTTONS[m.name]}", args=[row.code, number]), m.name)
                    for m in moves if m.name in BUTTONS],
        "writes": found.is_draft and may["write"],
        "may_manage": AGREEMENTS.may_in(request.by, "manage", row.pk),
        "answered": answered(found, request.by.day) if found.state == "consulted" else None,
    }  # fmt: skip
    return render(request, "agreements/version.html", context)


@login_required
def compare(request: HttpRequest, agreement: str, number: int, other: int) -> HttpResponse:
    """The differences from version `other` to version `number`, side by side or marked in one text."""
    row = queries.agreement_for(request.by, agreement)
    new, old = (queries.version_for(request.by, row, n) for n in (number, other))
    pairs = compared(old, new)
    changed = [pair for pair in pairs if pair.status != "same"]
    return render(request, "agreements/compare.html", {
        "agreement": row, "old": old, "new": new, "crumbs": crumbs(row), "changed": len(changed),
        "pairs": pairs if "all" in request.GET else changed, "all": "all" in request.GET,
        "marked": request.GET.get("view") == "marked",
    })  # fmt: skip


@login_required
def file(request: HttpRequest, agreement: str, number: int, kind: str) -> HttpResponseBase:
    row = queries.agreement_for(request.by, agreement)
    found = queries.version_for(request.by, row, number)
    language = request.GET.get("lang") or reader_language()
    if language not in dict(exports.LANGUAGES):
        raise Http404(language)
    content = exports.content(found, kind, language, request.by.day)
    return FileResponse(
        io.BytesIO(content), as_attachment=True, filename=exports.filename(found, kind, language),
        content_type=exports.FORMATS[kind].content_type,
    )  # fmt: skip


@login_required
def consult(request: HttpRequest, agreement: str, number: int) -> HttpResponse:
    row, found, frame = _loaded(request, agreement, number, "write")
    return ask(
        request, ConsultForm(request.POST or None, day=request.by.day),
        lambda **given: done(actions.consult, version=found, by=request.by, at=request.at, **given),
        title=_("Ask the parties"), action=_("Ask the parties"), done=_("The parties are asked."),
        lead=_("The text is locked while they answer."), **frame,
    )  # fmt: skip


@login_required
def revise(request: HttpRequest, agreement: str, number: int) -> HttpResponse:
    row, found, frame = _loaded(request, agreement, number, "write")
    return confirm(
        request, lambda: done(actions.revise, version=found, by=request.by, at=request.at),
        title=_("Go on writing"), action=_("Go on writing"), tone="primary",
        sentence=_("The consultation ends; its answers stay. You may ask the parties again later."),
        done=_("The draft can be written again."), **frame,
    )  # fmt: skip


@login_required
def sign(request: HttpRequest, agreement: str, number: int) -> HttpResponse:
    row, found, frame = _loaded(request, agreement, number, "sign")
    return ask(
        request, SignForm(request.POST or None, request.FILES or None, version=found, day=request.by.day),
        lambda **given: done(actions.sign, version=found, by=request.by, at=request.at, **given),
        title=_("Record the signing"), action=_("Record the signing"),
        lead=_("The text never changes again. On its day it takes effect by itself."),
        done=_("The signing is recorded; the paper stands in the register."), **frame,
    )  # fmt: skip


@login_required
def discard(request: HttpRequest, agreement: str, number: int) -> HttpResponse:
    row, found, frame = _loaded(request, agreement, number, "write")
    return ask(
        request, DiscardForm(request.POST or None),
        lambda **given: done(actions.discard, version=found, by=request.by, at=request.at, **given),
        title=_("Discard the draft"), action=_("Discard the draft"), tone="danger",
        lead=_("What is in force stays in force."), done=_("The draft is discarded."), **frame,
    )  # fmt: skip


def done(act: Any, **given: Any) -> None:
    act(**given)


def _loaded(
    request: HttpRequest, agreement: str, number: int, right: str
) -> tuple[Agreement, Version, dict[str, Any]]:
    """The agreement, the version if the right is held, and the frame of a page that asks."""
    row = queries.agreement_for(request.by, agreement)
    found = queries.version_for(request.by, row, number, right)
    frame = {"agreement": row, "crumbs": crumbs(row, found), "back": found.get_absolute_url()}
    return row, found, frame

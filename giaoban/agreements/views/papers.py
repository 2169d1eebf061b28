"""The register of numbered papers of an agreement."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.agreements import actions, queries
from giaoban.agreements.forms.papers import PaperForm, ReplaceForm
from giaoban.agreements.models import Agreement, Audience
from giaoban.agreements.policy import PAPERS
from giaoban.agreements.queries.papers import chain, validity_on, with_validity
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask
from giaoban.documents import citing
from giaoban.documents.models import Direction, Paper, PaperType

#: Whether a paper holds, in words and as a tone.
VALIDITY = {
    "now": (gettext_lazy("in force"), "good"),
    "later": (gettext_lazy("begins later"), "wait"),
    "replaced": (gettext_lazy("replaced"), "plain"),
    "ended": (gettext_lazy("ended"), "plain"),
}

COLUMNS = (
    Column("number", gettext_lazy("Number and symbol"), value=lambda p: p.number or _("no number"), sort="number",
           link=lambda p: page(p)),
    Column("issued_on", gettext_lazy("Issued on"), kind="day", sort="issued_on"),
    Column("type", gettext_lazy("Type"), value=Paper.get_type_display, sort="type"),
    Column("abstract", gettext_lazy("Abstract"), template="agreements/papers_words.html", sort="abstract"),
    Column("issuer", gettext_lazy("Issuer"), template="agreements/papers_words.html", sort="issuer"),
    Column("direction", gettext_lazy("Direction"), value=Paper.get_direction_display, sort="direction"),
    Column("validity", gettext_lazy("Validity"), value=lambda p: VALIDITY[p.validity][0], sort="validity",
           tone=lambda p: VALIDITY[p.validity][1]),
)  # fmt: skip

#: A download has room for more.
FILE_COLUMNS = (
    *COLUMNS,
    Column("signer", gettext_lazy("Signer")),
    Column("received_on", gettext_lazy("Received on"), kind="day"),
    Column("valid_from", gettext_lazy("Valid from"), kind="day"),
    Column("valid_to", gettext_lazy("First day no longer valid"), kind="day"),
    Column("replaced_by", gettext_lazy("Replaced by"), value=lambda p: _replacement(p)),
    Column("audience", gettext_lazy("For whom"), value=lambda p: p.filing.get_audience_display()),
)

LIST = ListPage(
    name="papers",
    columns=COLUMNS,
    search=("number", "abstract", "issuer", "signer"),
    filters=(
        Filter("direction", gettext_lazy("Direction"), Direction.choices),
        Filter("type", gettext_lazy("Type"), PaperType.choices),
        Filter("validity", gettext_lazy("Validity"), [(k, words) for k, (words, _tone) in VALIDITY.items()]),
        Filter("since", gettext_lazy("Issued since"), lookup="issued_on__gte", kind="day"),
        Filter("until", gettext_lazy("Issued until"), lookup="issued_on__lte", kind="day"),
    ),
    sort="-issued_on",
)


def page(paper: Paper) -> str:
    return reverse("agreements:paper", args=[paper.filing.agreement.code, paper.pk])


def _replacement(paper: Paper) -> str:
    """What replaced it, unless that is for the coordinating unit alone and this is not."""
    other = paper.replaced_by
    hidden = other is not None and Audience.OFFICE == other.filing.audience != paper.filing.audience
    return "" if other is None or hidden else str(other)


def crumbs(agreement: Agreement, paper: Paper | None = None) -> list[tuple[Any, str]]:
    steps: list[tuple[Any, str]] = [
        (str(agreement), agreement.get_absolute_url()),
        (_("Papers"), reverse("agreements:papers", args=[agreement.code])),
    ]
    return [*steps, (str(paper), page(paper))] if paper else steps


@login_required
def papers(request: HttpRequest, agreement: str) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    rows = with_validity(queries.papers_of(request.by, row), request.by.day)
    context = {"agreement": row, "may_register": PAPERS.may_in(request.by, "register", row.pk)}
    columns = FILE_COLUMNS if "download" in request.GET else COLUMNS
    return LIST.answer(request, rows, "agreements/papers.html", context, columns=columns)


@login_required
def paper(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    found = queries.paper_for(request.by, row, pk)
    languages = [("vi", "Tiếng Việt"), ("en", "English")]
    return render(request, "agreements/paper.html", {
        "agreement": row, "paper": found, "crumbs": crumbs(row), "chain": chain(request.by, row, found),
        "validity": VALIDITY[validity_on(found, request.by.day)],
        "citations": [(code, name, citing.first(found, code), citing.later(found, code)) for code, name in languages],
        "may_register": PAPERS.may_in(request.by, "register", row.pk),
    })  # fmt: skip


@login_required
def new_paper(request: HttpRequest, agreement: str) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    if not PAPERS.may_in(request.by, "register", row.pk):
        raise Http404
    form = PaperForm(request.POST or None, request.FILES or None, day=request.by.day, agreement=row)
    return ask(
        request, form,
        lambda **given: page(actions.register_paper(agreement=row, by=request.by, at=request.at, **given)),
        title=_("Register a paper"), back=crumbs(row)[-1][1], agreement=row, crumbs=crumbs(row),
        done=_("The paper stands in the register."), action=_("Register"),
    )  # fmt: skip


@login_required
def edit_paper(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    found = queries.paper_for(request.by, row, pk, "register")
    form = PaperForm(
        request.POST or None, request.FILES or None, day=request.by.day, agreement=row, paper=found
    )
    return ask(
        request, form,
        lambda **given: page(actions.change_paper(paper=found, by=request.by, at=request.at, **given)),
        title=_("Change the entry"), back=page(found), agreement=row, crumbs=crumbs(row, found),
        done=_("The entry is changed."),
    )  # fmt: skip


@login_required
def replace_paper(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.agreement_for(request.by, agreement)
    found = queries.paper_for(request.by, row, pk, "register")
    others = queries.papers_of(request.by, row).exclude(pk=found.pk)
    form = ReplaceForm(request.POST or None, others=others, paper=found, day=request.by.day)
    return ask(
        request, form,
        lambda **given: page(actions.replace_paper(paper=found, by=request.by, at=request.at, **given)),
        title=_("Replaced by"), lead=str(found), back=page(found), agreement=row, crumbs=crumbs(row, found),
        done=_("The entry is changed."),
    )  # fmt: skip


@login_required
def paper_file(request: HttpRequest, agreement: str, pk: int) -> HttpResponseBase:
    row = queries.agreement_for(request.by, agreement)
    found = queries.paper_for(request.by, row, pk)
    if found.document is None:
        raise Http404(pk)
    kept = found.document
    return FileResponse(
        kept.file.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.content_type
    )

"""Report forms: list, preview, editor."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.agreements.models import Agreement
from giaoban.core.pages import Column, ListPage
from giaoban.core.pages.asking import ask, confirm
from giaoban.core.refused import Refused
from giaoban.reportforms import actions, browsing
from giaoban.reportforms.forms import editor
from giaoban.reportforms.forms.indicators import CodeNamesForm
from giaoban.reportforms.models import ReportForm
from giaoban.reportforms.views.frame import address, crumbs, managed, readable

LIST = ListPage(
    name="forms",
    columns=(
        Column("name", gettext_lazy("Report form"), value=str, link=lambda f: page(f)),
        Column("code", gettext_lazy("Code"), sort="code"),
        Column("version", gettext_lazy("Version"), kind="number", sort="version"),
        Column("used", gettext_lazy("Regimes"), kind="number", sort="used"),
    ),
    search=("code", KT("names__vi"), KT("names__en")),
)


def page(form: ReportForm) -> str:
    return address("form", form.agreement, form.pk)


@login_required
def index(request: HttpRequest, agreement: str) -> HttpResponse:
    row, context = readable(request, agreement)
    rows = row.forms.select_related("agreement").annotate(
        version=Max("versions__number"), used=Count("regimes", distinct=True)
    )
    rows = rows.order_by("pk")
    return LIST.answer(request, rows, "reportforms/forms.html", context)


@login_required
def form(request: HttpRequest, agreement: str, pk: int, number: int = 0) -> HttpResponse:
    """The newest version, or an older one, as the reporter will see it."""
    row, context = readable(request, agreement)
    found = get_object_or_404(row.forms.select_related("agreement"), pk=pk)
    versions = list(found.versions.order_by("-number"))
    shown = get_object_or_404(found.versions, number=number) if number else versions[0]
    return render(request, "reportforms/form.html", context | {
        "form": found, "versions": versions, "shown": shown, "sections": browsing.sections_shown(row, shown.sections),
        "regimes": found.regimes.all(),
    })  # fmt: skip


@login_required
def new(request: HttpRequest, agreement: str) -> HttpResponse:
    row = managed(request, agreement)
    form = CodeNamesForm(request.POST or None)
    first = [{"code": "s1", "title": {"vi": _("Results")}, "indicators": [], "narratives": []}]

    def act(**given: Any) -> str:
        made = actions.create_form(agreement=row, sections=first, by=request.by, at=request.at, **given)
        return address("form-edit", row, made.pk)

    return ask(
        request, form, act, title=_("Make a report form"), back=address("forms", row), agreement=row,
        crumbs=crumbs(row, "forms"), action=_("Go on"),
    )  # fmt: skip


@login_required
def edit(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The editor: every button but "save" only changes what stands on the page."""
    row = managed(request, agreement)
    found = get_object_or_404(row.forms.select_related("agreement"), pk=pk)
    if request.method != "POST":
        return _editor(request, row, found, found.names, [dict(s) for s in found.current.sections])
    names, sections = editor.names_in(request.POST, found.names), editor.read(request.POST)
    button = request.POST.get("do", "")
    if button != "save":
        sections = editor.apply(sections, button, request.POST)
        return _editor(request, row, found, names, sections, preview=button == "preview")
    try:
        actions.save_form(form=found, names=names, sections=sections, by=request.by, at=request.at)
    except Refused as refusal:
        return _editor(request, row, found, names, sections, refusal=str(refusal))
    messages.success(request, _("The form is saved. Reports already begun keep the version they have."))
    return HttpResponseRedirect(page(found))


def _editor(
    request: HttpRequest, agreement: Agreement, form: ReportForm, names: dict[str, str],
    sections: list[editor.Section], *, preview: bool = False, refusal: str = "",
) -> HttpResponse:  # fmt: skip
    indicators = {row.code: row for row in agreement.indicators.all()}
    asked = {code for section in sections for code in section["indicators"]}
    for section in sections:
        section["shown"] = [(code, indicators.get(code)) for code in section["indicators"]]
    return render(request, "reportforms/form_edit.html", {
        "agreement": agreement, "form": form, "names": names, "sections": sections, "refusal": refusal,
        "offered": [row for row in indicators.values() if row.code not in asked and row.retired_on is None],
        "preview": browsing.sections_shown(agreement, sections) if preview else None,
        "crumbs": crumbs(agreement, "forms", (str(form), page(form))),
    })  # fmt: skip


@login_required
def copy(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.forms.select_related("agreement"), pk=pk)
    return ask(
        request, CodeNamesForm(request.POST or None),
        lambda **given: page(actions.copy_form(form=found, by=request.by, at=request.at, **given)),
        title=_("Copy %(name)s") % {"name": found}, back=page(found), agreement=row, done=_("The form is copied."),
        crumbs=crumbs(row, "forms", (str(found), page(found))),
    )  # fmt: skip


@login_required
def remove(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.forms.select_related("agreement"), pk=pk)

    def act() -> str:
        actions.remove_form(form=found, by=request.by, at=request.at)
        return address("forms", row)

    return confirm(
        request, act, title=_("Remove %(name)s?") % {"name": found}, action=_("Remove"), back=page(found),
        agreement=row,
        sentence=_("Only a form that no regime uses can be removed."), done=_("The form is removed."),
        crumbs=crumbs(row, "forms", (str(found), page(found))),
    )  # fmt: skip

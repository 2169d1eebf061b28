"""The house templates of the papers that the product writes: for operators."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.agreements import actions
from giaoban.agreements.actions.house import departures
from giaoban.agreements.forms.house import TemplateForm
from giaoban.agreements.policy import AGREEMENTS
from giaoban.core.pages.asking import ask, confirm
from giaoban.documents import queries
from giaoban.documents.models import PaperKind

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_required
def templates(request: HttpRequest) -> HttpResponse:
    """Each kind of paper with its template, and what happened to them."""
    _operators_only(request)
    rows = queries.house_templates()
    return render(request, "agreements/house.html", {"rows": rows, "saved": [row for row in rows if row.pk]})


@login_required
def file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The template in use, to be changed and given back."""
    _known(request, kind)
    content = io.BytesIO(queries.template_in_use(kind))
    return FileResponse(content, as_attachment=True, filename=f"template-{kind}.docx", content_type=DOCX)


@login_required
def replace(request: HttpRequest, kind: str) -> HttpResponse:
    label = _known(request, kind)

    def act(**given: Any) -> None:
        row = actions.replace_template(kind=kind, by=request.by, at=request.at, **given)
        found = departures(queries.content(row.document))  # type: ignore[arg-type]
        if found:
            said = _("Papers in this template depart from the layout of Decree 30: %(rows)s.")
            messages.warning(request, said % {"rows": "; ".join(found[:10])})

    form = TemplateForm(request.POST or None, request.FILES or None)
    form.is_multipart = lambda: True  # type: ignore[method-assign]
    return ask(
        request, form, act, title=_("Replace the template: %(kind)s") % {"kind": label}, action=_("Replace"),
        back=reverse("agreements:house"), crumbs=_crumbs(), done=_("The template is replaced."),
        lead=_("Papers that were issued stay as they are; the next ones are written into this template."),
    )  # fmt: skip


@login_required
def restore(request: HttpRequest, kind: str) -> HttpResponse:
    label = _known(request, kind)
    return confirm(
        request, lambda: actions.restore_template(kind=kind, by=request.by, at=request.at) and None,
        title=_("Back to the built-in template: %(kind)s") % {"kind": label}, action=_("Use the built-in template"),
        back=reverse("agreements:house"), crumbs=_crumbs(), tone="primary",
        sentence=_("The next papers are written into the template that comes with the product."),
        done=_("The built-in template is in use again."),
    )  # fmt: skip


def _crumbs() -> list[tuple[Any, str]]:
    return [(_("House templates"), reverse("agreements:house"))]


def _operators_only(request: HttpRequest) -> None:
    if not AGREEMENTS.may_at_all(request.by, "create"):
        raise Http404


def _known(request: HttpRequest, kind: str) -> str:
    _operators_only(request)
    if kind not in PaperKind.values:
        raise Http404(kind)
    return str(PaperKind(kind).label)

"""Fill a report in with Excel: take the form home, send it back, look at what changes, take it over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.core.language import reader_language
from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.reports import actions
from giaoban.reports.checks import findings, previous_values
from giaoban.reports.content import Shape, clean, differences
from giaoban.reports.models import Report
from giaoban.reports.sheet import Filling, in_words, sheet
from giaoban.reports.views.pages import writable
from giaoban.reports.workbook import Filled, read, write

MOST_BYTES = 5_000_000
SALT = "giaoban.reports.workbook"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def download(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The form with the draft in it."""
    row = writable(request, agreement, pk)
    filling = Filling(row.draft.document, previous_values(row))
    made = write(row, sheet(Shape.of(row), filling), row.draft.edition)
    name = f"{row.unit.code}-{row.regime.code}-{row.period}.xlsx"
    return HttpResponse(
        made, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@login_required
def upload(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """How it goes; and once a file is sent, what is wrong in it or what it would change."""
    row = writable(request, agreement, pk)
    context: dict[str, Any] = {"mistake": ""}
    if request.method == "POST":
        try:
            context |= _compared(row, _filled(request, row))
        except Refused as refusal:
            context["mistake"] = str(refusal)
    context |= {
        "agreement": row.agreement, "report": row,
        "period": periods.label(row.when, reader_language()),
    }  # fmt: skip
    bad = bool(context["mistake"] or context.get("wrong"))
    return render(request, "reports/excel.html", context, status=409 if bad else 200)


def _filled(request: HttpRequest, row: Report) -> Filled:
    file = request.FILES.get("file")
    if file is None:
        raise Refused(_("Choose a file first."), field="file")
    if (file.size or 0) > MOST_BYTES:
        raise Refused(_("The file is larger than 5 MB; a filled form is not."), field="file")
    return read(file.read(), row, Shape.of(row))


def _compared(row: Report, filled: Filled) -> dict[str, Any]:
    """What the page shows of a file that was read: its mistakes, else its differences to the draft."""
    if filled.wrong:
        return {"wrong": filled.wrong}
    shape, draft = Shape.of(row), row.draft
    document = clean({**filled.document, "tasks": draft.document.get("tasks")}, shape)
    return {
        "read": True,
        "changes": [in_words(c, shape) for c in differences(draft.document, document)],
        "findings": findings(row, document, shape),
        "stale": filled.edition != draft.edition,
        "sealed": signing.dumps([row.pk, draft.edition, document], salt=SALT, compress=True),
    }


@login_required
@require_POST
def take(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Take over what the page before has shown, if nobody has saved in between."""
    row = writable(request, agreement, pk)
    try:
        report, edition, document = signing.loads(request.POST.get("sealed", ""), salt=SALT, max_age=86_400)
    except signing.BadSignature:
        report, edition, document = None, 0, {}
    if report != row.pk:
        raise Refused(_("This page is out of date. Send the file again."), code="sealed")
    actions.take_workbook(report=row, document=document, edition=edition, by=request.by, at=request.at)
    messages.success(request, _("Taken over. It is not sent yet."))
    return HttpResponseRedirect(reverse("reports:fill", args=[agreement, pk]))

"""Files of a report: add, download, take off."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.core.refused import Refused
from giaoban.reports import actions, queries
from giaoban.reports.models import Evidence


@login_required
@require_POST
def add(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.report_for(request.by, agreement, pk, "fill")
    file = request.FILES.get("file")
    if file is None:
        raise Refused(_("Choose a file first."), field="file")
    actions.attach(
        report=row, file=file, by=request.by, at=request.at,
        caption=request.POST.get("caption", ""), cell=request.POST.get("cell", ""),
    )  # fmt: skip
    messages.success(request, _("The file is attached."))
    return HttpResponseRedirect(f"{row.get_absolute_url()}#evidence")


@login_required
def download(request: HttpRequest, agreement: str, pk: int, evidence: int) -> FileResponse:
    """The file itself, never shown inside the site."""
    row = queries.report_for(request.by, agreement, pk)
    found = get_object_or_404(Evidence.objects.select_related("document"), report=row, pk=evidence)
    return FileResponse(found.document.file.open("rb"), as_attachment=True, filename=found.document.name)


@login_required
def remove(request: HttpRequest, agreement: str, pk: int, evidence: int) -> HttpResponse:
    row = queries.report_for(request.by, agreement, pk, "fill")
    found = get_object_or_404(
        Evidence.objects.select_related("document"), report=row, pk=evidence, removed_at=None
    )
    if request.method == "POST":
        actions.detach(evidence=found, by=request.by, at=request.at)
        messages.success(request, _("The file is taken off the report."))
        return HttpResponseRedirect(f"{row.get_absolute_url()}#evidence")
    return render(request, "core/confirm.html", {
        "agreement": row.agreement, "title": _("Take this file off the report?"), "sentence": found.document.name,
        "action": _("Take it off"), "tone": "danger", "back": row.get_absolute_url(),
    })  # fmt: skip

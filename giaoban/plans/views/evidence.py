"""Files of a task: add, download, take off."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.core.pages.asking import confirm
from giaoban.core.refused import Refused
from giaoban.plans import actions, queries
from giaoban.plans.models import Evidence


@login_required
@require_POST
def add(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = queries.task_for(request.by, agreement, pk, "contribute")
    file = request.FILES.get("file")
    if file is None:
        raise Refused(_("Choose a file first."), field="file")
    caption = request.POST.get("caption", "")
    actions.attach(task=row, file=file, caption=caption, by=request.by, at=request.at)
    messages.success(request, _("The file is attached."))
    return HttpResponseRedirect(f"{row.get_absolute_url()}#evidence")


@login_required
def download(request: HttpRequest, agreement: str, pk: int, evidence: int) -> FileResponse:
    """The file itself, never shown inside the site."""
    row = queries.task_for(request.by, agreement, pk)
    found = get_object_or_404(Evidence.objects.select_related("document"), task=row, pk=evidence)
    return FileResponse(found.document.file.open("rb"), as_attachment=True, filename=found.document.name)


@login_required
def remove(request: HttpRequest, agreement: str, pk: int, evidence: int) -> HttpResponse:
    row = queries.task_for(request.by, agreement, pk, "contribute")
    rows = Evidence.objects.select_related("document", "task")
    found = get_object_or_404(rows, task=row, pk=evidence, removed_at=None)
    return confirm(
        request, lambda: actions.detach(evidence=found, by=request.by, at=request.at), action=_("Take it off"),
        title=_("Take this file off the task?"), sentence=found.document.name, back=row.get_absolute_url(),
        agreement=row.agreement, done=_("The file is taken off the task."),
    )  # fmt: skip

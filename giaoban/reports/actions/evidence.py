"""Files that prove or explain a report."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.documents.actions import store
from giaoban.reports.models import Evidence, Report
from giaoban.reports.policy import REPORTS


def attach(
    *,
    report: Report,
    file: UploadedFile,
    by: Actor,
    at: datetime,
    cell: str = "",
    caption: str = "",
) -> Evidence:
    """Keep a file with the report, or with one cell of it."""
    with transaction.atomic():
        if not REPORTS.may(by, "fill", report):
            raise Refused(_("You may not attach files to this report."), code="right")
        document = store(file=file, by=by, at=at, caption=caption)
        evidence = Evidence.objects.create(report=report, document=document, cell=cell)
        detail = {"evidence": evidence.pk, "sha256": document.sha256}
        audit.record(subject=report, verb="attach", by=by, at=at, detail=detail)
    return evidence


def detach(*, evidence: Evidence, by: Actor, at: datetime) -> None:
    """Take a file off a report that is still being written. The file itself stays in the trail."""
    with transaction.atomic():
        report = Report.objects.select_for_update().get(pk=evidence.report_id)
        if report.state not in ("draft", "returned") or not REPORTS.may(by, "fill", report):
            raise Refused(_("Files of a report that has been sent stay with it."), code="state")
        Evidence.objects.filter(pk=evidence.pk).update(removed_at=at)
        audit.record(subject=report, verb="detach", by=by, at=at, detail={"evidence": evidence.pk})

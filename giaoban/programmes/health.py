"""Is the installation sound? Every fault is a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from giaoban.agreements.models import Agreement
from giaoban.core import audit, jobs
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.documents.models import Document
from giaoban.notices.queries import stuck
from giaoban.portal.queries.finding import lacking
from giaoban.reportforms.checks import check_overlaps, check_reconciles
from giaoban.reports.content import digest
from giaoban.reports.models import Report, Revision, State
from giaoban.rollups.actions import damaged

#: Rows that point to nothing, but for the revisions that a load at work writes ahead.
UNTIED = (
    'SELECT f."table", f.rowid, f.parent, f.fkid FROM pragma_foreign_key_check f LEFT JOIN reports_staged s '
    "ON f.\"table\" = 'reports_revision' AND f.rowid BETWEEN s.first AND s.last WHERE s.id IS NULL"
)

Check = Callable[[datetime], Iterator[str]]


def database(at: datetime) -> Iterator[str]:
    """SQLite's own look at the file."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(20)")
        yield from (str(row[0]) for row in cursor.fetchall() if row[0] != "ok")
        cursor.execute(f"{UNTIED} LIMIT 20")
        for table, row, parent, _number in cursor.fetchall():
            yield _("Row %(row)s of %(table)s points to a row of %(parent)s that is not there.") % {
                "row": row, "table": table, "parent": parent,
            }  # fmt: skip


def trail(at: datetime) -> Iterator[str]:
    """Both chains of the audit trail."""
    yield from audit.faults()


def states(at: datetime) -> Iterator[str]:
    """Reports against the trail, and against their own revisions."""
    prefix = f"{Report._meta.label_lower}:"
    last: dict[int, str] = {}
    rows = AuditRow.objects.filter(subject__startswith=prefix).order_by("id")
    for subject, detail in rows.values_list("subject", "detail").iterator(5000):
        if "to" in detail:
            last[int(subject.removeprefix(prefix))] = detail["to"]
    for pk, state in Report.objects.order_by("pk").values_list("pk", "state").iterator(5000):
        if last.get(pk) != state:
            what = {"report": pk, "state": state, "said": last.get(pk, "—")}
            yield _("Report %(report)s is “%(state)s”, the audit trail says “%(said)s”.") % what
    accepted = Q(state=State.ACCEPTED)
    odd = Report.objects.filter(
        accepted & (Q(accepted=None) | ~Q(accepted=F("current"))) | ~accepted & Q(accepted__isnull=False)
    )
    for pk in odd.values_list("pk", flat=True):
        yield _("Report %(report)s does not agree with its accepted revision.") % {"report": pk}


def revisions(at: datetime) -> Iterator[str]:
    """Every revision says what its digest says."""
    for pk, document, said in (
        Revision.objects.values_list("pk", "document", "digest").order_by("pk").iterator(2000)
    ):
        if digest(document) != said:
            yield _("Revision %(revision)s was changed after it was written.") % {"revision": pk}


def regimes(at: datetime) -> Iterator[str]:
    """Regimes that ask for the same indicator, and those that reconcile each other."""
    for agreement in Agreement.objects.all():
        try:
            check_overlaps(agreement)
            for regime in agreement.regimes.select_related("reconciles"):
                check_reconciles(regime, regime.reconciles)
        except Refused as refused:
            yield f"{agreement.code}: {refused}"


def files(at: datetime) -> Iterator[str]:
    """Every stored file is there, in its size."""
    root = Path(settings.MEDIA_ROOT)
    for name, size in Document.objects.values_list("file", "size").distinct().iterator(5000):
        path = root / name
        if not path.is_file() or path.stat().st_size != size:
            yield _("The file %(name)s is missing or damaged.") % {"name": name}


def figures(at: datetime) -> Iterator[str]:
    """The columnar files say what they said when they were made."""
    for made in damaged():
        yield _("The files of figures in %(path)s are missing or damaged; giaoban serve makes them anew.") % {
            "path": made.path
        }


def late_jobs(at: datetime) -> Iterator[str]:
    """Jobs that did not run when they should have."""
    for row in jobs.late(at=at):
        what = {"name": row.name, "due": row.due_at.isoformat(timespec="minutes"), "why": row.failure}
        if row.failure:
            yield _("The job %(name)s failed: %(why)s") % what
        else:
            yield _("The job %(name)s was due at %(due)s. Is giaoban serve running?") % what


def mail(at: datetime) -> Iterator[str]:
    """Mails that were tried again and again and still wait."""
    count, failure = stuck()
    if count:
        what = {"count": count, "why": failure}
        said = ngettext(
            "%(count)s mail waits because the mail server does not take it: %(why)s",
            "%(count)s mails wait because the mail server does not take them: %(why)s",
            count,
        )
        yield said % what


def search(at: datetime) -> Iterator[str]:
    """The portal's search knows every published page."""
    for pk in lacking():
        yield _(
            "The search of the portal does not know page %(number)s; giaoban serve takes it in within the hour."
        ) % {"number": pk}


CHECKS: dict[object, Check] = {
    gettext_lazy("database"): database,
    gettext_lazy("audit trail"): trail,
    gettext_lazy("states of reports"): states,
    gettext_lazy("revisions"): revisions,
    gettext_lazy("regimes"): regimes,
    gettext_lazy("files"): files,
    gettext_lazy("figures"): figures,
    gettext_lazy("jobs"): late_jobs,
    gettext_lazy("mail"): mail,
    gettext_lazy("search of the portal"): search,
}

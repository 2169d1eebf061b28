"""One report: read it, fill it, look at its revisions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.core.actors import Actor
from giaoban.core.language import reader_language
from giaoban.core.lifecycle import possible
from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.plans.models import Activity
from giaoban.plans.queries import activities_of
from giaoban.reportforms.models import Regime
from giaoban.reports import actions, queries, tasks
from giaoban.reports.checks import findings, previous_values
from giaoban.reports.content import Shape, differences
from giaoban.reports.forms import Entry, read_entry
from giaoban.reports.models import Report, Revision, State
from giaoban.reports.policy import REPORTS
from giaoban.reports.sheet import Filling, in_words, label_of, sheet
from giaoban.reports.views.lists import TONES, agreement_for
from giaoban.units.models import Unit

WRITABLE = (State.DRAFT, State.RETURNED)


@login_required
@require_POST
def open_(request: HttpRequest, agreement: str) -> HttpResponse:
    """Begin (or find) the report of a unit for a period, and go and fill it."""
    found = agreement_for(request, agreement)
    regime = get_object_or_404(Regime, agreement=found, pk=request.POST.get("regime"))
    unit = get_object_or_404(Unit, pk=request.POST.get("unit"))
    try:
        period = periods.parse(request.POST.get("period", ""))
    except periods.PeriodError as error:
        raise Refused(_(error.template) % error.params) from None
    report = actions.open_report(regime=regime, unit=unit, period=period, by=request.by, at=request.at)
    queries.report_for(request.by, agreement, report.pk)
    return HttpResponseRedirect(reverse("reports:fill", args=[agreement, report.pk]))


@login_required
def report(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The report as it stands: figures, texts, evidence, history and what can be done next."""
    row = queries.report_for(request.by, agreement, pk)
    writer = REPORTS.may(request.by, "fill", row)
    draft = getattr(row, "draft", None) if row.state in WRITABLE else None
    revision = row.accepted or row.current
    document = draft.document if draft and writer else (revision.document if revision else {})
    shape = Shape.of(row)
    back = row.returns.first() if row.state == State.RETURNED else None
    asked = frozenset(back.cells) if back else frozenset()
    before = previous_values(row)
    context = {
        "agreement": row.agreement, "report": row, "tone": TONES[row.state], "shape": shape,
        "sections": sheet(shape, Filling(document, before, asked=asked)),
        "tasks": tasks.lines(row, document, only_told=True),
        "findings": findings(row, document, shape, before) if document else [],
        "moves": possible(row, by=request.by, policy=REPORTS),
        "writer": writer and row.state in WRITABLE,
        "returned": back, "showing_draft": bool(draft and writer), "shown": revision,
        "revisions": queries.revisions(row), "history": queries.told(row),
        "evidence": [e for e in row.evidence.select_related("document") if e.removed_at is None],
        "period": periods.label(row.when, reader_language()),
    }  # fmt: skip
    return render(request, "reports/report.html", context)


@login_required
def fill(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """The form. Saving keeps what can be read and says at each cell what cannot."""
    row = writable(request, agreement, pk)
    shape = Shape.of(row)
    entry, conflict = Entry(row.draft.document, row.draft.edition), ""
    if request.method == "POST":
        entry = read_entry(request.POST, shape, reader_language())
        conflict = _save(request, row, entry)
        if not conflict and not entry.errors:
            if "send" in request.POST:
                return HttpResponseRedirect(reverse("reports:move", args=[agreement, pk, "submit"]))
            messages.success(request, _("Saved. It is not sent yet."))
            return HttpResponseRedirect(row.get_absolute_url())
    return render(
        request,
        "reports/fill.html",
        _fill_context(row, shape, entry, conflict, request.by),
        status=409 if conflict else 200,
    )


@login_required
@require_POST
def autosave(request: HttpRequest, agreement: str, pk: int) -> JsonResponse:
    """Keep what has been typed so far; answers with the new edition and the mistakes by cell."""
    row = writable(request, agreement, pk)
    entry = read_entry(request.POST, Shape.of(row), reader_language())
    conflict = _save(request, row, entry)
    if conflict:
        return JsonResponse({"conflict": conflict}, status=409)
    clock = formats.time_format(timezone.localtime(request.at), "H:i:s")
    said = _("Saved at %(clock)s") % {"clock": clock}
    return JsonResponse({"edition": entry.edition, "saved": said, "errors": entry.errors})


def writable(request: HttpRequest, agreement: str, pk: int) -> Report:
    """A report the reader may write now; 404 for who may not, a sentence where it has been sent."""
    row = queries.report_for(request.by, agreement, pk, "fill")
    if row.state not in WRITABLE:
        raise Refused(_("This report has been sent; it cannot be changed now."), code="state")
    return row


def _save(request: HttpRequest, row: Report, entry: Entry) -> str:
    """Save; returns the sentence of a conflict, or puts a mistake at its cell."""
    try:
        saved = actions.save_draft(
            report=row, document=entry.document, edition=entry.edition, by=request.by, at=request.at
        )  # fmt: skip
    except Refused as refusal:
        if refusal.field is None:
            return str(refusal)
        entry.errors[refusal.field] = str(refusal)
        return ""
    entry.document, entry.edition = saved.document, saved.edition
    return ""


def _fill_context(row: Report, shape: Shape, entry: Entry, conflict: str, by: Actor) -> dict[str, Any]:
    back = row.returns.first() if row.state == State.RETURNED else None
    before = previous_values(row)
    filling = Filling(
        entry.document,
        before,
        entry.errors,
        entry.typed,
        frozenset(back.cells) if back else frozenset(),
    )
    owed = tasks.lines(row, entry.document, errors=entry.errors, typed=entry.typed)
    return {
        "agreement": row.agreement, "report": row, "sections": sheet(shape, filling), "edition": entry.edition,
        "conflict": conflict, "errors": [(named(c, shape, row), c, e) for c, e in entry.errors.items()],
        "tasks": owed, "silence": tasks.silence(owed), "activities": activities_in(row, by),
        "returned": back, "findings": findings(row, entry.document, shape, before) if entry.document else [],
        "period": periods.label(row.when, reader_language()),
    }  # fmt: skip


@login_required
def revision(request: HttpRequest, agreement: str, pk: int, number: int) -> HttpResponse:
    """One revision, and what changed in it since the one before (or since ?from=N)."""
    row = queries.report_for(request.by, agreement, pk)
    wanted = get_object_or_404(Revision, report=row, number=number)
    since = request.GET.get("from", str(number - 1))
    older = row.revisions.filter(number=int(since)).first() if since.isdigit() else None
    if since != "0" and number > 1 and older is None:
        raise Http404
    shape = Shape.of(row)
    changes = differences(older.document, wanted.document) if older else []
    return render(request, "reports/revision.html", {
        "agreement": row.agreement, "report": row, "revision": wanted, "older": older,
        "changes": [worded(c, shape, row) for c in changes],
        "tasks": tasks.lines(row, wanted.document, only_told=True),
        "sections": sheet(shape, Filling(wanted.document)), "revisions": queries.revisions(row),
        "period": periods.label(row.when, reader_language()),
    })  # fmt: skip


def named(cell: str, shape: Shape, report: Report) -> str:
    """A cell, or a task, in words."""
    if cell.startswith(tasks.CELL):
        return tasks.title_of(cell.removeprefix(tasks.CELL), report)
    return label_of(cell, shape)


def worded(change: dict[str, Any], shape: Shape, report: Report) -> dict[str, Any]:
    """A difference in words, that of a task too."""
    if change["part"] == "tasks":
        return {**change, "label": tasks.title_of(change["key"], report)}
    return in_words(change, shape)


def activities_in(report: Report, by: Actor) -> list[Activity]:
    """The activities that the unit recorded in the report's own span, the newest first."""
    rows = activities_of(report.agreement, by).filter(unit=report.unit)
    return list(rows.filter(held_on__range=(report.starts_on, report.last_day))[:50])

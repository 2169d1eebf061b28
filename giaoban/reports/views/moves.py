"""Make a move: look at what it means, give a reason, do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from giaoban.core.language import reader_language
from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.reports import actions, queries, tasks
from giaoban.reports.checks import findings, previous_values
from giaoban.reports.content import Shape
from giaoban.reports.forms import read_entry
from giaoban.reports.models import Report
from giaoban.reports.policy import MOVES, REPORTS
from giaoban.reports.sheet import Filling, boxes, sheet
from giaoban.reports.views.pages import named

#: move -> (action, what it takes besides report, by and at)
VERBS: dict[str, tuple[Callable[..., Report], tuple[str, ...]]] = {
    "submit": (actions.submit, ()),
    "withdraw": (actions.withdraw, ()),
    "return": (actions.return_report, ("reason", "cells")),
    "accept": (actions.accept, ()),
    "reopen": (actions.reopen, ("reason",)),
}


@login_required
def move(request: HttpRequest, agreement: str, pk: int, name: str) -> HttpResponse:
    """Confirm and make one move."""
    if name not in VERBS:
        raise Http404
    step, row, override = MOVES[name], *_row_for(request, agreement, pk, name)
    verb, takes = VERBS[name]
    mistake: Refused | None = None
    if request.method == "POST":
        given: dict[str, Any] = {
            "reason": request.POST.get("reason", ""),
            "cells": request.POST.getlist("cells"),
        }
        wanted = {key: given[key] for key in takes}
        if override:
            wanted |= {"override": True, "reason": given["reason"]}
        try:
            verb(report=row, by=request.by, at=request.at, **wanted)
        except Refused as refusal:
            mistake = refusal
        else:
            messages.success(request, _("Done: %(move)s.") % {"move": step.label})
            return HttpResponseRedirect(row.get_absolute_url())
    return render(
        request,
        "reports/move.html",
        _context(row, name, override, mistake),
        status=409 if mistake else 200,
    )


def _row_for(request: HttpRequest, agreement: str, pk: int, name: str) -> tuple[Report, bool]:
    """The report, and whether the move would be an override; 404 for who has neither right."""
    by = request.by
    row = queries.report_for(by, agreement, pk)
    if REPORTS.may(by, MOVES[name].right, row):
        return row, False
    if name in ("accept", "return", "reopen") and REPORTS.may(by, "override", row):
        return row, True
    raise Http404


def _context(row: Report, name: str, override: bool, mistake: Refused | None) -> dict[str, Any]:
    step = MOVES[name]
    shape = Shape.of(row)
    document = (
        row.draft.document
        if name == "submit" and hasattr(row, "draft")
        else (row.current.document if row.current else {})
    )
    before = previous_values(row)
    sections = sheet(shape, Filling(document, before))
    return {
        "agreement": row.agreement, "report": row, "move": step, "name": name, "override": override,
        "needs_reason": step.reason or override, "mistake": mistake,
        "mistake_at": _place(mistake, shape, row),
        "findings": findings(row, document, shape, before) if name in ("submit", "accept") else [],
        "tasks": tasks.lines(row, document, only_told=True), "sections": sections,
        "cells": [b for b in boxes(sections) if b.value is not None] if name == "return" else [],
        "period": periods.label(row.when, reader_language()),
    }  # fmt: skip


def _place(mistake: Refused | None, shape: Shape, row: Report) -> str:
    """Where a mistake stands, in words; empty if it stands nowhere."""
    where = mistake.field if mistake else None
    if where and (where in shape.indicators or where.startswith(tasks.CELL)):
        return named(where, shape, row)
    return ""


@login_required
def correct(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Replace the figures of an accepted report, with a reason."""
    row = queries.report_for(request.by, agreement, pk, "verify")
    if row.state != "accepted" or row.accepted is None:
        raise Refused(_("Only an accepted report is corrected."), code="state")
    shape, mistake = Shape.of(row), None
    before = previous_values(row)
    filling = Filling(row.accepted.document, before)
    if request.method == "POST":
        entry = read_entry(request.POST, shape, reader_language())
        filling = Filling(entry.document, before, entry.errors, entry.typed)
        if not entry.errors:
            try:
                actions.correct(
                    report=row, document=entry.document, reason=request.POST.get("reason", ""),
                    revision=entry.edition, by=request.by, at=request.at,
                )  # fmt: skip
            except Refused as refusal:
                mistake = refusal
            else:
                messages.success(request, _("Corrected. The totals have changed with it."))
                return HttpResponseRedirect(row.get_absolute_url())
    owed = tasks.lines(row, filling.document, errors=filling.errors, typed=filling.typed)
    return render(request, "reports/correct.html", {
        "agreement": row.agreement, "report": row, "sections": sheet(shape, filling), "edition": row.accepted_id,
        "errors": [(named(c, shape, row), c, e) for c, e in filling.errors.items()], "tasks": owed, "mistake": mistake,
        "reason": request.POST.get("reason", ""), "correcting": True,
        "period": periods.label(row.when, reader_language()),
    }, status=409 if mistake else 200)  # fmt: skip

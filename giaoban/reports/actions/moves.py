"""Send, withdraw, return, accept, reopen, correct: the design's table of moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from giaoban.core.actors import Actor
from giaoban.core.lifecycle import move
from giaoban.core.refused import Refused
from giaoban.reports.checks import refuse_unsendable
from giaoban.reports.content import Shape, clean, digest
from giaoban.reports.models import Draft, Report, Return, Revision
from giaoban.reports.policy import REPORTS
from giaoban.reports.tasks import refuse_unknown


def submit(*, report: Report, by: Actor, at: datetime, edition: int | None = None) -> Report:
    """Freeze the draft as a new revision and hand it to the verifier. Refuses while a check blocks it."""

    def change(row: Report) -> dict[str, Any]:
        draft = Draft.objects.select_for_update().get(report=row)
        if edition is not None and draft.edition != edition:
            raise Refused(
                _("Somebody else has saved this report since you opened it. Reload it first."),
                code="edition",
            )
        document = clean(draft.document, Shape.of(row))
        refuse_unknown(row, document)
        refuse_unsendable(row, document)
        row.current = _revise(row, document, by=by, at=at)
        row.submitted_at, row.on_time = at, at <= row.due_at
        draft.delete()
        return {"revision": row.current_id}

    return move(report, "submit", by=by, at=at, policy=REPORTS, change=change)


def withdraw(*, report: Report, by: Actor, at: datetime) -> Report:
    """Take a sent report back to go on writing it."""

    def change(row: Report) -> None:
        _rewrite(row, by=by, at=at)

    return move(report, "withdraw", by=by, at=at, policy=REPORTS, change=change)


def return_report(
    *,
    report: Report,
    reason: str,
    by: Actor,
    at: datetime,
    cells: Sequence[str] = (),
    override: bool = False,
) -> Report:
    """Send a report back to its unit, saying why and which cells to look at."""

    def change(row: Report) -> dict[str, Any]:
        Return.objects.create(report=row, cells=list(cells), reason=reason.strip(), author=by.actor_id, at=at)
        _rewrite(row, by=by, at=at)
        return {"cells": list(cells), "revision": row.current_id}

    return move(
        report,
        "return",
        by=by,
        at=at,
        policy=REPORTS,
        reason=reason,
        change=change,
        override=override,
    )


def accept(*, report: Report, by: Actor, at: datetime, reason: str = "", override: bool = False) -> Report:
    """Let the figures count. Not by the revision's author, unless a grant says so; the trail shows it."""

    def change(row: Report) -> dict[str, Any]:
        row.accepted = row.current
        own = row.current is not None and row.current.author == by.actor_id
        if own and not _may_accept_own(by, row):
            raise Refused(_("You wrote this revision; somebody else must accept it."), code="author")
        return {"revision": row.current_id, **({"own": True} if own else {})}

    return move(
        report,
        "accept",
        by=by,
        at=at,
        policy=REPORTS,
        reason=reason,
        change=change,
        override=override,
    )


def reopen(*, report: Report, reason: str, by: Actor, at: datetime, override: bool = False) -> Report:
    """Give an accepted report back to its unit; its figures leave the totals at once."""

    def change(row: Report) -> dict[str, Any]:
        left = row.accepted_id
        row.accepted = None
        Return.objects.create(report=row, reason=reason.strip(), author=by.actor_id, at=at)
        _rewrite(row, by=by, at=at)
        return {"revision": left}

    return move(
        report,
        "reopen",
        by=by,
        at=at,
        policy=REPORTS,
        reason=reason,
        change=change,
        override=override,
    )


def correct(
    *, report: Report, document: dict[str, Any], reason: str, by: Actor, at: datetime, override: bool = False,
    revision: int | None = None, origin: str = "form",
) -> Report:  # fmt: skip
    """Replace the figures of an accepted report by a new revision, in one transaction.

    revision: the id of the revision the correction started from; refuses if another came in between.
    """

    def change(row: Report) -> dict[str, Any]:
        if revision is not None and row.accepted_id != revision:
            raise Refused(
                _("Somebody else has corrected this report since you opened it. Reload it first."),
                code="edition",
            )
        wanted = clean(document, Shape.of(row))
        refuse_unknown(row, wanted)
        before = row.accepted_id
        if row.accepted is not None and wanted == row.accepted.document:
            raise Refused(_("Nothing was changed."), code="same")
        refuse_unsendable(row, wanted)
        row.current = row.accepted = _revise(row, wanted, by=by, at=at, origin=origin)
        return {"revision": row.current_id, "before": before}

    return move(
        report,
        "correct",
        by=by,
        at=at,
        policy=REPORTS,
        reason=reason,
        change=change,
        override=override,
    )


def _revise(
    row: Report, document: dict[str, Any], *, by: Actor, at: datetime, origin: str = "form"
) -> Revision:
    last = row.revisions.order_by("-number").first()
    held = getattr(by, "memberships", ())
    own = any(m.unit_id == row.unit_id and m.role == "reporter" for m in held)
    return Revision.objects.create(
        report=row, number=last.number + 1 if last else 1, document=document, digest=digest(document),
        author=by.actor_id, on_behalf=not own, origin=origin, made_at=at,
    )  # fmt: skip


def _rewrite(row: Report, *, by: Actor, at: datetime) -> None:
    """Lay the newest revision open as the draft to go on from."""
    document = row.current.document if row.current else {}
    Draft.objects.create(report=row, document=document, author=by.actor_id, saved_at=at)


def _may_accept_own(by: Actor, row: Report) -> bool:
    held = getattr(by, "memberships", None)
    if held is None:
        return True
    return any(m.may_accept_own and m.agreement_id == row.agreement_id for m in held)

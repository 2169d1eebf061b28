"""What is stored of the reports of a regime, and what a load may do with each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Max
from django.utils.translation import gettext as _

from giaoban.core.models import AuditRow
from giaoban.reportforms.models import Regime
from giaoban.reports.content import digest
from giaoban.reports.models import Draft, Report, ReportKind, State

LOAD = "load"
LOADER = "system:load"
EMPTY = digest({})


class Known(NamedTuple):
    """A stored report: its newest revision (id 0: none), and the draft if one is open."""

    report: int
    state: str
    submitted_at: datetime | None
    revision: int
    number: int
    digest: str
    origin: str
    draft: str
    by_people: bool


@dataclass
class Mark:
    """Where the database stood when a load looked at it, to see what people did since."""

    at: datetime
    report: int = 0
    audit: int = 0

    @classmethod
    def now(cls, at: datetime) -> Mark:
        newest = Report.objects.aggregate(m=Max("pk"))["m"] or 0
        return cls(at, newest, AuditRow.objects.aggregate(m=Max("pk"))["m"] or 0)


@dataclass
class Step:
    """What a row of the folder does to its report: the moves in order, none of them for a new draft."""

    moves: tuple[str, ...] = ()
    revise: bool = False
    redraft: bool = False
    stamp: bool = False

    @property
    def is_nothing(self) -> bool:
        return not (self.moves or self.revise or self.redraft or self.stamp)


#: The moves that take a new report to the state the folder names.
NEW = {State.DRAFT: (), State.SUBMITTED: ("submit",), State.ACCEPTED: ("submit", "accept")}


def stored(regime: Regime | None) -> dict[tuple[int, str], Known]:
    """(unit, period) -> what is stored. Two queries."""
    if regime is None:
        return {}
    rows = Report.objects.filter(regime=regime, kind=ReportKind.OWN)
    drafts = {
        d.report_id: (digest(d.document), d.author != LOADER)
        for d in Draft.objects.filter(
            report__in=rows.filter(state__in=(State.DRAFT, State.RETURNED))
        ).iterator(2000)
    }
    answer = {}
    fields = (
        "unit_id",
        "period",
        "pk",
        "state",
        "submitted_at",
        "current_id",
        "current__number",
        "current__digest",
        "current__origin",
    )
    for unit, period, pk, state, sent, revision, number, said, origin in (
        rows.order_by().values_list(*fields).iterator(5000)
    ):
        draft, by_people = drafts.get(pk, ("", False))
        answer[unit, period] = Known(
            pk, state, sent, revision or 0, number or 0, said or "", origin or "", draft, by_people
        )
    return answer


def step(known: Known | None, target: str, said: str, sent: datetime | None, replace: bool) -> Step | str:
    """What to do for a row that says `said` (a digest) and was sent at `sent`; or why it is refused."""
    if known is None:
        return Step(NEW[State(target)], revise=target != State.DRAFT, redraft=target == State.DRAFT)
    if known.state in (State.DRAFT, State.RETURNED):
        return _while_written(known, target, said, replace)
    return _once_sent(known, target, said, sent, replace)


def _while_written(known: Known, target: str, said: str, replace: bool) -> Step | str:
    base = known.digest or EMPTY
    written = known.by_people and known.draft not in ("", base)
    if target == State.DRAFT and known.draft == said:
        return Step()
    if known.revision and known.digest == said and not written:
        return Step()
    if written and not replace:
        return _("Somebody is writing this report; it is not overwritten (--replace would do it).")
    if known.revision and known.origin != LOAD and not replace:
        return _not_ours()
    if target == State.DRAFT:
        return Step(redraft=True)
    return Step(NEW[State(target)], revise=True)


def _once_sent(known: Known, target: str, said: str, sent: datetime | None, replace: bool) -> Step | str:
    same = known.digest == said
    ours = known.origin == LOAD
    stamp = sent is not None and sent != known.submitted_at
    if same and not (target == State.ACCEPTED and known.state == State.SUBMITTED) and not (stamp and ours):
        return Step()
    if not ours and not replace:
        return _not_ours()
    if known.state == State.ACCEPTED:
        if same:
            return Step(stamp=True)
        if target != State.ACCEPTED and not replace:
            return _(
                "This report has been accepted since it was loaded; it is not changed (--replace would correct it)."
            )
        return Step(("correct",), revise=True, stamp=stamp)
    if target == State.DRAFT and not replace:
        return _("This report has been sent; a load does not take it back (--replace would send it anew).")
    moves = ("accept",) if target == State.ACCEPTED else ()
    if same:
        return Step(moves, stamp=stamp)
    return Step(("withdraw", "submit", *moves), revise=True, stamp=stamp)


def _not_ours() -> str:
    return _(
        "The newest revision of this report was written by a person; it is not overwritten (--replace would do it)."
    )

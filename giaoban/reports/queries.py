"""Questions about reports: what is there, what is owed, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement, Membership
from giaoban.core.actors import Actor
from giaoban.core.audit import subject_of
from giaoban.core.models import AuditRow
from giaoban.lib import periods
from giaoban.lib.periods import Period
from giaoban.reportforms.models import Regime
from giaoban.reportforms.queries import Due, Schedule, schedules
from giaoban.reports.models import Report, ReportKind, Revision, State
from giaoban.reports.policy import REPORTS
from giaoban.units.models import Ancestry, Unit, valid_on

MISSING, EXCLUDED = "missing", "excluded"


@dataclass(frozen=True)
class Owed:
    """A report that is owed, and the row of it if there is one."""

    due: Due
    unit: Unit
    regime: Regime
    report: Report | None
    at: datetime

    @property
    def state(self) -> str:
        """draft, submitted, returned, accepted, missing or excluded."""
        if self.due.excluded:
            return EXCLUDED
        return self.report.state if self.report else MISSING

    @property
    def is_late(self) -> bool:
        """Not sent though the deadline has passed, or sent after it."""
        if self.due.excluded:
            return False
        if self.report and self.report.state in (State.SUBMITTED, State.ACCEPTED):
            return self.report.on_time is False
        return self.at > self.due.due_at

    @property
    def waits(self) -> bool:
        """Its unit still has to send it."""
        return not self.due.excluded and self.state in (MISSING, State.DRAFT, State.RETURNED)


def visible(by: Actor, agreement: Agreement | None = None) -> QuerySet[Report]:
    """The reports the actor may read."""
    rows = Report.objects.filter(REPORTS.q(by, "read"))
    return rows if agreement is None else rows.filter(agreement=agreement)


def report_for(by: Actor, agreement: str, pk: int, right: str = "read") -> Report:
    """One report with what its page shows, or 404 for everybody who has not the right."""
    rows = Report.objects.filter(REPORTS.q(by, right), agreement__code=agreement)
    wanted = rows.select_related(
        "agreement", "regime__form", "unit", "form_version", "receiver", "current", "accepted"
    )
    found = wanted.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def owed(
    schedule: Schedule, wanted: Iterable[Period], *, at: datetime, units: set[int] | None = None
) -> list[Owed]:
    """What is owed under one regime for these periods, with the reports that exist. One query beside the schedule's.

    units: only these (None: all).
    """
    asked = list(wanted)
    rows = Report.objects.filter(
        regime=schedule.regime, period__in=[p.text for p in asked], kind=ReportKind.OWN
    )
    if units is not None:
        rows = rows.filter(unit__in=units)
    by_key = {(r.unit_id, r.period): r for r in rows}
    return [
        Owed(
            due,
            schedule.units[due.unit_id],
            schedule.regime,
            by_key.get((due.unit_id, due.period.text)),
            at,
        )
        for due in schedule.due(asked)
        if units is None or due.unit_id in units
    ]


def recent_periods(schedule: Schedule, day: date, count: int) -> list[Period]:
    """The last `count` periods whose window has ended or is running on `day`, oldest first."""
    until = min(day, schedule.term.last)
    try:
        last = periods.current(schedule.regime.frequency, schedule.window, until)
    except periods.PeriodError:
        return []
    found = [last]
    while len(found) < count:
        try:
            found.append(periods.preceding(found[-1]))
        except periods.PeriodError:
            break
    return [p for p in reversed(found) if schedule.covers(p)]


def units_to_fill(by: Actor, agreement: Agreement) -> set[int]:
    """The units whose reports the actor writes as their reporter."""
    held = getattr(by, "memberships", ())
    return {m.unit_id for m in held if m.agreement_id == agreement.pk and m.role == "reporter"}


def units_to_consolidate(by: Actor, agreement: Agreement) -> list[Unit]:
    """The units with others that owe below them, whose consolidated report the actor may write. By code."""
    owing = {pk for schedule in schedules(agreement) for pk in schedule.units}
    above = Ancestry.objects.filter(unit__in=owing, hierarchy=agreement.hierarchy, depth__gt=0)
    found = Unit.objects.filter(pk__in=above.values("ancestor")).order_by("code")
    held = getattr(by, "memberships", ())
    if any(m.role == "coordinator" and m.agreement_id == agreement.pk for m in held):
        return list(found)
    mine = units_to_fill(by, agreement)
    return [unit for unit in found if unit.pk in mine]


def waiting_for(by: Actor, right: str, state: str) -> QuerySet[Report]:
    """The reports in a state on which the actor has a right: his tray."""
    rows = Report.objects.filter(REPORTS.q(by, right), state=state)
    return rows.select_related("agreement", "unit", "regime").order_by("due_at", "unit__code")


def being_written(by: Actor) -> QuerySet[Report]:
    """The reports begun and not sent that the actor may write, the most urgent first."""
    rows = Report.objects.filter(REPORTS.q(by, "fill"), state__in=(State.DRAFT, State.RETURNED))
    return rows.select_related("agreement", "unit", "regime").order_by("due_at", "unit__code")


def holders(agreement: Agreement, role: str, units: set[int] | None, at: datetime) -> dict[int, list[User]]:
    """unit id -> the people who hold a role for it on that day. units: only these (None: all). One query."""
    day = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    rows = Membership.objects.filter(valid_on(day), agreement=agreement, role=role, user__is_active=True)
    if units is not None:
        rows = rows.filter(unit__in=units)
    found: dict[int, list[User]] = {}
    for held in rows.select_related("user").order_by("pk"):
        found.setdefault(held.unit_id, []).append(held.user)
    return found


def revisions(report: Report) -> list[Revision]:
    """All revisions, newest first, without their documents."""
    return list(report.revisions.defer("document").order_by("-number"))


def history(report: Report) -> Sequence[AuditRow]:
    """The trail of a report, newest first, with the free texts not erased."""
    rows = AuditRow.objects.filter(subject=subject_of(report)).select_related("free_text")
    return list(rows.order_by("-number"))


def narratives(agreement: Agreement, *, by: Actor, first: date, last: date) -> list[dict[str, Any]]:
    """The answers to narrative questions in accepted reports whose span ends in [first, last].

    Each row: report, unit, period, revision, code, text. One query.
    """
    rows = visible(by, agreement).filter(accepted__isnull=False, last_day__range=(first, last))
    return [
        {
            "report": r,
            "unit": r.unit,
            "period": r.period,
            "revision": r.accepted_id,
            "code": code,
            "text": text,
        }
        for r in rows.select_related("unit", "accepted", "regime").order_by("last_day", "unit__code")
        for code, text in sorted(r.accepted.document.get("narratives", {}).items())
    ]


def units_seen(by: Actor, agreement: Agreement, day: date) -> set[int] | None:
    """The units whose reports the actor may read on a day; None is all of them."""
    held = [m for m in getattr(by, "memberships", ()) if m.agreement_id in (None, agreement.pk)]
    reach = {g.role: g.reach for g in REPORTS.rights["read"]}
    if not hasattr(by, "memberships") or any(reach.get(m.role) == "all" for m in held):
        return None
    seen = {m.unit_id for m in held if reach.get(m.role) == "own" and m.unit_id}
    above = [m.unit_id for m in held if reach.get(m.role) == "subtree"]
    lines = Ancestry.objects.filter(valid_on(day), ancestor__in=above, hierarchy=agreement.hierarchy)
    return seen | set(lines.values_list("unit", flat=True))


@dataclass(frozen=True)
class Told:
    """One line of a report's history, for people."""

    verb: str
    actor: str
    at: datetime
    detail: dict[str, Any]
    text: str


def told(report: Report) -> list[Told]:
    """The history with names in place of ids. Two queries."""
    rows = history(report)
    ids = {int(r.actor[5:]) for r in rows if r.actor.startswith("user:")}
    names = {f"user:{u.pk}": str(u) for u in User.objects.filter(pk__in=ids)}
    return [
        Told(
            _verb(r.verb),
            names.get(r.actor, r.actor),
            r.at,
            r.detail,
            r.free_text.text if hasattr(r, "free_text") else "",
        )
        for r in rows
    ]


def _verb(name: str) -> str:
    if name in REPORTS.moves:
        return str(REPORTS.moves[name].label)
    return str(
        {
            "open": _("Begun"),
            "attach": _("File attached"),
            "detach": _("File taken off"),
            "load": _("Loaded"),
            "consolidate": _("Figures of the units below taken"),
            "take workbook": _("Taken from an Excel file"),
        }.get(name, name)
    )

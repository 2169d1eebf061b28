"""Remind of deadlines: once before, once after; nobody twice of the same report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement, Role
from giaoban.core.actors import System
from giaoban.lib.periods import Period
from giaoban.notices.actions import tell
from giaoban.notices.queries import told_under
from giaoban.reportforms.models import Regime
from giaoban.reportforms.queries import schedules
from giaoban.reports import queries
from giaoban.reports.models import Report, State
from giaoban.reports.telling import DUE, DUE_SOON, IS_LATE, OVERDUE, name_of, saying, written
from giaoban.units.models import Unit

BY = System("reminders")
RECENT = 3
#: How long before the deadline, if the agreement's settings do not say `remind_days`; and how long after.
BEFORE, AFTER = timedelta(days=3), timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """A report that has not been sent, with or without a row of its own."""

    unit: Unit
    regime: Regime
    period: Period
    due_at: datetime
    report: Report | None

    def key(self, kind: str) -> str:
        return f"{kind}:{self.regime.pk}:{self.unit.pk}:{self.period.text}"


def remind(*, at: datetime) -> int:
    """Tell reporters what is due soon or overdue, and coordinators how many are late. How many were told."""
    day = at.date()
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=day - AFTER - timedelta(days=31))
    agreements = Agreement.objects.filter(running, starts_on__lte=day)
    return sum(_remind(agreement, at) for agreement in agreements)


def _remind(agreement: Agreement, at: datetime) -> int:
    before = timedelta(days=int(agreement.settings.get("remind_days", BEFORE.days)))
    soon, late = [], []
    for waiting in _waiting(agreement, at):
        if at <= waiting.due_at <= at + before:
            soon.append(waiting)
        elif at - AFTER <= waiting.due_at < at:
            late.append(waiting)
    units = {waiting.unit.pk for waiting in soon + late}
    reporters = queries.holders(agreement, Role.REPORTER, units, at)
    count = sum(_tell(waiting, DUE, reporters, at) for waiting in _fresh(soon, DUE))
    count += sum(_tell(waiting, OVERDUE, reporters, at) for waiting in _fresh(late, OVERDUE))
    return count + _tell_coordinators(agreement, late, at)


def _waiting(agreement: Agreement, at: datetime) -> Iterator[Waiting]:
    """What is owed regularly and was asked for besides, and is not sent."""
    day = at.astimezone(ZoneInfo(agreement.timezone)).date()
    for schedule in schedules(agreement):
        for owed in queries.owed(schedule, queries.recent_periods(schedule, day, RECENT), at=at):
            if owed.waits:
                yield Waiting(owed.unit, owed.regime, owed.due.period, owed.due.due_at, owed.report)
    asked = Report.objects.filter(
        agreement=agreement,
        regime__ad_hoc=True,
        state__in=(State.DRAFT, State.RETURNED),
        due_at__gte=at - AFTER,
    )
    for row in asked.select_related("unit", "regime", "agreement"):
        yield Waiting(row.unit, row.regime, row.when, row.due_at, row)


def _fresh(waiting: list[Waiting], kind: str) -> Iterable[Waiting]:
    """Those nobody was told of yet."""
    told = told_under([each.key(kind) for each in waiting])
    return [each for each in waiting if each.key(kind) not in told]


def _tell(waiting: Waiting, kind: str, reporters: dict[int, list[User]], at: datetime) -> int:
    agreement = waiting.regime.agreement
    url = (
        waiting.report.get_absolute_url() if waiting.report else reverse("reports:due", args=[agreement.code])
    )
    told = tell(
        people=reporters.get(waiting.unit.pk, ()), kind=kind, once=waiting.key(kind), url=url, by=BY, at=at,
        sentence=saying(
            DUE_SOON if kind == DUE else IS_LATE, waiting.unit, waiting.regime, waiting.period,
            due=lambda: written(waiting.due_at, agreement),
        ),
        about=("reports.report", waiting.report.pk) if waiting.report else ("reportforms.regime", waiting.regime.pk),
    )  # fmt: skip
    return len(told)


MISSING = ngettext_lazy("%(what)s: %(count)s unit is late.", "%(what)s: %(count)s units are late.", "count")


def _tell_coordinators(agreement: Agreement, late: list[Waiting], at: datetime) -> int:
    """One notice per regime and period, when the first reports are late."""
    groups: dict[tuple[int, str], list[Waiting]] = {}
    for waiting in late:
        groups.setdefault((waiting.regime.pk, waiting.period.text), []).append(waiting)
    told, people = 0, None
    for (regime, period), members in groups.items():
        if people is None:
            people = queries.holders(agreement, Role.COORDINATOR, None, at)
        everybody = [person for some in people.values() for person in some]
        first = members[0]
        told += len(
            tell(
                people=everybody, kind=OVERDUE, once=f"{OVERDUE}:{regime}:{period}", by=BY, at=at,
                sentence=_late(first, len(members)), url=reverse("reports:due", args=[agreement.code]),
                about=("reportforms.regime", regime),
            )
        )  # fmt: skip
    return told


def _late(first: Waiting, count: int):  # type: ignore[no-untyped-def]
    return lambda: MISSING % {"what": name_of(first.regime, first.period), "count": count}

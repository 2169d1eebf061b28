"""Who owes which report, for which period, by when. Computed from liability, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from giaoban.agreements.models import Agreement
from giaoban.lib import periods
from giaoban.lib.deadlines import DueRule, WorkCalendar
from giaoban.lib.periods import Period, Span, Window
from giaoban.reportforms.models import CalendarDay, Exclusion, Regime, RegimeVersion
from giaoban.reportforms.stamps import Stamps, kept, stamps
from giaoban.units.models import Ancestry, Unit, UnitVersion, valid_on
from giaoban.units.queries import Validity, joined, last_day, specified


@dataclass(frozen=True)
class Due:
    """A report that is owed. starts_on..last_day is its own span, both inclusive."""

    unit_id: int
    period: Period
    starts_on: date
    last_day: date
    due_at: datetime
    receiver_id: int | None
    excluded: bool


def window_of(regime: Regime) -> Window:
    """The data window of a regime, with its own spans if it lists any."""
    own = {k: (date.fromisoformat(a), date.fromisoformat(b)) for k, (a, b) in regime.spans.items()}
    return Window.parse(regime.window, own)


def calendar_of(agreement: Agreement) -> WorkCalendar:
    """The holidays and make-up working days of an agreement."""
    days = list(CalendarDay.objects.filter(agreement=agreement).values_list("on", "working"))
    return WorkCalendar(
        holidays=frozenset(on for on, working in days if not working),
        working=frozenset(on for on, working in days if working),
    )


def term(agreement: Agreement) -> Span:
    """The days of the agreement; an open end is the end of the calendar."""
    return Span(agreement.starts_on, agreement.ends_on or date(9998, 12, 31))


class Schedule:
    """Everything needed to say who owes what under one regime. Reads the database once, then answers in memory."""

    def __init__(self, regime: Regime) -> None:
        self.regime = regime
        self.window = window_of(regime)
        self.term = term(regime.agreement)
        self.lead = regime.agreement.lead_id

    @cached_property
    def versions(self) -> list[RegimeVersion]:
        return list(self.regime.versions.order_by("valid_from", "number"))

    @cached_property
    def calendar(self) -> WorkCalendar:
        return calendar_of(self.regime.agreement)

    @cached_property
    def units(self) -> dict[int, Unit]:
        """The liable units by id; read together with their levels."""
        return {pk: versions[0].unit for pk, versions in self._levels.items()}

    @cached_property
    def liability(self) -> list[Validity]:
        """The spans for which each unit is liable: named by the version in force, and open."""
        spans: list[Validity] = []
        starts = [v.valid_from for v in self.versions]
        for version, end in zip(self.versions, [*starts[1:], None], strict=True):
            for span in specified(version.reporters, self.lead):
                cut = _cut(span, version.valid_from, end)
                if cut:
                    spans.append(cut)
        return joined(spans)

    @cached_property
    def excluded(self) -> set[tuple[int, str]]:
        rows = Exclusion.objects.filter(regime=self.regime, state="active")
        return set(rows.values_list("unit", "period"))

    @cached_property
    def _levels(self) -> dict[int, list[UnitVersion]]:
        answer: dict[int, list[UnitVersion]] = {}
        liable = {span.unit_id for span in self.liability}
        named = UnitVersion.objects.filter(unit__in=liable).select_related("unit")
        for version in named.order_by("valid_from"):
            answer.setdefault(version.unit_id, []).append(version)
        return answer

    @cached_property
    def _parents(self) -> dict[int, list[Ancestry]]:
        rows = Ancestry.objects.filter(hierarchy=self.regime.hierarchy, depth=1, unit__in=self.units)
        answer: dict[int, list[Ancestry]] = {}
        for row in rows:
            answer.setdefault(row.unit_id, []).append(row)
        return answer

    @cached_property
    def _receivers(self) -> list[tuple[Validity, int]]:
        """Receiver rules as (who sends when, to whom)."""
        answer = []
        for version in self.versions:
            for rule in version.receivers:
                to = specified(rule["to"], self.lead)[0].unit_id
                start = date.fromisoformat(rule["from"]) if rule.get("from") else date.min
                end = date.fromisoformat(rule["to_date"]) if rule.get("to_date") else None
                answer += [
                    (cut, to) for s in specified(rule["units"], self.lead) if (cut := _cut(s, start, end))
                ]
        return answer

    def version_on(self, day: date) -> RegimeVersion:
        """The version in force on a day; before the first one, the first."""
        started = [v for v in self.versions if v.valid_from <= day]
        return started[-1] if started else self.versions[0]

    def periods(self, first: date, last: date) -> list[Period]:
        """The regime's periods that share a day with the agreement's term and with [first, last]."""
        found = periods.between(self.regime.frequency, self.window, first, last)
        return [p for p in found if self.covers(p)]

    def covers(self, period: Period) -> bool:
        """Is it a period of this regime, sharing a day with the agreement's term?"""
        return period.kind == self.regime.frequency and self.term.meets(periods.span(period, self.window))

    def is_liable(self, unit_id: int, span: Span) -> bool:
        return any(v.unit_id == unit_id and v.overlaps(*span) for v in self.liability)

    def due(self, wanted: Iterable[Period]) -> Iterator[Due]:
        """Every report owed for these periods, excluded ones marked, by period then unit."""
        for period in wanted:
            span = periods.span(period, self.window)
            for unit_id in dict.fromkeys(v.unit_id for v in self.liability if v.overlaps(*span)):
                yield self.owed(self.units[unit_id], period)

    def owed(self, unit: Unit, period: Period) -> Due:
        """The report of one unit for one period, whether or not it is liable."""
        span = periods.span(period, self.window)
        until = last_day(unit, span.last)
        return Due(
            unit_id=unit.pk,
            period=period,
            starts_on=max(span.first, unit.valid_from),
            last_day=until,
            due_at=self._due_at(unit, span.last, until),
            receiver_id=self.receiver(unit.pk, until),
            excluded=(unit.pk, period.text) in self.excluded,
        )

    def _due_at(self, unit: Unit, last: date, until: date) -> datetime:
        version = self.version_on(last)
        level = next(
            (v.level for v in reversed(self._levels.get(unit.pk, [])) if v.valid_from <= until), unit.level
        )
        rule = version.due.get(str(level)) or version.due.get("") or "+0d 23:59"
        return DueRule.parse(rule).at(last, version.timezone, self.calendar)

    def receiver(self, unit_id: int, day: date) -> int | None:
        """Who verifies the unit's reports on that day: a receiver rule, else the parent."""
        for span, to in self._receivers:
            if span.unit_id == unit_id and span.overlaps(day, day):
                return to
        for row in self._parents.get(unit_id, ()):
            if row.valid_from <= day and (row.valid_to is None or day < row.valid_to):
                return row.ancestor_id
        if unit_id in self.units:
            return None
        above = Ancestry.objects.filter(
            valid_on(day), unit=unit_id, depth=1, hierarchy=self.regime.hierarchy
        )  # a unit that owes nothing itself, but consolidates
        return above.values_list("ancestor", flat=True).first()


def _cut(span: Validity, start: date, end: date | None) -> Validity | None:
    first = max(span.valid_from, start)
    last = min((d for d in (span.valid_to, end) if d is not None), default=None)
    return None if last is not None and last <= first else Validity(span.unit_id, first, last)


def schedule(regime: Regime, now: Stamps | None = None) -> Schedule:
    """The schedule of one regime, as of stamps already asked for. One query while nothing changed."""
    return _schedule(regime, now or stamps())


@kept(32)
def _schedule(regime: Regime, now: Stamps) -> Schedule:
    return Schedule(regime)


def schedules(agreement: Agreement) -> list[Schedule]:
    """A schedule of every regime of an agreement that asks regularly. One query while nothing changed."""
    return _schedules(agreement.pk, stamps())


@kept(32)
def _schedules(agreement_id: int, now: Stamps) -> list[Schedule]:
    asked = Regime.objects.filter(agreement=agreement_id, ad_hoc=False)
    return [Schedule(regime) for regime in asked.select_related("agreement", "form")]

"""What can be chosen in an agreement, kept in memory while nobody changes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Max

from giaoban.agreements.models import Agreement
from giaoban.lib import periods
from giaoban.lib.periods import Period, PeriodError, Span, Window
from giaoban.reportforms.models import Breakdown, Indicator, Kind, Option, Regime
from giaoban.reportforms.queries import window_of
from giaoban.reportforms.stamps import Stamps, kept, stamps
from giaoban.reports.models import Report, State
from giaoban.rollups.explorer.gazetteer import Gazetteer, gazetteer

#: How many periods a view begins with.
FIRST_PERIODS = 12


@dataclass(frozen=True)
class Setup:
    """indicators (no texts) and regimes by code; options: of each breakdown in use, in order."""

    indicators: dict[str, Indicator]
    regimes: dict[str, Regime]
    options: dict[str, list[Option]]


@dataclass
class Scene:
    """An agreement with all that can be chosen. One query while nothing changed."""

    agreement: Agreement

    @cached_property
    def stamps(self) -> Stamps:
        return stamps()

    @cached_property
    def setup(self) -> Setup:
        return _setup(self.agreement.pk, self.stamps)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return gazetteer(self.agreement.hierarchy, self.stamps)

    @property
    def indicators(self) -> dict[str, Indicator]:
        return self.setup.indicators

    @property
    def regimes(self) -> dict[str, Regime]:
        return self.setup.regimes

    @property
    def options(self) -> dict[str, list[Option]]:
        return self.setup.options

    @property
    def breakdowns(self) -> list[Breakdown]:
        return [options[0].breakdown for options in self.options.values()]

    @cached_property
    def kinds(self) -> list[str]:
        """The frequencies in use."""
        return list(dict.fromkeys(regime.frequency for regime in self.regimes.values() if not regime.ad_hoc))

    @cached_property
    def window(self) -> Window:
        """The data window of the first regular regime; the calendar where there is none."""
        regular = next((r for r in self.regimes.values() if not r.ad_hoc and not r.reconciles_id), None)
        return window_of(regular) if regular else Window()

    def span(self, period: Period) -> Span:
        """The days of a period; on the last one the tree is read."""
        return periods.span(period, self.window)

    def term(self, today: date) -> tuple[date, date]:
        """The first day of the agreement and the last one so far."""
        begin, end = self.agreement.starts_on, self.agreement.ends_on
        return begin, max(begin, min(today, end or today))

    def latest(self, today: date) -> date:
        """The last day for which figures count; without any, the last day of the term so far. One query."""
        reports = Report.objects.filter(agreement=self.agreement, state=State.ACCEPTED)
        newest: date | None = reports.aggregate(day=Max("last_day"))["day"]
        return newest or self.term(today)[1]

    def first_periods(self, today: date) -> list[Period]:
        """The periods a view begins with: the last twelve of the usual kind that have figures."""
        kind = self.kinds[0] if self.kinds else "month"
        kind = kind if kind in ("month", "quarter", "half", "year") else "month"
        begin, last = self.agreement.starts_on, self.latest(today)
        try:
            found = periods.between(kind, self.window, begin, max(begin, last))
        except PeriodError:
            return []
        return found[-FIRST_PERIODS:]

    def with_breakdown(self, code: str, among: Sequence[Indicator]) -> list[Indicator]:
        """The indicators that are broken down by this dimension alone or crossed."""
        return [row for row in among if any(code in crossed for crossed in row.breakdowns)]


@kept(16)
def _setup(agreement: int, now: Stamps) -> Setup:
    indicators = Indicator.objects.filter(agreement=agreement).exclude(kind=Kind.TEXT)
    regimes = Regime.objects.filter(agreement=agreement).select_related("agreement", "form")
    used = {code for row in indicators for crossed in row.breakdowns for code in crossed}
    options: dict[str, list[Option]] = {}
    rows = Option.objects.filter(breakdown__agreement=agreement, breakdown__code__in=used)
    for row in rows.select_related("breakdown").order_by("breakdown_id", "position", "id") if used else ():
        options.setdefault(row.breakdown.code, []).append(row)
    return Setup({row.code: row for row in indicators}, {row.code: row for row in regimes}, options)

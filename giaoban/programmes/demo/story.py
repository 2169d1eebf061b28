"""The year 2020 of the sample programme, told through the product's own moves with their dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement
from giaoban.agreements.standing import Standing
from giaoban.core.folders import Progress
from giaoban.lib.periods import Period
from giaoban.programmes.demo.figures import document
from giaoban.programmes.demo.plans import Year
from giaoban.reportforms.models import Regime
from giaoban.reportforms.queries import Schedule
from giaoban.reports import actions
from giaoban.reports.models import Report
from giaoban.units.models import Unit

#: What happens besides the ordinary: (unit code, month).
LATE, RETURNED, CORRECTED, ESTIMATED = ("95", 7), ("91", 5), ("87", 9), ("96", 10)
MISSING = ("84", 11)
NOT_BEGUN, WAITING = ("89", 12), ("94", 12)


@dataclass
class Story:
    """Writes the reports month by month. people: unit code -> its reporter; verifiers by unit code."""

    agreement: Agreement
    reporters: dict[str, User]
    verifiers: dict[str, User]
    year: Year
    before: dict[str, dict[str, Any]] = field(default_factory=dict)

    def tell(self, progress: Progress) -> None:
        """All twelve months, telling `progress` of every report."""
        schedule = Schedule(Regime.objects.select_related("agreement", "form").get(agreement=self.agreement))
        owed = [(unit, period) for period in _months() for unit in _reporting(schedule)]
        progress.step(_("A year of sample reports"), len(owed))
        urgent = False
        for unit, period in owed:
            if period.number == 11 and not urgent:
                urgent = True
                self.year.urgent()
            if (unit.code, period.number) not in (MISSING, NOT_BEGUN):
                self._report(schedule, unit, period)
            progress.advance(1)

    def _report(self, schedule: Schedule, unit: Unit, period: Period) -> None:
        due = schedule.owed(unit, period).due_at
        sent = due + timedelta(days=2) if (unit.code, period.number) == LATE else due - timedelta(hours=20)
        written = document(unit.code, unit.level, period.number, self.before.get(unit.code))
        if (unit.code, period.number) == ESTIMATED:
            written |= {
                "estimated": ["ho_vang_gia", "kinh_phi"],
                "comments": {"ho_vang_gia": "Ước tính: hai huyện chưa có số liệu."},
            }
        if said := self.year.said(unit.code, period.number):
            written["tasks"] = said
        self.before[unit.code] = written
        report = self._sent(schedule.regime, unit, period, written, sent)
        if (unit.code, period.number) == WAITING:
            return
        if (unit.code, period.number) == RETURNED:
            report = self._sent_back(report, unit, sent)
        self._accepted(report, unit, sent)
        if (unit.code, period.number) == CORRECTED:
            self._corrected(report, unit, sent)

    def _sent(
        self, regime: Regime, unit: Unit, period: Period, written: dict[str, Any], at: datetime
    ) -> Report:
        by = Standing(self.reporters[unit.code], at)
        report = actions.open_report(
            regime=regime, unit=unit, period=period, by=by, at=at - timedelta(hours=2)
        )
        actions.save_draft(report=report, document=written, edition=0, by=by, at=at - timedelta(hours=1))
        return actions.submit(report=report, by=by, at=at)

    def _accepted(self, report: Report, unit: Unit, sent: datetime) -> None:
        at = sent + timedelta(hours=30)
        actions.accept(report=report, by=self._verifier(unit, at), at=at)

    def _sent_back(self, report: Report, unit: Unit, sent: datetime) -> Report:
        at = sent + timedelta(hours=3)
        why = "Số lượt hộ vãng gia tăng bất thường so với kỳ trước; đề nghị kiểm tra lại."
        back = actions.return_report(
            report=report, reason=why, cells=["ho_vang_gia"], by=self._verifier(unit, at), at=at
        )
        again = at + timedelta(hours=5)
        by = Standing(self.reporters[unit.code], again)
        fixed = {**self.before[unit.code]}
        fixed["values"] = {**fixed["values"], "ho_vang_gia": fixed["values"]["ho_vang_gia"] - 240}
        actions.save_draft(report=back, document=fixed, edition=0, by=by, at=again)
        return actions.submit(report=back, by=by, at=again)

    def _corrected(self, report: Report, unit: Unit, sent: datetime) -> None:
        at = sent + timedelta(days=9)
        fixed = {**self.before[unit.code]}
        values = dict(fixed["values"])
        values["ca_sxh"] += 6
        values["ca_sxh[nhom_tuoi=15-59]"] += 6
        why = "Bổ sung 6 ca do bệnh viện huyện báo muộn."
        actions.correct(
            report=report,
            document={**fixed, "values": values},
            reason=why,
            by=self._verifier(unit, at),
            at=at,
        )

    def _verifier(self, unit: Unit, at: datetime) -> Standing:
        return Standing(self.verifiers["92" if unit.level == 3 else "VPV"], at)


def _months() -> Iterator[Period]:
    return (Period("month", 2020, month) for month in range(1, 13))


def _reporting(schedule: Schedule) -> list[Unit]:
    return sorted(schedule.units.values(), key=lambda unit: unit.code)

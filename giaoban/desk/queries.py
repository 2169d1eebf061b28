"""What waits for a person, and search across everything he may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.agreements.policy import AGREEMENTS
from giaoban.agreements.standing import Standing
from giaoban.core.folding import matching
from giaoban.notices import queries as notices
from giaoban.notices.models import Notice
from giaoban.reportforms.models import Indicator, ReportForm
from giaoban.reportforms.queries import schedules
from giaoban.reports import queries as reports
from giaoban.reports.models import Report
from giaoban.reviews.models import Review
from giaoban.reviews.policy import REVIEWS
from giaoban.units.browsing import visible

RECENT = 3


@dataclass
class Tray:
    """What waits for one person: reports to write, reports to verify, agreements he works in."""

    agreements: list[Agreement]
    to_write: list[reports.Owed] = field(default_factory=list)
    asked: list[Report] = field(default_factory=list)
    to_verify: list[Report] = field(default_factory=list)
    to_verify_count: int = 0
    behind: list[tuple[Agreement, list[reports.Owed]]] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (
            self.to_write or self.asked or self.to_verify or self.behind or self.reviews or self.notices
        )


def agreements(by: Standing) -> QuerySet[Agreement]:
    """The agreements the person has a role in."""
    return Agreement.objects.filter(AGREEMENTS.q(by, "read"))


def tray(by: Standing) -> Tray:
    """What waits for him. The number of queries grows with his agreements, not with their reports."""
    found = Tray(list(agreements(by)))
    waiting = reports.waiting_for(by, "verify", "submitted")
    found.to_verify = list(waiting[:20])
    found.to_verify_count = len(found.to_verify) if len(found.to_verify) < 20 else waiting.count()
    for agreement in found.agreements:
        roles = by.roles_in(agreement.pk)
        if "reporter" in roles:
            units = reports.units_to_fill(by, agreement)
            found.to_write += [o for o in _recent(agreement, by, units) if o.waits]
        elif roles & {"coordinator", "chair"}:
            late = [o for o in _recent(agreement, by, None) if o.waits and o.is_late]
            if late:
                found.behind.append((agreement, late))
    if any(m.role == "reporter" for m in by.memberships):
        found.asked = [r for r in reports.being_written(by) if r.regime.ad_hoc]
    found.reviews = list(_reviews(by))
    found.notices = notices.unread(by.user, 5)
    return found


def _recent(agreement: Agreement, by: Standing, units: set[int] | None) -> Iterable[reports.Owed]:
    for schedule in schedules(agreement):
        wanted = reports.recent_periods(schedule, by.day, RECENT)
        yield from reports.owed(schedule, wanted, at=by.at, units=units)


def _reviews(by: Standing) -> QuerySet[Review]:
    rows = Review.objects.filter(REVIEWS.q(by, "read")).select_related("agreement")
    return rows.order_by("-pk")[:5]


@dataclass(frozen=True)
class Hit:
    """Something found. kind: what it is, in words."""

    kind: str
    label: str
    url: str
    note: str = ""


def search(by: Standing, words: str) -> list[Hit]:
    """Agreements, units, indicators, forms and reports whose names match, marks and đ folded. At most 10 of each."""
    mine = list(agreements(by))
    hits = [
        Hit(_("agreement"), str(a), a.get_absolute_url(), a.number)
        for a in _few(agreements(by), words, "titles")
    ]
    hits += [
        Hit(_("unit"), u.name, reverse("units:unit", args=[u.pk]), u.code)
        for u in _few(visible(by), words, "name", "code")
    ]
    rows = Indicator.objects.filter(agreement__in=mine).select_related("agreement")
    hits += [
        Hit(
            _("indicator"),
            str(i),
            f"{reverse('rollups:explore', args=[i.agreement.code])}?indicator={i.code}",
            i.code,
        )
        for i in _few(rows, words, "names", "code")
    ]
    forms = ReportForm.objects.filter(agreement__in=mine).select_related("agreement")
    hits += [
        Hit(_("report form"), str(f), reverse("reportforms:form", args=[f.agreement.code, f.pk]), f.code)
        for f in _few(forms, words, "names", "code")
    ]
    seen = reports.visible(by).select_related("agreement", "unit")
    hits += [
        Hit(_("report"), str(r), r.get_absolute_url(), r.get_state_display())
        for r in _few(seen, words, "unit__name", "unit__code", "period")
    ]
    return hits


def _few(rows: QuerySet, words: str, *fields: str) -> QuerySet:  # type: ignore[type-arg]
    return matching(rows, words, fields)[:10]

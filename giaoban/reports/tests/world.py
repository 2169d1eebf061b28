"""A small programme for tests: one office, two provinces, two districts, a monthly report — and a neighbour.

Lan reports for province CT, Minh for AG; Hoa verifies at the office, Kim coordinates, Chi chairs.
Nga belongs to another agreement and must see nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement, Membership
from giaoban.agreements.standing import Standing
from giaoban.lib import periods
from giaoban.reportforms.models import FormVersion, Indicator, Regime, RegimeVersion, ReportForm
from giaoban.units.actions import rebuild_ancestry
from giaoban.units.models import Parent, Unit, UnitVersion

BEGIN = date(2020, 1, 1)


def instant(day: int = 3, month: int = 2, hour: int = 9) -> datetime:
    """An instant of 2020, UTC."""
    return datetime(2020, month, day, hour, tzinfo=UTC)


def unit(code: str, name: str, level: int, parent: Unit | None = None, since: date = BEGIN) -> Unit:
    made = Unit.objects.create(uid=f"{code}@{since}", code=code, name=name, level=level, valid_from=since)
    UnitVersion.objects.create(unit=made, code=code, name=name, level=level, valid_from=since)
    if parent:
        Parent.objects.create(unit=made, parent=parent, valid_from=since)
    return made


@dataclass
class World:
    """What the tests of reports and of everything above stand on."""

    agreement: Agreement
    office: Unit
    ct: Unit
    ag: Unit
    regime: Regime
    people: dict[str, User] = field(default_factory=dict)

    def by(self, name: str, at: datetime | None = None) -> Standing:
        return Standing(self.people[name], at or instant())

    def period(self, text: str = "2020-01") -> periods.Period:
        return periods.parse(text)


def indicator(agreement: Agreement, code: str, **fields: Any) -> Indicator:
    given = {
        "kind": "flow",
        "over_units": "sum",
        "over_periods": "sum",
        "unit_of_measure": "lượt",
    } | fields
    names = given.pop("names", {"vi": f"Chỉ tiêu {code}", "en": f"Indicator {code}"})
    return Indicator.objects.create(agreement=agreement, code=code, names=names, **given)


def form(
    agreement: Agreement, code: str, indicators: list[str], narratives: tuple[str, ...] = ("note",)
) -> ReportForm:
    made = ReportForm.objects.create(
        agreement=agreement, code=code, names={"vi": f"Biểu {code}", "en": f"Form {code}"}
    )
    questions = [
        {"code": n, "title": {"vi": f"Câu {n}", "en": f"Question {n}"}, "required": False} for n in narratives
    ]
    section = {
        "code": "main",
        "title": {"vi": "Kết quả", "en": "Results"},
        "indicators": indicators,
        "narratives": questions,
    }
    FormVersion.objects.create(form=made, number=1, sections=[section], made_at=instant(1, 1))
    return made


def regime(agreement: Agreement, of: ReportForm, reporters: str = "level:2", **fields: Any) -> Regime:
    due = fields.pop("due", {"": "+5d 17:00"})
    given = {
        "code": of.code,
        "names": {"vi": "Báo cáo tháng", "en": "Monthly report"},
        "frequency": "month",
    } | fields
    made = Regime.objects.create(agreement=agreement, form=of, **given)
    RegimeVersion.objects.create(
        regime=made,
        number=1,
        valid_from=agreement.starts_on,
        reporters=reporters,
        due=due,
        timezone="Asia/Ho_Chi_Minh",
    )
    return made


def person(agreement: Agreement | None, name: str, role: str, place: Unit | None, **fields: Any) -> User:
    made = User.objects.create_user(f"{name}@example.vn", "mat-khau-mau-1", name=name, is_sample=True)
    Membership.objects.create(
        user=made, agreement=agreement, unit=place, role=role, valid_from=BEGIN, **fields
    )
    return made


def build() -> World:
    """The programme itself; monthly, from 2020, due five days after the month at 17:00 in Viet Nam."""
    office = unit("VUNG", "Văn phòng vùng", 1)
    ct, ag = unit("92", "Cần Thơ", 2, office), unit("89", "An Giang", 2, office)
    unit("916", "Ninh Kiều", 3, ct)
    unit("883", "Long Xuyên", 3, ag)
    other = unit("HN", "Văn phòng khác", 1)
    rebuild_ancestry()
    agreement = Agreement.objects.create(
        code="phoi-hop", titles={"vi": "Quy chế phối hợp", "en": "Coordination"}, lead=office, parties="level:2",
        starts_on=BEGIN, ends_on=date(2021, 12, 31),
    )  # fmt: skip
    elsewhere = Agreement.objects.create(
        code="khac", titles={"vi": "Quy chế khác"}, lead=other, parties="HN", starts_on=BEGIN
    )
    indicator(agreement, "visits")
    indicator(agreement, "stock", kind="stock", over_periods="last", decimals=1)
    indicator(agreement, "todate", kind="cumulative", over_periods="last")
    asked = form(agreement, "monthly", ["visits", "stock", "todate"])
    people = {
        "lan": person(agreement, "lan", "reporter", ct),
        "minh": person(agreement, "minh", "reporter", ag),
        "hoa": person(agreement, "hoa", "verifier", office),
        "kim": person(agreement, "kim", "coordinator", office),
        "chi": person(agreement, "chi", "chair", office),
        "nga": person(elsewhere, "nga", "coordinator", other),
        "oanh": person(None, "oanh", "operator", None),
    }
    return World(agreement, office, ct, ag, regime(agreement, asked), people)

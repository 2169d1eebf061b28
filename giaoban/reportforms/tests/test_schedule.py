"""Who owes which report, by when, and to whom."""

from datetime import UTC, date, datetime

import pytest

from giaoban.agreements.models import Agreement
from giaoban.lib.periods import parse
from giaoban.reportforms.models import CalendarDay, Exclusion, FormVersion, Regime, RegimeVersion, ReportForm
from giaoban.reportforms.queries import Schedule
from giaoban.units.actions import rebuild_ancestry
from giaoban.units.models import Parent, Unit, UnitVersion

pytestmark = pytest.mark.django_db
BEGIN = date(2019, 1, 1)


def unit(code: str, level: int, parent: Unit | None = None, until: date | None = None) -> Unit:
    made = Unit.objects.create(uid=code, code=code, name=code, level=level, valid_from=BEGIN, valid_to=until)
    UnitVersion.objects.create(unit=made, code=code, name=code, level=level, valid_from=BEGIN, valid_to=until)
    if parent:
        Parent.objects.create(unit=made, parent=parent, valid_from=BEGIN, valid_to=until)
    return made


@pytest.fixture
def regime() -> Regime:
    office = unit("VUNG", 1)
    ct = unit("92", 2, office)
    unit("916", 3, ct)
    unit("917", 3, ct, date(2020, 2, 10))
    rebuild_ancestry()
    agreement = Agreement.objects.create(
        code="a", lead=office, parties="level:2", starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31)
    )
    form = ReportForm.objects.create(agreement=agreement, code="f")
    FormVersion.objects.create(form=form, number=1, sections=[], made_at=datetime(2020, 1, 1, tzinfo=UTC))
    made = Regime.objects.create(agreement=agreement, form=form, code="r", frequency="month", window="nd09")
    RegimeVersion.objects.create(
        regime=made, number=1, valid_from=BEGIN, reporters="level:3",
        due={"": "+3d 12:00", "3": "+2wd 17:00"}, timezone="Asia/Ho_Chi_Minh",
    )  # fmt: skip
    return made


@pytest.mark.requirement(22)
def test_a_unit_that_ends_owes_for_the_days_it_existed(regime: Regime) -> None:
    owed = {(d.period.text, d.unit_id): d for d in Schedule(regime).due([parse("2020-02"), parse("2020-03")])}
    closing = Unit.objects.get(code="917")
    assert sorted(p for p, _u in owed) == ["2020-02", "2020-02", "2020-03"]
    due = owed["2020-02", closing.pk]
    assert (due.starts_on, due.last_day) == (date(2020, 1, 15), date(2020, 2, 9))
    assert due.receiver_id == Unit.objects.get(code="92").pk


def test_the_deadline_counts_working_days_after_the_window_at_the_levels_hour(regime: Regime) -> None:
    CalendarDay.objects.create(agreement=regime.agreement, on=date(2020, 2, 17), working=False)
    (due, *_rest) = Schedule(regime).due([parse("2020-02")])
    assert due.due_at.isoformat() == "2020-02-19T17:00:00+07:00"


def test_excluded_units_stay_in_sight_but_are_marked(regime: Regime) -> None:
    ward = Unit.objects.get(code="916")
    Exclusion.objects.create(regime=regime, unit=ward, period="2020-03")
    assert [d.excluded for d in Schedule(regime).due([parse("2020-03")])] == [True]
    Exclusion.objects.update(state="ended")
    assert [d.excluded for d in Schedule(regime).due([parse("2020-03")])] == [False]


def test_a_receiver_rule_comes_before_the_parent(regime: Regime) -> None:
    rule = {"units": "916", "to": "VUNG", "from": "2020-05-01", "to_date": None}
    RegimeVersion.objects.update(receivers=[rule])
    schedule, ward = Schedule(regime), Unit.objects.get(code="916")
    assert schedule.receiver(ward.pk, date(2020, 4, 30)) == Unit.objects.get(code="92").pk
    assert schedule.receiver(ward.pk, date(2020, 5, 1)) == Unit.objects.get(code="VUNG").pk


def test_a_new_version_changes_who_is_liable_from_its_day(regime: Regime) -> None:
    RegimeVersion.objects.create(
        regime=regime, number=2, valid_from=date(2020, 6, 15), reporters="level:2", due={"": "+1d 08:00"},
        timezone="Asia/Ho_Chi_Minh",
    )  # fmt: skip
    schedule = Schedule(regime)
    by_period = {
        p: [schedule.units[d.unit_id].code for d in schedule.due([parse(p)])] for p in ("2020-06", "2020-07")
    }
    assert by_period == {"2020-06": ["916"], "2020-07": ["92"]}


def test_periods_are_those_of_the_term(regime: Regime) -> None:
    schedule = Schedule(regime)
    found = schedule.periods(date(2019, 1, 1), date(2022, 1, 1))
    assert (found[0].text, found[-1].text, len(found)) == ("2020-01", "2021-01", 13)
    assert not schedule.covers(parse("2021-02"))
    assert not schedule.covers(parse("2020"))

"""What an answer says beside its number: completeness, regimes, breakdowns, ratios, and why there is none."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation

from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.reportforms.models import Breakdown, Exclusion, Indicator, Option
from giaoban.reports import actions as reports
from giaoban.reports.models import Revision
from giaoban.reports.tests.world import World, form, indicator, regime
from giaoban.rollups import queries
from giaoban.rollups.queries import REST, basis_of
from giaoban.rollups.tests.story import accepted, at, file_all, row, value
from giaoban.units.actions import rebuild_ancestry
from giaoban.units.models import Parent, Succession, Unit, UnitVersion


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def notes(found) -> list[str]:
    return [str(note) for note in found.notes]


@pytest.fixture
def broken(world: World) -> World:
    """Visits by sex; a ratio; a figure that is not added."""
    sex = Breakdown.objects.create(agreement=world.agreement, code="sex", names={"en": "Sex"})
    for position, code in enumerate("fm"):
        Option.objects.create(breakdown=sex, code=code, position=position)
    indicator(world.agreement, "cases", breakdowns=[["sex"]])
    indicator(world.agreement, "staff", kind="stock", over_units="none", over_periods="last")
    indicator(
        world.agreement, "rate", kind="ratio", over_units="", over_periods="", numerator="cases",
        denominator="visits", factor=100, decimals=1,
    )  # fmt: skip
    version = world.regime.form.current
    section = version.sections[0] | {"indicators": ["visits", "cases", "staff", "rate"]}
    version.sections = [section]
    version.save()
    return world


@pytest.mark.requirement(30)
def test_who_is_missing_is_always_shown(world: World) -> None:
    accepted(world, "lan", 1, visits=12)
    found = row(world, "visits", world.office, "2020-01")
    assert (found.accepted, found.due, found.on_time) == (1, 2, 1)
    assert found.newest is not None and found.newest.month == 2
    quarter = row(world, "visits", world.office, "2020-Q1")
    assert (quarter.shown, quarter.accepted, quarter.due) == (12, 1, 6)
    nobody = row(world, "visits", world.ag, "2020-01")
    assert (nobody.value, nobody.accepted, nobody.due, nobody.on_time, notes(nobody)) == (
        None,
        0,
        1,
        0,
        ["no data"],
    )


def test_an_excluded_unit_leaves_the_due_count(world: World) -> None:
    accepted(world, "lan", 1, visits=12)
    Exclusion.objects.create(regime=world.regime, unit=world.ag, period="2020-01")
    assert row(world, "visits", world.office, "2020-01").due == 1
    nobody = row(world, "visits", world.ag, "2020-01")
    assert (nobody.due, notes(nobody)) == (0, ["nothing is due"])
    outside = row(world, "visits", world.office, "2019-12")
    assert (outside.value, outside.due, notes(outside)) == (None, 0, ["nothing is due"])


def test_a_breakdown_has_a_row_for_the_rest(broken: World) -> None:
    accepted(broken, "lan", 1, **{"cases": 10, "cases[sex=f]": 6})
    accepted(broken, "minh", 1, **{"cases[sex=f]": 1, "cases[sex=m]": 2})
    for _ in range(2):
        assert value(broken, "cases", broken.office, "2020-01") == 13
        parts = [
            value(broken, "cases", broken.office, "2020-01", by="sex", option=o) for o in ("f", "m", REST)
        ]
        assert parts == [7, 2, 4]
        assert value(broken, "cases", broken.ag, "2020-01", by="sex", option=REST) == 0
        file_all()


def test_a_breakdown_above_its_total_is_no_negative_rest(broken: World) -> None:
    report = accepted(broken, "lan", 1, **{"cases": 7, "cases[sex=f]": 6})
    older = {"values": {"cases": 5, "cases[sex=f]": 6}}  # accepted before there was a check
    Revision.objects.filter(report=report).update(document=older)
    rest = row(broken, "cases", broken.ct, "2020-01", by="sex", option=REST)
    assert (rest.value, notes(rest)) == (None, ["the breakdown is above its total"])
    visits = row(broken, "visits", broken.ct, "2020-01", by="sex", option="f")
    assert (visits.value, notes(visits)) == (None, ["not broken down like this"])


def test_a_ratio_is_made_of_rolled_up_parts(broken: World) -> None:
    accepted(broken, "lan", 1, cases=1, visits=10)
    accepted(broken, "minh", 1, cases=30, visits=30)
    found = row(broken, "rate", broken.office, "2020-01")
    assert (found.value, str(found.shown), found.due) == (Fraction(155, 2), "77.5", 2)
    accepted(broken, "lan", 2, cases=1)
    assert notes(row(broken, "rate", broken.ct, "2020-02")) == ["a part of the calculation has no value"]
    accepted(broken, "minh", 2, cases=1, visits=0)
    assert notes(row(broken, "rate", broken.ag, "2020-02")) == ["the denominator is zero"]


def test_what_is_not_combined_belongs_to_one_unit(broken: World) -> None:
    accepted(broken, "lan", 1, staff=7)
    assert value(broken, "staff", broken.ct, "2020-Q1") == 7
    office = row(broken, "staff", broken.office, "2020-Q1")
    assert (office.value, office.due) == (None, 0)
    assert value(broken, "staff", broken.office, "2020-Q1", over_units="sum") == 7


def test_counts_are_whole_and_never_scaled(world: World) -> None:
    accepted(world, "lan", 1, stock="1.5")
    found = row(world, "stock", world.office, "2020-Q1", over_units="count", over_periods="count")
    assert (found.value, found.decimals) == (1, 0)
    assert value(
        world, "stock", world.office, "2020-Q1", over_units="average", over_periods="average"
    ) == Fraction(3, 2)


@pytest.mark.parametrize("filed", [False, True])
def test_a_unit_that_moves_takes_its_later_figures_along(world: World, filed: bool) -> None:
    """Long Xuyên reports too; in February it moves from An Giang to Cần Thơ."""
    ward = Unit.objects.get(code="883")
    version = world.regime.versions.get()
    version.reporters = "92, 89, 883"
    version.save()
    Parent.objects.filter(unit=ward).update(valid_to=date(2020, 2, 10))
    Parent.objects.create(unit=ward, parent=world.ct, valid_from=date(2020, 2, 10))
    rebuild_ancestry()
    world.people["minh"].memberships.update(unit=ward)
    for month in (1, 2):
        by, then = world.by("minh"), at(month + 1)
        report = reports.open_report(
            regime=world.regime, unit=ward, period=periods.parse(f"2020-0{month}"), by=by, at=then
        )
        reports.save_draft(
            report=report, document={"values": {"visits": 5, "stock": month}}, edition=0, by=by, at=then
        )
        reports.submit(report=report, by=by, at=then)
        reports.accept(report=report, by=world.by("kim"), at=then, override=True, reason="Thử")
    if filed:
        file_all()
    assert [value(world, "visits", unit, "2020-Q1") for unit in (world.ag, world.ct, world.office)] == [
        5,
        5,
        10,
    ]
    assert [value(world, "stock", unit, "2020-Q1") for unit in (world.ag, world.ct, world.office)] == [
        None,
        2,
        2,
    ]
    before = basis_of("asof:2020-01-31")
    assert [
        value(world, "visits", unit, "2020-Q1", before) for unit in (world.ag, world.ct, world.office)
    ] == [10, None, 10]


def _split(world: World, share: str | None) -> list[Unit]:
    """On 1 February Cần Thơ becomes two provinces, of which one belongs to another office."""
    other = Unit.objects.create(
        uid="o", code="VUNG2", name="Văn phòng 2", level=1, valid_from=date(2020, 1, 1)
    )
    UnitVersion.objects.create(
        unit=other, code="VUNG2", name="Văn phòng 2", level=1, valid_from=date(2020, 1, 1)
    )
    day = date(2020, 2, 1)
    Unit.objects.filter(pk=world.ct.pk).update(valid_to=day)
    Parent.objects.filter(unit=world.ct).update(valid_to=day)
    Parent.objects.filter(parent=world.ct).update(valid_to=day)
    made = []
    for number, parent in enumerate((world.office, other)):
        unit = Unit.objects.create(
            uid=f"n{number}", code=f"N{number}", name=f"Mới {number}", level=2, valid_from=day
        )
        UnitVersion.objects.create(
            unit=unit, code=f"N{number}", name=f"Mới {number}", level=2, valid_from=day
        )
        Parent.objects.create(unit=unit, parent=parent, valid_from=day)
        part = None if share is None else (share if number == 0 else str(1 - Fraction(share)))
        Succession.objects.create(
            old=world.ct, new=unit, on=day, kind="split", share=part and float(Fraction(part))
        )
        made.append(unit)
    rebuild_ancestry()
    return [*made, other]


def test_a_split_without_shares_is_not_comparable_and_says_why(world: World) -> None:
    accepted(world, "lan", 1, visits=12)
    accepted(world, "minh", 1, visits=30)
    first, _second, other = _split(world, None)
    today = basis_of("restated:2020-03-01")
    found = row(world, "visits", world.office, "2020-01", today)
    assert (found.value, notes(found)) == (
        None, ["not comparable: 92 Cần Thơ was split, and its parts lie on different sides"],
    )  # fmt: skip
    assert value(world, "visits", world.office, "2020-01") == 42
    assert value(world, "visits", world.ag, "2020-01", today) == 30
    gone = row(world, "visits", world.ct, "2020-01", today)
    assert (gone.value, notes(gone)) == (None, ["the unit does not exist on 2020-03-01"])


def test_a_split_with_shares_is_shared_exactly(world: World) -> None:
    accepted(world, "lan", 1, visits=13)
    accepted(world, "minh", 1, visits=30)
    first, second, other = _split(world, "0.25")
    today = basis_of("restated:2020-03-01")
    found = [value(world, "visits", unit, "2020-01", today) for unit in (first, second, world.office, other)]
    assert found == [Fraction(13, 4), Fraction(39, 4), Fraction(133, 4), Fraction(39, 4)]
    assert str(row(world, "visits", first, "2020-01", today).shown) == "3"


def test_a_week_across_the_boundary_is_listed_and_not_counted(world: World) -> None:
    weekly = regime(world.agreement, form(world.agreement, "weekly", ["calls"]), frequency="week")
    indicator(world.agreement, "calls")
    found = row(world, "calls", world.office, "2020-02", regime=weekly)
    assert notes(found)[0] == "not counted, because they cross the edge of the period: 2020-W05, 2020-W09"
    assert found.due == 2 * 3
    month = row(world, "visits", world.office, "2020-02-03")
    assert notes(month) == ["reported only for longer periods: 2020-02", "nothing is due"]


def test_words_of_the_command_line(world: World) -> None:
    asked = queries.periods_of("2020-01, 2020-Q1")
    assert [p.text for p in asked] == ["2020-01", "2020-Q1"]
    units = queries.units_asked(None, 2, asked)
    assert [u.code for u in units[asked[0]]] == ["89", "92"]
    assert str(basis_of("asof:2020-05-06")) == "asof:2020-05-06"
    for wrong in ("now", "asof", "asof:2020-13-01"):
        with pytest.raises(Refused, match="is no basis"):
            basis_of(wrong)
    with pytest.raises(Refused, match="no indicator nix"):
        queries.indicators_of(world.agreement, "visits,nix")
    with pytest.raises(Refused, match="not both"):
        queries.units_asked("92", 2, asked)
    assert Indicator.objects.filter(agreement=world.agreement).count() == 3

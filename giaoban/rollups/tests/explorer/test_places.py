"""Who stands in the rows: the tree of each period, and nobody out of the reader's reach."""

from datetime import date, timedelta

import pytest

from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.reports.tests.world import World, build, person
from giaoban.rollups.explorer.places import When, everywhere, find
from giaoban.rollups.explorer.reach import Reach, reach_of
from giaoban.rollups.explorer.scene import Scene
from giaoban.units.actions import rebuild_ancestry
from giaoban.units.models import Parent, Unit, UnitVersion


@pytest.fixture
def world(db: None) -> World:
    return build()


def whens(*names: str) -> dict[str, When]:
    spans = {name: periods.span(periods.parse(name), periods.Window()) for name in names}
    return {name: When(days.first, days.last, days.last) for name, days in spans.items()}


def reach(world: World, name: str) -> Reach:
    return reach_of(world.by(name), world.agreement, Scene(world.agreement).gazetteer)


def codes(places) -> list[str]:  # type: ignore[no-untyped-def]
    return [place.code for place in places.rows]


def moved(world: World, code: str, to: Unit, on: date) -> None:
    """The unit stands elsewhere from a day on."""
    unit = Unit.objects.get(code=code)
    Parent.objects.filter(unit=unit).update(valid_to=on)
    Parent.objects.create(unit=unit, parent=to, valid_from=on)
    rebuild_ancestry()


def closed(unit: Unit, on: date) -> None:
    Parent.objects.filter(unit=unit).update(valid_to=on)
    UnitVersion.objects.filter(unit=unit).update(valid_to=on)
    Unit.objects.filter(pk=unit.pk).update(valid_to=on)
    rebuild_ancestry()


def test_one_unit_its_children_and_a_level(world: World) -> None:
    kim, year = reach(world, "kim"), whens("2020")
    assert codes(find(["VUNG"], "", year, kim)) == ["VUNG"]
    below = find(["VUNG"], "below", year, kim)
    assert (codes(below), below.whole.code) == (["89", "92"], "VUNG")
    assert [place.has_below for place in below.rows] == [True, True]
    districts = find(["VUNG"], "3", year, kim)
    assert codes(districts) == ["883", "916"]
    several = find(["92", "89"], "3", year, kim)
    assert (codes(several), several.whole) == (["883", "916"], None)
    assert codes(find(["916"], "below", year, kim)) == ["916"]
    assert [place.code for place in find(["916"], "", year, kim).above] == ["VUNG", "92"]


def test_all_units_of_a_level_have_the_lead_as_their_total_if_it_holds_them(world: World) -> None:
    provinces = everywhere(2, whens("2020"), reach(world, "kim"), world.office.pk)
    assert (codes(provinces), provinces.whole.code) == (["89", "92"], "VUNG")
    operator = everywhere(1, whens("2020"), reach(world, "oanh"), world.office.pk)
    assert (codes(operator), operator.whole) == (["HN", "VUNG"], None)
    assert codes(everywhere(1, whens("2020"), reach(world, "kim"), world.office.pk)) == ["VUNG"]


def test_a_unit_stands_where_it_stood_at_the_end_of_each_period(world: World) -> None:
    moved(world, "916", world.ag, date(2020, 4, 1))
    quarters = whens("2020-Q1", "2020-Q2")
    ct = find(["92"], "below", quarters, reach(world, "kim"))
    assert (codes(ct), ct.shown[ct.rows[0].id]) == (["916"], {"2020-Q1"})
    ag = find(["89"], "below", quarters, reach(world, "kim"))
    assert codes(ag) == ["883", "916"]
    assert ag.shown[ag.rows[1].id] == {"2020-Q2"}


def test_a_unit_that_ended_inside_a_period_still_has_its_row(world: World) -> None:
    closed(Unit.objects.get(code="916"), date(2020, 2, 10))
    ct = find(["92"], "below", whens("2020-01", "2020-02", "2020-03"), reach(world, "kim"))
    assert (codes(ct), ct.shown[ct.rows[0].id]) == (["916"], {"2020-01", "2020-02"})


@pytest.mark.parametrize("name", ["lan", "quan"])
def test_a_role_below_reads_its_own_subtree_and_no_more(world: World, name: str) -> None:
    world.people["quan"] = person(world.agreement, "quan", "verifier", world.ct)
    mine = reach(world, name)
    assert codes(find(["92"], "", whens("2020"), mine)) == ["92"]
    assert codes(find(["92"], "below", whens("2020"), mine)) == ["916"]
    assert find(["916"], "", whens("2020"), mine).above[0].code == "92"
    assert codes(everywhere(2, whens("2020"), mine, world.office.pk)) == ["92"]
    for other in ("VUNG", "89", "883", "HN", "XX"):
        with pytest.raises(Refused) as refused:
            find([other], "", whens("2020"), mine)
        assert str(refused.value).replace(other, "#") == "Không có đơn vị mang mã #."


def test_a_unit_that_moved_away_is_seen_while_it_was_there(world: World) -> None:
    moved(world, "916", world.ag, date(2020, 4, 1))
    mine = find(["916"], "", whens("2020-Q1", "2020-Q2"), reach(world, "lan"))
    assert mine.shown[mine.rows[0].id] == {"2020-Q1"}


def test_on_the_tree_of_a_date_a_reader_sees_only_what_was_his_on_both_days(world: World) -> None:
    moved(world, "916", world.ct, date(2020, 4, 1))
    Parent.objects.filter(unit__code="916", valid_from=date(2020, 1, 1)).update(parent=world.ag)
    rebuild_ancestry()
    day = date(2020, 6, 1)
    q1 = periods.span(periods.parse("2020-Q1"), periods.Window())
    as_of = {"2020-Q1": When(day, day, q1.last)}
    assert codes(find(["92"], "below", as_of, reach(world, "kim"))) == ["916"]
    assert codes(find(["92"], "below", as_of, reach(world, "lan"))) == []


def test_a_code_used_twice_asks_which_one_is_meant(world: World) -> None:
    closed(Unit.objects.get(code="916"), date(2020, 3, 1))
    again = Unit.objects.create(
        uid="916b", code="916", name="Ninh Kiều mới", level=3, valid_from=date(2020, 6, 1)
    )
    UnitVersion.objects.create(
        unit=again, code="916", name="Ninh Kiều mới", level=3, valid_from=date(2020, 6, 1)
    )
    Parent.objects.create(unit=again, parent=world.ct, valid_from=date(2020, 6, 1))
    rebuild_ancestry()
    kim = reach(world, "kim")
    with pytest.raises(Refused, match="916@2020-01-01.*916@2020-06-01"):
        find(["916"], "", whens("2020-05"), kim)
    first = find(["916@2020-02-01"], "", whens("2020-05"), kim).rows[0]
    assert first.nearest(date(2020, 5, 31)) == date(2020, 3, 1) - timedelta(days=1)
    assert find(["916"], "", whens("2020-06"), kim).rows[0].name == "Ninh Kiều mới"
    with pytest.raises(Refused, match="2025-07-01"):
        find(["916@mai"], "", whens("2020-06"), kim)

"""What was never true is put right without a new version."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from giaoban.core.actors import System
from giaoban.core.refused import Refused
from giaoban.units import actions, queries
from giaoban.units.models import Succession, Unit

BY, AT = System("test"), datetime(2026, 1, 5, 8, tzinfo=UTC)


def does(action, **given):
    return action(by=BY, at=AT, **given)


def edges(unit):
    return [(e.new.code, e.share) for e in unit.successors.all()]


def test_a_misspelt_name_is_corrected_in_place(delta):
    (version,) = delta["P2"].versions.all()
    does(actions.correct_version, version=version, name="Tỉnh Đồng Tháp")
    assert [v.name for v in delta["P2"].versions.all()] == ["Tỉnh Đồng Tháp"]
    assert Unit.objects.get(pk=delta["P2"].pk).name == "Tỉnh Đồng Tháp"


def test_the_first_day_of_a_unit_is_corrected_with_its_place(delta):
    (version,) = delta["D1"].versions.all()
    does(actions.correct_version, version=version, valid_from=date(2021, 1, 1))
    assert [u.code for u in queries.children(delta["P1"], date(2020, 6, 1))] == ["D2"]
    assert [u.code for u in queries.children(delta["P1"], date(2021, 1, 1))] == ["D1", "D2"]


def test_the_day_of_a_change_is_corrected_with_its_neighbour(delta):
    new = does(actions.change_unit, unit=delta["P1"], on=date(2025, 7, 1), name="TP Cần Thơ")
    does(actions.correct_version, version=new, valid_from=date(2025, 6, 12))
    assert [(v.valid_from, v.valid_to) for v in delta["P1"].versions.all()] == [
        (date(2020, 1, 1), date(2025, 6, 12)),
        (date(2025, 6, 12), None),
    ]


def test_a_version_made_by_mistake_is_taken_back(delta):
    new = does(actions.change_unit, unit=delta["P1"], on=date(2025, 7, 1), name="TP Cần Thơ")
    does(actions.withdraw_version, version=new)
    (only,) = delta["P1"].versions.all()
    assert (only.name, only.valid_to) == ("Cần Thơ", None)
    assert Unit.objects.get(pk=delta["P1"].pk).name == "Cần Thơ"
    with pytest.raises(Refused):
        does(actions.withdraw_version, version=only)


def test_a_wrong_parent_and_a_wrong_move_are_put_right(delta):
    does(actions.move_unit, unit=delta["D1"], parent=delta["R"], on=date(2025, 7, 1))
    place = delta["D1"].parents.get(valid_to=None)
    does(actions.correct_parent, place=place, parent=delta["P2"])
    assert [u.code for u in queries.ancestors(delta["D1"], date(2025, 7, 1))] == ["P2", "R"]
    does(actions.withdraw_parent, place=place)
    assert [u.code for u in queries.ancestors(delta["D1"], date(2025, 7, 1))] == ["P1", "R"]


def test_a_unit_opened_by_mistake_goes_while_nothing_refers_to_it(delta):
    does(actions.discard_unit, unit=delta["D2"])
    assert not Unit.objects.filter(code="D2").exists()
    with pytest.raises(Refused):
        does(actions.discard_unit, unit=delta["P1"])
    assert Unit.objects.filter(code="P1").exists()


@pytest.mark.requirement(2)
def test_members_of_a_group_come_and_go(delta):
    group = does(actions.make_group, code="delta", names={"vi": "Đồng bằng"})
    does(actions.add_members, group=group, units=[delta["P1"], delta["P2"]], on=date(2021, 1, 1))
    with pytest.raises(Refused):
        does(actions.add_members, group=group, units=[delta["P1"]], on=date(2022, 1, 1))
    does(actions.end_member, member=group.members.get(unit=delta["P1"]), on=date(2023, 1, 1))
    spans = {s.unit_id: (s.valid_from, s.valid_to) for s in queries.specified("group:delta", None)}
    assert spans == {
        delta["P1"].pk: (date(2021, 1, 1), date(2023, 1, 1)),
        delta["P2"].pk: (date(2021, 1, 1), None),
    }


def test_a_groups_code_is_plain_and_its_own(delta):
    does(actions.make_group, code="delta", names={})
    for code in ("delta", "Đồng bằng", ""):
        with pytest.raises(Refused) as told:
            does(actions.make_group, code=code, names={})
        assert told.value.field == "code"


@pytest.mark.requirement(6)
def test_shares_of_a_split_add_up_to_exactly_one(delta):
    day, old, heirs = date(2025, 7, 1), delta["P1"], (delta["P2"], delta["D1"], delta["D2"])
    thirds = [(unit, Decimal("0.333")) for unit in heirs]
    with pytest.raises(Refused, match="0.999"):
        does(actions.record_succession, old=old, on=day, kind="split", heirs=thirds)
    thirds[0] = (heirs[0], Decimal("0.334"))
    does(actions.record_succession, old=old, on=day, kind="split", heirs=thirds, basis="NQ 1")
    assert edges(old) == [
        ("P2", Decimal("0.334")),
        ("D1", Decimal("0.333")),
        ("D2", Decimal("0.333")),
    ]
    with pytest.raises(Refused):
        does(
            actions.record_succession,
            old=old,
            on=day,
            kind="split",
            heirs=[(heirs[0], Decimal("0.5")), (heirs[1], None)],
        )
    assert len(edges(old)) == 3


def test_a_merge_has_one_heir_and_is_replaced_or_withdrawn(delta):
    day = date(2025, 7, 1)
    with pytest.raises(Refused):
        does(
            actions.record_succession,
            old=delta["D1"],
            on=day,
            kind="merge",
            heirs=[(delta["D2"], None), (delta["P2"], None)],
        )
    does(
        actions.record_succession,
        old=delta["D1"],
        on=day,
        kind="merge",
        heirs=[(delta["D2"], None)],
    )
    does(
        actions.record_succession,
        old=delta["D1"],
        on=day,
        kind="merge",
        heirs=[(delta["P2"], None)],
    )
    assert edges(delta["D1"]) == [("P2", None)]
    does(actions.withdraw_succession, old=delta["D1"], on=day)
    assert not Succession.objects.exists()


def test_an_heir_exists_on_the_day(delta):
    does(actions.close_unit, unit=delta["D2"], on=date(2024, 1, 1))
    with pytest.raises(Refused):
        does(
            actions.record_succession,
            old=delta["D1"],
            on=date(2025, 7, 1),
            kind="merge",
            heirs=[(delta["D2"], None)],
        )

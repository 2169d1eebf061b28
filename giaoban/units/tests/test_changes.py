"""The operator opens, renames, moves and closes units; the past stays as it was."""

from datetime import UTC, date, datetime

import pytest

from giaoban.core.actors import System
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.units import actions, queries
from giaoban.units.models import Ancestry, TreeStamp, Unit

BY, AT = System("test"), datetime(2026, 1, 5, 8, tzinfo=UTC)


def does(action, **given):
    return action(by=BY, at=AT, **given)


def codes(units):
    return [unit.code for unit in units]


@pytest.mark.requirement(1)
def test_a_unit_opened_under_a_parent_stands_there_from_its_first_day(delta):
    ward = does(
        actions.open_unit,
        code="W1",
        name="Phường  An Hòa",
        level=3,
        parent=delta["D1"],
        valid_from=date(2024, 3, 1),
    )
    assert ward.name == "Phường An Hòa"
    assert codes(queries.ancestors(ward, date(2024, 3, 1))) == ["D1", "P1", "R"]
    assert codes(queries.children(delta["D1"], date(2024, 2, 29))) == []
    assert AuditRow.objects.get(subject=f"units.unit:{ward.pk}").verb == "open unit"


def test_a_new_name_counts_from_a_day_on_and_the_old_one_before(delta):
    does(
        actions.change_unit,
        unit=delta["P1"],
        on=date(2025, 7, 1),
        name="Thành phố Cần Thơ",
        basis="NQ 202/2025/QH15",
    )
    old, new = delta["P1"].versions.all()
    assert (old.name, old.valid_to, new.name, new.valid_to) == (
        "Cần Thơ",
        date(2025, 7, 1),
        "Thành phố Cần Thơ",
        None,
    )
    assert Unit.objects.get(pk=delta["P1"].pk).name == "Thành phố Cần Thơ"
    row = AuditRow.objects.filter(subject=f"units.unit:{delta['P1'].pk}").last()
    assert row.detail == {"on": "2025-07-01", "fields": ["name"]}
    assert row.free_text.text == "NQ 202/2025/QH15"


def test_a_change_that_changes_nothing_is_refused(delta):
    with pytest.raises(Refused, match="(?i)nothing is different|không có gì khác"):
        does(actions.change_unit, unit=delta["P1"], on=date(2025, 7, 1), name="Cần Thơ")


def test_a_code_belongs_to_one_unit_on_a_day_and_may_be_used_again_later(delta):
    with pytest.raises(Refused) as told:
        does(actions.open_unit, code="P2", name="Khác", level=1, valid_from=date(2024, 1, 1))
    assert told.value.field == "code"
    does(actions.close_unit, unit=delta["P2"], on=date(2025, 7, 1))
    again = does(actions.open_unit, code="P2", name="Khác", level=1, valid_from=date(2025, 7, 1))
    assert queries.resolve("P2", date(2025, 6, 30)) == delta["P2"]
    assert queries.resolve("P2", date(2025, 7, 1)) == again


@pytest.mark.requirement(6)
def test_a_move_leaves_the_past_where_it_was(delta):
    does(actions.move_unit, unit=delta["D1"], parent=delta["P2"], on=date(2025, 7, 1))
    assert codes(queries.children(delta["P1"], date(2025, 6, 30))) == ["D1", "D2"]
    assert codes(queries.children(delta["P1"], date(2025, 7, 1))) == ["D2"]
    assert codes(queries.ancestors(delta["D1"], date(2025, 7, 1))) == ["P2", "R"]


def test_a_move_lasts_until_the_next_move(delta):
    does(actions.move_unit, unit=delta["D1"], parent=delta["P2"], on=date(2025, 7, 1))
    does(actions.move_unit, unit=delta["D1"], parent=delta["R"], on=date(2024, 1, 1))
    spans = [(p.parent.code, p.valid_from, p.valid_to) for p in delta["D1"].parents.order_by("valid_from")]
    assert spans == [
        ("P1", date(2020, 1, 1), date(2024, 1, 1)),
        ("R", date(2024, 1, 1), date(2025, 7, 1)),
        ("P2", date(2025, 7, 1), None),
    ]


@pytest.mark.requirement(1)
def test_the_sector_line_is_another_tree(delta):
    does(
        actions.move_unit,
        unit=delta["D1"],
        parent=delta["P2"],
        on=date(2022, 1, 1),
        hierarchy="sector",
    )
    day = date(2022, 1, 1)
    assert codes(queries.ancestors(delta["D1"], day, "sector")) == ["P2"]
    assert codes(queries.ancestors(delta["D1"], day)) == ["P1", "R"]


def test_a_unit_never_comes_to_stand_under_itself(delta):
    with pytest.raises(Refused):
        does(actions.move_unit, unit=delta["P1"], parent=delta["D1"], on=date(2025, 7, 1))
    with pytest.raises(Refused):
        does(actions.move_unit, unit=delta["P1"], parent=delta["P1"], on=date(2025, 7, 1))
    assert codes(queries.ancestors(delta["P1"], date(2025, 7, 1))) == ["R"]


def test_a_unit_made_a_root_has_nothing_above_it(delta):
    does(actions.move_unit, unit=delta["P2"], parent=None, on=date(2023, 1, 1))
    assert queries.ancestors(delta["P2"], date(2023, 1, 1)) == []
    assert codes(queries.ancestors(delta["P2"], date(2022, 12, 31))) == ["R"]


def test_a_unit_with_others_under_it_is_not_closed(delta):
    with pytest.raises(Refused, match="Quận Ninh Kiều, Quận Ô Môn"):
        does(actions.close_unit, unit=delta["P1"], on=date(2025, 7, 1))


def test_a_closed_unit_has_no_later_days_anywhere(delta):
    group = does(actions.make_group, code="delta", names={"vi": "Đồng bằng", "en": "Delta"})
    does(actions.add_members, group=group, units=[delta["D2"]], on=date(2021, 1, 1))
    does(actions.close_unit, unit=delta["D2"], on=date(2025, 7, 1), basis="Sáp nhập")
    assert codes(queries.children(delta["P1"], date(2025, 7, 1))) == ["D1"]
    assert delta["D2"].groups.get().valid_to == date(2025, 7, 1)
    assert set(Ancestry.objects.filter(unit=delta["D2"]).values_list("valid_to", flat=True)) == {
        date(2025, 7, 1)
    }
    with pytest.raises(Refused) as told:
        does(actions.change_unit, unit=delta["D2"], on=date(2025, 7, 1), name="x")
    assert told.value.field == "on"


def test_a_closing_made_by_mistake_is_undone(delta):
    does(actions.close_unit, unit=delta["D2"], on=date(2025, 7, 1))
    does(actions.reopen_unit, unit=delta["D2"])
    assert codes(queries.children(delta["P1"], date(2026, 1, 1))) == ["D1", "D2"]
    assert queries.resolve("D2", date(2026, 1, 1)) == delta["D2"]


def test_every_change_stamps_the_tree(delta):
    before = TreeStamp.objects.get().stamp
    does(actions.change_unit, unit=delta["P1"], on=date(2025, 7, 1), level=0)
    assert TreeStamp.objects.get().stamp > before


def test_only_an_operator_changes_the_tree(delta):
    class Bob:
        actor_id, label, memberships = "user:2", "Bob", ()

    with pytest.raises(Refused):
        actions.move_unit(unit=delta["D1"], parent=delta["P2"], on=date(2025, 7, 1), by=Bob(), at=AT)

"""Who stands where on which day: moves, closings, hierarchies and codes used again."""

from datetime import date

import pytest

from giaoban.core.refused import Refused
from giaoban.units import queries
from giaoban.units.actions import rebuild_ancestry
from giaoban.units.models import Ancestry, Group, GroupMember, Parent, TreeStamp, Unit, UnitVersion

pytestmark = pytest.mark.django_db
OLD, CHANGE = date(2004, 1, 1), date(2025, 7, 1)


def unit(code: str, level: int, since: date = OLD, until: date | None = None) -> Unit:
    made = Unit.objects.create(
        uid=f"{code}@{since}", code=code, name=f"Đơn vị {code}", level=level, valid_from=since, valid_to=until
    )
    UnitVersion.objects.create(
        unit=made, code=code, name=made.name, level=level, valid_from=since, valid_to=until
    )
    return made


def under(
    child: Unit, parent: Unit, since: date = OLD, until: date | None = None, hierarchy: str = "territory"
) -> None:
    Parent.objects.create(unit=child, parent=parent, valid_from=since, valid_to=until, hierarchy=hierarchy)


@pytest.mark.requirement(1, 6)
def test_a_unit_that_moves_has_each_ancestor_in_its_own_days() -> None:
    country, a, b, ward = unit("VN", 0), unit("A", 1), unit("B", 1), unit("W", 2)
    under(a, country)
    under(b, country)
    under(ward, a, OLD, CHANGE)
    under(ward, b, CHANGE)
    rebuild_ancestry()
    lines = Ancestry.objects.filter(unit=ward).values_list(
        "ancestor__code", "depth", "valid_from", "valid_to"
    )
    assert sorted(lines) == [
        ("A", 1, OLD, CHANGE),
        ("B", 1, CHANGE, None),
        ("VN", 2, OLD, None),
        ("W", 0, OLD, None),
    ]
    assert [u.code for u in queries.ancestors(ward, date(2025, 6, 30))] == ["A", "VN"]
    assert [u.code for u in queries.ancestors(ward, CHANGE)] == ["B", "VN"]
    assert {u.code for u in queries.subtree(a, CHANGE)} == {"A"}


def test_hierarchies_stand_beside_each_other() -> None:
    country, health, ward = unit("VN", 0), unit("YT", 1), unit("W", 2)
    under(ward, country)
    under(ward, health, hierarchy="sector")
    rebuild_ancestry()
    assert [u.code for u in queries.ancestors(ward, CHANGE)] == ["VN"]
    assert [u.code for u in queries.ancestors(ward, CHANGE, "sector")] == ["YT"]


def test_rebuilding_writes_only_what_differs_and_stamps_the_tree() -> None:
    a, ward = unit("A", 1), unit("W", 2)
    under(ward, a)
    rebuild_ancestry()
    before = set(Ancestry.objects.values_list("pk", flat=True))
    stamp = queries.tree_stamp()
    rebuild_ancestry()
    assert set(Ancestry.objects.values_list("pk", flat=True)) == before
    assert queries.tree_stamp() == stamp + 1
    assert TreeStamp.objects.count() == 1


def test_a_unit_cannot_stand_under_itself() -> None:
    a, b = unit("A", 1), unit("B", 2)
    under(a, b)
    under(b, a)
    with pytest.raises(Refused, match=r"itself|chính"):
        rebuild_ancestry()


def test_a_code_used_again_needs_its_day() -> None:
    old, new = unit("91", 1, OLD, CHANGE), unit("91", 1, CHANGE)
    assert queries.resolve("91", date(2020, 1, 1)) == old
    assert queries.resolve("91", date(2026, 1, 1)) == new
    assert queries.resolve("91@2020-12-31", date(2026, 1, 1)) == old
    with pytest.raises(Refused) as told:
        queries.resolve("91", date(2003, 1, 1))
    assert "91@2004-01-01" in str(told.value)
    assert "91@2025-07-01" in str(told.value)
    with pytest.raises(Refused):
        queries.resolve("92", CHANGE)
    with pytest.raises(Refused):
        queries.resolve("91@hôm nay", CHANGE)


def test_specs_name_levels_groups_and_codes_with_their_days() -> None:
    a, b = unit("A", 1), unit("B", 1, OLD, CHANGE)
    group = Group.objects.create(code="tv")
    GroupMember.objects.create(group=group, unit=a, valid_from=OLD, valid_to=date(2010, 1, 1))
    GroupMember.objects.create(group=group, unit=a, valid_from=date(2010, 1, 1))
    spans = [(s.unit_id, s.valid_from, s.valid_to) for s in queries.specified("level:1", None)]
    assert spans == [(a.pk, OLD, None), (b.pk, OLD, CHANGE)]
    assert [(s.unit_id, s.valid_to) for s in queries.specified("group:tv", None)] == [(a.pk, None)]
    assert [s.unit_id for s in queries.specified("A, B", None)] == [a.pk, b.pk]
    for wrong in ("level:x", "group:none", "Z", ""):
        with pytest.raises(Refused):
            queries.check_spec(wrong)


def test_a_level_names_units_of_the_coordinators_own_trees_only() -> None:
    here, there = unit("VN", 0), unit("IT", 0)
    ours, theirs = unit("A", 1), unit("B", 1)
    under(ours, here)
    under(theirs, there)
    rebuild_ancestry()
    assert [s.unit_id for s in queries.specified("level:1", here.pk)] == [ours.pk]
    assert [s.unit_id for s in queries.specified("level:1", ours.pk)] == [ours.pk]
    assert queries.specified("B", here.pk) == []

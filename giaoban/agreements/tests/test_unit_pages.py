"""The tree in the browser: Olga changes it, Alice and Bob read it, Charlie sees only his own."""

from datetime import date

import pytest
from django.urls import reverse

from giaoban.agreements.tests.world import MADE_BY, NOW, START
from giaoban.units import actions
from giaoban.units.models import Group, Succession, Unit, UnitVersion


def url(name, *args):
    return reverse(f"units:{name}", args=args)


def current(code):
    return UnitVersion.objects.get(code=code, valid_to=None)


def facts(code, **changed):
    version = current(code)
    given = {"code": version.code, "name": version.name, "level": version.level, "kind": "", "attributes": ""}
    return given | changed


def test_who_has_no_account_is_asked_to_sign_in(world, client):
    for name in ("index", "list", "groups", "open"):
        assert client.get(url(name)).status_code == 302


@pytest.mark.parametrize("name", ["alice", "bob", "olga"])
def test_the_tree_of_the_agreement(world, sign_in, name):
    page = sign_in(name).get(url("index"))
    text = page.content.decode()
    assert "Miền Tây" in text and "Cần Thơ" in text
    assert ("Văn phòng khác" in text) == (name == "olga")


def test_the_neighbour_sees_nothing_of_the_tree(world, sign_in):
    charlie, p1 = sign_in("charlie"), world.units["P1"]
    assert "Cần Thơ" not in charlie.get(url("index")).content.decode()
    assert "Cần Thơ" not in charlie.get(url("list")).content.decode()
    assert "Cần Thơ" not in charlie.get(url("suggest"), {"of": "unit", "unit": "can tho"}).content.decode()
    assert charlie.get(url("unit", p1.pk)).status_code == 404
    assert charlie.get(url("branch", p1.pk)).status_code == 404


def test_only_the_operator_changes_units(world, sign_in):
    p1, version = world.units["P1"], current("P1")
    pages = [url(name, p1.pk) for name in ("change", "move", "close", "reopen", "discard", "succession")]
    pages += [
        url("open"),
        url("group-new"),
        url("correct", p1.pk, version.pk),
        url("withdraw", p1.pk, version.pk),
    ]
    for name, status in (("alice", 404), ("bob", 404), ("charlie", 404), ("olga", 200)):
        person = sign_in(name)
        assert {person.get(address).status_code for address in pages} == {status}, name


def test_search_forgives_marks(world, sign_in):
    found = sign_in("bob").get(url("index"), {"q": "o mon"}).content.decode()
    assert "Quận Ô Môn" in found and "Ninh Kiều" not in found


def test_a_branch_opens_on_its_own(world, sign_in):
    piece = (
        sign_in("bob")
        .get(url("branch", world.units["P1"].pk), headers={"hx-request": "true"})
        .content.decode()
    )
    assert "Quận Ô Môn" in piece and "<html" not in piece


def test_the_tree_of_another_day(world, sign_in):
    before = sign_in("bob").get(url("index"), {"day": "2019-12-31"}).content.decode()
    assert "Cần Thơ" not in before


def test_olga_opens_a_unit_by_typing_its_parent(world, sign_in):
    sent = {
        "valid_from": "2026-01-01",
        "parent": "P2 · Đồng Tháp",
        "code": "D9",
        "name": "Cao Lãnh",
        "level": "2",
    }
    sent |= {"kind": "district", "attributes": "population = 12000"}
    answer = sign_in("olga").post(url("open"), sent)
    unit = Unit.objects.get(code="D9")
    assert answer["Location"] == url("unit", unit.pk)
    assert unit.parents.get().parent == world.units["P2"]
    assert unit.versions.get().attributes == {"population": "12000"}


def test_a_refusal_stands_next_to_its_field(world, sign_in):
    sent = {"valid_from": "2026-01-01", "parent": "nowhere", "code": "P1", "name": "Khác", "level": "1"}
    page = sign_in("olga").post(url("open"), sent)
    assert page.context["form"].errors.keys() == {"parent"}
    page = sign_in("olga").post(url("open"), sent | {"parent": ""})
    assert page.context["form"].errors.keys() == {"code"}
    assert "Cần Thơ" in str(page.context["form"].errors["code"])


def test_rename_move_close_and_undo(world, sign_in):
    olga, d1 = sign_in("olga"), world.units["D1"]
    olga.post(
        url("change", d1.pk), facts("D1", on="2025-07-01", name="Phường Ninh Kiều", level="3", basis="NQ 1")
    )
    olga.post(url("move", d1.pk), {"hierarchy": "territory", "on": "2025-07-01", "parent": "P2", "basis": ""})
    olga.post(url("close", d1.pk), {"on": "2026-01-01", "basis": ""})
    d1.refresh_from_db()
    assert (d1.name, d1.level, d1.valid_to) == ("Phường Ninh Kiều", 3, date(2026, 1, 1))
    text = olga.get(url("unit", d1.pk)).content.decode()
    for words in ("Quận Ninh Kiều", "Phường Ninh Kiều", "NQ 1", "Olga"):
        assert words in text
    olga.post(url("reopen", d1.pk), {"basis": ""})
    d1.refresh_from_db()
    assert d1.valid_to is None


def test_mistakes_are_corrected(world, sign_in):
    olga, d1 = sign_in("olga"), world.units["D1"]
    olga.post(
        url("correct", d1.pk, current("D1").pk),
        facts("D1", valid_from="2020-01-01", name="Ninh Kiều", reason=""),
    )
    assert [v.name for v in d1.versions.all()] == ["Ninh Kiều"]
    olga.post(url("change", d1.pk), facts("D1", on="2025-07-01", name="Khác"))
    olga.post(url("withdraw", d1.pk, current("D1").pk))
    assert [v.name for v in d1.versions.all()] == ["Ninh Kiều"]
    place = d1.parents.get()
    olga.post(url("correct-place", d1.pk, place.pk), {"parent": "P2 · Đồng Tháp"})
    assert d1.parents.get().parent == world.units["P2"]
    olga.post(url("discard", d1.pk), {"reason": "Nhầm"})
    assert not Unit.objects.filter(pk=d1.pk).exists()


def test_a_split_with_shares(world, sign_in):
    olga, p1 = sign_in("olga"), world.units["P1"]
    sent = {"on": "2025-07-01", "kind": "split", "heirs": "P2 = 0,4\nD1 = 0.5", "basis": "NQ 2"}
    page = olga.post(url("succession", p1.pk), sent)
    assert page.context["form"].errors.keys() == {"heirs"}
    olga.post(url("succession", p1.pk), sent | {"heirs": "P2 = 0,4\nD1 = 0.6"})
    assert [(e.new.code, str(e.share.normalize())) for e in Succession.objects.all()] == [
        ("P2", "0.4"),
        ("D1", "0.6"),
    ]
    olga.post(url("withdraw-succession", p1.pk, "2025-07-01"))
    assert not Succession.objects.exists()


def test_groups_are_made_filled_and_ended(world, sign_in):
    olga = sign_in("olga")
    olga.post(url("group-new"), {"code": "delta", "name_vi": "Đồng bằng", "name_en": "Delta"})
    group = Group.objects.get()
    olga.post(url("group-add", group.pk), {"units": "P1\nĐồng Tháp", "on": "2025-01-01", "until": ""})
    assert [m.unit.code for m in group.members.order_by("unit__code")] == ["P1", "P2"]
    olga.post(url("group-end", group.pk, group.members.get(unit__code="P2").pk), {"on": "2025-06-01"})
    assert group.members.get(unit__code="P2").valid_to == date(2025, 6, 1)
    assert "Đồng bằng" in sign_in("bob").get(url("groups")).content.decode()
    assert sign_in("bob").get(url("group-add", group.pk)).status_code == 404
    assert "Đồng bằng" not in sign_in("charlie").get(url("groups")).content.decode()
    assert sign_in("charlie").get(url("group", group.pk)).status_code == 404


def test_the_list_is_downloaded(world, sign_in):
    text = sign_in("bob").get(url("list"), {"download": "csv", "level": "1"}).content.decode("utf-8-sig")
    assert [line.split(",")[1] for line in text.splitlines()[1:]] == ["P1", "P2"]


def count_queries(client, address, django_assert_num_queries, number):
    client.get(address)
    with django_assert_num_queries(number):
        client.get(address)


@pytest.mark.parametrize("more", [1, 3])
def test_the_number_of_questions_does_not_grow(world, sign_in, django_assert_num_queries, more):
    for n in range(more):
        unit = actions.open_unit(
            code=f"N{n}",
            name=f"Mới {n}",
            level=1,
            parent=world.units["R"],
            valid_from=START,
            by=MADE_BY,
            at=NOW,
        )
        actions.change_unit(unit=unit, on=date(2025, 7, 1), name=f"Mới hơn {n}", by=MADE_BY, at=NOW)
        actions.change_unit(
            unit=world.units["R"], on=date(2023 + n, 7, 1), name=f"Miền Tây {n}", by=MADE_BY, at=NOW
        )
    olga = sign_in("olga")
    count_queries(olga, url("index"), django_assert_num_queries, 11)
    count_queries(olga, url("list"), django_assert_num_queries, 6)
    count_queries(olga, url("unit", world.units["R"].pk), django_assert_num_queries, 10)

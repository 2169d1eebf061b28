"""Every page: who sees it, and who must not even know that it is there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from giaoban.meetings import actions
from giaoban.meetings.actions import Person
from giaoban.meetings.models import Delegate, Meeting
from giaoban.meetings.tests.story import ANNOUNCED, PREPARED, announced, invited, prepared, signed_in
from giaoban.reports.tests.world import World

WRITERS = ["edit", "move", "add-officer", "edit-officer", "remove-officer"]
PREPARERS = ["history"]
EVERYBODY = ["meeting"]


def address(name: str, meeting: Meeting) -> str:
    given = {"agreement": meeting.agreement.code, "pk": meeting.pk}
    if name == "move":
        given["name"] = "cancel"
    if name.endswith("-officer") and name != "add-officer":
        given["officer"] = meeting.officers.first().pk
    return reverse(f"meetings:{name}", kwargs=given)


def with_chair(world: World, meeting: Meeting) -> Meeting:
    actions.add_officer(
        meeting=meeting,
        role="chair",
        name="An",
        title="",
        unit=world.office,
        by=world.by("kim", PREPARED),
        at=PREPARED,
    )
    return meeting


@pytest.mark.parametrize("name", [*WRITERS, *PREPARERS, *EVERYBODY])
def test_the_neighbour_finds_nothing(world: World, name: str) -> None:
    for meeting in (prepared(world), announced(world)):
        where = address(name, with_chair(world, meeting))
        assert signed_in(world, "nga").get(where).status_code == 404
        assert signed_in(world, "nga").post(where).status_code == 404
        assert Client().get(where).status_code == 302


@pytest.mark.parametrize("name", [*WRITERS, *PREPARERS, *EVERYBODY])
def test_a_draft_is_seen_only_by_those_who_prepare_it(world: World, name: str) -> None:
    where = address(name, with_chair(world, prepared(world)))
    readers = {"kim"} if name in WRITERS else {"kim", "chi", "oanh"}
    for person in ("kim", "chi", "oanh", "lan", "minh", "hoa"):
        assert signed_in(world, person).get(where).status_code == (200 if person in readers else 404), person


def test_an_announced_meeting_is_seen_by_everybody_of_the_agreement(world: World) -> None:
    meeting = announced(world)
    for person in ("kim", "chi", "oanh", "lan", "minh", "hoa"):
        page = signed_in(world, person).get(meeting.get_absolute_url())
        assert page.status_code == 200, person
        assert ("/edit/" in page.content.decode()) is (person == "kim")


def test_the_list_shows_units_no_drafts(world: World) -> None:
    draft, seen = prepared(world), announced(world)
    where = reverse("meetings:index", args=[world.agreement.code])
    page = signed_in(world, "lan").get(where).content.decode()
    assert seen.get_absolute_url() in page and draft.get_absolute_url() not in page
    assert draft.get_absolute_url() in signed_in(world, "kim").get(where).content.decode()
    assert signed_in(world, "nga").get(where).status_code == 404
    assert (
        signed_in(world, "lan").get(reverse("meetings:new", args=[world.agreement.code])).status_code == 404
    )


def test_an_empty_list_says_what_comes_next(world: World) -> None:
    meeting = announced(world)
    kim = signed_in(world, "kim")
    listed = kim.get(address("delegates", meeting)).content.decode()
    assert "Đơn vị cử đại biểu trên trang giấy mời của mình." in listed
    assert f'class="btn btn-primary" href="{address("delegations", meeting)}"' in listed
    written = kim.get(address("write", meeting)).content.decode()
    assert "hoặc chờ các đơn vị cử đại biểu" in written and "có địa chỉ thư điện tử:" in written
    assert "hoặc gửi bằng văn bản" in kim.get(address("contributions", meeting)).content.decode()


def test_the_way_to_an_answer_names_the_unit(world: World) -> None:
    sent = invited(world, announced(world))[0]
    given = {"agreement": world.agreement.code, "pk": sent.meeting_id, "invitation": sent.pk}
    for name, more in (
        ("move-invitation", {"name": "accept"}),
        ("edit-invitation", {}),
        ("name-delegate", {}),
    ):
        page = signed_in(world, "kim").get(reverse(f"meetings:{name}", kwargs=given | more)).content.decode()
        assert f'href="{sent.get_absolute_url()}">{sent.unit.name}</a>' in page, name


def test_a_meeting_is_made_from_the_screen(world: World) -> None:
    client = signed_in(world, "kim")
    typed = {
        "title_vi": "Giao ban quý I", "kind": "briefing", "starts_at": "2031-01-14T08:00",
        "ends_at": "2031-01-14T11:30", "mode": "in_person", "organisers": "VUNG", "host": "92",
        "video_rule": "delegates", "keep_days": "90",
    }  # fmt: skip
    answer = client.post(reverse("meetings:new", args=[world.agreement.code]), typed)
    made = Meeting.objects.get()
    assert answer.url == made.get_absolute_url()
    assert made.starts_at.isoformat() == "2031-01-14T01:00:00+00:00"
    assert [o.unit for o in made.organisers.all()] == [world.office] and made.host == world.ct
    assert client.post(address("edit", made), {**typed, "venue": "Phòng 2"}).status_code == 302
    wrong = client.post(address("edit", made), {**typed, "ends_at": "2031-01-14T07:00"})
    assert wrong.status_code == 200 and "kết thúc sau khi bắt đầu" in wrong.content.decode()
    wrong = client.post(
        address("edit", made), {**typed, "title_vi": "Gõ nhầm năm", "ends_at": "2032-01-14T11:30"}
    )
    assert "kéo dài tối đa một tháng" in wrong.content.decode() and "Gõ nhầm năm" in wrong.content.decode()
    made.refresh_from_db()
    assert made.venue == "Phòng 2" and made.ends_at.year == 2031


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_database_a_fixed_number_of_times(
    world: World, rows: int, django_assert_num_queries
) -> None:
    meetings = [with_chair(world, announced(world, host=world.ct)) for _ in range(rows)]
    client = signed_in(world, "kim")
    for where, queries in (
        (reverse("meetings:index", args=[world.agreement.code]), 6),
        (meetings[0].get_absolute_url(), 7),
        (address("history", meetings[0]), 6),
    ):
        with django_assert_num_queries(queries, info=where):
            assert client.get(where).status_code == 200


def people(world: World, meeting: Meeting) -> dict[str, object]:
    """Cần Thơ has named An with a phone, An Giang has named Bình."""
    ct, ag = invited(world, meeting, seats=2)
    given = {"by": world.by("kim", ANNOUNCED), "at": ANNOUNCED}
    an = Person("Nguyễn Văn An", phone="0900111222", email="an@ct.example")
    binh = Person("Trần Thị Bình", phone="0933444555", email="binh@ag.example")
    first = actions.name_delegate(invitation=ct, person=an, **given)
    second = actions.name_delegate(invitation=ag, person=binh, **given)
    return {"ct": ct, "ag": ag, "an": first, "binh": second}


OF_UNIT = ["invitation", "name-delegate", "move-invitation", "letter-file"]
OF_DELEGATE = ["edit-delegate", "replace-delegate", "move-delegate"]
OF_SECRETARIAT = ["invite", "quotas", "send", "letter", "letter-sample", "edit-invitation"]


def place(name: str, meeting: Meeting, of: dict) -> str:
    given = {"agreement": meeting.agreement.code, "pk": meeting.pk}
    if name in [*OF_UNIT, "edit-invitation"]:
        given["invitation"] = of["ct"].pk
    if name in OF_DELEGATE:
        given["delegate"] = of["an"].pk
    given |= {"move-invitation": {"name": "decline"}, "move-delegate": {"name": "decline"}}.get(name, {})
    if name.startswith("letter-"):
        given["format"] = "docx"
    return reverse(f"meetings:{name}", kwargs=given)


@pytest.mark.parametrize("name", [*OF_UNIT, *OF_DELEGATE, *OF_SECRETARIAT])
def test_pages_of_a_unit_are_its_own_and_the_secretariats(world: World, name: str) -> None:
    meeting = announced(world)
    where = place(name, meeting, people(world, meeting))
    readers = {"kim"} if name in OF_SECRETARIAT else {"kim", "lan"}
    readers |= {"chi", "oanh"} if name in ("invitation", "letter-file") else set()
    for person in ("kim", "lan", "chi", "oanh", "minh", "hoa", "nga"):
        assert signed_in(world, person).get(where).status_code == (200 if person in readers else 404), person
    assert Client().get(where).status_code == 302


def test_a_phone_is_seen_by_its_unit_and_the_secretariat_only(world: World) -> None:
    meeting = announced(world)
    of = people(world, meeting)
    args = [meeting.agreement.code, meeting.pk]
    pages = [
        reverse("meetings:delegates", args=args), reverse("meetings:delegations", args=args),
        of["ct"].get_absolute_url(), meeting.get_absolute_url(),
        reverse("meetings:delegates", args=args) + "?download=csv",
    ]  # fmt: skip
    seen = {"lan": True, "kim": True, "minh": False, "hoa": False, "chi": False, "oanh": False}
    for person, expected in seen.items():
        client = signed_in(world, person)
        text = "".join(client.get(where).content.decode() for where in pages)
        assert ("0900111222" in text and "an@ct.example" in text) is expected, person
        assert ("0933444555" in text) is (person in ("kim", "minh")), person
    assert "Nguyễn Văn An" not in signed_in(world, "minh").get(pages[0]).content.decode()


def test_a_unit_names_replaces_and_declines_from_the_screen(world: World) -> None:
    meeting = announced_later(world)
    ct, _ag = invited(world, meeting, seats=1)
    client, args = signed_in(world, "lan"), [meeting.agreement.code, meeting.pk]
    where = reverse("meetings:name-delegate", args=[*args, ct.pk])
    assert client.post(where, {"name": "Nguyễn Văn An", "title": "Phó Giám đốc"}).status_code == 302
    over = client.post(where, {"name": "Người thứ hai"})
    assert over.status_code == 200 and "được cử 1 đại biểu" in over.content.decode()
    row = Delegate.objects.get()
    replaced = reverse("meetings:replace-delegate", args=[*args, row.pk])
    assert client.post(replaced, {"name": "Trần Thị Bình", "reason": "Đi công tác"}).status_code == 302
    page = client.get(ct.get_absolute_url()).content.decode()
    assert "thay cho" in page and "Trần Thị Bình" in page
    declined = reverse("meetings:move-invitation", args=[*args, ct.pk, "decline"])
    assert client.post(declined, {"reason": ""}).status_code == 200
    assert client.post(declined, {"reason": "Trùng lịch chống bão"}).status_code == 302
    assert "Trùng lịch chống bão" in client.get(ct.get_absolute_url()).content.decode()


def announced_later(world: World) -> Meeting:
    """A meeting that lies ahead of the clock on the wall, for what is done from the screen."""
    begins = datetime(2099, 1, 14, 1, tzinfo=UTC)
    return announced(world, starts_at=begins, ends_at=begins + timedelta(hours=8))


def test_the_secretariat_invites_and_sends_from_the_screen(world: World) -> None:
    meeting = announced_later(world)
    client, args = signed_in(world, "kim"), [meeting.agreement.code, meeting.pk]
    typed = {"units": "level:2", "seats": 2, "reserve": 1}
    assert client.post(reverse("meetings:invite", args=args), typed).status_code == 302
    letter = {
        "number": "12/GM-VPV",
        "place": "Cần Thơ",
        "dated": "2026-11-24",
        "authority": "CHÁNH VĂN PHÒNG",
    }
    assert client.post(reverse("meetings:letter", args=args), letter).status_code == 302
    assert client.post(reverse("meetings:send", args=args)).status_code == 302
    assert {i.state for i in meeting.invitations.all()} == {"sent"}
    assert client.post(reverse("meetings:quotas", args=args), {"level_2": "3"}).status_code == 302
    assert meeting.quotas.get().seats == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_of_people_ask_a_fixed_number_of_times(
    world: World, rows: int, django_assert_num_queries
) -> None:
    meeting = announced(world)
    ct, _ag = invited(world, meeting, seats=3)
    for n in range(rows):
        actions.name_delegate(
            invitation=ct, person=Person(f"Đại biểu {n}"), by=world.by("kim", ANNOUNCED), at=ANNOUNCED
        )
    args = [meeting.agreement.code, meeting.pk]
    for person, where, queries in (
        ("kim", reverse("meetings:delegations", args=args), 8),
        ("lan", reverse("meetings:delegations", args=args), 7),
        ("kim", reverse("meetings:delegates", args=args), 7),
        ("lan", ct.get_absolute_url(), 9),
    ):
        client = signed_in(world, person)
        with django_assert_num_queries(queries, info=f"{person} {where}"):
            assert client.get(where).status_code == 200

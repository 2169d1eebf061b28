"""Kim prepares check-in, opens a door, prints, corrects; units and neighbours see none of it."""

import io
from datetime import timedelta

import openpyxl
import pikepdf
import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from giaoban.attendance.actions import registers, scans
from giaoban.attendance.models import Attendee, Door, Register, Scan
from giaoban.attendance.queries.registers import token_of
from giaoban.core.refused import Refused
from giaoban.meetings import actions
from giaoban.meetings.actions import attending
from giaoban.meetings.models import Meeting
from giaoban.meetings.queries.attending import attendance_of
from giaoban.meetings.tests.story import ANNOUNCED, BEGINS, ENDS, announced, signed_in
from giaoban.reports.tests.world import World

READ = ["check-in", "check-in-sheet", "check-in-people", "check-in-person"]
WRITE = [
    "check-in-hours", "check-in-update", "check-in-key", "check-in-seats", "check-in-new-door", "check-in-door",
    "check-in-close-door", "check-in-guest", "check-in-verb", "check-in-set-aside", "check-in-erase",
]  # fmt: skip
OFFICERS = (
    ("chair", "Nguyễn Văn Ánh", "Phó Chủ tịch"),
    ("chair", "Trần Thị Bình", "Giám đốc"),
    ("secretary", "Lê Chi", ""),
)


@pytest.fixture
def meeting(world: World) -> Meeting:
    """Announced, with two in the chair and a secretary; check-in is prepared and one door is open."""
    row = announced(world)
    kim = {"by": world.by("kim", ANNOUNCED), "at": ANNOUNCED}
    for role, name, title in OFFICERS:
        actions.add_officer(meeting=row, role=role, name=name, title=title, unit=world.ct, **kim)
    attending.open_check_in(
        meeting=row, opens_at=BEGINS - timedelta(hours=1), late_after=BEGINS, closes_at=ENDS, **kim
    )
    attending.open_door(meeting=row, name="Cửa chính", expires_at=ENDS, **kim)
    return row


def came(name: str, minutes: int = -10, way: str = "in") -> Scan:
    """Somebody at the main door, so many minutes after the beginning."""
    one, door = Attendee.objects.get(name=name), Door.objects.get()
    when = BEGINS + timedelta(minutes=minutes)
    note = {"nonce": f"{name}-{minutes}", "way": way, "how": "hand", "code": one.code, "at": when.isoformat()}
    scans.receive(door=door, scans=[note], at=when)
    return Scan.objects.get(nonce=note["nonce"])


def address(name: str, meeting: Meeting, **given: object) -> str:
    given = {"agreement": meeting.agreement.code, "pk": meeting.pk, **given}
    if name in ("check-in-door", "check-in-close-door"):
        given["door"] = Door.objects.get().pk
    if name in ("check-in-person", "check-in-verb"):
        given.setdefault("attendee", Attendee.objects.first().pk)
    if name == "check-in-verb":
        given.setdefault("verb", "excuse")
    if name == "check-in-set-aside":
        given["scan"] = Scan.objects.first().pk
    return reverse(f"meetings:{name}", kwargs=given)


def prints(meeting: Meeting) -> list[str]:
    return [address("check-in-print", meeting, kind=k) for k in ("badges", "plates", "protocol", "seats")]


def test_units_and_the_neighbour_see_none_of_it(world: World, meeting: Meeting) -> None:
    came("Lê Chi")
    where = [address(name, meeting) for name in READ + WRITE] + prints(meeting)
    for person in ("nga", "lan", "minh", "hoa"):
        client = signed_in(world, person)
        assert {client.get(a).status_code for a in where} == {404}, person
        assert {client.post(a).status_code for a in where} == {404}, person
    assert {Client().get(a).status_code for a in where} == {302}
    page = signed_in(world, "lan").get(meeting.get_absolute_url()).content.decode()
    assert "/check-in/" not in page


def test_the_chair_reads_and_only_the_coordinator_changes(world: World, meeting: Meeting) -> None:
    came("Lê Chi")
    for person, may in (("kim", 200), ("chi", 404), ("oanh", 404)):
        client = signed_in(world, person)
        assert {client.get(address(name, meeting)).status_code for name in READ} == {200}, person
        assert {client.get(address(name, meeting)).status_code for name in WRITE} == {may}, person
        assert client.get(prints(meeting)[0]).status_code == may
    code = Attendee.objects.first().code
    shown = f"{code[:4]}-{code[4:]}"
    assert shown in signed_in(world, "kim").get(address("check-in-person", meeting)).content.decode()
    assert shown not in signed_in(world, "chi").get(address("check-in-person", meeting)).content.decode()


def test_rows_of_another_meeting_are_not_found(world: World, meeting: Meeting) -> None:
    came("Lê Chi")
    other = announced(world)
    client = signed_in(world, "kim")
    for name in READ[1:] + WRITE[1:]:
        assert client.get(address(name, other)).status_code == 404, name
    kim = {"by": world.by("kim", ANNOUNCED), "at": ANNOUNCED}
    attending.open_check_in(meeting=other, opens_at=BEGINS, late_after=BEGINS, closes_at=ENDS, **kim)
    theirs = (
        "check-in-person",
        "check-in-door",
        "check-in-close-door",
        "check-in-verb",
        "check-in-set-aside",
    )
    for name in theirs:
        assert client.get(address(name, other)).status_code == 404, name


@pytest.mark.requirement(45)
def test_check_in_is_prepared_from_the_screen(world: World) -> None:
    row, client = announced(world), signed_in(world, "kim")
    actions.add_officer(
        meeting=row,
        role="chair",
        name="An",
        title="",
        unit=world.ct,
        by=world.by("kim", ANNOUNCED),
        at=ANNOUNCED,
    )
    assert "/check-in/hours/" in client.get(address("check-in", row)).content.decode()
    hours = {
        "opens_at": "2021-01-14T07:00",
        "late_after": "2021-01-14T08:00",
        "closes_at": "2021-01-14T06:00",
    }
    wrong = client.post(address("check-in-hours", row), hours)
    assert wrong.context["form"].errors.keys() == {"closes_at"} and not Register.objects.exists()
    client.post(address("check-in-hours", row), hours | {"closes_at": "2021-01-14T17:00"})
    register = Register.objects.get()
    assert (register.label, register.attendees.get().name) == ("Hội nghị tổng kết năm 2020", "An")
    past = client.post(address("check-in-new-door", row), {"name": "Cửa", "expires_at": "2021-01-14T17:00"})
    assert past.context["form"].errors.keys() == {"expires_at"}
    made = client.post(address("check-in-new-door", row), {"name": "Cửa", "expires_at": "2099-01-14T17:00"})
    assert made.status_code == 200 and made.context["form"].errors.keys() == {"expires_at"}


def test_the_link_of_a_door_is_shown_and_closed(world: World, meeting: Meeting) -> None:
    client, door = signed_in(world, "kim"), Door.objects.get()
    Door.objects.update(expires_at=BEGINS.replace(year=2090))
    page = client.get(address("check-in-door", meeting)).content.decode()
    assert f"/door/{token_of(door)}/" in page and "data:image/png" in page
    client.post(address("check-in-close-door", meeting))
    assert token_of(door) not in client.get(address("check-in-door", meeting)).content.decode()
    assert client.get(reverse("attendance:door", args=[token_of(door)])).status_code == 410


@pytest.mark.requirement(45)
def test_the_sheet_of_the_minutes(world: World, meeting: Meeting) -> None:
    came("Nguyễn Văn Ánh", -10)
    came("Trần Thị Bình", 30)
    client = signed_in(world, "kim")
    chi = Attendee.objects.get(name="Lê Chi")
    client.post(address("check-in-verb", meeting, attendee=chi.pk, verb="excuse"), {"reason": "Đi công tác"})
    client.post(address("check-in-guest", meeting), {"name": "Khách", "unit_name": "Báo Cần Thơ"})
    page = client.get(address("check-in-sheet", meeting))
    assert [(h.unit, h.invited, h.present, h.late, h.excused, h.absent) for h in page.context["page"].rows] == [
        ("Cần Thơ", 3, 2, 1, 1, 0), ("Báo Cần Thơ", 1, 0, 0, 0, 1),
    ]  # fmt: skip
    csv = client.get(address("check-in-sheet", meeting), {"download": "csv"}).content.decode()
    assert "Cần Thơ,3,2,0,1,0,1,0,Đi công tác" in csv
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(address("check-in-people", meeting), {"download": "xlsx"}).content)
    )
    assert [row[0].value for row in book.active.iter_rows()][1:] == [
        *(name for _r, name, _t in OFFICERS),
        "Khách",
    ]
    late = client.get(address("check-in-people", meeting), {"is_late": "True"})
    assert [s.attendee.name for s in late.context["page"].rows] == ["Trần Thị Bình"]


def test_what_is_printed(world: World, meeting: Meeting) -> None:
    client = signed_in(world, "kim")
    client.post(address("check-in-seats", meeting), {"per_row": "2"})
    assert list(Attendee.objects.values_list("seat", flat=True)) == ["A1", "A2", "B1"]
    for where, pages, title in zip(
        prints(meeting), (1, 2, 1, 1), ("Thẻ", "Biển", "Danh sách", "Chỗ"), strict=True
    ):
        answer = client.get(where)
        assert answer["Content-Type"] == "application/pdf", where
        with pikepdf.open(io.BytesIO(answer.content)) as pdf:
            assert len(pdf.pages) == pages, where
            assert str(pdf.docinfo["/Title"]).startswith(title)
    assert client.get(address("check-in-print", meeting, kind="menu")).status_code == 404


def test_a_print_is_made_once_until_something_on_it_changes(
    world: World, meeting: Meeting, django_capture_on_commit_callbacks
) -> None:
    client, kim = signed_in(world, "kim"), {"by": world.by("kim", ENDS), "at": ENDS}
    badges, plates, *_lists = prints(meeting)
    first, plate = client.get(badges).content, client.get(plates).content
    assert [client.get(badges).content, client.get(plates).content] == [first, plate]
    chi = Attendee.objects.get(name="Lê Chi")
    registers.new_code(attendee=chi, **kim)
    second = client.get(badges).content
    registers.renew_key(register=chi.register, **kim)
    third = client.get(badges).content
    assert len({first, second, third}) == 3
    assert client.get(plates).content == plate
    assert client.get(f"{badges}?person={chi.pk}").content not in (first, second, third)
    with django_capture_on_commit_callbacks(execute=True):
        attending.erase_people(meeting=meeting, **kim)
    assert caches["printed"]._list_cache_files() == []


def test_the_secretary_corrects_by_hand(world: World, meeting: Meeting) -> None:
    client, chi = signed_in(world, "kim"), Attendee.objects.get(name="Lê Chi")
    scan = came("Lê Chi")
    assert client.post(address("check-in-set-aside", meeting), {"reason": ""}).context["form"].errors
    client.post(address("check-in-set-aside", meeting), {"reason": "Nhầm thẻ"})
    scan.refresh_from_db()
    assert scan.set_aside_at is not None
    note = {"way": "in", "happened_at": "2021-01-14T08:05"}
    client.post(address("check-in-verb", meeting, attendee=chi.pk, verb="note"), note)
    assert "08:05" in client.get(address("check-in-person", meeting, attendee=chi.pk)).content.decode()
    before = chi.code
    client.post(address("check-in-verb", meeting, attendee=chi.pk, verb="code"))
    chi.refresh_from_db()
    assert chi.code != before
    assert client.get(address("check-in-verb", meeting, attendee=chi.pk, verb="dance")).status_code == 404
    client.post(address("check-in-verb", meeting, attendee=chi.pk, verb="withdraw"))
    chi.refresh_from_db()
    assert chi.withdrawn_at is None


def test_the_list_follows_the_meeting(world: World, meeting: Meeting) -> None:
    client = signed_in(world, "kim")
    officer = meeting.officers.get(name="Lê Chi")
    kim = {"by": world.by("kim", ANNOUNCED), "at": ANNOUNCED}
    actions.remove_officer(officer=officer, **kim)
    actions.add_officer(meeting=meeting, role="secretary", name="Hồ Thay", title="", unit=world.ct, **kim)
    client.post(address("check-in-update", meeting))
    state = {a.name: a.withdrawn_at is None for a in Attendee.objects.all()}
    assert state == {"Nguyễn Văn Ánh": True, "Trần Thị Bình": True, "Lê Chi": False, "Hồ Thay": True}


@pytest.mark.requirement(43, 45)
def test_delegates_come_with_their_units_and_replacements(world: World, meeting: Meeting) -> None:
    """Lan names two, replaces one, one declines; Minh's unit declines as a whole."""
    kim = {"by": world.by("kim", ANNOUNCED), "at": ANNOUNCED}
    lan, minh = ({"by": world.by(n, ANNOUNCED), "at": ANNOUNCED} for n in ("lan", "minh"))
    actions.invite(meeting=meeting, units=[world.ct, world.ag], seats=3, reserve=0, **kim)
    ct, ag = actions.send_invitations(meeting=meeting, **kim)
    first, second, third = (
        actions.name_delegate(invitation=ct, person=actions.Person(name, "Chuyên viên"), **lan)
        for name in ("Đặng Một", "Đặng Hai", "Đặng Ba")
    )
    actions.replace(delegate=first, person=actions.Person("Hồ Thay"), reason="Bận", **lan)
    actions.decline_delegate(delegate=third, reason="Ốm", **lan)
    actions.decline(invitation=ag, reason="Chống lũ", **minh)
    assert attending.follow_all(**kim) == 1
    assert attending.follow_all(**kim) == 0
    came("Hồ Thay"), came("Đặng Hai", 20)
    rows = signed_in(world, "kim").get(address("check-in-sheet", meeting)).context["page"].rows
    assert [(h.unit, h.invited, h.present, h.replaced, h.late, h.excused, h.absent) for h in rows] == [
        ("Cần Thơ", 6, 2, 1, 1, 1, 3), ("An Giang", 3, 0, 0, 0, 3, 0),
    ]  # fmt: skip
    assert [h.excuses for h in rows] == [["Ốm"], ["Chống lũ"]]
    units = attendance_of(meeting)["units"]
    assert [(u["name"], u["invited"], u["present"], u["absent"]) for u in units] == [
        ("Cần Thơ", 6, 2, 3), ("An Giang", 3, 0, 0),
    ]  # fmt: skip
    page = signed_in(world, "kim").get(address("check-in-people", meeting)).content.decode()
    assert "Hồ Thay đến thay" in page


def test_a_meeting_called_off_has_no_open_doors(world: World, meeting: Meeting) -> None:
    kim = {"by": world.by("kim", ANNOUNCED), "at": ANNOUNCED}
    actions.move_meeting(meeting=meeting, name="cancel", reason="Bão", **kim)
    assert Door.objects.get().revoked_at == ANNOUNCED


def test_names_are_erased_when_check_in_has_closed(world: World, meeting: Meeting) -> None:
    with pytest.raises(Refused):
        attending.erase_people(meeting=meeting, by=world.by("kim", BEGINS), at=BEGINS)
    with pytest.raises(Refused):
        attending.erase_people(meeting=meeting, by=world.by("chi", ENDS), at=ENDS)
    client = signed_in(world, "kim")
    assert "/check-in/erase/" in client.get(address("check-in", meeting)).content.decode()
    client.post(address("check-in-erase", meeting))
    assert {a.name for a in Attendee.objects.all()} == {""}
    assert [h.invited for h in client.get(address("check-in-sheet", meeting)).context["page"].rows] == [3]
    assert "/check-in/erase/" not in client.get(address("check-in", meeting)).content.decode()


def test_a_closed_file_changes_no_more(world: World, meeting: Meeting) -> None:
    for name in ("open", "end", "close"):
        actions.move_meeting(meeting=meeting, name=name, by=world.by("kim", ENDS), at=ENDS)
    with pytest.raises(Refused):
        attending.update_list(meeting=meeting, by=world.by("kim", ENDS), at=ENDS)
    client = signed_in(world, "kim")
    assert client.get(address("check-in-sheet", meeting)).status_code == 200
    assert "Đóng cửa" not in client.get(address("check-in", meeting)).content.decode()


@pytest.mark.parametrize("more", [1, 3])
def test_pages_ask_a_fixed_number_of_times(
    world: World, meeting: Meeting, more: int, django_assert_num_queries
) -> None:
    for n in range(more):
        attending.add_guest(meeting=meeting, name=f"Khách {n}", by=world.by("kim", ANNOUNCED), at=ANNOUNCED)
        came(f"Khách {n}", n)
    client = signed_in(world, "kim")
    for name, queries in (
        ("check-in", 11),
        ("check-in-people", 7),
        ("check-in-sheet", 8),
        ("check-in-person", 12),
    ):
        with django_assert_num_queries(queries, info=name):
            assert client.get(address(name, meeting)).status_code == 200

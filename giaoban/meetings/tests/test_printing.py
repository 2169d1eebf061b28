"""Kim prints for a full hall: the page says how far it is, then offers the file; neighbours see none of it."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from giaoban.attendance import exports
from giaoban.attendance.actions import people
from giaoban.attendance.jobs import print_out
from giaoban.attendance.models import Attendee, Printing, Register
from giaoban.meetings.actions import attending
from giaoban.meetings.models import Meeting
from giaoban.meetings.tests.story import ANNOUNCED, BEGINS, ENDS, announced, signed_in
from giaoban.reports.tests.world import World

FULL = exports.AT_ONCE + 1


@pytest.fixture
def meeting(world: World) -> Meeting:
    """Announced; one guest more stands on the list than are printed at once."""
    row, kim = announced(world), {"by": world.by("kim", ANNOUNCED), "at": ANNOUNCED}
    hours = {"opens_at": BEGINS - timedelta(hours=1), "late_after": BEGINS, "closes_at": ENDS}
    register = attending.open_check_in(meeting=row, **hours, **kim)
    Attendee.objects.bulk_create(
        Attendee(
            register=register, source_kind="guest", source_id=str(n), code=f"K7M2{n:04}", name=f"Khách số {n}",
            unit=world.ct, unit_name="Cần Thơ", level=1, position=n,
        )
        for n in range(1, FULL + 1)
    )  # fmt: skip
    return row


def where(meeting: Meeting, name: str = "check-in-printing", kind: str = "protocol") -> str:
    return reverse(f"meetings:{name}", args=[meeting.agreement.code, meeting.pk, kind])


def run() -> None:
    row = Printing.objects.get()
    print_out.func(row.pk, row.run)


@pytest.mark.requirement(45)
def test_a_full_hall_is_printed_by_a_job(world: World, meeting: Meeting) -> None:
    kim = signed_in(world, "kim")
    file, page = where(meeting, "check-in-print", "badges"), where(meeting, kind="badges")
    assert kim.get(file).url == page
    text = kim.get(page).content.decode()
    assert "In cho nhiều người" in text and not Printing.objects.exists()
    assert kim.post(page).url == page and kim.post(page).url == page
    waiting = kim.get(page)
    assert (
        "Bản in đang chờ đến lượt." in waiting.content.decode()
        and 'hx-trigger="every 2s' in waiting.content.decode()
    )
    assert kim.get(file).url == page
    assert kim.get(page, headers={"hx-request": "true"}).status_code == 200
    run()
    done = kim.get(page, headers={"hx-request": "true"})
    assert done.status_code == 286 and "61 người trên 8 trang." in done.content.decode()
    assert f"{file}?format=pdf" in done.content.decode()
    answer = kim.get(f"{file}?format=pdf")
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 8
    assert kim.get(file, {"person": Attendee.objects.first().pk})["Content-Type"] == "application/pdf"


def test_an_old_print_is_not_handed_out(world: World, meeting: Meeting) -> None:
    kim, page = signed_in(world, "kim"), where(meeting)
    kim.post(page)
    run()
    people.add_guest(register=Register.objects.get(), name="Khách mới", by=world.by("kim", ENDS), at=ENDS)
    assert kim.get(where(meeting, "check-in-print")).url == page
    text = kim.get(page).content.decode()
    assert "Danh sách đã thay đổi sau khi in" in text and "In lại" in text
    kim.post(page)
    run()
    assert "62 người" in kim.get(page).content.decode()


def test_what_went_wrong_stands_on_the_page(world: World, meeting: Meeting) -> None:
    kim, page = signed_in(world, "kim"), where(meeting, kind="badges")
    Register.objects.get().keys.update(sealed="of another installation")
    kim.post(page)
    run()
    text = kim.get(page).content.decode()
    assert "thuộc một hệ thống cài đặt khác" in text and "Thử lại" in text
    Printing.objects.update(failure="", told_at=BEGINS, begun_at=BEGINS)
    assert "Đã mười phút không có tin gì" in kim.get(page).content.decode()


def test_neighbours_and_units_find_nothing(world: World, meeting: Meeting) -> None:
    signed_in(world, "kim").post(where(meeting))
    run()
    for person in ("nga", "lan", "minh", "hoa"):
        client = signed_in(world, person)
        for kind in exports.KINDS:
            for name in ("check-in-print", "check-in-printing"):
                assert client.get(where(meeting, name, kind)).status_code == 404, (person, kind)
            assert client.post(where(meeting, kind=kind)).status_code == 404
    assert Client().get(where(meeting)).status_code == 302
    assert Printing.objects.count() == 1


def test_the_chair_prints_the_lists_and_no_badges(world: World, meeting: Meeting) -> None:
    chi = signed_in(world, "chi")
    badges, page = where(meeting, kind="badges"), where(meeting)
    assert chi.post(badges).status_code == 404 and chi.get(badges).status_code == 404
    assert chi.get(page).status_code == 200 and chi.post(page).url == page
    assert signed_in(world, "kim").get(where(meeting, kind="menu")).status_code == 404
    other = announced(world)
    assert chi.get(where(other, kind="protocol")).status_code == 404


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_asks_as_much_for_many_as_for_few(
    world: World, meeting: Meeting, more: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    kim, page = signed_in(world, "kim"), where(meeting)
    for n in range(more):
        people.add_guest(
            register=Register.objects.get(), name=f"Khách {n}", by=world.by("kim", ENDS), at=ENDS
        )
    kim.post(page)
    with django_assert_num_queries(6):
        kim.get(page)
    run()
    with django_assert_num_queries(8):
        kim.get(page)

"""From one meeting to the next: what is still open of the conclusions is the first thing on the table."""

from datetime import timedelta

import pytest
from django.urls import reverse

from giaoban.meetings.actions import agenda, giving
from giaoban.meetings.models import Meeting
from giaoban.meetings.queries import conclusions as reading
from giaoban.meetings.queries.agenda import items_of
from giaoban.meetings.tests.hall import AFTER, concluded, in_session
from giaoban.meetings.tests.story import BEGINS, announced, signed_in
from giaoban.plans.models import Task
from giaoban.reports.tests.world import World

#: A day to come for every clock these tests run under.
NEXT = (BEGINS + timedelta(days=364 * 30)).strftime("%Y-%m-%dT%H:%M")


def address(meeting: Meeting, name: str) -> str:
    return reverse(f"meetings:{name}", args=[meeting.agreement.code, meeting.pk])


def kinds(meeting: Meeting) -> list[str]:
    return [item.kind for item in items_of(meeting)]


@pytest.mark.requirement(50)
def test_a_copy_opens_with_what_is_still_open(world: World) -> None:
    before = in_session(world)
    done = concluded(world, before, "Tập huấn cán bộ xã")
    still = concluded(world, before, "Diễn tập trước mùa lũ")
    giving.give_tasks(meeting=before, year=2021, by=world.by("kim", AFTER), at=AFTER)
    Task.objects.filter(origin_ref=done.ref).update(state="closed", result="Đã tập huấn 12 lớp.")
    kim = signed_in(world, "kim")
    page = kim.get(address(before, "copy"))
    assert page.status_code == 200
    answer = kim.post(
        address(before, "copy"), {"title_vi": "Hội nghị năm sau", "title_en": "", "starts_at": NEXT}
    )
    later = Meeting.objects.get(former=before)
    assert answer.url == later.get_absolute_url() and kinds(later) == ["conclusions"]
    shown = kim.get(address(later, "agenda")).content.decode()
    assert shown.index(str(still)) < shown.index(str(done)) and "Đã tập huấn 12 lớp." in shown
    assert kim.post(address(later, "begin-agenda")).status_code == 302
    assert kinds(later)[:2] == ["free", "conclusions"] and kinds(later).count("conclusions") == 1
    for name in ("lan", "nga"):
        assert signed_in(world, name).get(address(later, "agenda")).status_code == 404


def test_what_is_all_settled_is_not_carried_over(world: World) -> None:
    before = in_session(world)
    concluded(world, before)
    giving.give_tasks(meeting=before, year=2021, by=world.by("kim", AFTER), at=AFTER)
    Task.objects.update(state="closed")
    signed_in(world, "kim").post(address(before, "copy"), {"title_vi": "Sau", "starts_at": NEXT})
    assert kinds(Meeting.objects.get(former=before)) == []


def test_a_copy_looks_back_at_the_meeting_it_was_made_of(world: World) -> None:
    before = in_session(world)
    concluded(world, before)
    between = announced(
        world, starts_at=BEGINS + timedelta(days=30), ends_at=BEGINS + timedelta(days=30, hours=2)
    )
    concluded(world, between, "Việc của cuộc họp khác")
    signed_in(world, "kim").post(address(before, "copy"), {"title_vi": "Sau", "starts_at": NEXT})
    later = Meeting.objects.get(former=before)
    assert reading.of_last_time(later)[0] == before
    agenda.begin_agenda(meeting=later, by=world.by("kim", AFTER), at=AFTER)
    assert kinds(later)[1] == "conclusions"

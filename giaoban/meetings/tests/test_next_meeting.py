"""From one meeting to the next: what is still open of the conclusions is the first thing on the table."""

from datetime import timedelta

import pytest
from django.urls import reverse

from giaoban.meetings.actions import agenda, copying, giving
from giaoban.meetings.actions import meetings as moving
from giaoban.meetings.models import Meeting
from giaoban.meetings.queries import conclusions as reading
from giaoban.meetings.queries.agenda import items_of
from giaoban.meetings.tests.hall import AFTER, concluded, in_session
from giaoban.meetings.tests.story import BEGINS, announced, signed_in
from giaoban.plans.actions import moves
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


def copied(world: World, meeting: Meeting, title: str, days: int) -> Meeting:
    """The next meeting, prepared from one, so many days later."""
    given = {"titles": {"vi": title}, "starts_at": BEGINS + timedelta(days=days)}
    return copying.copy_meeting(meeting=meeting, by=world.by("kim", AFTER), at=AFTER, **given)


@pytest.mark.requirement(50)
def test_what_is_open_since_longer_comes_along_once_the_oldest_first(world: World) -> None:
    first = in_session(world)
    old = concluded(world, first, "Việc từ cuộc họp đầu")
    concluded(world, first, "Việc đã xong từ đầu")
    giving.give_tasks(meeting=first, year=2021, by=world.by("kim", AFTER), at=AFTER)
    Task.objects.exclude(origin_ref=old.ref).update(state="closed")
    second = copied(world, first, "Hội nghị năm thứ hai", 60)
    moving.move_meeting(meeting=second, name="announce", by=world.by("kim", AFTER), at=AFTER)
    new = concluded(world, second, "Việc của năm thứ hai")
    done = concluded(world, second, "Việc đã xong năm thứ hai")
    giving.give_tasks(meeting=second, year=2021, chosen=[done], by=world.by("kim", AFTER), at=AFTER)
    Task.objects.filter(origin_ref=done.ref).update(state="closed")
    other = announced(
        world, starts_at=BEGINS + timedelta(days=70), ends_at=BEGINS + timedelta(days=70, hours=2)
    )
    concluded(world, other, "Việc của cuộc họp khác")
    third = copied(world, second, "Hội nghị năm thứ ba", 120)
    before, followed = reading.of_last_time(third)
    assert before == second and [f.conclusion for f in followed] == [old, new, done]
    assert kinds(third) == ["conclusions"]
    shown = signed_in(world, "kim").get(address(third, "agenda")).content.decode()
    assert shown.index(str(old)) < shown.index(str(new)) < shown.index(str(done))
    assert (
        shown.count(first.get_absolute_url() + "conclusions/") == 1 and "Việc của cuộc họp khác" not in shown
    )
    assert signed_in(world, "nga").get(address(third, "agenda")).status_code == 404


def test_a_meeting_that_concluded_nothing_does_not_break_the_line(world: World) -> None:
    first = in_session(world)
    old = concluded(world, first)
    second = copied(world, first, "Họp không kết luận", 60)
    third = copied(world, second, "Hội nghị sau", 120)
    before, followed = reading.of_last_time(third)
    assert before == first and [f.conclusion for f in followed] == [old]


def test_a_conclusion_whose_task_was_carried_forward_is_open_until_the_last_task_is_settled(
    world: World,
) -> None:
    first = in_session(world)
    concluded(world, first, "Việc đứng trước")
    old = concluded(world, first)
    giving.give_tasks(meeting=first, year=2021, by=world.by("kim", AFTER), at=AFTER)
    task = Task.objects.get(origin_ref=old.ref)
    due = BEGINS.date() + timedelta(days=500)
    Task.objects.filter(pk=task.pk).update(state="given")
    task.refresh_from_db()
    by = world.by("kim", AFTER)
    later = moves.carry_forward(task=task, due_on=due, reason="Lũ muộn", by=by, at=AFTER)
    third = copied(world, copied(world, first, "Giữa", 60), "Sau", 120)
    assert later.number < task.number
    assert [f.task for f in reading.of_last_time(third)[1] if f.conclusion == old] == [later]
    Task.objects.filter(pk=later.pk).update(state="closed")
    assert [f.is_open for f in reading.of_last_time(third)[1]] == [True, False]

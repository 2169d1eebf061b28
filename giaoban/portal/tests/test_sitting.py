"""A meeting on the portal before, while and after it is held: what is public at that instant, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from giaoban.meetings.actions import agenda, extras, move_meeting, papers
from giaoban.meetings.models import Meeting
from giaoban.meetings.tests.hall import item, let_go, paper
from giaoban.meetings.tests.story import ANNOUNCED, BEGINS, ENDS, announced
from giaoban.portal.actions.writing import publish
from giaoban.portal.models import HomePage, MeetingPage, SectionPage
from giaoban.portal.models.noting import noting
from giaoban.portal.queries.showing import Asked
from giaoban.portal.showing import show
from giaoban.reports.tests.world import World

SECOND, QUARTER = timedelta(seconds=1), timedelta(minutes=15)
LATER = BEGINS + timedelta(hours=3)
#: Papers nobody outside may know of, whatever the hour.
INNER = {
    "Cho các đoàn": {"audience": "delegations"},
    "Cho chủ trì": {"audience": "chairs"},
    "Trong quy chế": {"audience": "agreement"},
    "Đã rút": {"audience": "public"},
}


@pytest.fixture
def meeting(world: World, portal: HomePage) -> Meeting:
    """Announced, with a published agenda, papers of every kind and contributions."""
    made = announced(world)
    given = {"by": world.by("kim", ANNOUNCED), "at": ANNOUNCED}
    for title, minutes in (("Khai mạc", 15), ("Thảo luận", 75)):
        item(world, made, title, duration=minutes)
    agenda.publish_agenda(meeting=made, **given)
    item(world, made, "Chưa công bố", duration=30)
    paper(world, made, "Chương trình", audience="public")
    paper(world, made, "Báo cáo tổng kết", audience="public", embargo="start")
    paper(world, made, "Thông cáo", audience="public", embargo="instant", opens_at=LATER)
    for title, fields in INNER.items():
        brought = paper(world, made, title, **fields)
    papers.withdraw_paper(paper=brought, **given)
    for unit, title in ((world.ct, "Trực chiến mùa lũ"), (world.ag, "Mới đăng ký")):
        row = extras.register_contribution(meeting=made, unit=unit, title=title, speaker="Bà Lan", **given)
        if unit == world.ct:
            extras.move_contribution(contribution=row, name="place", **given)
    return made


@pytest.fixture
def page(world: World, meeting: Meeting) -> MeetingPage:
    """Its page, proposed when it was announced, now published."""
    made = MeetingPage.objects.get()
    made.shows_contributions = True
    return publish(page=made, by=world.by("kim"), at=ANNOUNCED)


def seen(page: MeetingPage, at: datetime, language: str = "vi") -> tuple[list[str], str | None]:
    """Which of the papers a reader is told of, and the item that is on."""
    shown = show(MeetingPage.objects.get(pk=page.pk), Asked(language, at))
    assert not [title for title in INNER if title in shown]
    assert "Chưa công bố" not in shown and "Mới đăng ký" not in shown
    told = [title for title in ("Chương trình", "Báo cáo tổng kết", "Thông cáo") if f">{title}</a>" in shown]
    on = shown.partition('<li aria-current="time">')[2].partition("</li>")[0]
    return told, next((title for title in ("Khai mạc", "Thảo luận") if title in on), None)


@pytest.mark.requirement(79)
def test_each_thing_is_told_at_its_instant_and_not_a_second_early(page: MeetingPage):
    first = ["Chương trình"]
    assert seen(page, BEGINS - SECOND) == (first, None)
    assert seen(page, BEGINS) == ([*first, "Báo cáo tổng kết"], "Khai mạc")
    assert seen(page, BEGINS + QUARTER - SECOND)[1] == "Khai mạc"
    assert seen(page, BEGINS + QUARTER)[1] == "Thảo luận"
    assert seen(page, BEGINS + 6 * QUARTER)[1] is None
    assert len(seen(page, LATER - SECOND)[0]) == 2
    assert seen(page, LATER) == ([*first, "Báo cáo tổng kết", "Thông cáo"], None)
    assert len(seen(page, ENDS + SECOND, "en")[0]) == 3


@pytest.mark.requirement(79, 87)
def test_the_kept_page_holds_until_the_next_of_these_instants(page: MeetingPage):
    held, at, moment = [], BEGINS - timedelta(days=1), timedelta(microseconds=1)
    while at < ENDS:
        with noting() as note:
            show(MeetingPage.objects.get(pk=page.pk), Asked("vi", at))
        assert note.until and not note.unknown
        held.append(note.until)
        at = note.until
    starts = [BEGINS, BEGINS + moment, BEGINS + QUARTER, BEGINS + 6 * QUARTER, LATER]
    assert held == [*starts, ENDS + moment]


@pytest.mark.requirement(79)
def test_the_page_says_who_speaks_where_the_editor_wants_it(client: Client, world: World, page: MeetingPage):
    shown = client.get(page.address("en")).content.decode()
    assert '<h3 lang="vi">Khai mạc</h3>' in shown, "marked as the other language"
    assert '<h3 lang="vi">Trực chiến mùa lũ</h3>' in shown and "Bà Lan" in shown
    page.shows_agenda = page.shows_contributions = False
    publish(page=page, by=world.by("kim"), at=ANNOUNCED)
    shown = client.get(page.address("en")).content.decode()
    assert "Khai mạc" not in shown and "Trực chiến mùa lũ" not in shown and "Chương trình" in shown


def _status(client: Client, row: Any) -> int:
    answer = client.get(reverse("portal:paper", args=[row.pk, "tham-luan.pdf"]))
    if answer.status_code == 200:
        assert answer["Content-Disposition"].startswith("attachment")
    let_go(answer)
    return int(answer.status_code)


@pytest.mark.requirement(46, 79)
def test_only_what_is_told_can_be_fetched(client: Client, world: World, portal: HomePage):
    ahead = {"starts_at": BEGINS + timedelta(days=4000), "ends_at": ENDS + timedelta(days=4000)}
    meeting = announced(world, **ahead)
    rows = [
        paper(world, meeting, **fields)
        for fields in ({"audience": "public"}, {"audience": "public", "embargo": "start"}, *INNER.values())
    ]
    papers.withdraw_paper(paper=rows[-1], by=world.by("kim", ANNOUNCED), at=ANNOUNCED)
    page = MeetingPage.objects.get()
    assert [_status(client, row) for row in rows] == [404] * 6, "its page is a draft"
    publish(page=page, by=world.by("kim"), at=ANNOUNCED)
    assert [_status(client, row) for row in rows] == [200] + [404] * 5
    SectionPage.objects.get(slug="so-ket-hoi-nghi").view_restrictions.create(restriction_type="login")
    assert _status(client, rows[0]) == 404
    SectionPage.objects.get(slug="so-ket-hoi-nghi").view_restrictions.all().delete()
    move_meeting(meeting=meeting, name="cancel", reason="Bão.", by=world.by("kim", ANNOUNCED), at=ANNOUNCED)
    assert _status(client, rows[0]) == 404
    assert "tham-luan.pdf" not in client.get(page.address("vi")).content.decode()


def test_the_choice_stands_on_pages_that_came_of_the_records(sign_in: Any, page: MeetingPage):
    kim = sign_in("kim")
    assert "shows_agenda" in kim.get(f"/editor/pages/{page.pk}/edit/").content.decode()
    section = SectionPage.objects.get(slug="so-ket-hoi-nghi")
    assert (
        "shows_agenda" not in kim.get(f"/editor/pages/add/portal/meetingpage/{section.pk}/").content.decode()
    )

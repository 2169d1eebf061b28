"""Every page of agenda, papers, minutes and conclusions: who sees it, and who must not know of it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from giaoban.meetings import urls
from giaoban.meetings.actions import adopting, agenda, conclusions, minutes
from giaoban.meetings.models import Meeting
from giaoban.meetings.queries import grounds
from giaoban.meetings.tests.hall import AFTER, IN_SESSION, concluded, in_session, item, let_go, paper, written
from giaoban.meetings.tests.story import signed_in
from giaoban.reports.tests.world import World
from giaoban.reviews.actions import sentences
from giaoban.reviews.tests.story import accepted, begun

COUNT = "django_assert_num_queries"
NAMES = [pattern.name for pattern in [*urls.AGENDA, *urls.MINUTES, *urls.CONCLUSIONS]]
POST_ONLY = {
    "begin-agenda", "arrange", "shift-item", "begin-minutes", "autosave-minutes", "fill-attendance",
    "shift-conclusion", "accept-conclusion",
}  # fmt: skip


@pytest.fixture
def hall(world: World) -> tuple[Meeting, dict[str, str]]:
    """A conference with something behind every address."""
    meeting = in_session(world)
    begun_minutes, under = written(world, meeting)
    by = world.by("kim", IN_SESSION)
    given = {"by": by, "at": IN_SESSION}
    decision = minutes.add_decision(minutes=begun_minutes, item=under, text="Thông qua", **given)
    agenda.publish_agenda(meeting=meeting, **given)
    brought = paper(world, meeting, audience="unit", unit=world.ag)
    row = conclusions.conclude(meeting=meeting, texts={"vi": "Dự thảo kết luận"}, **given)
    report = accepted(world, world.ct, narratives={"note": "Nước rút chậm ở 3 xã."}, visits=5)
    review, block = begun(world)
    excerpt = sentences.Excerpt(report.accepted_id, "note")
    sentences.take(review=review, block=block, excerpts=[excerpt], **given)
    ground = conclusions.rest_on(conclusion=row, **grounds.find(review, None, "rút chậm"), **given)
    minutes_answer = _answered(world, begun_minutes, under)
    found = {
        "pk": meeting.pk, "item": under.pk, "paper": brought.pk, "decision": decision.pk, "conclusion": row.pk,
        "ground": ground.pk, "answer": minutes_answer, "number": 1, "format": "docx", "way": "up",
    }  # fmt: skip
    return meeting, {name: _address(world, name, found) for name in NAMES}


def _answered(world: World, begun_minutes, under) -> int:
    by = world.by("kim", AFTER)
    sent = adopting.circulate(minutes=begun_minutes, answer_by=AFTER.date(), by=by, at=AFTER)
    given = adopting.answer(
        minutes=sent, unit=world.ct, agrees=False, text="Sửa", item=under, by=world.by("lan", AFTER), at=AFTER
    )  # fmt: skip
    adopting.revise(minutes=sent, reason="Sửa", by=by, at=AFTER)
    return given.pk


def _address(world: World, name: str, values: dict) -> str:
    verbs = {"move-minutes": "circulate", "settle-answer": "leave-out", "move-conclusion": "drop"}
    (pattern,) = [p for p in [*urls.AGENDA, *urls.MINUTES, *urls.CONCLUSIONS] if p.name == name]
    given = {key: values[key] for key in pattern.pattern.converters if key in values}
    if "name" in pattern.pattern.converters:
        given["name"] = verbs[name]
    return reverse(f"meetings:{name}", kwargs={"agreement": world.agreement.code, **given})


@pytest.mark.parametrize("name", NAMES)
def test_the_neighbour_finds_nothing(world: World, hall, name: str) -> None:
    where = hall[1][name]
    client = signed_in(world, "nga")
    assert client.get(where).status_code in (404, 405)
    assert client.post(where).status_code in (404, 405)
    assert Client().get(where).status_code == 302


READ = {"agenda", "agenda-version", "papers", "minutes", "conclusions", "all-conclusions"}
WRITTEN = sorted(set(NAMES) - READ - {"answer-minutes"})


@pytest.mark.parametrize("name", WRITTEN)
def test_units_neither_write_nor_read_drafts(world: World, hall, name: str) -> None:
    where = hall[1][name]
    client = signed_in(world, "lan")
    assert client.get(where).status_code in (404, 405)
    assert client.post(where).status_code == 404


@pytest.mark.parametrize("name", sorted(set(NAMES) - POST_ONLY - {"answer-minutes", "notice-file"}))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_coordinator_opens_every_page_in_both_languages(
    world: World, hall, name: str, language: str
) -> None:
    with translation.override(language):
        client = signed_in(world, "kim")
        answer = client.get(hall[1][name], headers={"accept-language": language})
    assert answer.status_code == 200, answer.content[-2000:]
    let_go(answer)


@pytest.mark.parametrize("name", sorted(READ))
def test_units_read_the_meeting_without_its_drafts(world: World, hall, name: str) -> None:
    concluded(world, hall[0], "Đã chấp nhận")
    page = signed_in(world, "lan").get(hall[1][name])
    text = page.content.decode()
    assert page.status_code == 200
    assert (
        "Dự thảo kết luận" not in text
        and "Các đại biểu thống nhất" not in text
        and "Bài phát biểu riêng" not in text
    )


@pytest.mark.parametrize(
    ("name", "person", "count"),
    [("agenda", "kim", 8), ("agenda", "lan", 10), ("papers", "lan", 8), ("minutes", "kim", 10), ("minutes", "lan", 5),
     ("conclusions", "kim", 11), ("all-conclusions", "lan", 8)],
)  # fmt: skip
def test_pages_ask_as_much_for_three_rows_as_for_one(
    world: World, hall, name: str, person: str, count: int, django_assert_num_queries: Callable
) -> None:
    meeting, where = hall
    by = world.by("kim", IN_SESSION)
    client = signed_in(world, person)
    for more in (1, 2):
        for n in range(more):
            paper(world, meeting, f"Tham luận {n}", audience="agreement")
            under = item(world, meeting, f"Mục {n}", speaker_unit=world.ct)
            minutes_row = meeting.minutes
            minutes.save_entry(minutes=minutes_row, item=under, text="Nói.", edition=0, by=by, at=IN_SESSION)
            concluded(world, meeting, f"Kết luận {n}")
        with django_assert_num_queries(count):
            assert client.get(where[name]).status_code == 200

"""What the plan and the units' activities give to a review: planned and reached, conclusions, typical activities."""

from datetime import date

import pytest
from django.urls import reverse

from giaoban.plans import actions as plans
from giaoban.plans.models import Activity
from giaoban.reports.tests import test_tasks as tasks
from giaoban.reports.tests.test_pages import HERE, signed_in
from giaoban.reports.tests.world import World, build, instant
from giaoban.reviews.actions import building
from giaoban.reviews.actions.sentences import rewrite
from giaoban.reviews.models import SentenceSource

AT = instant(10)


@pytest.fixture
def world(db: None) -> World:
    return build()


def said(world: World, code: str) -> list[tuple[str, str]]:
    review = building.build(
        agreement=world.agreement, period="2020-02", language="vi", by=world.by("kim", AT), at=AT
    )
    rows = SentenceSource.objects.filter(
        sentence__block__section__review=review, sentence__block__section__code=code
    )
    return [(row.sentence.text, row.label) for row in rows.select_related("sentence").order_by("sentence")]


def activity(world: World, **given) -> Activity:
    fields = {
        "kind": "training",
        "title": "Diễn tập ven sông",
        "held_on": date(2020, 2, 5),
        "participants": 1200,
    }
    return plans.record_activity(
        agreement=world.agreement, unit=world.ct, fields=fields | {"output": "Rút ngắn 40 phút."} | given,
        by=world.by("lan", AT), at=AT,
    )  # fmt: skip


def test_planned_and_reached_stand_with_their_task(world: World) -> None:
    task = tasks.give(world, due_on=date(2020, 2, 28))
    plans.report_progress(
        task=task, unit=world.ct, said="done", text="Xong 12 lớp.", by=world.by("lan", AT), at=AT
    )
    assert said(world, "results-tasks") == [
        ("Mở 12 lớp (Cần Thơ, hạn 28/02/2020): hoàn thành 10/02/2020; Xong 12 lớp.", f"nhiệm vụ {task.code}")
    ]


def test_the_direction_takes_the_tasks_of_the_next_period_with_their_source(world: World) -> None:
    task = tasks.give(world, due_on=date(2020, 3, 20), output="12 lớp")
    tasks.give(world, due_on=date(2020, 4, 2))
    assert said(world, "direction") == [
        ("Mở 12 lớp (Cần Thơ, hạn 20/03/2020): 12 lớp.", f"nhiệm vụ {task.code}")
    ]


def test_conclusions_of_last_time_come_with_what_became_of_them(world: World) -> None:
    tasks.give(world, origin="conclusion", origin_ref="conclusion:1", due_on=date(2020, 2, 8))
    tasks.give(world, origin="urgent")
    assert said(world, "results-conclusions") == [
        ("Mở 12 lớp (Cần Thơ, hạn 08/02/2020): đang thực hiện, trễ hạn.", "nhiệm vụ 2020-1")
    ]


def test_typical_activities_say_why(world: World) -> None:
    row = activity(world)
    activity(world, title="Việc thường")
    plans.mark_typical(activity=row, reason="Dễ nhân rộng", by=world.by("hoa", AT), at=AT)
    label = "Cần Thơ, 05/02/2020"
    assert said(world, "results-typical") == [
        ("Cần Thơ, 05/02/2020; 1.200 người tham gia: Rút ngắn 40 phút.", label), ("Dễ nhân rộng.", label),
    ]  # fmt: skip


def test_kim_takes_an_activity_in_the_picker_and_its_source_travels(world: World) -> None:
    row = activity(world)
    review = building.build(
        agreement=world.agreement, period="2020-02", language="vi", by=world.by("kim", AT), at=AT
    )
    section = review.sections.get(code="situation")
    block = section.blocks.create(position=9)
    kim = signed_in(world, "kim")
    address = reverse("reviews:take", args=[HERE, review.pk, block.pk])
    assert "Diễn tập ven sông" in kim.get(address).content.decode()
    kim.post(address, {"activity": row.pk})
    sentence = block.sentences.get()
    assert (sentence.origin, sentence.sources.get().activity) == ("taken", row)
    lines = rewrite(
        review=review, sentence=sentence, text="Một.\nHai.", edition=1, by=world.by("kim", AT), at=AT
    )
    assert [line.sources.get().activity for line in lines] == [row, row]
    page = kim.get(reverse("reviews:edit", args=[HERE, review.pk]), {"section": "situation"}).content.decode()
    assert row.get_absolute_url() in page
    assert signed_in(world, "nga").get(address).status_code == 404

"""A task's year: given, reported on, verified, given back, carried forward; and who may do none of it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.plans import actions, queries
from giaoban.plans.models import Plan, Task
from giaoban.plans.tests import story
from giaoban.plans.tests.story import AT

LATER = datetime(2026, 4, 10, 2, tzinfo=UTC)


def say(world, task, who="bob", at=AT, unit="P1", **given):
    said = {"said": "progress", "text": "Đã làm hai xã."} | given
    return actions.report_progress(task=task, unit=world.units[unit], by=world.by(who, at), at=at, **said)


def fresh(task):
    return Task.objects.get(pk=task.pk)


def test_a_conclusion_becomes_a_task_that_is_found_by_its_reference(world):
    task = story.task(
        world,
        origin="conclusion",
        origin_ref="conclusion:12",
        support=[world.units["P2"]],
        by=world.by("alice"),
    )
    story.task(world, origin_ref="conclusion:13", origin="conclusion")
    assert list(queries.tasks_from(world.agreement, ["conclusion:12"])) == [task]
    assert list(queries.tasks_from(world.elsewhere, ["conclusion:12"])) == []
    assert (task.state, task.given_on, task.plan.year, task.plan.unit) == (
        "given",
        date(2026, 1, 5),
        2026,
        None,
    )
    assert [u.code for u in task.support.all()] == ["P2"]
    assert Plan.objects.count() == 1


@pytest.mark.requirement(15)
def test_bob_works_vera_verifies(world):
    task = story.task(world)
    say(world, task)
    assert fresh(task).state == "progress"
    say(world, task, said="done", text="Xong 12 xã.", figure=Decimal("12"))
    done = fresh(task)
    assert (done.state, done.result, done.reached, done.done_on) == (
        "done",
        "Xong 12 xã.",
        12,
        date(2026, 1, 5),
    )
    back = actions.give_back(task=done, reason="Thiếu biên bản.", by=world.by("vera"), at=AT)
    assert (back.state, back.done_on) == ("progress", None)
    say(world, task, said="done", text="Đã bổ sung.")
    actions.close_task(task=fresh(task), by=world.by("vera"), at=AT)
    assert fresh(task).state == "closed"
    verbs = list(AuditRow.objects.filter(subject=f"plans.task:{task.pk}").values_list("verb", flat=True))
    assert verbs == [
        "add task", "progress", "start", "progress", "finish", "redo", "progress", "finish", "verify",
    ]  # fmt: skip


@pytest.mark.requirement(15)
def test_late_is_derived_and_asks_for_a_reason(world):
    task = story.task(world)
    assert not task.is_late(date(2026, 3, 31)) and task.is_late(date(2026, 4, 1))
    with pytest.raises(Refused) as told:
        say(world, task, at=LATER)
    assert told.value.field == "delay"
    say(world, task, at=LATER, said="done", delay="Mưa lớn kéo dài.")
    late = fresh(task)
    assert late.delay == "Mưa lớn kéo dài." and late.is_late(date(2026, 4, 10))


def test_a_supporting_unit_speaks_beside_and_finishes_nothing(world):
    task = story.task(world, lead=world.units["P2"], support=[world.units["P1"]])
    say(world, task, text="Đã cử 5 cán bộ.")
    assert fresh(task).state == "given"
    assert [p.text for p in queries.progress_of(task)] == ["Đã cử 5 cán bộ."]
    with pytest.raises(Refused) as told:
        say(world, task, said="done")
    assert told.value.field == "said"


@pytest.mark.parametrize("who", ["bob", "chau", "charlie", "dora"])
def test_who_gives_no_tasks(world, who):
    with pytest.raises(Refused):
        story.task(world, by=world.by(who))
    assert not Task.objects.exists() and not Plan.objects.exists()


def test_neighbours_report_and_verify_nothing(world):
    task = story.task(world, lead=world.units["P2"])
    for who in ("bob", "charlie", "dora"):
        with pytest.raises(Refused):
            say(world, task, who=who, unit="P2")
    say(world, task, who="alice", unit="P2", said="done")
    for who in ("bob", "charlie"):
        with pytest.raises(Refused):
            actions.close_task(task=fresh(task), by=world.by(who), at=AT)
    assert fresh(task).state == "done"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"due_on": date(2026, 1, 4)}, "due_on"),
        ({"due_on": date(2025, 12, 31)}, "due_on"),
        ({"titles": {"vi": " "}}, "name_vi"),
        ({"year": 20}, "year"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_changes_nothing(world, wrong, field):
    with pytest.raises(Refused) as told:
        story.task(world, **wrong)
    assert told.value.field == field
    assert not Task.objects.exists() and not Plan.objects.exists()


def test_a_task_of_a_draft_plan_waits_for_it(world):
    plan = story.plan(world)
    task = actions.add_task(plan=plan, content=story.content(world), by=world.by("alice"), at=AT)
    assert (task.state, task.origin, task.number) == ("draft", "plan", 1)
    with pytest.raises(Refused):
        say(world, task)
    given = actions.hand_out(task=task, by=world.by("alice"), at=AT)
    assert (given.state, given.given_on) == ("given", date(2026, 1, 5))


def test_the_line_of_a_task_carried_forward_is_kept(world):
    task = story.task(world, support=[world.units["P2"]])
    say(world, task)
    by, at = world.by("alice", LATER), LATER
    with pytest.raises(Refused) as told:
        actions.carry_forward(task=task, due_on=date(2027, 3, 1), reason=" ", by=by, at=at)
    assert told.value.field == "reason"
    new = actions.carry_forward(task=task, due_on=date(2027, 3, 1), reason="Chưa có kinh phí.", by=by, at=at)
    assert (new.plan.year, new.state, new.origin) == (2027, "draft", "carried")
    assert [u.code for u in new.support.all()] == ["P2"]
    third = actions.carry_forward(task=new, due_on=date(2028, 3, 1), reason="Lùi tiếp.", by=by, at=at)
    assert [t.pk for t in queries.chain(new)] == [task.pk, new.pk, third.pk]
    assert fresh(task).state == "carried"


def test_progress_of_a_report_that_is_opened_again_does_not_count(world):
    task = story.task(world)

    def told(ref, **said):
        return actions.take_report(
            agreement=world.agreement, unit=world.units["P1"], said={task.code: said, "2026-99": {"text": "Lạ"}},
            ref=ref, sent_on=date(2026, 2, 20), last_day=date(2026, 2, 14), by=world.by("vera"), at=LATER,
        )  # fmt: skip

    assert len(told("revision:1", text="Được nửa.")) == 1
    told("revision:2", said="done", text="Xong.", figure="7.5", on="2026-02-03")
    done = fresh(task)
    assert (done.state, done.reached, done.done_on) == ("done", Decimal("7.5"), date(2026, 2, 3))
    assert not done.is_late(date(2026, 5, 1))
    assert actions.withdraw_progress(refs=["revision:2"], by=world.by("vera"), at=LATER) == 1
    again = fresh(task)
    assert (again.state, again.result, again.reached, again.done_on) == ("progress", "Được nửa.", None, None)
    assert actions.withdraw_progress(refs=["revision:2"], by=world.by("vera"), at=LATER) == 0


def test_words_and_units_are_changed_while_the_task_is_open(world):
    task = story.task(world)
    wanted = story.content(world, lead=world.units["P2"], support=[world.units["P1"]])
    changed = actions.edit_task(task=task, content=wanted, by=world.by("alice"), at=AT)
    assert (changed.lead.code, changed.titles["vi"]) == ("P2", "Tập huấn")
    detail = AuditRow.objects.filter(subject=f"plans.task:{task.pk}").last().detail
    assert set(detail["fields"]) == {"titles", "lead", "due_on", "support"}
    actions.cancel_task(task=changed, reason="Trùng việc.", by=world.by("alice"), at=AT)
    with pytest.raises(Refused):
        actions.edit_task(
            task=changed, content=story.content(world), by=world.by("alice"), at=AT + timedelta(1)
        )

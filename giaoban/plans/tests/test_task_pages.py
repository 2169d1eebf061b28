"""Tasks and plans in the browser: who sees what, and what stands on the pages."""

from datetime import date

import pytest
from django.urls import reverse

from giaoban.core.models import AuditRow
from giaoban.plans import actions
from giaoban.plans.models import Group, Task
from giaoban.plans.tests import story
from giaoban.plans.tests.story import AT


def url(name, *args, code="phoi-hop"):
    return reverse(f"plans:{name}", args=[code, *args])


def text(answer):
    return answer.content.decode()


def test_who_sees_a_task(world, sign_in):
    mine = story.task(world)
    other = story.task(world, lead=world.units["P2"], titles={"vi": "Việc của đơn vị khác"})
    for name, sees_mine, sees_other in (
        ("alice", 200, 200), ("vera", 200, 200), ("chau", 200, 200), ("olga", 200, 200), ("bob", 200, 404),
        ("charlie", 404, 404), ("dora", 404, 404),
    ):  # fmt: skip
        person = sign_in(name)
        assert [person.get(url("task", t.pk)).status_code for t in (mine, other)] == [
            sees_mine,
            sees_other,
        ], name
    assert "Việc của đơn vị khác" not in text(sign_in("bob").get(url("tasks")))
    assert sign_in("charlie").get(url("tasks")).status_code == 404
    assert sign_in("charlie").get(url("task", mine.pk, code="khac")).status_code == 404


def test_who_may_change_a_task(world, sign_in):
    row = story.task(world)
    pages = [url("task-edit", row.pk), url("task-move", row.pk, "drop"), url("task-move", row.pk, "carry")]
    for name, expected in (
        ("alice", 200), ("olga", 200), ("bob", 404), ("vera", 404), ("chau", 404), ("charlie", 404),
    ):  # fmt: skip
        person = sign_in(name)
        assert [person.get(page).status_code for page in pages] == [expected] * 3, name
    assert sign_in("alice").get(url("task-move", row.pk, "explode")).status_code == 404


def test_a_draft_plan_is_read_by_those_who_write_it_only(world, sign_in):
    plan = story.plan(world)
    for name, expected in (("alice", 200), ("chau", 200), ("bob", 404), ("vera", 404), ("charlie", 404)):
        assert sign_in(name).get(url("plan", plan.pk)).status_code == expected, name


def test_alice_writes_a_plan_and_its_task_on_the_screen(world, sign_in):
    alice = sign_in("alice")
    made = alice.post(
        url("new"), {"year": "2026", "unit": "", "name_vi": "", "name_en": "", "purpose": "Mục đích."}
    )
    page = text(alice.get(made.url))
    assert "Mục đích." in page and "2026" in page
    plan = world.agreement.plans.get()
    sent = {
        "plan": plan.pk, "name_vi": "Tập huấn 12 lớp", "name_en": "Twelve courses", "lead": "P1", "support": "P2",
        "due_on": "2026-06-30", "output": "12 lớp", "measure": "lớp", "wanted": "12,5",
    }  # fmt: skip
    wrong = alice.post(url("task-new"), sent | {"due_on": "2025-06-30"})
    assert wrong.context["form"].errors.keys() == {"due_on"}
    alice.post(url("task-new"), sent)
    row = Task.objects.get()
    assert (str(row.wanted), row.plan, row.lead.code) == ("12.500", plan, "P1")
    assert "Tập huấn 12 lớp" in text(alice.get(url("plan", plan.pk)))
    assert alice.post(url("task-move", row.pk, "give")).status_code == 302
    assert Task.objects.get().state == "given"


def test_bob_reports_and_vera_closes_on_the_screen(world, sign_in):
    row = story.task(world, due_on=date(2999, 1, 1))
    bob = sign_in("bob")
    empty = bob.post(url("progress", row.pk), {"said": "done", "text": " "})
    assert empty.context["form"].errors.keys() == {"text"}
    bob.post(url("progress", row.pk), {"said": "done", "text": "Đã xong."})
    assert "Đã xong." in text(bob.get(url("task", row.pk)))
    vera = sign_in("vera")
    vera.post(url("task-move", row.pk, "verify"), {"reason": ""})
    assert Task.objects.get().state == "closed"
    assert sign_in("bob").get(url("task-move", row.pk, "verify")).status_code == 404


@pytest.mark.requirement(15)
def test_a_task_is_carried_forward_on_the_screen(world, sign_in):
    row = story.task(world)
    alice = sign_in("alice")
    sent = {"year": "2026", "due_on": "2027-02-01", "reason": "Thiếu kinh phí."}
    assert alice.post(url("task-move", row.pk, "carry"), sent).context["form"].errors.keys() == {"year"}
    answer = alice.post(url("task-move", row.pk, "carry"), sent | {"year": "2027"})
    new = Task.objects.get(plan__year=2027)
    assert answer.url == new.get_absolute_url()
    assert url("task", row.pk) in text(alice.get(answer.url))


def test_late_tasks_are_found(world, sign_in):
    story.task(world, titles={"vi": "Việc muộn"}, due_on=date(2026, 1, 6))
    story.task(world, titles={"vi": "Việc đúng hạn"}, due_on=date(2999, 1, 1))
    page = text(sign_in("alice").get(url("tasks"), {"late": "yes"}))
    assert "Việc muộn" in page and "Việc đúng hạn" not in page
    found = text(sign_in("alice").get(url("tasks"), {"q": "viec muon"}))
    assert "Việc muộn" in found and "Việc đúng hạn" not in found


@pytest.mark.parametrize("more", [1, 3])
def test_the_number_of_questions_does_not_grow(world, sign_in, django_assert_num_queries, more):
    plan = story.plan(world)
    for n in range(more):
        story.task(world, titles={"vi": f"Việc {n}"}, support=[world.units["P2"]])
        actions.add_task(plan=plan, content=story.content(world), by=world.by("alice"), at=AT)
    alice = sign_in("alice")
    for page, count in ((url("tasks"), 9), (url("index"), 7), (url("plan", plan.pk), 11)):
        alice.get(page)
        with django_assert_num_queries(count):
            alice.get(page)


@pytest.mark.parametrize("more", [1, 3])
def test_a_task_and_its_form_ask_no_more_for_three_rows_than_for_one(
    world, sign_in, django_assert_num_queries, more
):
    plan = story.plan(world)
    row = story.task(world, support=[world.units["P2"]])
    for n in range(more):
        actions.keep_part(
            agreement=world.agreement, kind=Group, fields={"titles": {"vi": f"Nhóm {n}"}, "position": n},
            by=world.by("alice"), at=AT,
        )  # fmt: skip
        actions.report_progress(
            task=row, unit=row.lead, said="progress", text=f"Đợt {n}.", by=world.by("bob"), at=AT
        )
    for name, address, count in (
        ("alice", url("task", row.pk), 8), ("bob", url("task", row.pk), 8),
        ("alice", url("task-new") + f"?plan={plan.pk}", 10),
    ):  # fmt: skip
        person = sign_in(name)
        person.get(address)
        with django_assert_num_queries(count, info=name):
            assert person.get(address).status_code == 200


def test_tasks_are_found_by_their_words_and_their_unit_without_marks(
    world, sign_in, django_assert_max_num_queries
):
    row = story.task(world, titles={"vi": "Tổng vệ sinh đồng ruộng", "en": "Clean up"})
    story.task(world, lead=world.units["P2"], titles={"vi": "Diễn tập"}, output="Biên bản đã ký")
    alice = sign_in("alice")

    def found(words):
        with django_assert_max_num_queries(12):
            page = alice.get(url("tasks"), {"q": words})
        return [task.titles["vi"] for task in page.context["page"].rows]

    assert found("DONG ruong") == found("clean") == found("ve sinh can tho") == ["Tổng vệ sinh đồng ruộng"]
    assert found("bien ban dong thap") == ["Diễn tập"] and found("%") == found("ve sinh dong thap") == []
    content = story.content(world, titles={"vi": "Nạo vét kênh"}, lead=world.units["P2"])
    actions.edit_task(task=row, content=content, by=world.by("alice"), at=AT)
    assert found("nao vet") == ["Nạo vét kênh"] and found("ve sinh") == []
    detail = AuditRow.objects.get(subject=f"plans.task:{row.pk}", verb="edit task").detail
    assert "titles" in detail["fields"] and "folded" not in detail["fields"]

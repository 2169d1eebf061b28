"""A plan's way: written, put to the parties, approved, issued with its document and its tasks given out."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as Word

from giaoban.core.refused import Refused
from giaoban.lib.paper import check
from giaoban.plans import actions
from giaoban.plans.models import Campaign, Duty, Group, Task
from giaoban.plans.tests import story
from giaoban.plans.tests.story import AT


def url(name, *args, code="phoi-hop"):
    return reverse(f"plans:{name}", args=[code, *args])


def text(answer):
    return answer.content.decode()


HOUSE = {
    "place": "Cần Thơ",
    "signatures": [{"lines": ["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"], "name": "Nguyễn Văn Mẫu"}],
    "recipients": ["Các đơn vị chủ trì, phối hợp", "Lưu: VT"],
}


@pytest.fixture
def plan(world):
    row = story.plan(world, purpose="Bảo đảm phối hợp thường xuyên.")
    actions.add_task(plan=row, content=story.content(world, output="12 lớp"), by=world.by("alice"), at=AT)
    return row


def go(world, plan, name, who, **given):
    return actions.move_plan(plan=plan, name=name, by=world.by(who), at=AT, **given)


def issue(world, plan, who="alice", **given):
    wanted = {"number": "12/KH-VPV", "issued_on": date(2026, 1, 5)} | given
    return actions.issue_plan(plan=plan, by=world.by(who), at=AT, **wanted)


@pytest.mark.requirement(14)
@pytest.mark.requirement(17)
def test_from_draft_to_issued(world, plan):
    go(world, plan, "consult", "alice")
    said = actions.remark(plan=plan, text="Thêm kinh phí.", by=world.by("vera"), at=AT)
    assert list(plan.remarks.all()) == [said]
    go(world, plan, "approve", "chau")
    issued = issue(world, plan)
    assert (issued.state, issued.number) == ("issued", "12/KH-VPV")
    task = Task.objects.get()
    assert (task.state, task.given_on) == ("given", date(2026, 1, 5))
    urgent = actions.add_task(plan=issued, content=story.content(world), by=world.by("alice"), at=AT)
    assert (urgent.origin, urgent.state) == ("urgent", "given")


def test_the_issued_document_says_what_the_plan_says(world, plan):
    world.agreement.settings["plan"] = HOUSE
    world.agreement.save()
    plan.refresh_from_db()
    go(world, plan, "approve", "chau")
    issued = issue(world, plan)
    with issued.paper.file.open("rb") as file:
        content = file.read()
    word = Word(io.BytesIO(content))
    lines = "\n".join(p.text for p in word.paragraphs)
    assert "Bảo đảm phối hợp thường xuyên." in lines
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert {"Tập huấn", "Cần Thơ", "30/06/2026", "12 lớp"} <= set(cells)
    assert "12/KH-VPV" in "\n".join(cells)
    assert [f for f in check.layout(content) if not f.ok] == []


def test_who_may_not(world, plan):
    for who in ("bob", "vera", "charlie"):
        for name in ("consult", "approve"):
            with pytest.raises(Refused):
                go(world, plan, name, who)
    with pytest.raises(Refused):
        go(world, plan, "approve", "alice")
    with pytest.raises(Refused):
        actions.remark(plan=plan, text="Chưa lấy ý kiến.", by=world.by("vera"), at=AT)
    go(world, plan, "approve", "chau")
    with pytest.raises(Refused):
        issue(world, plan, who="chau")
    with pytest.raises(Refused) as told:
        issue(world, plan, number=" ")
    assert told.value.field == "number"
    plan.refresh_from_db()
    assert plan.state == "approved" and Task.objects.get().state == "draft"


def test_an_empty_plan_goes_nowhere(world):
    empty = story.plan(world)
    for name, who in (("consult", "alice"), ("approve", "chau")):
        with pytest.raises(Refused):
            go(world, empty, name, who)
    with pytest.raises(Refused):
        story.plan(world)


@pytest.mark.requirement(13)
def test_a_duty_of_every_year_is_laid_into_the_next_plan(world):
    given = {
        "titles": {"vi": "Hội nghị sơ kết năm"}, "lead": world.units["R"], "month": 2, "day": 30,
        "article_words": "Điều 9",
    }  # fmt: skip
    duty = actions.keep_part(agreement=world.agreement, kind=Duty, fields=given, by=world.by("alice"), at=AT)
    plan = story.plan(world)
    task = plan.tasks.get()
    assert (task.duty, task.due_on, task.article_words) == (duty, date(2026, 2, 28), "Điều 9")
    actions.keep_part(
        agreement=world.agreement, kind=Duty, part=duty, fields={"titles": duty.titles, "ended": True},
        by=world.by("alice"), at=AT,
    )  # fmt: skip
    assert not story.plan(world, year=2027).tasks.exists()


def test_a_part_with_tasks_stays(world, plan):
    by = world.by("alice")
    group = actions.keep_part(
        agreement=world.agreement, kind=Group, fields={"titles": {"vi": "Tuyên truyền"}}, by=by, at=AT
    )
    actions.edit_task(task=Task.objects.get(), content=story.content(world, group=group), by=by, at=AT)
    with pytest.raises(Refused):
        actions.remove_part(part=group, by=by, at=AT)
    with pytest.raises(Refused):
        actions.keep_part(
            agreement=world.agreement, kind=Group, fields={"titles": {"vi": "X"}}, by=world.by("bob"), at=AT
        )


def test_bob_plans_for_his_unit_alone(world, sign_in):
    by = world.by("bob")
    mine = story.plan(world, unit=world.units["P1"], by=by)
    actions.add_task(plan=mine, content=story.content(world), by=by, at=AT)
    for given in ({"unit": world.units["P2"]}, {"unit": None}):
        with pytest.raises(Refused):
            story.plan(world, by=by, **given)
    for name, expected in (("bob", 200), ("vera", 200), ("alice", 200), ("charlie", 404), ("dora", 404)):
        answer = sign_in(name).get(url("plan", mine.pk))
        assert answer.status_code == expected, name


def test_parties_read_and_remark_on_the_screen(world, plan, sign_in):
    page = url("plan", plan.pk)
    assert sign_in("bob").get(page).status_code == 404
    sign_in("alice").post(url("plan-move", plan.pk, "consult"), {"reason": ""})
    bob = sign_in("bob")
    assert "Tập huấn" in text(bob.get(page))
    bob.post(url("plan-remark", plan.pk), {"text": "Đề nghị lùi hạn."})
    assert "Đề nghị lùi hạn." in text(sign_in("alice").get(page))
    paper = sign_in("alice").get(url("plan-paper", plan.pk))
    assert paper["Content-Type"].endswith("wordprocessingml.document")
    for name in ("charlie", "dora"):
        person = sign_in(name)
        assert person.get(page).status_code == 404
        assert person.get(url("plan-paper", plan.pk)).status_code == 404
        assert person.post(url("plan-remark", plan.pk), {"text": "x"}).status_code == 404


def test_chau_approves_and_alice_issues_on_the_screen(world, plan, sign_in):
    chau = sign_in("chau")
    chau.post(url("plan-move", plan.pk, "approve"), {"reason": ""})
    back = chau.post(url("plan-move", plan.pk, "rework"), {"reason": ""})
    assert back.context["form"].errors.keys() == {"reason"}
    assert chau.get(url("plan-move", plan.pk, "issue")).status_code == 404
    alice = sign_in("alice")
    alice.post(url("plan-move", plan.pk, "issue"), {"number": "12/KH-VPV", "issued_on": "2026-01-06"})
    page = text(alice.get(url("plan", plan.pk)))
    assert "12/KH-VPV" in page
    assert b"".join(alice.get(url("plan-paper", plan.pk)).streaming_content)[:2] == b"PK"


def test_the_frame_is_kept_on_the_screen(world, sign_in):
    alice = sign_in("alice")
    sent = {
        "name_vi": "Tháng cao điểm",
        "name_en": "",
        "occasion": "",
        "starts_on": "2026-05-01",
        "ends_on": "2026-05-31",
    }
    wrong = alice.post(url("part-new", "campaign"), sent | {"ends_on": "2026-04-01"})
    assert wrong.context["form"].errors.keys() == {"ends_on"}
    alice.post(url("part-new", "campaign"), sent)
    row = Campaign.objects.get()
    alice.post(url("part-edit", "campaign", row.pk), sent | {"name_vi": "Tháng hành động"})
    assert "Tháng hành động" in text(alice.get(url("frame")))
    for name in ("bob", "charlie"):
        assert sign_in(name).get(url("part-edit", "campaign", row.pk)).status_code == 404
    assert sign_in("charlie").get(url("part-edit", "campaign", row.pk, code="khac")).status_code == 404
    assert sign_in("alice").get(url("part-new", "nonsense")).status_code == 404
    sign_in("alice").post(url("part-remove", "campaign", row.pk))
    assert not Campaign.objects.exists()


@pytest.mark.requirement(15)
def test_evidence_is_kept_with_the_task(world, sign_in):
    task = story.task(world)
    bob = sign_in("bob")
    file = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4 bien ban")
    bob.post(url("evidence-add", task.pk), {"file": file, "caption": "Biên bản"})
    kept = task.evidence.get()
    address = url("evidence", task.pk, kept.pk)
    assert b"".join(bob.get(address).streaming_content).startswith(b"%PDF")
    for name in ("charlie", "dora"):
        assert sign_in(name).get(address).status_code == 404
    bad = SimpleUploadedFile("x.pdf", b"not a pdf")
    sign_in("bob").post(url("evidence-add", task.pk), {"file": bad, "caption": ""})
    assert task.evidence.count() == 1
    sign_in("bob").post(url("evidence-remove", task.pk, kept.pk))
    assert task.evidence.get().removed_at is not None


def test_board_and_timeline_show_what_one_may_read(world, plan, sign_in, django_assert_max_num_queries):
    story.task(world, titles={"vi": "Việc của Cần Thơ"})
    story.task(world, titles={"vi": "Việc của Đồng Tháp"}, lead=world.units["P2"])
    actions.keep_part(
        agreement=world.agreement, kind=Campaign, by=world.by("alice"), at=AT,
        fields={"titles": {"vi": "Cao điểm"}, "starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 9)},
    )  # fmt: skip
    for page in (url("board"), url("timeline")):
        bob, alice = text(sign_in("bob").get(page)), text(sign_in("alice").get(page))
        assert "Việc của Cần Thơ" in bob and "Việc của Đồng Tháp" not in bob
        assert "Việc của Đồng Tháp" in alice
        assert sign_in("charlie").get(page).status_code == 404
        person = sign_in("alice")
        with django_assert_max_num_queries(14):
            person.get(page)
    card = text(sign_in("bob").get(url("board")))
    assert f"{url('progress', Task.objects.get(titles__vi='Việc của Cần Thơ').pk)}?said=done" in card

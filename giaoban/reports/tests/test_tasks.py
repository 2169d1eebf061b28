"""Lan's report asks for the tasks she owes a result for; once accepted, what she wrote is their progress."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from giaoban.core.actors import System
from giaoban.core.refused import Refused
from giaoban.plans import actions as plans
from giaoban.plans.models import Task
from giaoban.reports import actions
from giaoban.reports.models import Draft
from giaoban.reports.tests.test_pages import HERE, signed_in
from giaoban.reports.tests.world import World, instant

GIVEN = instant(2, 1)
BY = System("test")
SAID = {"said": "done", "text": "Xong 12 lớp.", "figure": "12", "delay": "Mưa."}


def give(world: World, lead=None, **given) -> Task:
    wanted = {
        "agreement": world.agreement, "year": 2020, "titles": {"vi": "Mở 12 lớp", "en": "Twelve courses"},
        "lead": lead or world.ct, "due_on": date(2020, 1, 31), "origin": "urgent", "by": BY, "at": GIVEN,
    }  # fmt: skip
    return plans.give_task(**wanted | given)


def fresh(task: Task) -> Task:
    return Task.objects.select_related("plan__unit").get(pk=task.pk)


def begun(world: World, document: dict, who: str = "lan", unit=None):
    by = world.by(who)
    report = actions.open_report(
        regime=world.regime, unit=unit or world.ct, period=world.period(), by=by, at=instant()
    )
    actions.save_draft(report=report, document=document, edition=0, by=by, at=instant())
    return report


def sent(world: World, document: dict):
    return actions.submit(report=begun(world, document), by=world.by("lan"), at=instant())


def test_accepted_words_are_the_progress_of_the_task(world: World) -> None:
    task = give(world)
    report = sent(world, {"values": {"visits": 4}, "tasks": {task.code: SAID}})
    assert fresh(task).state == "given"
    accepted = actions.accept(report=report, by=world.by("hoa"), at=instant(4))
    done = fresh(task)
    assert (done.state, done.result, done.reached, done.delay) == (
        "done",
        "Xong 12 lớp.",
        Decimal(12),
        "Mưa.",
    )
    assert done.done_on == date(2020, 1, 31) and not done.is_late(date(2020, 3, 1))
    assert task.progress.get().ref == f"revision:{accepted.accepted_id}"


def test_a_report_opened_again_takes_it_back_and_a_correction_replaces_it(world: World) -> None:
    task = give(world)
    report = sent(world, {"values": {"visits": 4}, "tasks": {task.code: SAID}})
    report = actions.accept(report=report, by=world.by("hoa"), at=instant(4))
    half = {"said": "progress", "text": "Mới 5 lớp.", "figure": "5"}
    document = {"values": {"visits": 4}, "tasks": {task.code: half}}
    actions.correct(report=report, document=document, reason="Nhầm.", by=world.by("hoa"), at=instant(5))
    assert (fresh(task).state, fresh(task).result, fresh(task).reached) == ("progress", "Mới 5 lớp.", 5)
    actions.reopen(report=report, reason="Xem lại.", by=world.by("hoa"), at=instant(6))
    assert (fresh(task).state, fresh(task).result, fresh(task).reached) == ("progress", "", None)
    assert task.progress.filter(withdrawn_at=None).count() == 0


def test_an_override_accepts_the_words_too(world: World) -> None:
    task = give(world)
    report = sent(world, {"values": {"visits": 4}, "tasks": {task.code: SAID}})
    actions.accept(report=report, by=world.by("oanh"), at=instant(4), reason="Vắng.", override=True)
    assert fresh(task).state == "done"


@pytest.mark.parametrize(
    "said",
    [
        {"said": "closed", "text": "x"},
        {"said": "done"},
        {"figure": "một"},
        {"figure": "1.2345"},
        {"on": "31/1/2020"},
    ],
)
def test_what_no_task_can_hold_is_refused_at_its_task(world: World, said: dict) -> None:
    task = give(world)
    with pytest.raises(Refused) as told:
        begun(world, {"values": {"visits": 4}, "tasks": {task.code: said}})
    assert told.value.field == f"task:{task.code}"
    assert Draft.objects.get().document == {}


def test_the_neighbours_task_is_none_of_hers(world: World) -> None:
    other, supported = give(world, lead=world.ag), give(world, lead=world.ag, support=[world.ct])
    for task, said in ((other, {"text": "x"}), (supported, SAID)):
        with pytest.raises(Refused):
            begun(world, {"values": {"visits": 4}, "tasks": {task.code: said}})
    report = sent(world, {"values": {"visits": 4}, "tasks": {supported.code: {"text": "Cử 5 cán bộ."}}})
    actions.accept(report=report, by=world.by("hoa"), at=instant(4))
    assert (fresh(supported).state, supported.progress.get().unit) == ("given", world.ct)


def test_the_form_asks_for_what_is_owed(world: World) -> None:
    task = give(world)
    Task.objects.filter(pk=task.pk).update(measure="lớp", wanted=12)
    give(world, lead=world.ag, titles={"vi": "Việc của An Giang"})
    report = begun(world, {"values": {"visits": 4}})
    lan = signed_in(world, "lan")
    address = reverse("reports:fill", args=[HERE, report.pk])
    page = lan.get(address).content.decode()
    assert "Mở 12 lớp" in page and "Việc của An Giang" not in page
    code = fresh(task).code
    typed = {f"t:{code}:said": "done", f"t:{code}:text": "Xong.", f"t:{code}:figure": "mười", "v:visits": "4"}
    wrong = lan.post(address, typed | {"edition": "1"}).content.decode()
    assert f'href="#v-task:{code}"' in wrong and "mười" in wrong
    edition = Draft.objects.get().edition
    answer = lan.post(address, typed | {f"t:{code}:figure": "12,5", "edition": edition, "send": "1"})
    assert answer.status_code == 302
    assert Draft.objects.get().document["tasks"] == {
        code: {"said": "done", "text": "Xong.", "figure": "12.5"}
    }
    lan.post(reverse("reports:move", args=[HERE, report.pk, "submit"]))
    hoa = signed_in(world, "hoa")
    page = hoa.get(report.get_absolute_url()).content.decode()
    assert "Xong." in page and "12,5" in page
    hoa.post(reverse("reports:move", args=[HERE, report.pk, "accept"]))
    told = hoa.get(task.get_absolute_url()).content.decode()
    assert report.get_absolute_url() in told
    nga = signed_in(world, "nga")
    assert nga.get(address).status_code == 404


def test_a_correction_keeps_what_was_said_of_tasks(world: World) -> None:
    task = give(world)
    report = sent(world, {"values": {"visits": 4}, "tasks": {task.code: SAID}})
    actions.accept(report=report, by=world.by("hoa"), at=instant(4))
    hoa = signed_in(world, "hoa")
    address = reverse("reports:correct", args=[HERE, report.pk])
    page = hoa.get(address).content.decode()
    assert "Xong 12 lớp." in page
    report.refresh_from_db()
    sent_on = {"edition": report.accepted_id, "reason": "Nhầm.", "v:visits": "5"}
    sent_on |= {f"t:{task.code}:{part}": text for part, text in SAID.items()}
    assert hoa.post(address, sent_on).status_code == 302
    report.refresh_from_db()
    assert report.accepted.document == {"values": {"visits": 5}, "tasks": {task.code: SAID}}
    assert fresh(task).progress.count() == 1
    revision = hoa.get(reverse("reports:revision", args=[HERE, report.pk, 2]))
    assert revision.status_code == 200

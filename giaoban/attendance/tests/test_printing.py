"""A print of many people: asked for once, told of page by page, kept for a day, gone with what it says."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from giaoban.attendance import exports
from giaoban.attendance.actions import people, printing, registers
from giaoban.attendance.jobs import Noted, forget_prints, print_out
from giaoban.attendance.models import Printing, Stage
from giaoban.attendance.queries.printing import printable
from giaoban.attendance.tests.story import BY, MADE, Hall
from giaoban.core import printed
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.lib.paper import pdf

Committed = Callable[..., Any]
COMMITTED = "django_capture_on_commit_callbacks"


def asked(hall: Hall, kind: str = "plates", at: datetime = MADE, language: str = "vi") -> Printing:
    given = {"register": hall.register, "kind": kind, "language": language, "by": BY, "at": at}
    return printing.ask_for_print(people=len(printable(hall.register)), **given)


def made(hall: Hall, kind: str = "plates") -> Printing:
    row = asked(hall, kind, timezone.now())
    print_out.func(row.pk, row.run)
    row.refresh_from_db()
    return row


def kept(row: Printing) -> bytes | None:
    row.refresh_from_db()
    with translation.override(row.language):
        return exports.kept_file(row, printable(row.register))


def test_two_presses_make_one_job(hall: Hall, django_capture_on_commit_callbacks: Committed) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = asked(hall)
        again = asked(hall, at=MADE + timedelta(minutes=1))
    assert (first.pk, first.run) == (again.pk, again.run) and again.stage == Stage.WAITING
    (job,) = DBTaskResult.objects.filter(task_path=print_out.module_path)
    assert job.args_kwargs == {"args": [first.pk, 1], "kwargs": {}}
    with django_capture_on_commit_callbacks(execute=True):
        asked(hall, language="en")
        asked(hall, kind="badges")
    assert DBTaskResult.objects.filter(task_path=print_out.module_path).count() == 3


def test_the_job_makes_the_file_and_says_so_in_the_trail(hall: Hall) -> None:
    row = made(hall)
    content = kept(row)
    assert content is not None and content.startswith(b"%PDF")
    assert (row.stage, row.people, row.sheets, row.done) == (Stage.MADE, 4, 2, 2)
    assert print_out.func(row.pk, row.run) == 0, "it is made already"
    trail = AuditRow.objects.filter(subject=f"attendance.printing:{row.pk}").order_by("number")
    assert [(r.verb, r.actor) for r in trail] == [
        ("ask for print", BY.actor_id),
        ("print", "system:printing"),
    ]
    assert "Ánh" not in str([r.detail for r in trail])


@pytest.mark.parametrize(
    "change",
    [
        lambda hall: people.give_seat(attendee=hall.people["anh"], seat="A1", by=BY, at=MADE),
        lambda hall: people.excuse(attendee=hall.people["binh"], reason="Bận", by=BY, at=MADE),
        lambda hall: people.add_guest(register=hall.register, name="Khách", by=BY, at=MADE),
        lambda hall: registers.renew_key(register=hall.register, by=BY, at=MADE),
        lambda hall: registers.new_code(attendee=hall.people["chi"], by=BY, at=MADE),
    ],
)
def test_a_changed_list_makes_the_file_old_and_the_next_round_forgets_it(hall: Hall, change: Any) -> None:
    row = made(hall)
    key = row.key
    forget_prints(timezone.now())
    assert kept(row) is not None
    change(hall)
    assert kept(row) is None and printed.find(key) is not None
    forget_prints(timezone.now())
    row.refresh_from_db()
    assert row.key == "" and printed.find(key) is None
    assert kept(made(hall)) is not None


def test_with_the_names_the_files_are_gone(hall: Hall, django_capture_on_commit_callbacks: Committed) -> None:
    row = made(hall)
    with django_capture_on_commit_callbacks(execute=True):
        registers.erase_people(register=hall.register, by=BY, at=MADE)
    assert printed.find(row.key) is None and kept(row) is None


def test_why_nothing_was_printed_is_said_and_it_can_be_tried_again(hall: Hall) -> None:
    key = hall.register.keys.get()
    sealed, key.sealed = key.sealed, "of another installation"
    key.save()
    row = made(hall, "badges")
    assert row.stage == Stage.FAILED and row.failure.startswith(
        "Khóa của thẻ thuộc một hệ thống cài đặt khác"
    )
    assert AuditRow.objects.filter(subject=f"attendance.printing:{row.pk}").last().verb == "fail to print"
    key.sealed = sealed
    key.save()
    again = made(hall, "badges")
    assert (again.pk, again.run, again.stage, again.failure) == (row.pk, 2, Stage.MADE, "")


def test_nobody_on_the_list_is_refused(hall: Hall) -> None:
    registers.keep_list(register=hall.register, people=[], by=BY, at=MADE)
    with translation.override("en"), pytest.raises(Refused, match="Nobody is on the list yet"):
        asked(hall)
    assert not Printing.objects.exists()


def test_a_job_that_says_nothing_is_lost_and_its_file_not_kept(hall: Hall) -> None:
    lost = asked(hall)
    silent = MADE + Printing.SILENCE
    assert lost.is_under_way(silent - timedelta(seconds=1)) and not lost.is_under_way(silent)
    new = asked(hall, at=silent)
    assert new.run == lost.run + 1
    assert print_out.func(lost.pk, lost.run) == 0
    late = printing.begin(printing=new.pk, run=new.run, at=silent)
    assert late is not None
    Printing.objects.update(run=9)
    assert not printing.finish(printing=late, key="x" * 64, sheets=2, by=BY, at=silent)
    new.refresh_from_db()
    assert (new.key, new.made_at) == ("", None)


def test_pages_are_noted_as_they_are_laid_out(hall: Hall) -> None:
    row = asked(hall, "protocol")
    assert (row.sheets, row.done) == (1, 0)
    instants = iter([0.0, 0.1, 0.7, 0.7, 0.8, 1.5, 1.5])
    note = Noted(row, clock=lambda: next(instants))
    seen = []
    for page in (1, 2, 3, 4):
        note(page)
        row.refresh_from_db()
        seen.append((row.done, row.sheets))
    assert seen == [(0, 1), (2, 2), (2, 2), (4, 4)]


def test_each_hears_of_his_own_pages_only() -> None:
    heard: list[int] = []
    page = "<p style='break-after: page'>một</p><p>hai</p>"
    with pdf.pages_told(heard.append):
        pdf.sheets(page, "")
    pdf.sheets(page, "")
    assert heard == [1, 2]

"""Ten thousand tasks of 300 units: every list of plans, tasks and activities, warm: queries and milliseconds."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks import homes
from benchmarks.pages import _measured
from benchmarks.results import keep

TASKS, UNITS, ACTIVITIES = 10_000, 300, 2_000
LISTS = (
    "plans/",
    "tasks/",
    "tasks/board/",
    "tasks/timeline/",
    "tasks/?late=yes",
    "tasks/?q=viec+77",
    "activities/",
)


def run(place: Path, sizes: list[str], quick: bool) -> None:
    """Make the tasks in a home of their own, then read the lists as three people."""
    home = place / "tasks"
    shutil.rmtree(home, ignore_errors=True)
    homes.inside(home, "benchmarks.tasks:build")
    rows = homes.inside(home, "benchmarks.tasks:read", runs=1 if quick else 5)
    keep("tasks", "10000", {"rows": rows})


SINCE = date(2026, 1, 1)


def build() -> None:
    """An office, its units, a joint plan and a plan of each unit; rows are written in bulk, not by moves."""
    from giaoban.programmes.homes import bring_up

    bring_up()
    office, *units = _units()
    here = _agreement(office, units)
    _tasks(here, units)
    _activities(here, units)


def _units() -> list[Any]:
    """The office, then the units below it."""
    from giaoban.units.actions import rebuild_ancestry
    from giaoban.units.models import Parent, Unit, UnitVersion

    every = Unit.objects.bulk_create(
        Unit(uid=f"U{n}", code=f"U{n}", name=f"Đơn vị {n}", level=int(n > 0), valid_from=SINCE)
        for n in range(UNITS + 1)
    )
    UnitVersion.objects.bulk_create(
        UnitVersion(unit=u, code=u.code, name=u.name, level=u.level, valid_from=SINCE) for u in every
    )
    Parent.objects.bulk_create(Parent(unit=u, parent=every[0], valid_from=SINCE) for u in every[1:])
    rebuild_ancestry()
    return every


def _agreement(office: Any, units: list[Any]) -> Any:
    """The agreement with its three people."""
    from giaoban.accounts.models import User
    from giaoban.agreements.models import Agreement, Membership

    here = Agreement.objects.create(
        code="lon", titles={"vi": "Quy chế"}, lead=office, parties="level:1", starts_on=SINCE
    )
    for role, place in (("coordinator", office), ("verifier", office), ("reporter", units[0])):
        person = User.objects.create_user(f"{role}@example.vn", None, name=role)
        Membership.objects.create(user=person, agreement=here, unit=place, role=role, valid_from=SINCE)
    return here


def _tasks(here: Any, units: list[Any]) -> None:
    """One in four stands in the joint plan, the others in the plans of units; each is supported by the next unit."""
    from giaoban.plans.models import Group, Plan, Task

    groups = [Group.objects.create(agreement=here, titles={"vi": f"Nhóm {n}"}, position=n) for n in range(6)]
    joint, *plans = Plan.objects.bulk_create(
        Plan(agreement=here, year=2026, unit=unit, titles={"vi": "Kế hoạch"}, state="issued")
        for unit in (None, *units)
    )
    states = ("given", "progress", "done", "closed")
    tasks = Task.objects.bulk_create(
        (
            Task(
                agreement=here, plan=joint if n % 4 == 0 else plans[n % UNITS], number=n + 1, group=groups[n % 6],
                titles={"vi": f"Việc {n} phối hợp kiểm tra và báo cáo"},
                folded=f"viec {n} phoi hop kiem tra va bao cao", state=states[n // 7 % 4], given_on=SINCE,
                lead=units[n % UNITS], due_on=SINCE + timedelta(days=n * 13 % 365),
                done_on=SINCE + timedelta(days=n * 13 % 365) if n // 7 % 4 > 1 else None,
            )
            for n in range(TASKS)
        ),
        batch_size=1000,
    )  # fmt: skip
    through = Task.support.through
    through.objects.bulk_create(
        (through(task=task, unit=units[(n + 1) % UNITS]) for n, task in enumerate(tasks)), batch_size=5000
    )


def _activities(here: Any, units: list[Any]) -> None:
    from giaoban.plans.models import Activity

    Activity.objects.bulk_create(
        Activity(
            agreement=here, unit=units[n % UNITS], kind="training", title=f"Hoạt động {n}",
            held_on=SINCE + timedelta(days=n % 300),
        )
        for n in range(ACTIVITIES)
    )  # fmt: skip


def read(runs: int) -> list[dict[str, Any]]:
    """One row for each list and person; see benchmarks.pages."""
    from django.test import Client

    from giaoban.accounts.models import User

    rows = []
    for role in ("coordinator", "verifier", "reporter"):
        client = Client()
        client.force_login(User.objects.get(email=f"{role}@example.vn"))
        rows += [{"role": role, **_measured(client, f"/a/lon/{path}", runs)} for path in LISTS]
    return rows

"""A conference of 300 units and 900 delegates: invitations, lists, badges; queries, seconds and milliseconds."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import homes
from benchmarks.pages import _measured
from benchmarks.results import keep

UNITS, SEATS = 300, 3
LISTS = (
    "delegations/",
    "delegates/",
    "delegates/?q=dai+bieu+77",
    "check-in/",
    "check-in/people/",
    "check-in/sheet/",
    "conclusions/",
)
PREPARED = datetime(2026, 1, 5, 2, tzinfo=UTC)
BEGINS = datetime(2030, 1, 14, 1, tzinfo=UTC)


def run(place: Path, sizes: list[str], quick: bool) -> None:
    """Invite through the product's actions, in a home of its own; then read the lists as three people."""
    home = place / "meetings"
    shutil.rmtree(home, ignore_errors=True)
    steps = homes.inside(home, "benchmarks.meetings:build")
    rows = homes.inside(home, "benchmarks.meetings:read", runs=1 if quick else 5)
    keep("meetings", "300", {"steps": steps, "rows": rows})


def build() -> list[dict[str, Any]]:
    """The conference from its first draft to its printed badges; each step with its time."""
    from benchmarks.tasks import _agreement, _units
    from giaoban.programmes.homes import bring_up

    bring_up()
    office, *units = _units()
    here = _agreement(office, units)
    _people(here, units)
    return _conference(here, office, units)


def _people(here: Any, units: list[Any]) -> None:
    """Each unit has a reporter, who is told and written to."""
    from datetime import date

    from giaoban.accounts.models import User
    from giaoban.agreements.models import Membership

    people = User.objects.bulk_create(
        User(email=f"u{n}@example.vn", name=f"Người {n}", password="!") for n in range(1, UNITS)
    )
    Membership.objects.bulk_create(
        Membership(user=person, agreement=here, unit=unit, role="reporter", valid_from=date(2026, 1, 1))
        for person, unit in zip(people, units[1:], strict=True)
    )


def _conference(here: Any, office: Any, units: list[Any]) -> list[dict[str, Any]]:
    from giaoban.attendance import exports
    from giaoban.attendance.queries.printing import printable
    from giaoban.core.actors import System
    from giaoban.meetings import actions
    from giaoban.meetings.actions import attending

    given: dict[str, Any] = {"by": System("benchmark"), "at": PREPARED}
    details = {
        "titles": {"vi": "Hội nghị tổng kết"}, "kind": "review", "starts_at": BEGINS,
        "ends_at": BEGINS + timedelta(hours=8), "venue": "Hội trường", "purpose": "Tổng kết năm",
    }  # fmt: skip
    meeting = actions.make_meeting(agreement=here, organisers=[office], details=details, **given)
    meeting = actions.move_meeting(meeting=meeting, name="announce", **given)
    addresses = {unit.code: f"office.{unit.code}@example.vn" for unit in units}
    told = [
        _timed("300 units asked, prepared", lambda: actions.invite(
            meeting=meeting, units=units, seats=SEATS, addresses=addresses, **given
        )),
        _timed("300 invitations made and queued", lambda: actions.send_invitations(meeting=meeting, **given)),
    ]  # fmt: skip
    _delegates(meeting)
    hours = {
        "opens_at": BEGINS - timedelta(hours=2),
        "closes_at": BEGINS + timedelta(hours=9),
        "late_after": BEGINS,
    }
    register = attending.open_check_in(meeting=meeting, **hours, **given)
    everybody = printable(register)
    told.append(_timed("900 badges as PDF", lambda: exports.file_of("badges", register, everybody)))
    told.append(
        _timed(
            "list of 900 in protocol order as PDF", lambda: exports.file_of("protocol", register, everybody)
        )
    )
    return told


def _delegates(meeting: Any) -> None:
    """Three of each unit, written in bulk."""
    from giaoban.meetings.models import Delegate

    rows = meeting.invitations.select_related("unit")
    Delegate.objects.bulk_create(
        (
            Delegate(
                invitation=row, code=f"C{row.pk}-{n}", name=f"Đại biểu {row.position} số {n}", title="Cán bộ",
                state="seated", position=n, named_at=PREPARED, phone="0900", email=f"{n}.{row.pk}@example.vn",
            )
            for row in rows
            for n in range(1, SEATS + 1)
        ),
        batch_size=500,
    )  # fmt: skip


def _timed(what: str, act: Callable[[], Any]) -> dict[str, Any]:
    began, used = time.perf_counter(), time.process_time()
    act()
    return {"what": what, "s": time.perf_counter() - began, "cpu_s": time.process_time() - used}


def read(runs: int) -> list[dict[str, Any]]:
    """One row for each list and person; see benchmarks.pages."""
    from django.test import Client

    from giaoban.accounts.models import User
    from giaoban.meetings.models import Meeting

    meeting = Meeting.objects.get()
    rows = []
    for role in ("coordinator", "reporter"):
        client = Client()
        client.force_login(User.objects.get(email=f"{role}@example.vn"))
        mine = [path for path in LISTS if role == "coordinator" or not path.startswith("check-in")]
        rows += [
            {"role": role, **_measured(client, f"{meeting.get_absolute_url()}{path}", runs)} for path in mine
        ]
    return rows

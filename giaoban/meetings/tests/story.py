"""What the tests of meetings share: a conference of January, three months after it is prepared."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.test import Client

from giaoban.meetings import actions
from giaoban.meetings.models import Invitation, Meeting
from giaoban.reports.tests.world import World

#: Prepared, announced, held (UTC).
PREPARED = datetime(2020, 11, 2, 2, tzinfo=UTC)
ANNOUNCED = datetime(2020, 12, 1, 2, tzinfo=UTC)
BEGINS = datetime(2021, 1, 14, 1, tzinfo=UTC)
ENDS = datetime(2021, 1, 14, 9, tzinfo=UTC)


def details(**fields: Any) -> dict[str, Any]:
    titles = {"vi": "Hội nghị tổng kết năm 2020", "en": "Review conference 2020"}
    return {
        "titles": titles,
        "kind": "review",
        "starts_at": BEGINS,
        "ends_at": ENDS,
        "venue": "Hội trường A",
    } | fields


def prepared(world: World, **fields: Any) -> Meeting:
    """A conference in draft, prepared by Kim."""
    return actions.make_meeting(
        agreement=world.agreement, organisers=[world.office], details=details(**fields),
        by=world.by("kim", PREPARED), at=PREPARED,
    )  # fmt: skip


def announced(world: World, **fields: Any) -> Meeting:
    """The same, announced."""
    return actions.move_meeting(
        meeting=prepared(world, **fields), name="announce", by=world.by("kim", ANNOUNCED), at=ANNOUNCED
    )


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name])
    return client


def invited(world: World, meeting: Meeting, seats: int = 2, reserve: int = 0) -> list[Invitation]:
    """Cần Thơ and An Giang, their invitations sent."""
    given = {"meeting": meeting, "by": world.by("kim", ANNOUNCED), "at": ANNOUNCED}
    actions.invite(units=[world.ct, world.ag], seats=seats, reserve=reserve, **given)
    return actions.send_invitations(**given)

"""What the tests of the hall share: a conference in session with an agenda, papers, minutes, conclusions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from giaoban.meetings import actions as meetings
from giaoban.meetings.actions import agenda, conclusions, minutes, papers
from giaoban.meetings.models import AgendaItem, Conclusion, Meeting, MeetingPaper, Minutes
from giaoban.meetings.tests.story import ANNOUNCED, announced
from giaoban.reports.tests.world import World

#: In the hall, and the days after (UTC).
IN_SESSION = datetime(2021, 1, 14, 3, tzinfo=UTC)
AFTER = datetime(2021, 1, 15, 2, tzinfo=UTC)
PDF = b"%PDF-1.7\n%sample"


def in_session(world: World, **fields: Any) -> Meeting:
    """The conference of January, under way."""
    meeting = announced(world, **fields)
    for role, name, unit in (("chair", "Trần An", world.office), ("secretary", "Lê Bình", world.office)):
        meetings.add_officer(
            meeting=meeting, role=role, name=name, title="", unit=unit, by=world.by("kim", ANNOUNCED), at=ANNOUNCED
        )  # fmt: skip
    by = world.by("kim", IN_SESSION)
    return meetings.move_meeting(meeting=meeting, name="open", by=by, at=IN_SESSION)


def item(world: World, meeting: Meeting, title: str = "Thảo luận", **fields: Any) -> AgendaItem:
    by = world.by("kim", ANNOUNCED)
    return agenda.add_item(meeting=meeting, titles={"vi": title}, by=by, at=ANNOUNCED, **fields)


def file(name: str = "tham-luan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def paper(world: World, meeting: Meeting, title: str = "Bài phát biểu riêng", **fields: Any) -> MeetingPaper:
    by = world.by("kim", ANNOUNCED)
    given = {"file": file()} | fields
    return papers.bring_paper(meeting=meeting, titles={"vi": title}, by=by, at=ANNOUNCED, **given)


def written(world: World, meeting: Meeting, **texts: str) -> tuple[Minutes, AgendaItem]:
    """Minutes with words under one item."""
    under = item(world, meeting)
    by = world.by("kim", IN_SESSION)
    begun = minutes.begin_minutes(meeting=meeting, by=by, at=IN_SESSION)
    minutes.save_entry(
        minutes=begun, item=under, text="Các đại biểu thống nhất báo cáo.", edition=0, by=by, at=IN_SESSION
    )
    return begun, under


def concluded(
    world: World, meeting: Meeting, text: str = "Diễn tập trước mùa lũ", **fields: Any
) -> Conclusion:
    """A conclusion led by Cần Thơ, supported by An Giang, accepted by the chair."""
    given = {"lead": world.ct, "support": [world.ag], "due_on": date(2021, 4, 30)} | fields
    by = world.by("kim", IN_SESSION)
    made = conclusions.conclude(meeting=meeting, texts={"vi": text}, by=by, at=IN_SESSION, **given)
    return conclusions.accept(conclusion=made, by=world.by("chi", IN_SESSION), at=IN_SESSION)


def let_go(answer: Any) -> None:
    """Close the file of a download, and not the database with it."""
    for close in answer._resource_closers:
        close()

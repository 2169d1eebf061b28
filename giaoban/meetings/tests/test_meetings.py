"""A meeting is prepared, announced, changed, held, closed, or called off."""

from datetime import timedelta

import pytest

from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.meetings import actions
from giaoban.meetings.models import State
from giaoban.meetings.tests.story import ANNOUNCED, BEGINS, ENDS, PREPARED, announced, details, prepared
from giaoban.reports.tests.world import World


def verbs(meeting) -> list[str]:
    rows = AuditRow.objects.filter(subject=f"meetings.meeting:{meeting.pk}").order_by("number")
    return list(rows.values_list("verb", flat=True))


@pytest.mark.requirement(41)
def test_a_meeting_goes_from_draft_to_a_closed_file(world: World) -> None:
    meeting = prepared(world, mode="mixed", host=world.ct)
    assert meeting.state == State.DRAFT and meeting.host == world.ct
    for name, state in (("announce", "announced"), ("open", "open"), ("end", "held"), ("close", "closed")):
        meeting = actions.move_meeting(
            meeting=meeting, name=name, by=world.by("kim", ANNOUNCED), at=ANNOUNCED
        )
        assert meeting.state == state
    with pytest.raises(Refused, match="nothing changes any more"):
        actions.edit_meeting(
            meeting=meeting,
            organisers=[world.office],
            details=details(venue="Khác"),
            by=world.by("kim"),
            at=ENDS,
        )
    assert verbs(meeting) == ["make meeting", "announce", "open", "end", "close"]


def test_only_the_coordinator_prepares(world: World) -> None:
    for name in ("lan", "hoa", "chi", "nga"):
        with pytest.raises(Refused):
            actions.make_meeting(
                agreement=world.agreement,
                organisers=[world.office],
                details=details(),
                by=world.by(name),
                at=PREPARED,
            )
        with pytest.raises(Refused):
            actions.move_meeting(meeting=prepared(world), name="announce", by=world.by(name), at=ANNOUNCED)


def test_what_cannot_be_is_refused_with_a_sentence(world: World) -> None:
    for fields, organisers, sentence in (
        ({"ends_at": BEGINS}, [world.office], "must end after it begins"),
        ({"answer_by": ENDS}, [world.office], "before the meeting begins"),
        ({}, [], "at least one organiser"),
    ):
        with pytest.raises(Refused, match=sentence):
            actions.make_meeting(
                agreement=world.agreement,
                organisers=organisers,
                details=details(**fields),
                by=world.by("kim"),
                at=PREPARED,
            )
    late = BEGINS + timedelta(days=1)
    with pytest.raises(Refused, match="in the past"):
        actions.move_meeting(meeting=prepared(world), name="announce", by=world.by("kim", late), at=late)


def test_a_change_of_time_or_place_is_news_for_calendars_and_other_changes_are_not(world: World) -> None:
    meeting = announced(world)
    given = {
        "meeting": meeting,
        "organisers": [world.office],
        "by": world.by("kim", ANNOUNCED),
        "at": ANNOUNCED,
    }
    meeting = actions.edit_meeting(details=details(transport="Xe đón tại cổng"), **given)
    assert meeting.sequence == 0
    meeting = actions.edit_meeting(details=details(venue="Hội trường B"), **given)
    assert meeting.sequence == 1
    meeting = actions.move_meeting(
        meeting=meeting, name="cancel", reason="Lũ lớn", by=given["by"], at=ANNOUNCED
    )
    assert (meeting.state, meeting.sequence) == (State.CANCELLED, 2)


def test_calling_off_asks_for_a_reason(world: World) -> None:
    with pytest.raises(Refused, match="reason"):
        actions.move_meeting(meeting=announced(world), name="cancel", by=world.by("kim"), at=ANNOUNCED)


@pytest.mark.requirement(42)
def test_several_chairs_stand_in_protocol_order(world: World) -> None:
    meeting = prepared(world)
    given = {"meeting": meeting, "by": world.by("kim", PREPARED), "at": PREPARED}
    second = actions.add_officer(role="chair", name="Bình", title="Phó Chủ tịch", unit=world.ct, **given)
    actions.add_officer(role="chair", name="Cường", title="Giám đốc", unit=world.ag, **given)
    first = actions.add_officer(
        role="chair", name="An", title="Trưởng ban", unit=world.office, position=1, **given
    )
    actions.add_officer(role="secretary", name="Dung", title="", unit=world.office, **given)
    actions.edit_officer(officer=second, position=3, by=given["by"], at=PREPARED)
    assert [o.name for o in meeting.officers.all()] == ["An", "Cường", "Bình", "Dung"]
    actions.remove_officer(officer=first, by=given["by"], at=PREPARED)
    assert [o.name for o in meeting.officers.all()] == ["Cường", "Bình", "Dung"]

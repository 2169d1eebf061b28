"""Minutes: written with autosave, decided, answered, adopted, signed."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from giaoban.agreements.models import Filing
from giaoban.core.refused import Refused
from giaoban.lib.paper import check
from giaoban.meetings.actions import adopting, attending, conclusions, minutes
from giaoban.meetings.models import AnswerState, Entry, MinutesState
from giaoban.meetings.queries import minutes as reading
from giaoban.meetings.tests.hall import AFTER, IN_SESSION, concluded, in_session, item, let_go, written
from giaoban.meetings.tests.story import PREPARED, prepared, signed_in
from giaoban.reports.tests.world import World

BY_FRIDAY = date(2021, 1, 22)


def with_delegations(world: World):
    """Minutes that were sent to the delegations."""
    begun, under = written(world, in_session(world))
    sent = adopting.circulate(minutes=begun, answer_by=BY_FRIDAY, by=world.by("kim", AFTER), at=AFTER)
    return sent, under


def agree(world: World, sent, name: str, unit) -> None:
    adopting.answer(minutes=sent, unit=unit, agrees=True, by=world.by(name, AFTER), at=AFTER)


@pytest.mark.requirement(48)
def test_the_second_writer_is_told_and_nothing_is_overwritten(world: World) -> None:
    begun, under = written(world, in_session(world))
    by = world.by("kim", IN_SESSION)
    saved = minutes.save_entry(
        minutes=begun, item=under, text="Lời thứ nhất", edition=1, by=by, at=IN_SESSION
    )
    assert saved.edition == 2
    with pytest.raises(Refused, match="Somebody else has written here") as told:
        minutes.save_entry(minutes=begun, item=under, text="Lời thứ hai", edition=1, by=by, at=IN_SESSION)
    assert told.value.details["edition"] == 2
    assert Entry.objects.get(item=under).text == "Lời thứ nhất"


@pytest.mark.requirement(48)
def test_autosave_keeps_one_box_and_answers_a_conflict_with_409(world: World) -> None:
    begun, under = written(world, in_session(world))
    client = signed_in(world, "kim")
    where = reverse("meetings:autosave-minutes", args=[world.agreement.code, begun.meeting_id, under.pk])
    first = client.post(where, {f"text-{under.pk}": "Đã gõ", f"edition-{under.pk}": "1"})
    assert (first.status_code, first.json()["edition"]) == (200, 2)
    stale = client.post(where, {f"text-{under.pk}": "Người khác", f"edition-{under.pk}": "1"})
    assert stale.status_code == 409 and stale.json()["conflict"]
    for nonsense in ("", "-1", "x", "9" * 30):
        assert (
            client.post(where, {f"text-{under.pk}": "?", f"edition-{under.pk}": nonsense}).status_code == 409
        )
    assert Entry.objects.get(item=under).text == "Đã gõ"
    whole = reverse("meetings:write-minutes", args=[world.agreement.code, begun.meeting_id])
    page = client.post(whole, {f"text-{under.pk}": "Lời của tôi", f"edition-{under.pk}": "1"})
    assert page.status_code == 409 and "Lời của tôi" in page.content.decode()


@pytest.mark.requirement(48)
def test_decisions_are_by_consensus_or_by_counted_vote_never_by_name(world: World) -> None:
    begun, under = written(world, in_session(world))
    given = {"minutes": begun, "item": under, "by": world.by("kim", IN_SESSION), "at": IN_SESSION}
    agreed = minutes.add_decision(text="Thông qua báo cáo", **given)
    voted = minutes.add_decision(
        text="Chọn Cần Thơ đăng cai", way="vote", votes_for=11, votes_against=1, **given
    )
    assert (agreed.votes_for, voted.abstentions) == (None, 0)
    with pytest.raises(Refused, match="counts of the vote"):
        minutes.add_decision(text="Không đếm", way="vote", **given)
    with pytest.raises(Refused, match="what was decided"):
        minutes.add_decision(text=" ", **given)
    changed = minutes.change_decision(decision=voted, way="consensus", by=given["by"], at=IN_SESSION)
    assert changed.votes_for is None
    columns = {f.name for f in voted._meta.fields}
    assert columns == {"id", "minutes", "item", "text", "way", "votes_for", "votes_against", "abstentions"}


@pytest.mark.requirement(48)
def test_the_round_asks_the_delegations_until_all_agree(world: World) -> None:
    sent, under = with_delegations(world)
    asked = adopting.answer(
        minutes=sent, unit=world.ct, agrees=False, text="Ghi rõ thời hạn", item=under,
        by=world.by("lan", AFTER), at=AFTER,
    )  # fmt: skip
    agree(world, sent, "minh", world.ag)
    with pytest.raises(Refused, match="whether it is taken up"):
        adopting.adopt(minutes=sent, by=world.by("kim", AFTER), at=AFTER)
    adopting.take_up(answer=asked, by=world.by("kim", AFTER), at=AFTER)
    with pytest.raises(Refused, match="take the minutes back"):
        adopting.adopt(minutes=sent, by=world.by("kim", AFTER), at=AFTER)
    back = adopting.revise(minutes=sent, reason="Ghi thời hạn", by=world.by("kim", AFTER), at=AFTER)
    minutes.save_entry(
        minutes=back, item=under, text="Thời hạn 30/4.", edition=1, by=world.by("kim", AFTER), at=AFTER
    )
    again = adopting.circulate(minutes=back, answer_by=BY_FRIDAY, by=world.by("kim", AFTER), at=AFTER)
    with pytest.raises(Refused, match="have not answered"):
        adopting.adopt(minutes=again, by=world.by("kim", AFTER), at=AFTER)
    agree(world, again, "lan", world.ct)
    agree(world, again, "minh", world.ag)
    agree(world, again, "hoa", world.office)
    adopted = adopting.adopt(minutes=again, by=world.by("kim", AFTER), at=AFTER)
    assert adopted.state == MinutesState.ADOPTED and adopted.round == 2


def test_after_the_last_day_silence_agrees_and_answers_come_too_late(world: World) -> None:
    sent, _under = with_delegations(world)
    last = AFTER.replace(day=22, hour=16)  # 23:00 in Viet Nam
    late = AFTER.replace(day=22, hour=17)  # midnight there
    adopting.answer(minutes=sent, unit=world.ct, agrees=True, by=world.by("lan", last), at=last)
    with pytest.raises(Refused, match="last day for answers has passed"):
        adopting.answer(minutes=sent, unit=world.ag, agrees=True, by=world.by("minh", late), at=late)
    with pytest.raises(Refused, match="have not answered"):
        adopting.adopt(minutes=sent, by=world.by("kim", last), at=last)
    assert adopting.adopt(minutes=sent, by=world.by("kim", late), at=late).state == MinutesState.ADOPTED


def test_a_delegation_answers_for_itself_and_may_think_again(world: World) -> None:
    sent, _under = with_delegations(world)
    with pytest.raises(Refused, match="do not answer for this unit"):
        adopting.answer(minutes=sent, unit=world.ag, agrees=True, by=world.by("lan", AFTER), at=AFTER)
    with pytest.raises(Refused, match="do not answer for this unit"):
        adopting.answer(minutes=sent, unit=world.ct, agrees=True, by=world.by("nga", AFTER), at=AFTER)
    with pytest.raises(Refused, match="what should be changed"):
        adopting.answer(minutes=sent, unit=world.ct, agrees=False, by=world.by("lan", AFTER), at=AFTER)
    agree(world, sent, "lan", world.ct)
    again = adopting.answer(
        minutes=sent, unit=world.ct, agrees=False, text="Sửa", by=world.by("lan", AFTER), at=AFTER
    )  # fmt: skip
    assert again.state == AnswerState.ASKED and sent.answers.count() == 1
    declined = adopting.decline(answer=again, reason="Đã có ở mục 2", by=world.by("kim", AFTER), at=AFTER)
    assert (declined.state, declined.reply) == (AnswerState.DECLINED, "Đã có ở mục 2")


@pytest.mark.requirement(48)
def test_signed_minutes_are_frozen_numbered_and_registered(world: World, tmp_path) -> None:
    world.agreement.settings = {"review": {"place": "Cần Thơ"}}
    world.agreement.save()
    sent, under = with_delegations(world)
    concluded(world, sent.meeting)
    for name, unit in (("lan", world.ct), ("minh", world.ag), ("hoa", world.office)):
        agree(world, sent, name, unit)
    adopted = adopting.adopt(minutes=sent, by=world.by("kim", AFTER), at=AFTER)
    given = {"number": " 02/BB-VPV ", "signed_on": date(2021, 1, 20), "at": AFTER}
    with pytest.raises(Refused):
        adopting.sign(minutes=adopted, by=world.by("kim", AFTER), **given)
    with pytest.raises(Refused, match="after the meeting has begun"):
        adopting.sign(minutes=adopted, by=world.by("chi", AFTER), **given | {"signed_on": date(2020, 1, 1)})
    signed = adopting.sign(minutes=adopted, by=world.by("chi", AFTER), **given)
    assert (signed.state, signed.number) == (MinutesState.SIGNED, "02/BB-VPV")
    kept = signed.meeting.signed_files.get(format="docx").document
    with kept.file.open("rb") as stored:
        content = stored.read()
    wrong = [f for f in check.layout(content) if not f.ok]
    assert wrong == []
    filed = Filing.objects.get(agreement=world.agreement)
    assert (filed.paper.type, filed.paper.number, filed.paper.document) == ("minutes", "02/BB-VPV", kept)
    with pytest.raises(Refused, match="do not change now"):
        minutes.save_entry(
            minutes=signed, item=under, text="Sửa", edition=1, by=world.by("kim", AFTER), at=AFTER
        )
    answer = signed_in(world, "lan").get(
        reverse("meetings:minutes-file", args=[world.agreement.code, signed.meeting_id, "docx"])
    )
    assert answer.getvalue() == content
    let_go(answer)


def test_minutes_begin_once_a_meeting_is_announced(world: World) -> None:
    with pytest.raises(Refused, match="of a meeting that was announced"):
        minutes.begin_minutes(meeting=prepared(world), by=world.by("kim", PREPARED), at=PREPARED)
    meeting = in_session(world)
    for name in ("lan", "chi", "nga"):
        with pytest.raises(Refused):
            minutes.begin_minutes(meeting=meeting, by=world.by(name), at=IN_SESSION)
    one = minutes.begin_minutes(meeting=meeting, by=world.by("kim"), at=IN_SESSION)
    assert minutes.begin_minutes(meeting=meeting, by=world.by("kim"), at=IN_SESSION) == one


def test_an_item_of_another_meeting_is_refused(world: World) -> None:
    begun, _under = written(world, in_session(world))
    elsewhere = item(world, prepared(world))
    with pytest.raises(Refused, match="no longer on the agenda"):
        minutes.save_entry(
            minutes=begun, item=elsewhere, text="x", edition=0, by=world.by("kim"), at=IN_SESSION
        )
    assert not conclusions.Conclusion.objects.exists()
    assert [p.text for p in reading.passages(begun)] == ["Các đại biểu thống nhất báo cáo."]


@pytest.mark.requirement(45, 48)
def test_attendance_is_filled_in_from_the_register_in_counts(world: World) -> None:
    begun, _under = written(world, in_session(world))
    given = {"minutes": begun, "by": world.by("kim", IN_SESSION), "at": IN_SESSION}
    with translation.override("en"), pytest.raises(Refused, match="Nobody is on the list"):
        minutes.fill_attendance(**given)
    hours = {"opens_at": IN_SESSION, "closes_at": AFTER, "late_after": AFTER}
    attending.open_check_in(meeting=begun.meeting, by=given["by"], at=IN_SESSION, **hours)
    (line,) = minutes.fill_attendance(**given).attendance["units"]
    assert line == {
        "unit": world.office.pk, "name": "Văn phòng vùng", "invited": 2, "present": 0, "late": 0, "replaced": 0,
        "excused": 0, "absent": 2,
    }  # fmt: skip

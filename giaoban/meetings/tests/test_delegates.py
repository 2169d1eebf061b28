"""Units are invited with seats; they name delegates, replace them, decline; who waits moves up."""

from datetime import datetime, timedelta

import pytest

from giaoban.core import printed
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.documents.models import Paper
from giaoban.lib import itip
from giaoban.meetings import actions
from giaoban.meetings.actions import Person, keeping
from giaoban.meetings.calendars import uid_of
from giaoban.meetings.letters import Letter
from giaoban.meetings.models import Delegate, Invitation, Meeting
from giaoban.meetings.queries import protocol_list
from giaoban.meetings.tests.story import ANNOUNCED, BEGINS, announced, details, invited
from giaoban.notices.models import Mail, Notice
from giaoban.reports.tests.world import World

LATER = ANNOUNCED + timedelta(hours=1)


def named(
    world: World, invitation: Invitation, name: str, by: str, at: datetime = LATER, **fields
) -> Delegate:
    person = Person(name=name, **fields)
    return actions.name_delegate(invitation=invitation, person=person, by=world.by(by, at), at=at)


def states(meeting: Meeting) -> dict[str, str]:
    return dict(Delegate.objects.filter(invitation__meeting=meeting).values_list("name", "state"))


@pytest.mark.requirement(43)
def test_a_unit_fills_its_seats_then_its_reserve_and_no_more(world: World) -> None:
    ct, _ag = invited(world, announced(world), seats=1, reserve=1)
    assert named(world, ct, "An", "lan").state == "seated"
    ct.refresh_from_db()
    assert ct.state == "accepted" and ct.answered_at == LATER
    assert named(world, ct, "Bình", "lan").state == "waiting"
    with pytest.raises(Refused, match="may name 2 delegates"):
        named(world, ct, "Cường", "lan")
    assert states(ct.meeting) == {"An": "seated", "Bình": "waiting"}


def test_another_units_reporter_names_nobody_here(world: World) -> None:
    ct, _ag = invited(world, announced(world))
    for name in ("minh", "hoa", "nga", "chi"):
        with pytest.raises(Refused, match="may not answer"):
            named(world, ct, "An", name)
    assert not Delegate.objects.exists()


def test_seats_given_back_go_to_those_who_wait_in_the_order_they_were_named(world: World) -> None:
    ct, ag = invited(world, announced(world), seats=1, reserve=2)
    for n, name in enumerate(("An", "Bình", "Cường")):
        named(world, ct, name, "lan", LATER + timedelta(minutes=n))
    at = LATER + timedelta(hours=1)
    actions.decline(invitation=ag, reason="Trùng lịch bão", by=world.by("minh", at), at=at)
    assert states(ct.meeting) == {"An": "seated", "Bình": "seated", "Cường": "waiting"}
    up = Delegate.objects.get(name="Bình")
    assert up.promoted_at == at
    trail = AuditRow.objects.get(subject=f"meetings.delegate:{up.pk}", verb="seat")
    assert trail.actor == "system:waiting list" and trail.at == at
    first = Delegate.objects.get(name="An")
    actions.decline_delegate(delegate=first, reason="Ốm", by=world.by("lan", at), at=at)
    assert states(ct.meeting) == {"An": "declined", "Bình": "seated", "Cường": "seated"}


def test_the_quota_of_a_level_and_the_hall_hold_for_all(world: World) -> None:
    meeting = announced(world, capacity=3)
    ct, ag = invited(world, meeting, seats=2, reserve=0)
    kim = {"by": world.by("kim", LATER), "at": LATER}
    actions.set_quotas(meeting=meeting, quotas={2: 2}, **kim)
    assert [named(world, ct, n, "lan").state for n in ("An", "Bình")] == ["seated", "seated"]
    assert named(world, ag, "Cường", "minh").state == "waiting"
    actions.set_quotas(meeting=meeting, quotas={2: None}, **kim)
    assert states(meeting)["Cường"] == "seated"
    assert named(world, ag, "Dung", "minh").state == "waiting"
    given = details(capacity=4)
    actions.edit_meeting(meeting=meeting, organisers=[world.office], details=given, **kim)
    assert states(meeting)["Dung"] == "seated"
    with pytest.raises(Refused, match="named already"):
        actions.edit_invitation(invitation=ct, seats=1, **kim)


def test_a_replacement_keeps_the_seat_and_both_stay_on_record(world: World) -> None:
    ct, _ag = invited(world, announced(world), seats=1)
    old = named(world, ct, "An", "lan", email="an@ct.example")
    actions.confirm(delegate=old, by=world.by("lan", LATER), at=LATER)
    new = actions.replace(
        delegate=old, person=Person("Bình", email="binh@ct.example"), reason="Đi công tác",
        by=world.by("lan", LATER), at=LATER,
    )  # fmt: skip
    assert states(ct.meeting) == {"An": "replaced", "Bình": "seated"}
    assert (new.replaces, new.position) == (old, old.position)
    assert [d.name for d in protocol_list(ct.meeting)] == ["Bình"]
    sent = {(m.address, m.calendar_method): m.calendar for m in Mail.objects.exclude(calendar="")}
    assert set(sent) == {
        ("an@ct.example", "REQUEST"),
        ("an@ct.example", "CANCEL"),
        ("binh@ct.example", "REQUEST"),
    }
    unfolded = sent[("binh@ct.example", "REQUEST")].replace("\r\n ", "")
    assert 'DELEGATED-FROM="mailto:an@ct.example"' in unfolded
    with pytest.raises(Refused, match="replaced already"):
        actions.replace(delegate=old, person=Person("Cường"), by=world.by("lan", LATER), at=LATER)


def test_where_the_secretariat_agrees_nobody_sits_before_it_does(world: World) -> None:
    ct, _ag = invited(world, announced(world, moderated=True), seats=1, reserve=1)
    first, second = named(world, ct, "An", "lan"), named(world, ct, "Bình", "lan")
    assert {first.state, second.state} == {"asked"}
    with pytest.raises(Refused, match="may not"):
        actions.agree(delegate=first, by=world.by("lan", LATER), at=LATER)
    kim = {"by": world.by("kim", LATER), "at": LATER}
    assert actions.agree(delegate=second, **kim).state == "seated"
    assert actions.agree(delegate=first, **kim).state == "waiting"
    actions.refuse(delegate=second, reason="Không đúng thành phần", **kim)
    assert states(ct.meeting) == {"An": "seated", "Bình": "refused"}
    second.refresh_from_db()
    assert actions.reconsider(delegate=second, **kim).state == "asked"


def test_an_invitation_taken_back_can_go_out_again(world: World) -> None:
    ct, _ag = invited(world, announced(world))
    named(world, ct, "An", "lan", email="an@ct.example")
    kim = {"by": world.by("kim", LATER), "at": LATER}
    ct = actions.withdraw(invitation=ct, reason="Đổi thành phần", **kim)
    assert states(ct.meeting) == {"An": "declined"}
    with pytest.raises(Refused, match="not open to answers"):
        named(world, ct, "Bình", "lan")
    actions.prepare_again(invitation=ct, **kim)
    assert [i.unit.code for i in actions.send_invitations(meeting=ct.meeting, **kim)] == ["92"]
    assert named(world, ct, "Bình", "lan").state == "seated"


def test_after_the_beginning_only_the_secretariat_names_people(world: World) -> None:
    ct, _ag = invited(world, announced(world))
    late = BEGINS + timedelta(minutes=5)
    with pytest.raises(Refused, match="has begun"):
        named(world, ct, "An", "lan", late)
    assert named(world, ct, "An", "kim", late).state == "seated"


@pytest.mark.requirement(44)
def test_sending_gives_every_unit_its_letter_and_the_register_its_paper(world: World) -> None:
    meeting = announced(world)
    kim = {"by": world.by("kim", LATER), "at": LATER}
    ct, ag = actions.invite(
        meeting=meeting, units=[world.ct, world.ag], seats=2, addresses={"92": "ct@vp.example"}, **kim
    )
    letter = Letter(number="12/GM-VPV", place="Cần Thơ", dated=LATER.date(), signer="Nguyễn Văn A")
    actions.set_letter(meeting=meeting, letter=letter, **kim)
    sent = actions.send_invitations(meeting=meeting, **kim)
    assert [i.state for i in sent] == ["sent", "sent"] and sent[0].sent_at == LATER
    paper = Paper.objects.get()
    assert (paper.number, paper.type, paper.direction) == ("12/GM-VPV", "invitation", "out")
    to = {
        (m.address, m.attachments[0]["name"])
        for m in Mail.objects.filter(about=f"meetings.invitation:{ct.pk}")
    }
    assert to >= {
        ("ct@vp.example", "giay-moi-92-can-tho.docx"),
        ("lan@example.vn", "giay-moi-92-can-tho.docx"),
    }
    assert set(Notice.objects.values_list("person__name", flat=True)) == {"lan", "minh"}
    with pytest.raises(Refused, match="No invitation is waiting"):
        actions.send_invitations(meeting=meeting, **kim)
    with pytest.raises(Refused, match="in the register"):
        actions.set_letter(meeting=meeting, letter=Letter(number="13/GM-VPV"), **kim)


def test_nothing_goes_out_before_the_meeting_is_announced(world: World) -> None:
    from giaoban.meetings.tests.story import prepared

    meeting, kim = prepared(world), {"by": world.by("kim", LATER), "at": LATER}
    actions.invite(meeting=meeting, units=[world.ct], seats=1, **kim)
    with pytest.raises(Refused, match="Announce the meeting first"):
        actions.send_invitations(meeting=meeting, **kim)


def answer(
    meeting: Meeting, address: str, said: str, sequence: int = 0, minutes: int = 0, **fields
) -> itip.Reply:
    stamp = LATER + timedelta(minutes=minutes)
    return itip.Reply(
        uid=uid_of(meeting), sequence=sequence, stamp=stamp, attendee=address, answer=said, **fields
    )


def test_a_calendar_reply_changes_the_state(world: World) -> None:
    ct, _ag = invited(world, announced(world), seats=1, reserve=1)
    row = named(world, ct, "An", "lan", email="an@ct.example")
    named(world, ct, "Bình", "lan")
    lan = {"by": world.by("lan", LATER), "at": LATER}
    said = actions.take_reply(reply=answer(ct.meeting, "an@ct.example", "ACCEPTED"), **lan)
    assert said == "An will come: Review conference 2020."
    no = answer(ct.meeting, "an@ct.example", "DECLINED", minutes=5, comment="Ốm")
    actions.take_reply(reply=no, **lan)
    row.refresh_from_db()
    assert (row.state, row.reason, row.answered_at) == ("declined", "Ốm", no.stamp)
    assert states(ct.meeting)["Bình"] == "seated"


def test_a_delegating_reply_names_the_other(world: World) -> None:
    ct, _ag = invited(world, announced(world))
    named(world, ct, "An", "lan", email="an@ct.example")
    reply = answer(ct.meeting, "an@ct.example", "DELEGATED", delegated_to="binh@ct.example")
    actions.take_reply(reply=reply, by=world.by("lan", LATER), at=LATER)
    new = Delegate.objects.get(email="binh@ct.example")
    assert (new.state, new.replaces.name) == ("seated", "An")


@pytest.mark.parametrize("name", ["minh", "nga"])
def test_a_reply_for_somebody_unknown_or_of_another_unit_changes_nothing(world: World, name: str) -> None:
    ct, _ag = invited(world, announced(world))
    named(world, ct, "An", "lan", email="an@ct.example")
    for by, address in ((name, "an@ct.example"), ("lan", "khac@ct.example")):
        with pytest.raises(Refused, match="is a delegate of this meeting"):
            actions.take_reply(
                reply=answer(ct.meeting, address, "DECLINED"), by=world.by(by, LATER), at=LATER
            )
    assert states(ct.meeting) == {"An": "seated"}


def test_a_reply_to_an_earlier_version_counts_no_more(world: World) -> None:
    meeting = announced(world)
    ct, _ag = invited(world, meeting)
    named(world, ct, "An", "lan", email="an@ct.example")
    Mail.objects.all().delete()
    actions.edit_meeting(
        meeting=meeting, organisers=[world.office], details=details(venue="Hội trường B"), by=world.by("kim", LATER),
        at=LATER,
    )  # fmt: skip
    update = Mail.objects.get(address="an@ct.example")
    assert "SEQUENCE:1" in update.calendar and update.calendar_method == "REQUEST"
    stale = answer(meeting, "an@ct.example", "DECLINED", sequence=0)
    with pytest.raises(itip.ItipError):
        actions.take_reply(reply=stale, by=world.by("lan", LATER), at=LATER)
    assert states(meeting) == {"An": "seated"}


def test_calling_off_cancels_in_every_calendar_and_tells_the_units(world: World) -> None:
    meeting = announced(world)
    ct, _ag = invited(world, meeting)
    named(world, ct, "An", "lan", email="an@ct.example")
    actions.move_meeting(meeting=meeting, name="cancel", reason="Lũ lớn", by=world.by("kim", LATER), at=LATER)
    off = Mail.objects.get(address="an@ct.example", calendar_method="CANCEL")
    assert "STATUS:CANCELLED" in off.calendar and "SEQUENCE:1" in off.calendar
    told = Notice.objects.filter(about=f"meetings.meeting:{meeting.pk}")
    assert set(told.values_list("person__name", flat=True)) == {"lan", "minh"}
    assert "Lũ lớn" in told.first().sentences["vi"]


def test_who_has_named_nobody_is_reminded_once_and_then_those_above_are_told(world: World) -> None:
    until = BEGINS - timedelta(days=5)
    ct, _ag = invited(world, announced(world, answer_by=until))
    named(world, ct, "An", "lan")
    Notice.objects.all().delete()
    soon, over = until - timedelta(days=2), until + timedelta(hours=1)
    by = world.by("kim", soon)
    assert [keeping.remind(by=by, at=soon), keeping.remind(by=by, at=soon)] == [1, 0]
    assert [n.person.name for n in Notice.objects.all()] == ["minh"]
    assert [keeping.escalate(by=by, at=over), keeping.escalate(by=by, at=over)] == [1, 0]
    assert set(Notice.objects.values_list("person__name", flat=True)) == {"minh", "hoa", "kim"}


def test_an_office_whose_address_is_a_persons_gets_each_mail_once_as_the_persons(world: World) -> None:
    until = BEGINS - timedelta(days=5)
    meeting, minh = announced(world, answer_by=until), world.people["minh"]
    kim = {"by": world.by("kim", LATER), "at": LATER}
    actions.invite(meeting=meeting, units=[world.ag], seats=2, addresses={"89": "Minh@example.vn"}, **kim)
    actions.send_invitations(meeting=meeting, **kim)
    assert [(m.address, m.person) for m in Mail.objects.all()] == [(minh.email, minh)]
    Mail.objects.all().delete()
    keeping.remind(by=world.by("kim", until), at=until - timedelta(days=2))
    assert [(m.address, m.person) for m in Mail.objects.all()] == [(minh.email, minh)]


@pytest.mark.requirement(93)
def test_contacts_are_erased_when_their_time_is_over_and_the_names_stay(
    world: World, django_capture_on_commit_callbacks
) -> None:
    meeting = announced(world, keep_days=30)
    ct, _ag = invited(world, meeting)
    named(world, ct, "An", "lan", phone="0900 000 000", email="an@ct.example", lodging="1 đêm")
    by = world.by("kim", LATER)
    end = meeting.ends_at + timedelta(days=30)
    assert keeping.erase_contacts(by=by, at=end - timedelta(seconds=1)) == 0
    assert printed.once(lambda: b"first", "a list of delegates") == b"first"
    with django_capture_on_commit_callbacks(execute=True):
        assert keeping.erase_contacts(by=by, at=end) == 1
    assert printed.once(lambda: b"second", "a list of delegates") == b"second"
    row = Delegate.objects.get()
    assert (row.name, row.phone, row.email, row.lodging, row.erased_at) == ("An", "", "", "", end)
    assert keeping.erase_contacts(by=by, at=end) == 0


def test_no_contact_and_no_name_stands_in_the_trail(world: World) -> None:
    ct, _ag = invited(world, announced(world))
    row = named(world, ct, "Nguyễn Thị Ẩn", "lan", phone="0900 000 000", email="an@ct.example")
    person = Person("Nguyễn Thị Ẩn", phone="0911 111 111", email="an2@ct.example")
    actions.edit_delegate(delegate=row, person=person, by=world.by("lan", LATER), at=LATER)
    trail = str(list(AuditRow.objects.values_list("detail", "subject")))
    assert not any(told in trail for told in ("Ẩn", "0900", "0911", "@ct.example"))

"""Calendar files: two libraries read them, answers come back, versions are told apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from giaoban.lib.itip import (
    Attendee,
    Event,
    ItipError,
    Message,
    Person,
    cancel,
    publish,
    read_events,
    read_letter,
    read_reply,
    refuse_stale,
    reply,
    request,
)

VN = ZoneInfo("Asia/Ho_Chi_Minh")
AN = Attendee("an@example.vn", "Lê Thị An, trưởng đoàn")
OFFICE = Person("vpv@example.vn", "Văn phòng vùng")
SENT = datetime(2021, 1, 4, 2, tzinfo=UTC)
CONFERENCE = Event(
    uid="sample-12@giaoban.example", summary="Hội nghị tổng kết; kế hoạch phối hợp năm 2021, toàn vùng đồng bằng",
    starts=datetime(2021, 1, 14, 8, tzinfo=VN), ends=datetime(2021, 1, 14, 17, tzinfo=VN), stamp=SENT,
    organizer=OFFICE, attendees=(AN,), location="Hội trường A; 1 Hòa Bình, Cần Thơ",
    description="Thành phần:\nđại biểu 13 đoàn", url="https://giaoban.example/m/12",
    conference="https://hop.example/12", categories=("Hội nghị",), reminder=timedelta(days=1),
)  # fmt: skip


def by_icalendar(message: Message) -> icalendar.Component:
    return icalendar.Calendar.from_ical(message.text).walk("VEVENT")[0]


def by_vobject(message: Message) -> vobject.base.Component:
    return vobject.readOne(message.text.decode()).vevent


def answered(answer: str, *, to: Event = CONFERENCE, days: int = 1, **more: object) -> Message:
    return reply(to, replace(AN, answer=answer), stamp=SENT + timedelta(days=days), **more)


def test_two_libraries_read_the_same_invitation() -> None:
    message = request(CONFERENCE)
    one, other = by_icalendar(message), by_vobject(message)
    assert str(one["summary"]) == other.summary.value == CONFERENCE.summary
    assert one["dtstart"].dt == other.dtstart.value == CONFERENCE.starts
    assert one["dtend"].dt == other.dtend.value == CONFERENCE.ends
    assert str(one["attendee"]) == other.attendee.value == "mailto:an@example.vn"
    assert one["attendee"].params["CN"] == other.attendee.params["CN"][0] == AN.name
    assert (one["attendee"].params["PARTSTAT"], other.attendee.params["RSVP"]) == ("NEEDS-ACTION", ["TRUE"])
    assert other.organizer.value == "mailto:vpv@example.vn"
    assert (one["sequence"], one["status"], str(one["location"])) == (0, "CONFIRMED", CONFERENCE.location)
    assert one["conference"].params["FEATURE"] == ["AUDIO", "VIDEO"]


@pytest.mark.parametrize("write", [request, cancel, lambda e: publish([e], name="Lịch đơn vị")])
def test_lines_are_folded_at_75_octets_between_letters(write) -> None:
    text = write(CONFERENCE).text
    assert text.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in text.replace(b"\r\n", b"")
    for line in text.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_the_zone_of_viet_nam_travels_along_others_become_utc() -> None:
    text = request(CONFERENCE).text.decode()
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "TZOFFSETTO:+0700" in text
    elsewhere = replace(CONFERENCE, starts=datetime(2021, 1, 14, 8, tzinfo=ZoneInfo("Europe/Rome")))
    assert "DTSTART:20210114T070000Z" in request(elsewhere).text.decode()


def test_a_whole_day_ends_on_its_last_day() -> None:
    camp = replace(CONFERENCE, starts=date(2021, 1, 14), ends=date(2021, 1, 15), reminder=None)
    text = request(camp).text.decode()
    assert "DTEND;VALUE=DATE:20210116" in text
    assert "VTIMEZONE" not in text
    assert read_events(text.encode())[0].ends == date(2021, 1, 15)


def test_an_update_and_a_cancellation_keep_the_uid_and_raise_the_sequence() -> None:
    moved = replace(CONFERENCE, starts=datetime(2021, 1, 14, 9, tzinfo=VN), sequence=1)
    off = cancel(replace(moved, sequence=2))
    read = [by_vobject(request(CONFERENCE)), by_vobject(request(moved)), by_vobject(off)]
    assert {event.uid.value for event in read} == {CONFERENCE.uid}
    assert [event.sequence.value for event in read] == ["0", "1", "2"]
    assert (off.method, read[2].status.value) == ("CANCEL", "CANCELLED")
    assert "VALARM" not in off.text.decode()


@pytest.mark.parametrize("answer", ["ACCEPTED", "DECLINED", "TENTATIVE"])
def test_an_answer_comes_back(answer: str) -> None:
    read = read_reply(answered(answer, comment="Đến trễ; xin phép").text)
    assert (read.uid, read.attendee, read.answer) == (CONFERENCE.uid, "an@example.vn", answer)
    assert (read.comment, read.organizer, read.sequence) == ("Đến trễ; xin phép", "vpv@example.vn", 0)


def test_somebody_else_is_sent() -> None:
    read = read_reply(answered("DELEGATED", delegate=Person("binh@example.vn")).text)
    assert read.delegated_to == "binh@example.vn"
    with pytest.raises(ItipError, match="does not say to whom"):
        read_reply(answered("DELEGATED").text)


def test_answers_written_by_other_programs_are_read() -> None:
    outlook = (
        b"BEGIN:VCALENDAR\nPRODID:-//Microsoft\nVERSION:2.0\nMETHOD:Reply\nBEGIN:VEVENT\n"
        b'ATTENDEE;PARTSTAT=accepted;SENT-BY="MAILTO:VanThu@example.vn":MAILTO:An@Example.vn\nDTSTAMP:20210105T010000Z\n'
        b"DTSTART:20210114T010000Z\nUID:sample-12@giaoban.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    read = read_reply(outlook)
    assert (read.attendee, read.answer, read.sent_by) == ("an@example.vn", "ACCEPTED", "vanthu@example.vn")
    assert read.sequence == 0


def test_an_answer_to_an_earlier_version_or_an_older_answer_counts_no_more() -> None:
    old = read_reply(answered("ACCEPTED").text)
    with pytest.raises(ItipError, match="earlier version"):
        refuse_stale(old, sequence=1)
    with pytest.raises(ItipError, match="older"):
        refuse_stale(old, sequence=0, answered_at=old.stamp + timedelta(seconds=1))
    refuse_stale(old, sequence=0, answered_at=old.stamp)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "not a calendar file"),
        (b"\xff\xfe\x00", "not a calendar file"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no event"),
        (b"x" * 1_000_001, "larger than"),
        (request(CONFERENCE).text, "is a REQUEST, not a reply"),
        (answered("ACCEPTED").text.replace(b"ACCEPTED", b"PERHAPS"), "is not an answer"),
        (answered("ACCEPTED").text.replace(b"UID:sample-12@giaoban.example\r\n", b""), "lacks UID"),
        (answered("ACCEPTED").text.replace(b"DTSTAMP:20210105T020000Z\r\n", b""), "lacks DTSTAMP"),
        (reply(replace(CONFERENCE), AN, stamp=SENT).text.replace(b"ATTENDEE", b"X-OTHER"), "names 0"),
    ],
)
def test_what_cannot_be_used_gets_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(ItipError, match=sentence):
        read_reply(data)


def test_an_event_that_makes_no_sense_is_not_written() -> None:
    with pytest.raises(ItipError, match="ends before"):
        replace(CONFERENCE, ends=datetime(2021, 1, 13, tzinfo=VN))
    with pytest.raises(ItipError, match="without a zone"):
        replace(CONFERENCE, starts=datetime(2021, 1, 14))
    with pytest.raises(ItipError, match="organiser"):
        request(replace(CONFERENCE, organizer=None))
    with pytest.raises(ItipError, match="attendee"):
        request(replace(CONFERENCE, attendees=()))


def test_nobody_smuggles_a_line_into_the_file() -> None:
    sly = Attendee("an@example.vn\r\nATTENDEE:mailto:x@example.vn", 'An"\r\nSTATUS:CANCELLED')
    text = request(replace(CONFERENCE, attendees=(sly,), url="https://a\r\nSTATUS:CANCELLED")).text
    lines = text.replace(b"\r\n ", b"").split(b"\r\n")
    assert sum(line.startswith(b"ATTENDEE") for line in lines) == 1
    assert b"STATUS:CANCELLED" not in lines


def test_a_feed_names_nobody() -> None:
    message = publish(
        [CONFERENCE], name="Lịch của Lê Thị An", source="https://giaoban.example/calendar/1-x.ics"
    )
    calendar = vobject.readOne(message.text.decode())
    assert calendar.method.value == "PUBLISH"
    assert not hasattr(calendar.vevent, "attendee")
    assert not hasattr(calendar.vevent, "organizer")
    assert [e.summary for e in read_events(message.text)] == [CONFERENCE.summary]


def letter(calendar: bytes, sender: str = "An <An@example.vn>") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "vpv@example.vn", "Chấp nhận: Hội nghị"
    mail.set_content("Tôi sẽ dự.")
    mail.add_alternative(calendar.decode(), subtype="calendar", params={"method": "REPLY"})
    mail.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")
    return mail.as_bytes()


def test_a_mail_gives_its_calendar_part() -> None:
    read = read_letter(letter(answered("ACCEPTED").text))
    assert (read.sender, read.subject, read.bounce) == ("an@example.vn", "Chấp nhận: Hội nghị", None)
    assert read_reply(read.calendars[0]).answer == "ACCEPTED"


BOUNCED = b"""From: MAILER-DAEMON@mx.example.vn
To: vpv@example.vn
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

No such user.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.vn

Final-Recipient: rfc822; An@example.vn
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: text/rfc822-headers

Subject: Moi hop
Message-ID: <abc@giaoban.example>

--b--
"""


def test_a_mail_says_that_another_one_came_back() -> None:
    bounce = read_letter(BOUNCED).bounce
    assert bounce is not None
    assert (bounce.address, bounce.message_id) == ("an@example.vn", "<abc@giaoban.example>")
    assert "no such user" in bounce.reason
    assert read_letter(BOUNCED.replace(b"Action: failed", b"Action: delayed")).bounce is None


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"just text", b"Subject: x\n\nno sender"])
def test_what_is_no_mail_gets_a_sentence(data: bytes) -> None:
    with pytest.raises(ItipError, match="not a mail"):
        read_letter(data)

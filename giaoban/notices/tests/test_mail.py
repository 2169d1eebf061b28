"""Mails: written with the caller, sent afterwards over a real mail server, tried again, erased in the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext, gettext_lazy
from django_tasks_db.models import DBTaskResult

from giaoban.core.history import history
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.lib.itip import Attendee, Event, Message, Person, cancel, read_events, request
from giaoban.notices import actions, jobs, queries
from giaoban.notices.actions import sending
from giaoban.notices.models import Mail, State
from giaoban.notices.tests.conftest import BY, NOW, Server, person
from giaoban.notices.words import Receiver

pytestmark = pytest.mark.django_db
ABOUT = ("meetings.meeting", 12)
CONFERENCE = Event(
    uid="sample-12@giaoban.example", summary="Hội nghị tổng kết năm 2020", stamp=NOW,
    starts=datetime(2021, 1, 14, 1, tzinfo=UTC), ends=datetime(2021, 1, 14, 10, tzinfo=UTC),
    organizer=Person("vpv@example.vn", "Văn phòng vùng"),
)  # fmt: skip


def post(*to: Any, **more: Any) -> list[Mail]:
    given = {
        "subject": "Giấy mời",
        "body": "Kính mời dự hội nghị.",
        "about": ABOUT,
        "by": BY,
        "at": NOW,
    } | more
    return actions.post(to=to, **given)


def invited(receiver: Receiver) -> Message:
    return request(CONFERENCE.only(Attendee(receiver.address, receiver.name)))


class Paper:
    """A stored file as documents have them."""

    def __init__(self, file: Any, name: str, size: int) -> None:
        self.file, self.name, self.size, self.content_type = file, name, size, "application/pdf"


def test_each_reads_his_own_language_and_his_own_invitation(smtp: Server) -> None:
    an, bob = person("an"), person("bob", "en")
    mails = post(
        an, bob, Receiver("guest@example.vn", "Khách, mời"), an, subject=gettext_lazy("Notices"),
        body=lambda r: gettext("Hello %(name)s,") % {"name": r.name}, calendar=invited,
    )  # fmt: skip
    assert [(m.subject, m.body) for m in mails] == [
        ("Thông báo", "Kính gửi ông/bà An,"), ("Notices", "Hello Bob,"), ("Thông báo", "Kính gửi ông/bà Khách, mời,"),
    ]  # fmt: skip
    assert actions.send_waiting(at=NOW) == 3
    assert [e.rcpt_tos for e in smtp.taken] == [["an@example.vn"], ["bob@example.vn"], ["guest@example.vn"]]
    for envelope in smtp.taken:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        part = next(p for p in letter.walk() if p.get_content_type() == "text/calendar")
        assert part.get_param("method") == "REQUEST"
        assert part.get_content_charset() == "utf-8"
        content = part.get_payload(decode=True)
        assert read_events(content)[0].summary == CONFERENCE.summary
        assert content.count(b"ATTENDEE") == 1
        assert envelope.rcpt_tos[0].encode() in content.replace(b"\r\n ", b"")
    assert {m.state for m in Mail.objects.all()} == {State.SENT}


def test_papers_and_a_cancellation_go_along(smtp: Server) -> None:
    from django.core.files.storage import default_storage

    path = default_storage.save("documents/x", SimpleUploadedFile("x", b"%PDF-1.7 giay moi"))
    file = type("File", (), {"name": path})
    [mail] = post(
        person("an"), attachments=[Paper(file, "Giấy mời.pdf", 17)],
        calendar=lambda r: cancel(CONFERENCE.only(Attendee(r.address))), reply_to="vpv@example.vn",
    )  # fmt: skip
    actions.send_waiting(at=NOW)
    letter = message_from_bytes(smtp.taken[0].content, policy=policy.default)
    assert [(p.get_filename(), p.get_content()) for p in letter.iter_attachments()] == [
        ("Giấy mời.pdf", b"%PDF-1.7 giay moi")
    ]
    assert (letter["reply-to"], letter["message-id"], letter["auto-submitted"]) == (
        "vpv@example.vn", mail.message_id, "auto-generated",
    )  # fmt: skip
    assert b'text/calendar; method="CANCEL"' in smtp.taken[0].content


@pytest.mark.parametrize("address", ["", "an", "an@", "an@example.vn\nBcc: x@example.vn", "a@b.vn, c@d.vn"])
def test_an_address_that_is_none_is_refused_and_nothing_is_written(address: str) -> None:
    with pytest.raises(Refused, match="không phải địa chỉ thư điện tử"):
        post(person("an"), Receiver(address))
    assert not Mail.objects.exists()


def test_papers_too_large_for_a_mail_are_refused() -> None:
    with pytest.raises(Refused, match="15 MB"):
        post(person("an"), attachments=[Paper(None, "a.pdf", 10_000_000), Paper(None, "b.pdf", 9_000_000)])


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_sent(smtp: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        post(person("an"))
        raise RuntimeError
    assert not DBTaskResult.objects.exists()
    with transaction.atomic():
        post(person("bob"))
        post(person("chi"))
        assert not DBTaskResult.objects.exists()
    waiting = DBTaskResult.objects.get()
    assert waiting.task_path == jobs.deliver.module_path
    monkeypatch.setattr(sending, "MOST", 1)
    assert (jobs.deliver.call(), DBTaskResult.objects.count()) == (1, 1)
    assert jobs.deliver.call() == 1
    assert len(smtp.taken) == 2


def test_a_busy_server_is_tried_again_and_again_then_given_up(smtp: Server) -> None:
    smtp.refuse["an@example.vn"] = "451 try later"
    [mail] = post(person("an"))
    at, waits = NOW, []
    while mail.state != State.FAILED:
        assert actions.send_waiting(at=at) == 0
        mail.refresh_from_db()
        waits.append(int((mail.due_at - at).total_seconds() // 60))
        assert actions.send_waiting(at=mail.due_at - timedelta(seconds=1)) == 0
        at = max(mail.due_at, at)
    assert waits[:-1] == [1, 5, 15, 60, 240, 720]
    assert mail.failure == "451 try later"
    assert queries.stuck() == (0, "")
    smtp.refuse.clear()
    actions.send_again(mail=mail, by=BY, at=at)
    assert actions.send_waiting(at=at) == 1
    mail.refresh_from_db()
    assert (mail.state, mail.failure, mail.tries) == (State.SENT, "", 1)


def test_an_address_the_server_does_not_know_is_not_tried_again_and_stops_no_other(smtp: Server) -> None:
    smtp.refuse["an@example.vn"] = "550 no such user"
    first, second = post(person("an"), person("bob"))
    assert actions.send_waiting(at=NOW) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.failure, second.state) == (State.FAILED, "550 no such user", State.SENT)


def test_without_a_server_everything_waits(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    [mail] = post(person("an"))
    assert actions.send_waiting(at=NOW) == 0
    mail.refresh_from_db()
    assert (mail.state, mail.tries) == (State.QUEUED, 1)
    assert "ConnectionRefusedError" in mail.failure
    for minutes in (1, 6):
        actions.send_waiting(at=NOW + timedelta(minutes=minutes))
    assert queries.stuck() == (1, mail.failure)


def test_a_mail_left_by_a_dead_worker_is_taken_up(smtp: Server) -> None:
    [mail] = post(person("an"))
    Mail.objects.update(state=State.SENDING)
    assert actions.send_waiting(at=NOW + timedelta(minutes=10)) == 0
    assert actions.send_waiting(at=NOW + timedelta(minutes=16)) == 1
    assert len(smtp.taken) == 1


def test_a_paper_that_is_gone_fails_with_a_sentence(smtp: Server) -> None:
    post(person("an"), attachments=[Paper(type("File", (), {"name": "documents/gone"}), "a.pdf", 5)])
    assert actions.send_waiting(at=NOW) == 0
    assert Mail.objects.get().failure == "Một tệp đính kèm không còn nữa."


def test_what_waits_about_a_thing_is_withdrawn(smtp: Server) -> None:
    post(person("an"), person("bob"))
    [other] = post(person("chi"), about=("meetings.meeting", 13))
    assert actions.withdraw_about(about=ABOUT, by=person("kim"), at=NOW) == 2
    assert actions.send_waiting(at=NOW) == 1
    assert smtp.taken[0].rcpt_tos == [other.address]


def test_the_trail_tells_everything_and_holds_no_address(smtp: Server) -> None:
    [mail] = post(person("an"))
    actions.send_waiting(at=NOW)
    assert [str(event.what) for event in history([mail])] == [
        "đã chuyển cho máy chủ thư", "bắt đầu gửi", "đã soạn thư",
    ]  # fmt: skip
    assert all("an@example.vn" not in str(row.detail) for row in AuditRow.objects.all())


@pytest.mark.requirement(93)
def test_addresses_and_texts_leave_after_the_term_and_the_row_stays(settings: Any, smtp: Server) -> None:
    settings.MAIL_DAYS = 30
    [mail] = post(person("an"), calendar=invited)
    actions.send_waiting(at=NOW)
    [waiting] = post(person("bob"))
    assert actions.erase_old(at=NOW + timedelta(days=30)) == 0
    assert actions.erase_old(at=NOW + timedelta(days=31)) == 1
    mail.refresh_from_db()
    waiting.refresh_from_db()
    assert [mail.address, mail.name, mail.subject, mail.body, mail.calendar, mail.person] == [
        "",
        "",
        "",
        "",
        "",
        None,
    ]
    assert (mail.state, mail.about, str(mail), waiting.address) == (
        State.SENT, "meetings.meeting:12", "(đã xóa)", "bob@example.vn",
    )  # fmt: skip
    Mail.objects.update(state=State.BOUNCED)
    with pytest.raises(Refused, match="đã bị xóa"):
        actions.send_again(mail=mail, by=BY, at=NOW)


@pytest.mark.requirement(26)
def test_300_invitations_are_written_together(django_assert_max_num_queries: Any) -> None:
    with transaction.atomic(), django_assert_max_num_queries(20):
        post(*(Receiver(f"don-vi-{n}@example.vn", f"Đơn vị {n}") for n in range(300)), calendar=invited)
    assert Mail.objects.count() == 300


@pytest.mark.requirement(26)
def test_300_single_letters_in_one_transaction(django_assert_max_num_queries: Any) -> None:
    with transaction.atomic(), django_assert_max_num_queries(1800):
        for n in range(300):
            post(Receiver(f"don-vi-{n}@example.vn"), calendar=invited)

"""What comes back: replies by upload and gateway, bounces, and calendars that programs read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from giaoban.core.actors import Actor, System
from giaoban.core.refused import Refused
from giaoban.lib.itip import Event, Reply, read_events, refuse_stale
from giaoban.lib.tests.test_itip import AN, BOUNCED, CONFERENCE, answered, letter
from giaoban.notices import actions, feeds, gateway, replies
from giaoban.notices.models import Feed, Mail, Returned
from giaoban.notices.tests.conftest import BY, NOW, Acting, person
from giaoban.notices.tests.test_mail import post

pytestmark = pytest.mark.django_db
KEY = "khoa-cua-cong-thu"
ADDRESS = "/mail/gateway/"


@pytest.fixture
def answers() -> Iterator[list[tuple[str, str]]]:
    """An app of invitations, as small as can be: who answered what."""
    held: list[tuple[str, str]] = []

    def take(*, reply: Reply, by: Actor, at: Any) -> str:
        refuse_stale(reply, sequence=0)
        if reply.attendee != AN.address:
            raise Refused("Không có người được mời này.")
        held.append((reply.attendee, reply.answer))
        return f"{reply.name}: {reply.answer}"

    replies.register("sample-", take)
    yield held
    replies._handlers.pop("sample-")


def brought(content: bytes, **more: Any) -> Returned:
    return actions.bring_in(**({"content": content, "way": "upload", "by": BY, "at": NOW} | more))


def test_a_reply_reaches_the_app_whose_event_it_is(answers: list[tuple[str, str]]) -> None:
    row = brought(letter(answered("ACCEPTED").text))
    assert (row.taken, row.outcome, row.uid) == (True, f"{AN.name}: ACCEPTED", CONFERENCE.uid)
    row = brought(answered("DECLINED").text, is_letter=False)
    assert row.taken
    assert answers == [(AN.address, "ACCEPTED"), (AN.address, "DECLINED")]


def test_the_same_mail_again_changes_nothing(answers: list[tuple[str, str]]) -> None:
    mail = letter(answered("ACCEPTED").text)
    first = brought(mail)
    assert brought(mail, at=NOW + timedelta(days=1)).pk == first.pk
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (letter(answered("ACCEPTED").text, sender="Kẻ lạ <la@example.vn>"), "Không có gì thay đổi"),
        (letter(answered("ACCEPTED", to=replace(CONFERENCE, uid="other-1")).text), "không ứng với giấy mời nào"),
        (b"From: an@example.vn\nSubject: x\n\nkhong co lich", "không có phần lịch"),
        (b"\x00\x01\x02", "không phải thư điện tử"),
        (BOUNCED, "không phải gửi từ đây"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_gets_a_sentence(
    answers: list[tuple[str, str]], content: bytes, sentence: str
) -> None:
    row = brought(content)
    assert not row.taken
    assert sentence in row.outcome
    assert answers == []


def test_a_refusal_of_the_app_changes_nothing_and_may_be_tried_again(answers: list[tuple[str, str]]) -> None:
    stranger = answered("ACCEPTED").text.replace(b"an@example.vn", b"ai@example.vn")
    row = brought(stranger, is_letter=False)
    assert (row.taken, row.outcome) == (False, "Không có người được mời này.")
    assert brought(stranger, is_letter=False).pk == row.pk


def test_only_who_may_brings_replies_in() -> None:
    with pytest.raises(Refused, match="Chỉ điều phối viên"):
        brought(b"", by=Acting(person("an")))


def test_a_mail_that_came_back_is_marked() -> None:
    [mail] = post(person("an"))
    Mail.objects.update(state="sent", message_id="<abc@giaoban.example>")
    assert brought(BOUNCED).taken
    mail.refresh_from_db()
    assert (mail.state, "no such user" in mail.failure) == ("bounced", True)


def asked(client: Client, body: bytes, **more: Any) -> Any:
    given = {"key": KEY, "at": timezone.now()} | more
    signature = gateway.sign(body, **given)
    return client.post(ADDRESS, body, content_type="message/rfc822", headers={gateway.HEADER: signature})


def test_a_gateway_signs_what_it_brings(
    settings: Any, client: Client, answers: list[tuple[str, str]]
) -> None:
    settings.MAIL_GATEWAY_KEY = KEY
    body = letter(answered("ACCEPTED").text)
    for _time in range(2):
        answer = asked(client, body)
        assert (answer.status_code, answer.json()["taken"]) == (200, True)
    assert answers == [(AN.address, "ACCEPTED")]
    assert Returned.objects.get().brought_by == System("mail gateway").actor_id


def test_a_signature_that_is_not_right_is_refused(
    settings: Any, client: Client, answers: list[tuple[str, str]]
) -> None:
    settings.MAIL_GATEWAY_KEY = KEY
    body = letter(answered("ACCEPTED").text)
    assert asked(client, body, key="khac").status_code == 403
    assert asked(client, body, at=timezone.now() - timedelta(minutes=6)).status_code == 403
    assert client.post(ADDRESS, body, content_type="message/rfc822").status_code == 403
    forged = gateway.sign(body, key=KEY, at=timezone.now())
    other = client.post(ADDRESS, body + b" ", content_type="message/rfc822", headers={gateway.HEADER: forged})
    assert other.status_code == 403
    assert client.get(ADDRESS).status_code == 405
    assert answers == []
    assert not Returned.objects.exists()


def test_without_a_key_there_is_no_gateway(settings: Any, client: Client) -> None:
    settings.MAIL_GATEWAY_KEY = ""
    assert asked(client, b"x").status_code == 404


def test_a_mail_too_large_is_refused(settings: Any, client: Client) -> None:
    settings.MAIL_GATEWAY_KEY = KEY
    assert asked(client, b"x" * 5_000_001).status_code == 413


@pytest.fixture
def deadlines() -> Iterator[None]:
    """An app that contributes one event to everybody's calendar."""

    def source(*, person: Any, unit: Any, at: Any) -> list[Event]:
        return [replace(CONFERENCE, summary=f"Hạn báo cáo của {person or unit}")]

    feeds.register(source)
    yield
    feeds._sources.remove(source)


def path_of(feed: Feed) -> str:
    return f"/calendar/{feed.pk}-{feeds.token(feed)}.ics"


def test_a_calendar_is_read_by_its_address_alone_and_a_renewed_one_only_by_the_new(
    client: Client, deadlines: None
) -> None:
    an = person("an")
    by = Acting(an)
    feed = actions.make_feed(person=an, by=by, at=NOW)
    assert actions.make_feed(person=an, by=by, at=NOW).pk == feed.pk
    answer = client.get(path_of(feed))
    assert answer["content-type"] == "text/calendar; charset=utf-8"
    assert "Hạn báo cáo của An" in [e.summary for e in read_events(answer.content)]
    old = path_of(feed)
    new = path_of(actions.renew_feed(feed=feed, by=by, at=NOW))
    assert [client.get(path).status_code for path in (old, new)] == [404, 200]
    an.is_active = False
    an.save()
    assert client.get(new).status_code == 404


def test_a_stranger_renews_nothing() -> None:
    an, bob = person("an"), person("bob")
    by = Acting(bob)
    feed = actions.make_feed(person=an, by=Acting(an), at=NOW)
    with pytest.raises(Refused):
        actions.renew_feed(feed=feed, by=by, at=NOW)

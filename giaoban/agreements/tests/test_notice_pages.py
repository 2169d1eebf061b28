"""The pages of notices: each reads his own; mails are for the operator; the neighbour finds nothing."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from giaoban.core.actors import System
from giaoban.lib.tests.test_itip import answered, letter
from giaoban.notices import actions, feeds
from giaoban.notices.models import Feed, Mail, Notice, Returned

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
BY = System("test")
ABOUT = ("agreements.agreement", 1)


def url(name, *args):
    return reverse(f"notices:{name}", args=args)


def told(world, *names, sentence="Báo cáo tháng 01/2026 bị trả lại", page="/units/"):
    people = [world.people[name] for name in names]
    return actions.tell(people=people, sentence=sentence, url=page, about=ABOUT, by=BY, at=NOW)


def mailed(world, *names):
    people = [world.people[name] for name in names]
    return actions.post(to=people, subject="Giấy mời", body="Kính mời.", about=ABOUT, by=BY, at=NOW)


def test_bob_reads_what_he_was_told_and_goes_on_to_its_page(world, sign_in):
    [notice] = told(world, "bob")
    bob = sign_in("bob")
    page = bob.get(url("inbox")).content.decode()
    assert "Báo cáo tháng 01/2026 bị trả lại" in page
    assert 'class="top-count">1<' in page
    assert bob.post(url("open", notice.pk))["location"] == "/units/"
    page = bob.get(url("inbox")).content.decode()
    assert "top-count" not in page
    assert bob.get(f"{url('inbox')}?state=unread").context["page"].count == 0


def test_the_neighbour_reads_and_opens_no_notice_of_others(world, sign_in):
    [notice] = told(world, "bob")
    for name in ("charlie", "alice", "olga"):
        person = sign_in(name)
        assert "tháng 01/2026" not in person.get(url("inbox")).content.decode()
        assert person.post(url("open", notice.pk)).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_notice_leads_nowhere_outside(world, sign_in):
    [notice] = told(world, "bob", page="https://example.org/")
    assert sign_in("bob").post(url("open", notice.pk))["location"] == url("inbox")


def test_all_are_read_at_once(world, sign_in):
    told(world, "bob")
    told(world, "bob")
    told(world, "dora")
    sign_in("bob").post(url("read-all"))
    assert Notice.objects.filter(read_at=None).count() == 1


@pytest.mark.parametrize("more", [1, 3])
def test_the_number_of_questions_does_not_grow(world, sign_in, django_assert_num_queries, more):
    for _n in range(more):
        told(world, "bob")
        mailed(world, "bob")
        Returned.objects.create(digest=str(_n), way="upload", taken=True, brought_by="user:1", at=NOW)
    bob = sign_in("bob")
    with django_assert_num_queries(5):
        bob.get(url("inbox"))
    olga = sign_in("olga")
    for name, number in (("outbox", 5), ("replies", 5), ("calendar", 4)):
        with django_assert_num_queries(number, info=name):
            olga.get(url(name))


def test_bob_chooses_what_goes_by_mail(world, sign_in):
    bob = sign_in("bob")
    assert bob.get(url("choices")).status_code == 200
    assert bob.post(url("choices"), {}).status_code == 302
    told(world, "bob")
    assert not Mail.objects.exists()
    bob.post(url("choices"), {"by_mail": ["notice"]})
    told(world, "bob")
    assert Mail.objects.get().person == world.people["bob"]
    assert bob.post(url("choices"), {"by_mail": ["no-such-kind"]}).status_code == 200


def test_only_the_operator_looks_at_mail(world, sign_in):
    [mail] = mailed(world, "bob")
    pages = [url("outbox"), url("mail", mail.pk), url("move", mail.pk, "withdraw")]
    for name in ("bob", "alice", "charlie", "vera", "chau"):
        assert {sign_in(name).get(page).status_code for page in pages} == {404}, name
    olga = sign_in("olga")
    assert "Kính mời." in olga.get(url("mail", mail.pk)).content.decode()
    assert [row.pk for row in olga.get(f"{url('outbox')}?state=queued&q=giay").context["page"].rows] == [
        mail.pk
    ]
    assert olga.get(f"{url('outbox')}?state=sent").context["page"].count == 0
    assert olga.get(f"{url('outbox')}?download=csv").status_code == 200


def test_the_operator_withdraws_and_sends_again(world, sign_in):
    [mail] = mailed(world, "bob")
    olga = sign_in("olga")
    for name, state in (("withdraw", "withdrawn"), ("send-again", "queued")):
        assert olga.get(url("move", mail.pk, name)).status_code == 200
        assert olga.post(url("move", mail.pk, name)).status_code == 302
        mail.refresh_from_db()
        assert mail.state == state
    olga.post(url("move", mail.pk, "send-again"))
    mail.refresh_from_db()
    assert mail.state == "queued"
    assert olga.post(url("move", mail.pk, "deliver")).status_code == 404


def upload(content, name):
    return {"file": SimpleUploadedFile(name, content)}


def test_the_coordinator_brings_replies_in_and_sees_only_his_own(world, sign_in):
    content = letter(answered("ACCEPTED").text)
    alice = sign_in("alice")
    answer = alice.post(url("replies"), upload(content, "tra-loi.eml"), follow=True)
    assert "không ứng với giấy mời nào" in answer.content.decode()
    answer = alice.post(url("replies"), upload(content, "tra-loi.pdf"))
    assert "Chọn tệp có đuôi .ics hoặc .eml." in answer.content.decode()
    assert alice.get(url("replies")).context["page"].count == 1
    assert sign_in("charlie").get(url("replies")).context["page"].count == 0
    assert sign_in("olga").get(url("replies")).context["page"].count == 1
    for name in ("bob", "vera", "chau"):
        assert sign_in(name).get(url("replies")).status_code == 404
        assert sign_in(name).post(url("replies"), upload(content, "x.eml")).status_code == 404


def test_calendars_are_made_renewed_and_read(world, sign_in, client):
    bob = sign_in("bob")
    unit = world.units["P1"]
    assert bob.get(url("calendar")).status_code == 200
    bob.post(url("make-feed"), {"whose": "me"})
    bob.post(url("make-feed"), {"whose": unit.pk})
    mine, ours = Feed.objects.get(person=world.people["bob"]), Feed.objects.get(unit=unit)
    page = bob.get(url("calendar")).content.decode()
    for feed in (mine, ours):
        assert url("feed", feed.pk, feeds.token(feed)) in page
    bob.post(url("renew-feed", ours.pk))
    client.logout()
    assert client.get(url("feed", ours.pk, feeds.token(ours))).status_code == 404
    ours.refresh_from_db()
    assert client.get(url("feed", ours.pk, feeds.token(ours))).status_code == 200


def test_the_neighbour_makes_and_renews_no_calendar_of_others(world, sign_in):
    bob = sign_in("bob")
    bob.post(url("make-feed"), {"whose": world.units["P1"].pk})
    bob.post(url("make-feed"), {"whose": "me"})
    for name in ("charlie", "dora", "alice"):
        person = sign_in(name)
        for feed in Feed.objects.all():
            assert person.post(url("renew-feed", feed.pk)).status_code == 404
            assert feeds.token(feed) not in person.get(url("calendar")).content.decode()
    referer = {"referer": "http://testserver/notices/calendar/"}
    sign_in("charlie").post(url("make-feed"), {"whose": world.units["P2"].pk}, headers=referer)
    assert sign_in("charlie").post(url("make-feed"), {"whose": "99999"}).status_code == 404
    assert Feed.objects.count() == 2

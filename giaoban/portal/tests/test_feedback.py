"""Readers tell what is wrong, and whether a page was useful. Nobody is kept; nobody else sees it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.notices.models import Mail, Notice
from giaoban.portal.actions import correcting
from giaoban.portal.actions.knocking import admit, forget_knocks
from giaoban.portal.models import Correction, DayKey, HomePage, Knock, NewsArticle, PageDay
from giaoban.portal.tests.conftest import AT
from giaoban.reports.tests.world import World

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
SAID = {
    "words": "Số hộ dân trong đoạn hai là 12, không phải 21.",
    "place": "Đoạn hai",
    "email": "doc.gia@example.vn",
}


def ask(
    client: Client, page: NewsArticle, given: dict[str, str] = SAID, language: str = "vi", **more: str
) -> Any:
    return client.post(f"/{language}/feedback/{page.pk}/", given, **(HERE | more))


@pytest.fixture
def asked(client: Client, write: Any) -> Correction:
    """A request about an article of Cần Thơ."""
    ask(client, write())
    return Correction.objects.get()


@pytest.mark.requirement(86)
def test_a_reader_asks_for_a_correction_and_the_owners_hear_of_it(client: Client, write: Any, world: World):
    article = write()
    assert f'action="/vi/feedback/{article.pk}/useful/"' in client.get(article.address("vi")).content.decode()
    shown = client.get(f"/en/feedback/{article.pk}/")
    assert shown.status_code == 200 and "csrf" not in shown.content.decode() and not shown.cookies
    answer = ask(client, article, language="en")
    assert (answer.status_code, answer["Location"]) == (302, f"/en/feedback/{article.pk}/sent/")
    assert "Those who wrote the page look at it by" in client.get(answer["Location"]).content.decode()
    row = Correction.objects.get()
    assert (row.words, row.place, row.email, row.state) == (*SAID.values(), "new")
    told = set(Notice.objects.values_list("person__name", flat=True))
    assert told == {"lan", "kim"}, "the unit's reporter and the coordinator, nobody else"
    assert SAID["email"] not in str(list(AuditRow.objects.values_list("detail", "actor")))
    assert not answer.cookies


def test_the_answer_is_due_in_five_working_days(write: Any, world: World):
    article = write()
    friday = datetime(2020, 1, 10, 3, tzinfo=UTC)
    assert correcting.due_on(article, at=friday) == date(2020, 1, 17)


MISTAKES = (
    ({"words": ""}, "Say what is wrong."),
    ({"words": "sai"}, "Say it in a sentence, so that we find it."),
    ({"words": "x" * 2001}, "Say it in at most 2,000 letters."),
    ({"email": "nobody"}, "This is no e-mail address."),
    ({"place": "x" * 301}, "Name the place in at most 300 letters."),
    ({"words": "một hai ba bốn \x00 năm"}, "Null characters are not allowed."),
)


def test_mistakes_are_answered_with_sentences(client: Client, write: Any):
    article = write()
    for wrong, sentence in MISTAKES:
        answer = ask(client, article, SAID | wrong, language="en")
        assert answer.status_code == 422
        assert sentence in answer.content.decode(), wrong
        assert SAID["place"] in answer.content.decode() or "place" in wrong, "what was typed stays"
    assert not Correction.objects.exists() and not Knock.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://evil.example"}, {}]
)
def test_other_sites_send_nothing(client: Client, write: Any, headers: dict[str, str]):
    article = write()
    for answer in (
        client.post(f"/en/feedback/{article.pk}/", SAID, **headers),
        client.post(f"/en/feedback/{article.pk}/useful/", {"answer": "yes"}, **headers),
    ):
        assert answer.status_code == 422
        assert "This was not sent from our page." in answer.content.decode()
    assert not Correction.objects.exists() and not PageDay.objects.exists()


def test_who_fills_in_the_trap_hears_thanks_and_nothing_is_kept(client: Client, write: Any):
    answer = ask(client, write(), SAID | {"website": "http://buy.example"})
    assert answer.status_code == 302
    assert not Correction.objects.exists()


def test_after_five_requests_a_network_waits_until_tomorrow(client: Client, write: Any):
    article = write()
    for _n in range(5):
        assert ask(client, article).status_code == 302
    answer = ask(client, article, language="en")
    assert answer.status_code == 422 and "Try again tomorrow" in answer.content.decode()
    assert ask(client, article, REMOTE_ADDR="198.51.100.7").status_code == 302
    assert Correction.objects.count() == 6


def test_addresses_are_digested_under_a_key_that_is_thrown_away(write: Any):
    assert [admit("203.0.113.5", "x", most=2, at=AT) for _n in range(3)] == [True, True, False]
    assert admit("203.0.113.6", "x", most=2, at=AT)
    house = ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    assert [admit(one, "y", most=1, at=AT) for one in house] == [True, False, True]
    key = DayKey.objects.get().key
    assert "203.0.113" not in str(list(Knock.objects.values_list("digest", flat=True)))
    tomorrow = AT + timedelta(days=1)
    assert admit("203.0.113.5", "x", most=1, at=tomorrow)
    assert DayKey.objects.get().key != key and Knock.objects.count() == 1
    assert forget_knocks(at=tomorrow + timedelta(days=1)) == 1
    assert not Knock.objects.exists()


def test_hidden_pages_have_no_form(client: Client, write: Any, portal: HomePage):
    draft = write(title="Nháp", publish=False)
    for pk in (draft.pk, portal.pk, 999_999):
        assert client.get(f"/vi/feedback/{pk}/").status_code == 404
        assert client.post(f"/vi/feedback/{pk}/useful/", {"answer": "yes"}, **HERE).status_code == 404
    assert not PageDay.objects.exists()


@pytest.mark.requirement(86)
def test_useful_is_a_number_counted_once_a_day_from_one_address(client: Client, write: Any):
    article = write()
    for said, address in (("yes", "1.1.1.1"), ("no", "1.1.1.1"), ("no", "1.1.1.2"), ("yes", "1.1.1.3")):
        answer = client.post(
            f"/vi/feedback/{article.pk}/useful/", {"answer": said}, REMOTE_ADDR=address, **HERE
        )
        assert answer["Location"] == f"/vi/feedback/{article.pk}/thanks/"
    row = PageDay.objects.get()
    assert (row.page_id, row.language, row.useful, row.useless) == (article.pk, "vi", 2, 1)
    assert client.post(f"/vi/feedback/{article.pk}/useful/", {"answer": "?"}, **HERE).status_code == 422


@pytest.mark.requirement(83)
def test_the_unit_answers_and_the_reader_gets_the_words(sign_in: Any, asked: Correction, world: World):
    lan = sign_in("lan")
    assert "Số hộ dân trong đoạn hai" in lan.get(f"/portal/corrections/{asked.pk}/").content.decode()
    where = f"/portal/corrections/{asked.pk}/answer_reader/"
    assert (
        lan.post(where, {"answer": "Đã sửa, cảm ơn anh/chị."})["Location"]
        == f"/portal/corrections/{asked.pk}/"
    )
    asked.refresh_from_db()
    assert asked.state == "answered" and asked.answer == "Đã sửa, cảm ơn anh/chị."
    mail = Mail.objects.get(address=SAID["email"])
    assert "Đã sửa, cảm ơn anh/chị." in mail.body and SAID["words"] in mail.body
    assert lan.post(where, {"answer": "Lần nữa"}).status_code == 200, "answered once"
    assert Mail.objects.filter(address=SAID["email"]).count() == 1
    verbs = AuditRow.objects.filter(subject=f"portal.correction:{asked.pk}").values_list("verb", flat=True)
    assert list(verbs) == ["ask correction", "answer_reader"]


def test_an_answer_needs_words(asked: Correction, world: World):
    with pytest.raises(Refused) as refused:
        correcting.close(row=asked, name="turn_down", answer=" ", by=world.by("kim"), at=AT)
    assert refused.value.field == "answer"
    done = correcting.close(row=asked, name="turn_down", answer="Số đúng.", by=world.by("kim"), at=AT)
    assert done.state == "declined"
    again = correcting.look_again(row=done, answer="Bạn đọc gọi điện.", by=world.by("lan"), at=AT)
    assert again.state == "new" and again.closed_at is None


def test_the_neighbour_sees_no_request(sign_in: Any, asked: Correction):
    assert "Hội nghị sơ kết" in sign_in("kim").get("/portal/corrections/").content.decode()
    for who, code in (("minh", 200), ("nga", 200), ("chi", 404)):
        client = sign_in(who)
        answer = client.get("/portal/corrections/")
        assert answer.status_code == code and "Hội nghị sơ kết" not in answer.content.decode()
        for path in ("", "answer_reader/", "turn_down/"):
            assert client.get(f"/portal/corrections/{asked.pk}/{path}").status_code == 404
    assert sign_in("kim").get(f"/portal/corrections/{asked.pk}/burn/").status_code == 404


def test_who_waits_too_long_is_named_once_and_the_reader_is_forgotten_in_time(asked: Correction):
    late = asked.made_at + timedelta(days=20)
    assert correcting.remind(at=late) == 1
    assert correcting.remind(at=late + timedelta(days=1)) == 1
    assert Notice.objects.filter(kind=correcting.LATE).count() == 2, (
        "the reporter and the coordinator, once each"
    )
    assert correcting.erase_readers(at=asked.made_at + timedelta(days=179)) == 0
    assert correcting.erase_readers(at=asked.made_at + timedelta(days=181)) == 1
    asked.refresh_from_db()
    assert asked.email == "" and asked.erased_at


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_database_little(
    sign_in: Any, client: Client, write: Any, django_assert_max_num_queries: Any, many: int
):
    article = write()
    for _n in range(many):
        ask(client, article)
    kim = sign_in("kim")
    kim.get("/portal/corrections/")
    with django_assert_max_num_queries(6):
        kim.get("/portal/corrections/")

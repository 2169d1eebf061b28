"""Notices in the product: in the reader's language, counted, by mail to those who want it, never twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext

from giaoban.accounts.models import User
from giaoban.core.models import AuditRow
from giaoban.notices import actions, kinds, queries
from giaoban.notices.models import Mail, Notice
from giaoban.notices.tests.conftest import BY, NOW, person

pytestmark = pytest.mark.django_db
ABOUT = ("reports.report", 5)


@pytest.fixture(autouse=True)
def _two_kinds() -> None:
    kinds.register("test.loud", "loud", by_mail=True)
    kinds.register("test.quiet", "quiet")


def tell(*people: User, **more: Any) -> list[Notice]:
    given = {
        "sentence": lambda: gettext("By mail"),
        "url": "/a/x/",
        "about": ABOUT,
        "by": BY,
        "at": NOW,
    } | more
    return actions.tell(people=people, **given)


def unread(who: User) -> int:
    who.refresh_from_db()
    return who.unread


def test_a_notice_is_read_in_the_language_of_the_reader_whatever_it_was_written_in() -> None:
    [notice] = tell(person("an"))
    for language, words in (("vi", "Qua thư điện tử"), ("en", "By mail")):
        with translation.override(language):
            assert str(notice) == words


def test_reading_counts_down() -> None:
    an, bob = person("an"), person("bob")
    first, _other = tell(an, bob)
    tell(an)
    tell(an)
    assert (unread(an), unread(bob)) == (3, 1)
    actions.mark_read(notice=first, at=NOW)
    actions.mark_read(notice=first, at=NOW)
    assert unread(an) == 2
    assert actions.mark_all_read(person=an, at=NOW) == 2
    assert (unread(an), unread(bob)) == (0, 1)


def test_mail_goes_to_those_who_want_it_in_their_language(settings: Any) -> None:
    settings.SITE_URL = "https://giaoban.example"
    an, bob, chi = person("an"), person("bob", "en"), person("chi")
    actions.choose(person=chi, by_mail=["test.quiet"], by=BY, at=NOW)
    tell(an, bob, chi, kind="test.loud")
    assert [(m.person, m.subject) for m in Mail.objects.order_by("pk")] == [
        (an, "Qua thư điện tử"),
        (bob, "By mail"),
    ]
    mail = Mail.objects.get(person=bob)
    assert mail.body.startswith("Hello Bob,\n\nBy mail\n\nhttps://giaoban.example/a/x/\n\n--\n")
    assert "https://giaoban.example/notices/by-mail/" in mail.body
    tell(an, bob, chi, kind="test.quiet")
    assert Mail.objects.last().person == chi or Mail.objects.filter(person=chi).count() == 1


def test_a_choice_is_kept_and_recorded_and_the_same_choice_again_is_not() -> None:
    an = person("an")
    actions.choose(person=an, by_mail=["test.quiet"], by=an, at=NOW)
    actions.choose(person=an, by_mail=["test.quiet"], by=an, at=NOW)
    row = AuditRow.objects.get(verb="choose notices")
    assert {"test.loud", "test.quiet"} <= set(row.detail["kinds"])
    chosen = {kind.code: on for kind, on in queries.choices(an)}
    assert (chosen["test.loud"], chosen["test.quiet"]) == (False, True)


def test_nobody_is_told_twice_under_one_key() -> None:
    an, bob = person("an"), person("bob")
    assert len(tell(an, once="due:1")) == 1
    assert [n.person for n in tell(an, bob, once="due:1")] == [bob]
    assert unread(an) == 1


def test_who_may_not_sign_in_is_not_told() -> None:
    an = person("an")
    User.objects.filter(pk=an.pk).update(is_active=False)
    an.refresh_from_db()
    assert tell(an) == []


def test_a_kind_nobody_knows_is_our_mistake() -> None:
    with pytest.raises(KeyError, match="register it"):
        tell(person("an"), kind="test.unknown")


def test_what_was_read_long_ago_goes(settings: Any) -> None:
    settings.MAIL_DAYS = 30
    an = person("an")
    read, kept = tell(an), tell(an)
    actions.mark_read(notice=read[0], at=NOW)
    actions.erase_old(at=NOW + timedelta(days=31))
    assert list(Notice.objects.all()) == kept


def test_ten_people_cost_as_much_as_one(django_assert_num_queries: Any) -> None:
    people = [person(f"p{n}") for n in range(10)]
    for some in (people[:1], people):
        with django_assert_num_queries(11):
            tell(*some, kind="test.loud")

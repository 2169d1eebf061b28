"""Who hears of a report: the verifier that it came, the reporter what became of it, each of the deadline once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from giaoban.accounts.models import User
from giaoban.agreements.models import Membership
from giaoban.lib.itip import read_events
from giaoban.notices import feeds
from giaoban.notices.actions import make_feed
from giaoban.notices.models import Mail, Notice
from giaoban.reports import actions
from giaoban.reports.tests.test_moves import accepted, begun, sent
from giaoban.reports.tests.world import World, form, instant, regime

#: The report of January is due on 5 February at 17:00 in Viet Nam, 10:00 UTC.
DUE = datetime(2020, 2, 5, 10, tzinfo=UTC)


def heard(world: World, name: str, language: str = "vi") -> list[str]:
    with translation.override(language):
        return [str(notice) for notice in Notice.objects.filter(person=world.people[name]).order_by("pk")]


def test_the_verifier_hears_that_it_came_and_the_reporter_what_became_of_it(world: World) -> None:
    report = sent(world)
    assert heard(world, "hoa") == ["Cần Thơ đã gửi Báo cáo tháng (Tháng 1/2020)."]
    assert heard(world, "hoa", "en") == ["Cần Thơ has sent Monthly report (January 2020)."]
    actions.return_report(report=report, reason="Xem lại", by=world.by("hoa"), at=instant(4))
    actions.submit(report=report, by=world.by("lan"), at=instant(4))
    actions.accept(report=report, by=world.by("hoa"), at=instant(5))
    assert heard(world, "lan", "en") == [
        "Returned to Cần Thơ: Monthly report (January 2020). Read why and send it again.",
        "Accepted from Cần Thơ: Monthly report (January 2020).",
    ]
    for neighbour in ("minh", "nga", "kim", "oanh"):
        assert heard(world, neighbour) == []


def test_a_returned_report_comes_by_mail_an_accepted_one_does_not(world: World) -> None:
    accepted(world)
    assert not Mail.objects.exists()
    actions.reopen(report=accepted_report(world), reason="Sai", by=world.by("hoa"), at=instant(6))
    mail = Mail.objects.get()
    assert (mail.person, mail.kind) == (world.people["lan"], "reports.returned")
    assert "/a/phoi-hop/reports/" in mail.body


def accepted_report(world: World) -> Any:
    return world.agreement.reports.get(state="accepted")


def test_who_made_the_move_is_not_told(world: World) -> None:
    Membership.objects.create(
        user=world.people["hoa"], agreement=world.agreement, unit=world.ct, role="reporter",
        valid_from=world.agreement.starts_on,
    )  # fmt: skip
    actions.return_report(report=sent(world), reason="Xem lại", by=world.by("hoa"), at=instant(4))
    assert len(heard(world, "hoa")) == 1
    assert len(heard(world, "lan")) == 1


@pytest.mark.requirement(26)
def test_reporters_are_reminded_once_before_and_once_after(world: World) -> None:
    sent(world)
    Notice.objects.all().delete()
    assert actions.remind(at=datetime(2020, 2, 2, 9, tzinfo=UTC)) == 0
    assert actions.remind(at=datetime(2020, 2, 2, 10, tzinfo=UTC)) == 1
    assert actions.remind(at=DUE) == 0
    assert heard(world, "minh") == ["An Giang: Báo cáo tháng (Tháng 1/2020) đến hạn lúc 17:00 05/02/2020."]
    assert heard(world, "lan") == []
    assert actions.remind(at=datetime(2020, 2, 5, 10, 1, tzinfo=UTC)) == 2
    assert actions.remind(at=datetime(2020, 2, 5, 11, tzinfo=UTC)) == 0
    assert "was due at 05/02/2020 17:00 and is not sent" in heard(world, "minh", "en")[1]
    assert heard(world, "kim", "en") == ["Monthly report (January 2020): 1 unit is late."]
    assert {m.person for m in Mail.objects.all()} == {world.people["minh"], world.people["kim"]}


def test_an_agreement_says_itself_how_early(world: World) -> None:
    world.agreement.settings = {"remind_days": 1}
    world.agreement.save()
    assert actions.remind(at=datetime(2020, 2, 4, 9, tzinfo=UTC)) == 0
    assert actions.remind(at=datetime(2020, 2, 4, 10, tzinfo=UTC)) == 2


def test_what_is_long_past_is_not_brought_up(world: World) -> None:
    assert actions.remind(at=datetime(2026, 2, 5, tzinfo=UTC)) == 0


def test_a_begun_report_is_opened_from_its_reminder(world: World) -> None:
    report = begun(world)
    actions.remind(at=DUE)
    assert Notice.objects.get(person=world.people["lan"]).url == report.get_absolute_url()
    assert Notice.objects.get(person=world.people["minh"]).url == reverse("reports:due", args=["phoi-hop"])


@pytest.mark.requirement(29)
def test_who_is_asked_for_a_report_hears_of_it(world: World) -> None:
    urgent = regime(
        world.agreement, form(world.agreement, "urgent", ["visits"]), code="urgent", frequency="day", ad_hoc=True,
        names={"vi": "Báo cáo nhanh", "en": "Flash report"},
    )  # fmt: skip
    actions.request_reports(
        regime=urgent, units="92", period=world.period("2020-02-24"), by=world.by("kim"), at=instant(24)
    )
    [said] = heard(world, "lan", "en")
    assert said.startswith("Cần Thơ is asked for Flash report (24 February 2020), due at ")
    assert heard(world, "minh") == []
    actions.remind(at=datetime(2020, 2, 28, tzinfo=UTC))
    assert any("Flash report" in said and "is due" in said for said in heard(world, "lan", "en"))


def calendar_of(client: Client, **whose: Any) -> list[str]:
    feed = make_feed(at=instant(), **whose)
    content = client.get(reverse("notices:feed", args=[feed.pk, feeds.token(feed)])).content
    return [event.summary for event in read_events(content)] if b"VEVENT" in content else []


def test_deadlines_stand_in_the_calendar_of_the_reporter_and_of_his_unit(world: World) -> None:
    world.agreement.ends_on = None
    world.agreement.save()
    client = Client()
    lan, nga = world.people["lan"], world.people["nga"]
    mine = calendar_of(client, person=lan, by=world.by("lan"))
    assert len(mine) == 8
    assert {summary.partition(" · ")[2] for summary in mine} == {"Cần Thơ"}
    assert calendar_of(client, unit=world.ct, by=world.by("lan")) == mine
    assert calendar_of(client, person=nga, by=world.by("nga")) == []


@pytest.mark.parametrize("reported", [1, 3])
def test_a_calendar_asks_as_much_for_three_reports_as_for_one(
    world: World, reported: int, django_assert_num_queries: Callable
) -> None:
    for period in ("2020-01", "2020-02", "2020-03")[:reported]:
        actions.open_report(
            regime=world.regime, unit=world.ct, period=world.period(period), by=world.by("lan"), at=instant()
        )
    feed = make_feed(person=world.people["lan"], by=world.by("lan"), at=instant())
    address = reverse("notices:feed", args=[feed.pk, feeds.token(feed)])
    client = Client()
    client.get(address)
    with django_assert_num_queries(6):
        assert client.get(address).status_code == 200


def test_the_desk_shows_what_was_not_read(world: World) -> None:
    sent(world)
    client = Client()
    client.force_login(User.objects.get(pk=world.people["hoa"].pk))
    page = client.get("/").content.decode()
    assert "Cần Thơ đã gửi Báo cáo tháng (Tháng 1/2020)." in page
    client.post(reverse("notices:read-all"))
    assert "đã gửi Báo cáo tháng" not in client.get("/").content.decode()

"""A conclusion that asks for an amendment becomes a proposal in the agreement, traceable both ways."""

import pytest
from django.urls import reverse

from giaoban.agreements import actions as agreements
from giaoban.agreements.models import Proposal
from giaoban.core.refused import Refused
from giaoban.meetings.actions.proposing import propose_amendment
from giaoban.meetings.models import Conclusion
from giaoban.meetings.tests.hall import AFTER, concluded, in_session
from giaoban.meetings.tests.story import signed_in
from giaoban.reports.tests.world import World


@pytest.fixture
def asked(world: World) -> Conclusion:
    return concluded(world, in_session(world), "Sửa thời hạn báo cáo tháng", amends=True)


def proposed(world: World, conclusion: Conclusion, who: str = "kim") -> Proposal:
    return propose_amendment(
        conclusion=conclusion, unit=world.office, article=None, text="Trước ngày 05", reason="Hội nghị kết luận",
        by=world.by(who, AFTER), at=AFTER,
    )  # fmt: skip


def address(conclusion: Conclusion) -> str:
    meeting = conclusion.meeting
    return reverse("meetings:propose-amendment", args=[meeting.agreement.code, meeting.pk, conclusion.pk])


@pytest.mark.requirement(52)
@pytest.mark.requirement(54)
def test_it_is_proposed_in_one_act_and_each_leads_to_the_other(world: World, asked: Conclusion) -> None:
    kim = signed_in(world, "kim")
    assert address(asked) in kim.get(asked.get_absolute_url()).content.decode()
    form = kim.get(address(asked)).context["form"]
    assert form["text"].value() == "Sửa thời hạn báo cáo tháng"
    given = {"unit": world.office.pk, "text": form["text"].value(), "reason": form["reason"].value()}
    answer = kim.post(address(asked), given)
    made = Proposal.objects.get()
    assert answer.url == made.get_absolute_url() and made.state == "proposed"
    assert "14/01/2021" in made.reason
    assert asked.get_absolute_url() in kim.get(made.get_absolute_url()).content.decode()
    told = kim.get(asked.get_absolute_url()).content.decode()
    assert made.get_absolute_url() in told and address(asked) not in told
    assert kim.post(address(asked), given).status_code == 200 and Proposal.objects.count() == 1


def test_a_unit_reads_that_it_is_proposed_and_not_the_proposal(world: World, asked: Conclusion) -> None:
    made = proposed(world, asked)
    lan = signed_in(world, "lan")
    told = lan.get(asked.get_absolute_url()).content.decode()
    assert made.get_absolute_url() not in told and "Đề nghị" in told
    assert lan.get(address(asked)).status_code == 404


def test_the_neighbour_sees_nothing(world: World, asked: Conclusion) -> None:
    made = proposed(world, asked)
    nga = signed_in(world, "nga")
    for url in (asked.get_absolute_url(), address(asked), made.get_absolute_url()):
        assert nga.get(url).status_code == 404


def test_once_and_again_after_it_was_withdrawn(world: World, asked: Conclusion) -> None:
    first = proposed(world, asked)
    with pytest.raises(Refused, match="proposed already"):
        proposed(world, asked)
    agreements.withdraw(proposal=first, by=world.by("kim", AFTER), at=AFTER)
    second = proposed(world, asked)
    asked.refresh_from_db()
    assert asked.proposal == second and Proposal.objects.count() == 2


def test_what_does_not_ask_for_it_or_is_not_accepted_becomes_none(world: World, asked: Conclusion) -> None:
    plain = concluded(world, asked.meeting, "Diễn tập")
    with pytest.raises(Refused, match="asks for an amendment"):
        proposed(world, plain)
    with pytest.raises(Refused):
        proposed(world, asked, who="lan")
    assert address(plain) not in signed_in(world, "kim").get(plain.get_absolute_url()).content.decode()
    assert not Proposal.objects.exists()

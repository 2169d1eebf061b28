"""Alice coordinates one agreement, Charlie another; Olga operates all. Who may give which role to whom."""

from datetime import date

import pytest

from giaoban.accounts.models import User
from giaoban.agreements import actions, queries
from giaoban.agreements.models import Membership
from giaoban.agreements.policy import ACCOUNTS
from giaoban.agreements.tests.world import NOW, START
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused

SITE = "https://giaoban.example/"
TODAY = date(2026, 1, 5)


def invite(world, by, **given):
    given = {
        "agreement": world.agreement, "email": "nam@example.vn", "name": "Nam", "role": "reporter",
        "unit": world.units["P2"], "valid_from": TODAY, "site": SITE,
    } | given  # fmt: skip
    return actions.invite_person(by=world.by(by), at=NOW, **given)


def role_of(world, name):
    return Membership.objects.get(user=world.people[name])


@pytest.mark.requirement(90)
def test_a_coordinator_invites_a_reporter_and_the_trail_names_no_person(world):
    invitation = invite(world, "alice")
    role = Membership.objects.get(user=invitation.person)
    assert (role.role, role.unit, role.agreement) == ("reporter", world.units["P2"], world.agreement)
    assert invitation.link.startswith(SITE)
    given = AuditRow.objects.get(verb="give role")
    assert given.actor == world.people["alice"].actor_id
    assert "nam" not in str(list(AuditRow.objects.values_list("detail", flat=True))).lower()


def test_a_person_with_an_account_gets_the_role_on_that_account(world):
    invitation = invite(world, "alice", email="Dora@Example.vn", name="Somebody")
    assert (invitation.person, invitation.is_new, invitation.link) == (world.people["dora"], False, "")
    assert User.objects.get(pk=invitation.person.pk).name == "Dora"
    assert Membership.objects.filter(user=invitation.person).count() == 2


def test_nobody_invites_into_an_agreement_he_does_not_coordinate(world):
    for name in ("bob", "chau", "vera", "charlie"):
        with pytest.raises(Refused):
            invite(world, name)
    assert not User.objects.filter(email="nam@example.vn").exists()


def test_a_coordinator_cannot_make_operators(world):
    with pytest.raises(Refused):
        invite(world, "alice", role="operator")
    with pytest.raises(Refused):
        invite(world, "alice", agreement=None, unit=None, role="operator")
    with pytest.raises(Refused):
        actions.change_role(membership=role_of(world, "bob"), role="operator", by=world.by("alice"), at=NOW)
    assert Membership.objects.filter(role="operator").count() == 1


def test_a_coordinator_cannot_raise_himself(world):
    own = role_of(world, "alice")
    for act in (
        lambda by: actions.change_role(membership=own, role="verifier", may_accept_own=True, by=by, at=NOW),
        lambda by: actions.end_role(membership=own, on=TODAY, by=by, at=NOW),
        lambda by: actions.give_role(
            person=by.user,
            agreement=world.agreement,
            role="chair",
            unit=world.units["R"],
            valid_from=TODAY,
            by=by,
            at=NOW,
        ),
    ):
        with pytest.raises(Refused):
            act(world.by("alice"))


def test_a_role_is_changed_and_ended_from_a_day_on(world):
    bob = role_of(world, "bob")
    actions.change_role(membership=bob, unit=world.units["P2"], by=world.by("alice"), at=NOW)
    actions.end_role(membership=bob, on=date(2026, 2, 1), by=world.by("alice"), at=NOW)
    bob.refresh_from_db()
    assert (bob.unit, bob.valid_to) == (world.units["P2"], date(2026, 2, 1))
    assert [r.verb for r in AuditRow.objects.filter(subject=f"accounts.user:{bob.user_id}")] == [
        "change role",
        "end role",
    ]
    assert queries.state_on(bob, date(2026, 1, 31)).code == "now"
    assert queries.state_on(bob, date(2026, 2, 1)).code == "ended"


def test_a_role_that_has_not_begun_is_taken_back(world):
    later = actions.give_role(
        person=world.people["bob"], agreement=world.agreement, role="verifier", unit=world.units["P1"],
        valid_from=date(2027, 1, 1), by=world.by("alice"), at=NOW,
    )  # fmt: skip
    actions.end_role(membership=later, on=TODAY, by=world.by("alice"), at=NOW)
    assert not Membership.objects.filter(pk=later.pk).exists()


def test_the_same_role_is_not_given_twice_in_one_time(world):
    with pytest.raises(Refused) as told:
        actions.give_role(
            person=world.people["bob"], agreement=world.agreement, role="reporter", unit=world.units["P1"],
            valid_from=date(2025, 1, 1), by=world.by("alice"), at=NOW,
        )  # fmt: skip
    assert told.value.field == "role"


def test_only_a_verifier_may_be_allowed_to_accept_his_own_report(world):
    with pytest.raises(Refused) as told:
        actions.change_role(
            membership=role_of(world, "bob"), may_accept_own=True, by=world.by("alice"), at=NOW
        )
    assert told.value.field == "may_accept_own"
    vera = actions.change_role(
        membership=role_of(world, "vera"), may_accept_own=True, by=world.by("alice"), at=NOW
    )
    assert vera.may_accept_own


def test_a_role_needs_a_unit_that_exists_then(world):
    with pytest.raises(Refused) as told:
        invite(world, "alice", unit=None)
    assert told.value.field == "unit"
    with pytest.raises(Refused) as told:
        invite(world, "alice", valid_from=date(2019, 1, 1), valid_to=START)
    assert told.value.field == "unit"


def test_the_last_operator_stays(world):
    olga, by = role_of(world, "olga"), world.by("olga")
    for act in (
        lambda: actions.end_role(membership=olga, on=TODAY, by=by, at=NOW),
        lambda: actions.change_role(membership=olga, valid_to=date(2030, 1, 1), by=by, at=NOW),
        lambda: actions.deactivate_person(person=world.people["olga"], by=by, at=NOW),
    ):
        with pytest.raises(Refused, match="(?i)last operator|vận hành cuối cùng"):
            act()
    actions.give_role(
        person=world.people["bob"], agreement=None, role="operator", valid_from=TODAY, by=by, at=NOW
    )
    actions.end_role(membership=olga, on=date(2026, 2, 1), by=by, at=NOW)
    assert Membership.objects.get(pk=olga.pk).valid_to == date(2026, 2, 1)


def test_a_coordinator_manages_accounts_of_his_own_people_only(world):
    alice = world.by("alice")
    assert ACCOUNTS.may(alice, "deactivate", world.people["bob"])
    assert not ACCOUNTS.may(alice, "see_link", world.people["bob"])
    for name in ("alice", "charlie", "dora", "olga"):
        assert not ACCOUNTS.may(alice, "deactivate", world.people[name])
    invite(world, "alice", email="dora@example.vn")
    assert not ACCOUNTS.may(alice, "reset", world.people["dora"])
    assert not ACCOUNTS.may(world.by("bob"), "invite", None)
    assert ACCOUNTS.may(world.by("olga"), "see_link", world.people["dora"])


def test_a_deactivated_person_can_do_nothing(world):
    actions.deactivate_person(person=world.people["bob"], by=world.by("alice"), at=NOW)
    assert world.by("bob").memberships == []
    with pytest.raises(Refused):
        actions.deactivate_person(person=world.people["dora"], by=world.by("alice"), at=NOW)

"""Alice manages the people of her agreement in the browser, Olga everybody; Charlie finds nothing of it."""

from datetime import date

import pytest
from django.urls import reverse

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement, Membership
from giaoban.agreements.tests.world import START


def url(name, *args):
    return reverse(f"agreements:{name}", args=args)


ROLE = {"role": "verifier", "unit": "P2", "valid_from": "2026-02-01", "valid_to": ""}
PERSON = {"email": "nam@example.vn", "name": "Nam", "language": "vi"}
AGREEMENT = {
    "title_vi": "Phối hợp y tế", "lead": "R", "starts_on": "2026-01-01", "parties": "level:1", "hierarchy": "territory",
    "timezone": "Asia/Ho_Chi_Minh",
}  # fmt: skip


def test_everybody_finds_his_agreements_and_no_others(world, sign_in):
    for name, seen in (("bob", {"phoi-hop"}), ("charlie", {"khac"}), ("olga", {"phoi-hop", "khac"})):
        page = sign_in(name).get(url("index")).context["page"]
        assert {row.code for row in page.rows} == seen
        for code in ("phoi-hop", "khac"):
            status = sign_in(name).get(url("overview", code)).status_code
            assert status == (200 if code in seen else 404), (name, code)


def test_the_overview_shows_parties_and_term(world, sign_in):
    text = sign_in("bob").get(url("overview", "phoi-hop")).content.decode()
    for words in ("Quy chế phối hợp", "Cần Thơ", "Đồng Tháp", "01/01/2020"):
        assert words in text
    assert url("edit", "phoi-hop") not in text
    assert url("edit", "phoi-hop") in sign_in("alice").get(url("overview", "phoi-hop")).content.decode()


@pytest.mark.requirement(90)
def test_the_pages_of_people_are_not_there_for_others(world, sign_in):
    bob = world.people["bob"].pk
    role = Membership.objects.get(user=bob).pk
    here = [
        url("people", "phoi-hop"), url("invite", "phoi-hop"), url("person", "phoi-hop", bob),
        url("give", "phoi-hop", bob),
        url("reset", "phoi-hop", bob), url("switch", "phoi-hop", bob, "deactivate"), url("edit", "phoi-hop"),
        url("change-role", "phoi-hop", role), url("end-role", "phoi-hop", role),
    ]  # fmt: skip
    everywhere = [
        url("everybody"),
        url("account", bob),
        url("invite-operator"),
        url("make-operator", bob),
        url("new"),
    ]
    for name, status in (
        ("alice", 200),
        ("olga", 200),
        ("bob", 404),
        ("vera", 404),
        ("chau", 404),
        ("charlie", 404),
    ):
        assert {sign_in(name).get(address).status_code for address in here} == {status}, name
    for name, status in (("olga", 200), ("alice", 404), ("bob", 404), ("charlie", 404)):
        assert {sign_in(name).get(address).status_code for address in everywhere} == {status}, name
    charlie = sign_in("charlie")
    assert charlie.get(url("person", "khac", bob)).status_code == 404
    assert charlie.get(url("change-role", "khac", role)).status_code == 404


def test_alice_invites_a_person_and_sees_the_link_once(world, sign_in):
    alice = sign_in("alice")
    page = alice.post(url("invite", "phoi-hop"), PERSON | ROLE)
    nam = User.objects.get(email="nam@example.vn")
    assert "/accounts/password/reset/key/" in page.content.decode()
    held = Membership.objects.get(user=nam)
    assert (held.role, held.unit.code, held.valid_from) == ("verifier", "P2", date(2026, 2, 1))
    text = alice.get(url("person", "phoi-hop", nam.pk)).content.decode()
    assert "nam@example.vn" in text and "/accounts/password/reset/key/" not in text


def test_what_is_wrong_stands_at_its_field(world, sign_in):
    alice = sign_in("alice")
    page = alice.post(url("invite", "phoi-hop"), PERSON | ROLE | {"unit": "Y", "email": "x"})
    assert page.context["form"].errors.keys() == {"unit", "email"}
    page = alice.post(url("invite", "phoi-hop"), PERSON | ROLE | {"role": "reporter", "may_accept_own": "on"})
    assert page.context["form"].errors.keys() == {"may_accept_own"}
    page = alice.post(url("invite", "phoi-hop"), PERSON | ROLE | {"role": "operator"})
    assert page.context["form"].errors.keys() == {"role"}
    assert not User.objects.filter(email="nam@example.vn").exists()


def test_roles_are_given_changed_and_ended(world, sign_in):
    alice, bob = sign_in("alice"), world.people["bob"]
    alice.post(url("give", "phoi-hop", bob.pk), ROLE)
    held = bob.memberships.get(role="verifier")
    alice.post(
        url("change-role", "phoi-hop", held.pk), ROLE | {"unit": "R · Miền Tây", "may_accept_own": "on"}
    )
    held.refresh_from_db()
    assert (held.unit.code, held.may_accept_own) == ("R", True)
    alice.post(url("end-role", "phoi-hop", held.pk), {"on": "2026-03-01"})
    held.refresh_from_db()
    assert held.valid_to == date(2026, 3, 1)


def test_alice_cannot_change_her_own_roles(world, sign_in):
    alice, own = sign_in("alice"), world.people["alice"]
    page = alice.post(url("give", "phoi-hop", own.pk), ROLE)
    assert page.context["form"].non_field_errors()
    assert own.memberships.count() == 1
    assert alice.get(url("switch", "phoi-hop", own.pk, "deactivate")).status_code == 404


def test_accounts_are_deactivated_reactivated_and_reset(world, sign_in):
    alice, bob = sign_in("alice"), world.people["bob"]
    alice.post(url("switch", "phoi-hop", bob.pk, "deactivate"))
    assert not User.objects.get(pk=bob.pk).is_active
    alice.post(url("switch", "phoi-hop", bob.pk, "reactivate"))
    page = alice.post(url("reset", "phoi-hop", bob.pk))
    assert "/accounts/password/reset/key/" not in page.content.decode()
    assert not User.objects.get(pk=bob.pk).has_usable_password()
    page = sign_in("olga").post(url("account-reset", bob.pk))
    assert "/accounts/password/reset/key/" in page.content.decode()


def test_olga_makes_a_second_operator_and_the_last_one_stays(world, sign_in):
    olga, own = sign_in("olga"), world.people["olga"]
    held = own.memberships.get()
    page = olga.post(url("end-operator", own.pk, held.pk), {"on": "2026-01-05"})
    assert page.context["form"].non_field_errors()
    olga.post(url("make-operator", world.people["vera"].pk), {"valid_from": str(START), "valid_to": ""})
    olga.post(url("end-operator", own.pk, held.pk), {"on": "2026-12-01"})
    assert own.memberships.get().valid_to == date(2026, 12, 1)


def test_olga_invites_an_operator(world, sign_in):
    page = sign_in("olga").post(url("invite-operator"), PERSON | {"valid_from": "2026-01-01", "valid_to": ""})
    assert "/accounts/password/reset/key/" in page.content.decode()
    assert Membership.objects.get(user__email="nam@example.vn").role == "operator"


def test_olga_makes_an_agreement_and_alice_edits_hers(world, sign_in):
    olga = sign_in("olga")
    page = olga.post(url("new"), AGREEMENT | {"code": "people"})
    assert page.context["form"].errors.keys() == {"code"}
    page = olga.post(url("new"), AGREEMENT | {"code": "y-te", "parties": "units", "parties_units": "P9"})
    assert page.context["form"].errors.keys() == {"parties_units"}
    olga.post(url("new"), AGREEMENT | {"code": "y-te", "parties": "units", "parties_units": "P1, P2"})
    assert Agreement.objects.get(code="y-te").parties == "P1 P2"
    sign_in("alice").post(url("edit", "phoi-hop"), AGREEMENT | {"title_en": "Health"})
    assert Agreement.objects.get(code="phoi-hop").titles == {"vi": "Phối hợp y tế", "en": "Health"}


@pytest.mark.parametrize("more", [1, 3])
def test_the_number_of_questions_does_not_grow(world, sign_in, django_assert_num_queries, more):
    for n in range(more):
        made = User.objects.create_user(f"n{n}@example.vn", name=f"N{n}")
        for user in (made, world.people["bob"]):
            Membership.objects.create(
                user=user, agreement=world.agreement, unit=world.units["P2"], role="chair",
                valid_from=date(2021 + n, 1, 1),
                valid_to=None if user is made else date(2021 + n, 6, 1),
            )  # fmt: skip
    olga, bob = sign_in("olga"), world.people["bob"].pk
    for address, number in (
        (url("index"), 5),
        (url("people", "phoi-hop"), 6),
        (url("person", "phoi-hop", bob), 7),
        (url("everybody"), 6),
        (url("account", bob), 6),
        (url("overview", "phoi-hop"), 10),
    ):
        olga.get(address)
        with django_assert_num_queries(number):
            olga.get(address)


def test_a_coordinator_reads_only_the_history_of_his_own_agreement(world, sign_in):
    dora = world.people["dora"]
    sign_in("charlie").post(url("give", "khac", dora.pk), ROLE | {"unit": "Y", "role": "chair"})
    sign_in("olga").post(url("invite", "phoi-hop"), PERSON | ROLE | {"email": "dora@example.vn"})
    seen = sign_in("alice").get(url("person", "phoi-hop", dora.pk))
    assert [event.who for event in seen.context["events"]] == ["Olga"]
    assert "Charlie" not in seen.content.decode()
    everything = sign_in("olga").get(url("account", dora.pk)).context["events"]
    assert {event.who for event in everything} == {"Olga", "Charlie"}

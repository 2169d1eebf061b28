"""People are invited, deactivated, reset; whoever has no right to it is refused, and the trail shows it all."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from giaoban.accounts import actions
from giaoban.accounts.models import User
from giaoban.accounts.tests.people import AT, SITE, Rights, person
from giaoban.core import audit
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused


@pytest.fixture
def staff(db):
    oanh, kim, nga, lan = (person(name) for name in ("Oanh", "Kim", "Nga", "Lan"))
    policy = Rights(operators={oanh.pk}, managed={kim.pk: {lan.pk}})
    return {"oanh": oanh, "kim": kim, "nga": nga, "lan": lan, "policy": policy}


def invite(staff, by="kim", **fields):
    given = {"email": "Hoa@Example.org", "name": "Trần Thị Hoa", "site": SITE}
    return actions.invite(**(given | fields), by=staff[by], at=AT, policy=staff["policy"])


def trail(subject) -> list[str]:
    rows = AuditRow.objects.filter(subject=audit.subject_of(subject))
    return list(rows.order_by("number").values_list("verb", flat=True))


def path(link: str) -> str:
    assert link.startswith(SITE)
    return link.removeprefix(SITE.rstrip("/"))


def choose_password(link: str, password: str):
    browser = Client()
    form = browser.get(path(link), follow=True)
    address = form.redirect_chain[-1][0] if form.redirect_chain else path(link)
    return browser.post(address, {"password1": password, "password2": password}, follow=True)


def sign_in(email: str, password: str) -> Client:
    browser = Client()
    browser.post("/accounts/login/", {"login": email, "password": password})
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/accounts/profile/").status_code == 200


def test_an_invited_person_chooses_a_password_once_and_signs_in(staff, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invitation = invite(staff)
    assert invitation.is_new
    assert invitation.person.email == "hoa@example.org"
    assert not invitation.person.has_usable_password()
    assert invitation.link in mail.outbox[0].body
    assert mail.outbox[0].subject == "Tài khoản của bạn tại Giao Ban"

    choose_password(invitation.link, "chon-mat-khau-nay")
    assert is_in(sign_in("hoa@example.org", "chon-mat-khau-nay"))

    choose_password(invitation.link, "nguoi-khac-thu-lai")
    assert not is_in(sign_in("hoa@example.org", "nguoi-khac-thu-lai"))


def test_a_known_address_gives_no_link(staff):
    again = invite(staff, email="LAN@example.org", name="Somebody else")
    assert (again.person, again.link, again.is_new) == (staff["lan"], "", False)
    staff["lan"].refresh_from_db()
    assert staff["lan"].name == "Lan"


def test_who_manages_nobody_invites_nobody(staff):
    with pytest.raises(Refused):
        invite(staff, by="nga")
    assert not User.objects.filter(email="hoa@example.org").exists()


@pytest.mark.requirement(91)
def test_the_trail_proves_the_address_without_holding_it(staff):
    invited = invite(staff).person
    row = AuditRow.objects.get(subject=audit.subject_of(invited))
    assert (row.verb, row.actor, row.at) == ("invite", staff["kim"].actor_id, AT)
    assert row.detail == {"email": audit.personal("hoa@example.org")}
    everything = json.dumps(list(AuditRow.objects.values("detail", "subject", "actor")))
    assert "hoa" not in everything.lower()
    assert list(audit.faults()) == []


def test_a_deactivated_person_is_out_at_once_and_comes_back(staff):
    lan, given = staff["lan"], {"by": staff["kim"], "at": AT, "policy": staff["policy"]}
    browser = sign_in(lan.email, "mot-mat-khau-dai")
    assert is_in(browser)

    actions.deactivate(person=lan, **given)
    assert not is_in(browser)
    assert not is_in(sign_in(lan.email, "mot-mat-khau-dai"))

    actions.deactivate(person=lan, **given)
    actions.reactivate(person=lan, **given)
    assert is_in(sign_in(lan.email, "mot-mat-khau-dai"))
    assert trail(lan) == ["deactivate", "reactivate"]


def test_nobody_locks_himself_out(staff):
    with pytest.raises(Refused):
        actions.deactivate(person=staff["oanh"], by=staff["oanh"], at=AT, policy=staff["policy"])


@pytest.mark.parametrize("act", [actions.deactivate, actions.reactivate, actions.reset_second_factor])
def test_a_coordinator_does_not_touch_other_peoples_accounts(staff, act):
    for other in ("oanh", "nga"):
        with pytest.raises(Refused):
            act(person=staff[other], by=staff["kim"], at=AT, policy=staff["policy"])
        assert trail(staff[other]) == []


def test_only_an_operator_sees_the_link_of_a_reset(staff, django_capture_on_commit_callbacks):
    lan, given = staff["lan"], {"site": SITE, "at": AT, "policy": staff["policy"]}
    browser = sign_in(lan.email, "mot-mat-khau-dai")
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.reset_password(person=lan, by=staff["kim"], **given) == ""
    assert not is_in(browser)
    sent = re.search(r"https://\S+", mail.outbox[0].body).group()

    shown = actions.reset_password(person=lan, by=staff["oanh"], **given)
    choose_password(sent, "lien-ket-cu-khong-dung")
    assert not is_in(sign_in(lan.email, "lien-ket-cu-khong-dung"))
    choose_password(shown, "mat-khau-moi-cua-lan")
    assert is_in(sign_in(lan.email, "mat-khau-moi-cua-lan"))
    assert trail(lan) == ["reset password", "reset password"]


def test_a_lost_second_factor_is_taken_away(staff, django_capture_on_commit_callbacks):
    lan = staff["lan"]
    Authenticator.objects.create(user=lan, type=Authenticator.Type.TOTP, data={"secret": "x"})
    with django_capture_on_commit_callbacks(execute=True):
        gone = actions.reset_second_factor(person=lan, by=staff["kim"], at=AT, policy=staff["policy"])
    assert gone == 1
    assert not Authenticator.objects.filter(user=lan).exists()
    assert mail.outbox[0].to == [lan.email]

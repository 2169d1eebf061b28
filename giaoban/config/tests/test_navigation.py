"""The menu shows a person the places he may enter, and no others."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement, Membership
from giaoban.agreements.standing import Standing
from giaoban.config import navigation
from giaoban.units.models import Unit

AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
BEGIN = date(2020, 1, 1)


@pytest.fixture
def agreements(db) -> list[Agreement]:
    office = Unit.objects.create(uid="office", code="80", name="Văn phòng", level=1, valid_from=BEGIN)
    return [
        Agreement.objects.create(code=code, titles={"vi": title}, lead=office, starts_on=BEGIN)
        for code, title in (("lu-lut", "Phòng chống lũ lụt"), ("y-te", "Y tế dự phòng"))
    ]


def menu(user, path: str = "/", agreement: Agreement | None = None) -> dict[str, list[str]]:
    request = RequestFactory().get(path)
    request.user, request.at, request.by = user, AT, Standing(user, AT)
    groups = navigation.context(request)["navigation"](agreement)
    return {str(group.title): [place.url for place in group.places] for group in groups}


def person(name: str, **roles: Agreement) -> User:
    user = User.objects.create_user(f"{name}@example.org", None, name=name)
    for role, agreement in roles.items():
        Membership.objects.create(
            user=user, agreement=agreement, unit=agreement.lead, role=role, valid_from=BEGIN
        )
    return user


def test_a_stranger_has_no_menu(db):
    assert menu(AnonymousUser()) == {}


@pytest.mark.parametrize("entry", [*navigation.WORKSPACE, *navigation.AGREEMENT], ids=lambda e: e.url_name)
def test_every_place_has_an_address(entry):
    reverse(entry.url_name, args=["lu-lut"] if entry in navigation.AGREEMENT else [])


def test_only_who_manages_people_is_led_to_them(agreements):
    flood, _health = agreements
    people = reverse("agreements:people", args=["lu-lut"])
    assert people in menu(person("kim", coordinator=flood), agreement=flood)["Phòng chống lũ lụt"]
    assert people not in menu(person("lan", reporter=flood), agreement=flood)["Phòng chống lũ lụt"]


def test_an_agreement_shows_a_neighbour_nothing(agreements):
    flood, health = agreements
    nga = person("nga", coordinator=health)
    assert "Phòng chống lũ lụt" not in menu(nga, agreement=flood)


def test_who_has_one_agreement_has_its_places_everywhere(agreements):
    flood, health = agreements
    assert "Phòng chống lũ lụt" in menu(person("lan", reporter=flood))
    both = person("minh", reporter=flood)
    Membership.objects.create(user=both, agreement=health, unit=health.lead, role="chair", valid_from=BEGIN)
    assert len(menu(both)) == 1


def test_the_place_one_is_in_is_marked(agreements):
    flood, _health = agreements
    request = RequestFactory().get("/a/lu-lut/reports/due/")
    user = person("lan", reporter=flood)
    request.user, request.at, request.by = user, AT, Standing(user, AT)
    places = navigation.context(request)["navigation"](flood)[1].places
    assert [(p.url, p.is_page) for p in places if p.is_here] == [("/a/lu-lut/reports/", False)]

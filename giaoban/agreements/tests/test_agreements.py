"""The operator makes agreements; the coordinator keeps his own in order; the neighbour sees none of it."""

from datetime import date

import pytest
from django.http import Http404

from giaoban.agreements import actions, queries, urls
from giaoban.agreements.actions.agreements import TAKEN
from giaoban.agreements.tests.world import NOW, START
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused


def create(world, by="olga", **given):
    given = {
        "code": "y-te", "titles": {"vi": "Phối hợp y tế"}, "lead": world.units["R"], "parties": "P1, P2",
        "starts_on": START,
    } | given  # fmt: skip
    return actions.create_agreement(by=world.by(by), at=NOW, **given)


@pytest.mark.requirement(8)
def test_an_operator_makes_an_agreement(world):
    made = create(world, number="01/QC-2026", signed_on=date(2025, 12, 30))
    assert [unit.code for unit in queries.parties_on(made, date(2026, 1, 1))] == ["P1", "P2"]
    assert AuditRow.objects.get(subject=f"agreements.agreement:{made.pk}").verb == "create agreement"


def test_no_agreement_hides_behind_an_address_of_its_own(world):
    fixed = {str(p.pattern).split("/")[0] for p in urls.urlpatterns if not str(p.pattern).startswith("<")} - {
        ""
    }
    assert fixed == TAKEN
    for code in fixed:
        with pytest.raises(Refused):
            create(world, code=code)


def test_a_coordinator_makes_none(world):
    with pytest.raises(Refused):
        create(world, by="alice")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "phoi-hop"}, "code"),
        ({"code": "people"}, "code"),
        ({"parties": "P9"}, "parties"),
        ({"parties": "level:x"}, "parties"),
        ({"ends_on": date(2019, 12, 31)}, "ends_on"),
        ({"timezone": "Asia/Can_Tho"}, "timezone"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(world, wrong, field):
    with pytest.raises(Refused) as told:
        create(world, **wrong)
    assert told.value.field == field


@pytest.mark.requirement(91)
def test_a_coordinator_edits_his_agreement_and_the_trail_names_the_fields(world):
    actions.edit_agreement(
        agreement=world.agreement,
        number="02/QC",
        ends_on=date(2026, 12, 31),
        parties="level:1",
        by=world.by("alice"),
        at=NOW,
    )
    row = AuditRow.objects.get(subject=f"agreements.agreement:{world.agreement.pk}")
    assert row.detail == {"fields": ["number", "ends_on"]}
    for name in ("bob", "charlie"):
        with pytest.raises(Refused):
            actions.edit_agreement(agreement=world.agreement, number="x", by=world.by(name), at=NOW)


def test_an_agreement_is_not_there_for_the_neighbour(world):
    assert queries.agreement_for(world.by("bob"), "phoi-hop") == world.agreement
    for by, code, right in (
        ("charlie", "phoi-hop", "read"),
        ("bob", "phoi-hop", "manage"),
        ("olga", "none", "read"),
    ):
        with pytest.raises(Http404):
            queries.agreement_for(world.by(by), code, right)
    assert list(queries.agreements_of(world.by("charlie"))) == [world.elsewhere]
    assert queries.agreements_of(world.by("olga")).count() == 2

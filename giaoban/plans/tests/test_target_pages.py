"""Targets in the browser and as files."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from giaoban.agreements.tests.world import MADE_BY, NOW
from giaoban.lib import xlsx
from giaoban.plans import actions, exports
from giaoban.plans.models import Target
from giaoban.reportforms.tests import story


@pytest.fixture
def visits(world):
    return story.indicator(world.agreement, "visits", decimals=1, unit_of_measure="lượt")


def url(name, *args, code="phoi-hop"):
    return reverse(f"plans:{name}", args=[code, *args])


def target(world, visits, period="2026", value="1234.5"):
    return actions.set_target(
        agreement=world.agreement, indicator=visits, unit=world.units["P1"], period=period, value=Decimal(value),
        by=MADE_BY, at=NOW,
    )  # fmt: skip


def send(client, name, content):
    return client.post(url("targets-import"), {"file": SimpleUploadedFile(name, content)})


def test_who_may_read_and_who_may_change(world, visits, sign_in):
    row = target(world, visits)
    read = [url("targets"), url("targets-csv"), url("targets-xlsx")]
    change = [
        url("target-new"),
        url("targets-import"),
        url("target-edit", row.pk),
        url("target-remove", row.pk),
    ]
    for name, may_read, may_change in (
        ("alice", 200, 200), ("olga", 200, 200), ("bob", 200, 404), ("chau", 200, 404), ("charlie", 404, 404),
    ):  # fmt: skip
        person = sign_in(name)
        assert [person.get(a).status_code for a in read] == [may_read] * 3, name
        assert [person.get(a).status_code for a in change] == [may_change] * 4, name
    assert sign_in("charlie").get(url("target-edit", row.pk, code="khac")).status_code == 404


@pytest.mark.requirement(32)
def test_alice_writes_numbers_as_vietnamese_do(world, visits, sign_in):
    alice = sign_in("alice")
    sent = {"indicator": visits.pk, "unit": "P1", "period": "2026", "value": "1.234,5"}
    alice.post(url("target-new"), sent)
    row = Target.objects.get()
    assert row.value == Decimal("1234.5")
    assert "1.234,5" in alice.get(url("targets")).content.decode()
    page = alice.post(url("target-edit", row.pk), {"value": "1,25"})
    assert page.context["form"].errors.keys() == {"value"}
    alice.post(url("target-edit", row.pk), {"value": "2.000"})
    assert Target.objects.get().value == 2000
    alice.post(url("target-remove", row.pk))
    assert not Target.objects.exists()


def test_a_mistake_stands_at_its_field(world, visits, sign_in):
    sent = {"indicator": visits.pk, "unit": "P1", "period": "2026", "value": "1"}
    for wrong, field in (
        ({"unit": "Y"}, "unit"),
        ({"period": "next year"}, "period"),
        ({"value": "x"}, "value"),
    ):
        page = sign_in("alice").post(url("target-new"), sent | wrong)
        assert page.context["form"].errors.keys() == {field}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_is_imported_again(world, visits, sign_in, kind):
    target(world, visits)
    target(world, visits, "2026-Q1", "7")
    alice = sign_in("alice")
    content = alice.get(url(f"targets-{kind}")).content
    Target.objects.filter(period="2026").delete()
    Target.objects.filter(period="2026-Q1").update(value=8)
    send(alice, f"targets.{kind}", content)
    assert {t.period: t.value for t in Target.objects.all()} == {"2026": Decimal("1234.5"), "2026-Q1": 7}


def test_a_bad_file_is_refused_with_its_line(world, visits, sign_in):
    alice = sign_in("alice")
    for content in (
        b"indicator,unit,period,value\nvisits,P9,2026,1\n",
        b"a,b\n1,2\n",
        b"\xff\xfe",
        b"PK\x03\x04 broken",
    ):
        page = send(alice, "targets.csv", content)
        assert page.context["form"].errors.keys() == {"file"}
    assert not Target.objects.exists()


def test_excel_gives_numbers_as_numbers(world, visits):
    types = ("text", "text", "text", "number:1")
    sheet = xlsx.write_table([("visits", "P1", "2026", 12)], exports.NEEDED, types, "vi")
    (row,) = exports.read(io.BytesIO(sheet))
    assert (row.line, row.indicator, row.period, row.value) == (2, "visits", "2026", "12")


@pytest.mark.parametrize("more", [1, 3])
def test_the_number_of_questions_does_not_grow(world, visits, sign_in, django_assert_num_queries, more):
    for n in range(more):
        target(world, visits, f"202{n}")
    alice = sign_in("alice")
    alice.get(url("targets"))
    with django_assert_num_queries(8):
        alice.get(url("targets"))

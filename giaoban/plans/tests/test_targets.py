"""Alice sets what should be reached, one by one and from a file; Bob and Charlie do not."""

from decimal import Decimal

import pytest

from giaoban.agreements.tests.world import NOW
from giaoban.core.models import AuditRow
from giaoban.core.refused import Refused
from giaoban.plans import actions
from giaoban.plans.actions import Imported, Row
from giaoban.plans.models import Target
from giaoban.reportforms.models import Indicator
from giaoban.reportforms.tests import story


@pytest.fixture
def visits(world) -> Indicator:
    return story.indicator(world.agreement, "visits", decimals=1)


def put(world, indicator, by="alice", **given):
    given = {"unit": world.units["P1"], "period": "2026", "value": Decimal("100.5")} | given
    return actions.set_target(
        agreement=world.agreement, indicator=indicator, by=world.by(by), at=NOW, **given
    )


def bring(world, *rows, by="alice"):
    return actions.import_targets(
        agreement=world.agreement,
        rows=[Row(n, *row) for n, row in enumerate(rows, start=2)],
        by=world.by(by),
        at=NOW,
    )


@pytest.mark.requirement(32)
def test_a_target_is_set_and_set_again(world, visits):
    put(world, visits)
    again = put(world, visits, value=Decimal("120"))
    assert [(t.pk, t.value) for t in Target.objects.all()] == [(again.pk, 120)]
    assert [r.verb for r in AuditRow.objects.filter(subject=f"plans.target:{again.pk}")] == [
        "add target",
        "edit target",
    ]
    actions.remove_target(target=again, by=world.by("alice"), at=NOW)
    assert not Target.objects.exists()


def test_reporters_and_neighbours_set_none(world, visits):
    for name in ("bob", "vera", "chau", "charlie"):
        with pytest.raises(Refused):
            put(world, visits, by=name)
        with pytest.raises(Refused):
            bring(world, ("visits", "P1", "2026", "1"), by=name)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"value": Decimal("1.25")}, "value"), ({"period": "2026-13"}, "period"), ({"period": "2019"}, "unit")],
)
def test_what_is_wrong_is_told_at_its_field(world, visits, wrong, field):
    with pytest.raises(Refused) as told:
        put(world, visits, **wrong)
    assert told.value.field == field


def test_an_import_says_what_it_did(world, visits):
    put(world, visits, value=Decimal("1"))
    put(world, visits, value=Decimal("2"), period="2026-Q1")
    done = bring(
        world, ("visits", "P1", "2026", "1"), ("visits", "P1", "2026-Q1", "3.5"), ("visits", "P2", "2026", "4"),
        ("visits", "R", "2026", ""),
    )  # fmt: skip
    assert done == Imported(added=1, changed=1, same=1)
    values = {(t.unit.code, t.period): t.value for t in Target.objects.select_related("unit")}
    assert values == {("P1", "2026"): 1, ("P1", "2026-Q1"): Decimal("3.5"), ("P2", "2026"): 4}


def test_an_import_with_a_bad_row_imports_nothing_and_names_every_line(world, visits):
    with pytest.raises(Refused) as told:
        bring(
            world, ("visits", "P1", "2026", "1"), ("none", "P1", "2026", "1"), ("visits", "P9", "2026", "1"),
            ("visits", "P1", "2026-Q5", "1"), ("visits", "P2", "2026", "1,5"), ("visits", "P1", "2026", "2"),
        )  # fmt: skip
    lines = str(told.value).splitlines()
    assert len(lines) == 6
    assert ["3" in lines[1], "4" in lines[2], "5" in lines[3], "6" in lines[4], "7" in lines[5]] == [True] * 5
    assert not Target.objects.exists()

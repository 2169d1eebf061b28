"""Several questions under one snapshot: what changed is read once, and each still gets its own answer."""

from fractions import Fraction

import pytest
from django.db import connection

from giaoban.reports.tests.world import World
from giaoban.rollups.tests.story import accepted, file_all, row

#: What a question asks beside its indicator: stamps, buckets, reports that lie in no file or changed since.
FIRST, AGAIN = 4, 1


@pytest.mark.requirement(30)
@pytest.mark.parametrize("filed", [False, True])
def test_what_changed_is_read_once(
    world: World, filed: bool, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    accepted(world, "lan", 1, visits=12), accepted(world, "lan", 2, visits=7)
    if filed:
        file_all()
    accepted(world, "minh", 1, visits=30)  # waits beside the files
    row(world, "visits", world.office, "2020-01")  # the tree and the forms are in memory
    monkeypatch.setattr(connection, "in_snapshot", True, raising=False)
    monkeypatch.setattr(connection, "seen", {}, raising=False)
    with django_assert_num_queries(FIRST):
        assert row(world, "visits", world.office, "2020-01").value == 42
    with django_assert_num_queries(AGAIN):
        assert row(world, "visits", world.ct, "2020-01").value == 12
    assert row(world, "visits", world.office, "2020-02").value == Fraction(7)
    assert row(world, "visits", world.office, "2020-Q1").value == 49

"""Files keep up with the tree and the indicators, and damage is found."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.core.jobs import _jobs
from giaoban.reportforms import stamps
from giaoban.reports.tests.world import World
from giaoban.rollups import jobs
from giaoban.rollups.actions import damaged, keep_up, mend
from giaoban.rollups.models import Bucket, Generation, Pending
from giaoban.rollups.store import shelf
from giaoban.rollups.tests.story import accepted, at, value
from giaoban.units.actions import rebuild_ancestry
from giaoban.units.models import Parent


@pytest.fixture
def kept(world: World) -> World:
    accepted(world, "lan", 1, visits=12, stock="1.5")
    accepted(world, "minh", 1, visits=30)
    assert keep_up(at=at(4)) == 1
    return world


def test_nothing_is_made_twice(kept: World) -> None:
    assert keep_up(at=at(4)) == 0
    assert not Pending.objects.exists()


def test_lost_files_are_made_anew(kept: World) -> None:
    made = Generation.objects.get()
    assert list(damaged()) == []
    path = shelf.root() / made.path / shelf.PARTIALS
    path.write_bytes(b"\0" * path.stat().st_size)
    assert list(damaged()) == [made]
    assert mend(at=at(5)) == 1
    assert list(damaged()) == []
    made = Generation.objects.get(replaced_at=None)
    (shelf.root() / made.path / shelf.FACTS).unlink()
    assert list(damaged()) == [made]
    assert keep_up(at=at(5)) == 1
    assert list(damaged()) == []
    assert value(kept, "visits", kept.office, "2020-01") == 42


def test_files_follow_a_new_tree_and_new_decimals(kept: World) -> None:
    assert value(kept, "visits", kept.ct, "2020-01") == 12
    Parent.objects.create(unit=kept.ag, parent=kept.ct, valid_from=date(2020, 1, 10))
    Parent.objects.filter(unit=kept.ag, parent=kept.office).update(valid_to=date(2020, 1, 10))
    rebuild_ancestry()
    assert value(kept, "visits", kept.ct, "2020-01") == 42
    assert keep_up(at=at(5)) == 1
    assert value(kept, "visits", kept.ct, "2020-01") == 42
    kept.agreement.indicators.filter(code="visits").update(decimals=2)
    stamps.forget()
    assert value(kept, "visits", kept.office, "2020-01") == 42
    assert value(kept, "stock", kept.office, "2020-01") == 1.5
    assert keep_up(at=at(5)) == 1
    assert value(kept, "visits", kept.office, "2020-01") == 42


def test_a_lost_job_is_made_up_for(kept: World) -> None:
    """The worker died between taking the job and doing it."""
    accepted(kept, "lan", 2, visits=1)
    Bucket.objects.update(queued=False)
    _jobs["rollups.jobs.keep_files"].work(at(5))
    assert not Pending.objects.exists()
    assert jobs.compact_bucket.func(Bucket.objects.get(key="2020-02").pk) == 1

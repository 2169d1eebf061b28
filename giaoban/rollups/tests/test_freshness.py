"""A total is exact the moment a report is accepted, whatever the files say."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from giaoban.reports import actions as reports
from giaoban.reports.models import Revision
from giaoban.reports.tests.world import World
from giaoban.rollups.actions import Noted, compact, compacting, note_bulk, rebuild, sweep
from giaoban.rollups.models import Bucket, Generation, Pending
from giaoban.rollups.store import relations, shelf
from giaoban.rollups.tests.story import accepted, at, file_all, row, value


@pytest.fixture
def filed(world: World) -> World:
    """Two months of both provinces, in files."""
    for month, (one, other) in {1: (12, 30), 2: (15, 33)}.items():
        accepted(world, "lan", month, visits=one, stock="1.5", todate=one)
        accepted(world, "minh", month, visits=other, stock="2.5", todate=other)
    assert len(file_all(5)) == 2
    return world


@pytest.mark.requirement(30)
def test_accepted_figures_count_at_once_and_without_files(world: World) -> None:
    accepted(world, "lan", 1, visits=12)
    assert value(world, "visits", world.office, "2020-01") == 12
    accepted(world, "minh", 1, visits=30)
    assert value(world, "visits", world.office, "2020-01") == 42
    assert value(world, "visits", world.ct, "2020-01") == 12
    assert not Generation.objects.exists()


def test_files_say_the_same_and_nothing_is_pending_after(filed: World) -> None:
    assert not Pending.objects.exists()
    assert value(filed, "visits", filed.office, "2020-Q1") == 90
    assert value(filed, "stock", filed.office, "2020-Q1") == 4
    assert value(filed, "stock", filed.ag, "2020-01") == Fraction(5, 2)


def test_a_correction_replaces_and_a_reopened_report_leaves_at_once(filed: World) -> None:
    report = accepted(filed, "lan", 3, visits=1)
    january = report.unit.reports.get(period="2020-01")
    reports.correct(
        report=january, document={"values": {"visits": 20}}, reason="Đếm lại", by=filed.by("hoa"), at=at(5)
    )
    assert value(filed, "visits", filed.office, "2020-01") == 50
    assert value(filed, "stock", filed.office, "2020-01") == Fraction(5, 2)
    reports.reopen(report=january, reason="Xem lại", by=filed.by("hoa"), at=at(5, 5))
    assert value(filed, "visits", filed.office, "2020-01") == 30
    assert row(filed, "visits", filed.office, "2020-01").accepted == 1
    file_all(6)
    assert not Pending.objects.exists()
    assert value(filed, "visits", filed.office, "2020-01") == 30
    assert value(filed, "visits", filed.office, "2020") == 30 + 48 + 1


def test_what_changes_while_files_are_made_stays_pending(filed: World, monkeypatch) -> None:
    """A correction between the compaction's look and its end is not swallowed."""
    january = filed.ct.reports.get(period="2020-01")
    by = {"by": filed.by("hoa"), "reason": "Đếm lại"}
    reports.correct(report=january, document={"values": {"visits": 20}}, at=at(5), **by)
    settle = compacting._settle

    def late(*given):
        reports.correct(report=january, document={"values": {"visits": 21}}, at=at(5, 6), **by)
        return settle(*given)

    monkeypatch.setattr(compacting, "_settle", late)
    compact(bucket=Bucket.objects.get(key="2020-01").pk, at=at(6))
    assert Pending.objects.count() == 1
    assert value(filed, "visits", filed.office, "2020-01") == 51


def test_a_bulk_change_voids_files_made_from_what_was_before(filed: World, monkeypatch) -> None:
    settle = compacting._settle
    january = filed.ct.reports.get(period="2020-01")

    def late(*given):
        Revision.objects.filter(pk=january.accepted_id).update(document={"values": {"visits": 100}})
        note_bulk([Noted(january.pk, filed.regime.pk, "2020-01")] * 2)
        return settle(*given)

    monkeypatch.setattr(compacting, "_settle", late)
    bucket = Bucket.objects.get(key="2020-01")
    assert compact(bucket=bucket.pk, at=at(6)) is None
    assert value(filed, "visits", filed.office, "2020-01") == 130
    assert len(list(shelf.root().glob(f"{filed.regime.pk}/2020-01/*"))) == 1


@pytest.mark.parametrize("step", ["_write", "_settle"])
def test_a_killed_compaction_changes_nothing(filed: World, monkeypatch, step: str) -> None:
    january = filed.ct.reports.get(period="2020-01")
    reports.correct(
        report=january, document={"values": {"visits": 20}}, reason="Đếm lại", by=filed.by("hoa"), at=at(5)
    )

    class Killed(BaseException):
        pass

    def die(*given):
        raise Killed

    monkeypatch.setattr(compacting, step, die)
    with pytest.raises(Killed):
        compact(bucket=Bucket.objects.get(key="2020-01").pk, at=at(6))
    assert value(filed, "visits", filed.office, "2020-01") == 50
    assert Pending.objects.count() == 1
    monkeypatch.undo()
    file_all(6)
    assert value(filed, "visits", filed.office, "2020-01") == 50


@pytest.mark.parametrize("name", shelf.FILES)
def test_lost_files_are_made_up_for_by_the_revisions(filed: World, name: str) -> None:
    for made in Generation.objects.all():
        (shelf.root() / made.path / name).unlink()
    assert value(filed, "visits", filed.office, "2020-Q1") == 90
    assert row(filed, "stock", filed.office, "2020-Q1").accepted == 4
    assert rebuild(agreement=filed.agreement, at=at(6)) == 2
    assert value(filed, "visits", filed.office, "2020-Q1") == 90


@pytest.mark.parametrize("name", [shelf.FACTS, shelf.PARTIALS])
def test_damaged_files_are_noticed_and_not_believed(filed: World, name: str) -> None:
    for made in Generation.objects.all():
        path = shelf.root() / made.path / name
        path.write_bytes(b"\0" * path.stat().st_size)
    try:
        assert value(filed, "visits", filed.office, "2020-Q1") == 90
        assert value(filed, "visits", filed.ct, "2020-Q1") == 27
    finally:
        relations.damaged.clear()


def test_old_files_stay_for_readers_and_go_later(filed: World) -> None:
    first = Generation.objects.filter(bucket__key="2020-01").get()
    file_all(6)
    assert sweep(at=at(6)) == 0
    assert shelf.size(first.path) == first.size
    assert sweep(at=at(7)) == 2
    assert shelf.size(first.path) is None
    assert value(filed, "visits", filed.office, "2020-Q1") == 90


def test_a_question_writes_nothing(filed: World) -> None:
    with CaptureQueriesContext(connection) as asked:
        row(filed, "visits", filed.office, "2020-Q1")
    verbs = {query["sql"].split()[0] for query in asked}
    assert verbs <= {"SELECT", "DECLARE"}  # PostgreSQL reads long answers through a cursor
    assert len(asked) == 8
    with CaptureQueriesContext(connection) as asked:
        row(filed, "visits", filed.office, "2020-Q1")
    assert len(asked) == 5, "who owes and what is asked stay in memory while nobody changes them"

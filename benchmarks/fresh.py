"""From accepting a report to its figures in the total of the country."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import homes, world
from benchmarks.asked import Asker, compacted
from benchmarks.results import keep

ROUNDS = {"1M": 15, "6M": 15, "10M": 15, "57M": 15}
CHANGED = (1, 10, 100, 1_000)
CHANGED_AT = "10M"
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
CODE = "i001"


def run(place: Path, sizes: list[str], quick: bool) -> None:
    """One report at each size; at 10M also many."""
    for size in sizes:
        given = {
            "months": world.SIZES[size], "rounds": 3 if quick else ROUNDS[size],
            "changed": [k for k in CHANGED if size == CHANGED_AT or quick],
        }  # fmt: skip
        with _copy(homes.loaded(place, size)) as home:
            keep("fresh", size, homes.inside(home, "benchmarks.fresh:measure", **given))


@contextmanager
def _copy(home: Path) -> Iterator[Path]:
    """The other suites compare figures with those generated, so what changes here changes in a copy."""
    copy = home.with_name("changed")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(home, copy)
    try:
        yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def measure(months: int, rounds: int, changed: list[int]) -> dict[str, Any]:
    """Runs inside the home."""
    compacted()
    bench = Bench(months)
    one = bench.one_by_one(rounds)
    many = {}
    for spread in ("one month", "all months") if months > 1 else ("one month",):
        many[spread] = {k: bench.many(k, spread == "all months") for k in changed}
    return {"one": one, "many": many, "reports": months * world.WARDS}


class Bench:
    """Reports made ready to be accepted, accepted by a verifier of the country, and asked for."""

    def __init__(self, months: int) -> None:
        from giaoban.agreements.standing import Standing
        from giaoban.reports.models import Report

        self.asker = Asker(months)
        self.country = self.asker.units["VN"]
        self.by = Standing(_verifier(self.asker.agreement, self.country), AT)
        self.reports = Report.objects.filter(agreement=self.asker.agreement).order_by("unit_id")
        self.next = iter(range(world.WARDS))

    def total(self) -> Fraction:
        """The country's total of the newest month."""
        return self._total(self.asker.months[-1:])

    def archive(self) -> Fraction:
        """The country's totals of all years."""
        return self._total(self.asker.years)

    def _total(self, periods: list[Any]) -> Fraction:
        rows = self.asker.ask([self.asker.by_code[CODE]], [self.country], periods).rows
        return sum((row.value for row in rows if row.value is not None), Fraction(0))

    def one_by_one(self, rounds: int) -> dict[str, Any]:
        """Accept one report, then ask; the files are made anew in between."""
        taken: dict[str, list[float]] = {
            "quiet": [],
            "quiet, all years": [],
            "accept": [],
            "total": [],
            "all years": [],
        }
        for _each in range(rounds + 1):
            before = self.archive()
            taken["quiet"].append(_timed(self.total))
            taken["quiet, all years"].append(_timed(self.archive))
            (report,) = self._sent(1, spread=False)
            taken["accept"].append(_timed(lambda report=report: self._accept(report)))
            taken["total"].append(_timed(self.total))
            taken["all years"].append(_timed(self.archive))
            if self.archive() != before + 1:
                raise AssertionError("the accepted report is not in the total")
            self._settle()
        found = {name: median(each[1:]) for name, each in taken.items()}
        whole = [a + b for a, b in zip(taken["accept"][1:], taken["total"][1:], strict=True)]
        return {"median": found, "accept to total": median(whole), "slowest": max(whole), "runs": rounds}

    def many(self, count: int, spread: bool) -> dict[str, float]:
        """Accept many reports one after the other, then ask."""
        before = self.archive()
        ready = self._sent(count, spread)
        accepting = _timed(lambda: [self._accept(report) for report in ready])
        asking = [_timed(self.total) for _each in range(5)]
        years = [_timed(self.archive) for _each in range(5)]
        if self.archive() != before + count:
            raise AssertionError("the accepted reports are not in the total")
        self._settle()
        return {"accept, each": accepting / count, "total": median(asking), "all years": median(years)}

    def _accept(self, report: Any) -> None:
        from giaoban.reports import actions

        actions.accept(report=report, by=self.by, at=AT)

    def _sent(self, count: int, spread: bool) -> list[Any]:
        """Accepted reports reopened, one case more entered, sent again. Nobody's time is taken here."""
        from giaoban.core.actors import System
        from giaoban.reports import actions

        by, ready = System("benchmark"), []
        for report in self._chosen(count, spread):
            document = report.accepted.document
            values = {**document["values"], CODE: int(document["values"][CODE]) + 1}
            back = actions.reopen(report=report, reason="benchmark", by=by, at=AT)
            actions.save_draft(report=back, document={**document, "values": values}, edition=0, by=by, at=AT)
            ready.append(actions.submit(report=back, by=by, at=AT))
        return ready

    def _chosen(self, count: int, spread: bool) -> Iterator[Any]:
        """Accepted reports that have the figure, of the newest month or of all months in turn."""
        months = self.asker.months if spread else self.asker.months[-1:]
        found = 0
        while found < count:
            ward = next(self.next)
            unit = self.asker.units[world.code("X", ward % world.WARDS)]
            month = months[found % len(months)].text
            report = self.reports.select_related("accepted").get(unit=unit, period=month)
            if CODE in report.accepted.document["values"]:
                found += 1
                yield report

    def _settle(self) -> None:
        """What the worker would do meanwhile: files made anew where something changed."""
        from giaoban.rollups.actions import compact
        from giaoban.rollups.models import Bucket, Pending

        for bucket in set(Pending.objects.values_list("bucket", flat=True)):
            compact(bucket=bucket, at=AT)
        Bucket.objects.update(queued=False)


def _timed(job: Callable[[], Any]) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def _verifier(agreement: Any, unit: Any) -> Any:
    from giaoban.accounts.models import User
    from giaoban.agreements.models import Membership

    address = "verifier@benchmark.example"
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, None, name="Verifier")
        Membership.objects.create(
            user=user, agreement=agreement, unit=unit, role="verifier", valid_from=agreement.starts_on
        )
    return user

"""Source sets: the reports and revisions behind figures, each distinct set stored once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from giaoban.lib.paper.manifest import source_digest
from giaoban.reports.models import Report
from giaoban.reviews.models import Figure, SourceSet

Pairs = tuple[tuple[int, int], ...]


def no_sources() -> SourceSet:
    """The empty set: a target of the plan, a figure without any report."""
    return stored_sets([()])[()]


def stored_sets(wanted: Iterable[Pairs]) -> dict[Pairs, SourceSet]:
    """The stored set of each tuple of pairs (sorted); those not known yet are written. Three queries."""
    digests = {pairs: source_digest(pairs) for pairs in set(wanted)}
    rows = SourceSet.objects.filter(digest__in=digests.values()).defer("packed")
    known = {row.digest: row for row in rows}
    new = {pairs: digest for pairs, digest in digests.items() if digest not in known}
    summaries = _summaries(new)
    made = [
        SourceSet(
            digest=digest, reports=len({report for report, _revision in pairs}), units=summaries[pairs],
            packed=SourceSet.pack(list(pairs)),
        )
        for pairs, digest in new.items()
    ]  # fmt: skip
    SourceSet.objects.bulk_create(made, batch_size=200)
    known |= {row.digest: row for row in made}
    return {pairs: known[digest] for pairs, digest in digests.items()}


def united(one: Figure, other: Figure) -> SourceSet | None:
    """The set of a figure computed from two others."""
    if one.sources is None or other.sources is None or one.sources_id == other.sources_id:
        return one.sources or other.sources
    if not (one.sources.reports and other.sources.reports):
        return one.sources if one.sources.reports else other.sources
    pairs = tuple(sorted({*one.sources.pairs, *other.sources.pairs}))
    return stored_sets([pairs])[pairs]


def _summaries(wanted: Iterable[Pairs]) -> dict[Pairs, list[dict[str, Any]]]:
    """Per set and unit: how many reports, and the first and last period."""
    wanted = list(wanted)
    facts = _facts({report for pairs in wanted for report, _revision in pairs})
    return {pairs: _summary(pairs, facts) for pairs in wanted}


def _summary(pairs: Pairs, facts: dict[int, tuple[int, str, str, str, Any]]) -> list[dict[str, Any]]:
    units: dict[int, dict[str, Any]] = {}
    for report in sorted({report for report, _revision in pairs}, key=lambda pk: facts[pk][4]):
        unit, code, name, period, _last_day = facts[report]
        line = units.setdefault(
            unit, {"unit": unit, "code": code, "name": name, "reports": 0, "first": period, "last": period}
        )
        line["reports"] += 1
        line["last"] = period
    return sorted(units.values(), key=lambda line: line["code"])


def _facts(reports: set[int]) -> dict[int, tuple[int, str, str, str, Any]]:
    """report id -> unit id, unit code, unit name, period, last day."""
    ids = sorted(reports)
    found: dict[int, tuple[int, str, str, str, Any]] = {}
    for start in range(0, len(ids), 10_000):
        rows = Report.objects.filter(pk__in=ids[start : start + 10_000]).values_list(
            "pk", "unit", "unit__code", "unit__name", "period", "last_day"
        )
        found |= {row[0]: row[1:] for row in rows}
    return found


@lru_cache(maxsize=1)
def empty_digest() -> str:
    """The digest of no reports at all."""
    return source_digest(())

"""The facts and reports of one regime: files made beforehand plus what changed since, under one snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pyarrow as pa
from django.db.models import F, TextField
from django.db.models.functions import Cast

from giaoban.core.snapshot import seen
from giaoban.lib.periods import Period
from giaoban.reportforms.models import Regime
from giaoban.reports.models import Report, ReportKind, State
from giaoban.rollups.engine import flatten
from giaoban.rollups.engine.flatten import Said, micros
from giaoban.rollups.engine.session import Names, Session
from giaoban.rollups.models import Bucket, Generation, Pending
from giaoban.rollups.store import shelf
from giaoban.rollups.store.buckets import key_of
from giaoban.rollups.store.catalogue import Catalogue, calendar_brief

#: Generations whose files turned out to be damaged; this process reads the revisions instead.
damaged: set[int] = set()

#: More periods than this are told from others after reading.
NAMED = 400

_REPORT = ("pk", "accepted_id", "unit_id", "period", "submitted_at", "on_time", "document")


def distrust(made: Iterable[Generation]) -> None:
    """Compare files with their digest after a fault; damaged ones are not read again by this process."""
    for generation in made:
        try:
            found = shelf.digest(generation.path)
        except OSError:
            found = ""
        if found != generation.digest:
            damaged.add(generation.pk)


@dataclass(frozen=True)
class Relations:
    """The tables of one regime in the engine stand in `names`.

    kept: the spans of which sums were made beforehand. generations: the files used. overlaid: how many
    reports were read from the database instead.
    """

    names: Names
    kept: frozenset[int]
    generations: tuple[Generation, ...]
    overlaid: int


@dataclass(frozen=True)
class Wanted:
    """What a question needs of one regime. spans: the period of each span, starts: its first day, both by
    its last day. afresh: from the revisions alone."""

    catalogue: Catalogue
    regime: Regime
    spans: Mapping[int, Period]
    starts: Mapping[int, int]
    indicators: frozenset[int]
    stamp: int
    afresh: bool = False

    def keys(self) -> dict[str, list[int]]:
        """The spans of each bucket."""
        found: dict[str, list[int]] = {}
        for span, period in self.spans.items():
            found.setdefault(key_of(period), []).append(span)
        return found

    def inputs(self) -> dict[str, Any]:
        """What files made now depend on beside the reports."""
        return {
            "calendar": calendar_brief(self.regime), "tree": self.stamp, "shapes": self.catalogue.shapes,
        }  # fmt: skip

    def usable(self, made: Generation) -> bool:
        """Do the files still say what the reports say, for the indicators asked?"""
        if self.afresh or made.pk in damaged or made.inputs["calendar"] != calendar_brief(self.regime):
            return False
        shapes = self.catalogue.shapes
        then = made.inputs["shapes"]
        if any(then.get(str(i), shapes.get(str(i))) != shapes.get(str(i)) for i in self.indicators):
            return False
        return shelf.size(made.path) == made.size


def relations(session: Session, wanted: Wanted, names: Names) -> Relations:
    """Three queries at most, whatever the size. Call inside a snapshot.

    The tables stay as they are until the same names are given again.
    """
    keys = wanted.keys()
    buckets = seen(f"buckets {wanted.regime.pk} {list(keys)}", lambda: _buckets(wanted))
    made = {
        key: bucket.current for key, bucket in sorted(buckets.items())
        if bucket.current is not None and wanted.usable(bucket.current)
    }  # fmt: skip
    missing = [span for key in keys if key not in made for span in keys[key]]
    overlay = seen(
        f"overlay {wanted.regime.pk} {list(wanted.spans)} {missing}",
        lambda: _overlay(wanted, [buckets[key] for key in made], missing),
    )
    names, kept = _lay(session, wanted, names, made, overlay)
    if kept:  # where no report is accepted the sums made beforehand, none, are right too
        kept |= set(missing) - overlay.unfiled
    known = frozenset(pk for pk, _ in wanted.catalogue.shape.indicators.values())
    return Relations(replace(names, known=known), kept, tuple(made.values()), overlay.reports.num_rows)


def _buckets(wanted: Wanted) -> dict[str, Bucket]:
    rows = Bucket.objects.filter(regime=wanted.regime, key__in=wanted.keys()).select_related("current")
    return {bucket.key: bucket for bucket in rows}


def _overlay(wanted: Wanted, buckets: list[Bucket], missing: list[int]) -> Overlay:
    """What changed in the buckets that have files, and all reports of the spans that have none."""
    pending = _pending(wanted, buckets) if buckets else []
    unfiled = list(_unfiled(wanted, missing)) if missing else []
    said = [one for *_, one in pending if one is not None] + unfiled
    return Overlay(
        *flatten.flatten(said, wanted.catalogue.shape),
        gone={(unit, span) for _, unit, span, _ in pending},
        dirty={key for key, *_ in pending},
        unfiled={one.span for one in unfiled},
    )


def _lay(
    session: Session, wanted: Wanted, names: Names, made: dict[str, Generation], overlay: Overlay
) -> tuple[Names, frozenset[int]]:  # fmt: skip
    """The tables, and the spans of which there are sums made beforehand."""
    clean, dirty = [key for key in made if key not in overlay.dirty], sorted(overlay.dirty)
    names = overlay.lay(session, names, [made[key].path for key in clean], [made[key].path for key in dirty])
    on_tree = [key for key in clean if made[key].inputs["tree"] == wanted.stamp]
    if on_tree:
        paths = [made[key].path for key in on_tree]
        names = replace(names, partials=_files(paths, shelf.PARTIALS), counts=_files(paths, shelf.COUNTS))
    spans = wanted.keys()
    return names, frozenset(span for key in on_tree for span in spans[key])


@dataclass(frozen=True)
class Overlay:
    """What changed since the files were made. gone: (unit, span) whose rows in the files no longer count;
    dirty: the buckets they lie in; unfiled: the spans of reports that lie in no file."""

    facts: pa.Table
    reports: pa.Table
    gone: set[tuple[int, int]]
    dirty: set[str]
    unfiled: set[int]

    def lay(self, session: Session, names: Names, clean: list[str], dirty: list[str]) -> Names:
        """Files that nothing changed in, files that something changed in, and the changes: one table."""
        rows = sorted(self.gone)
        gone = {
            "unit_id": pa.array([unit for unit, _ in rows], pa.int32()),
            "span": pa.array([span for _, span in rows], pa.int32()),
        }
        session.con.register(f"{names.facts}_gone", pa.table(gone))
        found = []
        for name, file, changed in (
            (names.facts, shelf.FACTS, self.facts), (names.reports, shelf.REPORTS, self.reports),
        ):  # fmt: skip
            parts = [f"FROM {_files(clean, file)}"] if clean else []
            if dirty:
                parts.append(f"FROM {_files(dirty, file)} ANTI JOIN {names.facts}_gone USING (unit_id, span)")
            if changed.num_rows or not parts:
                session.con.register(f"{name}_changed", changed)
                parts.append(f"FROM {name}_changed")
            found.append(f"({' UNION ALL BY NAME '.join(parts)})")
        return replace(names, facts=found[0], reports=found[1])


def _files(paths: list[str], file: str) -> str:
    """SQL: one file of these generations."""
    listed = ", ".join("'" + shelf.file(path, file).replace("'", "''") + "'" for path in paths)
    return f"read_parquet([{listed}])"


Changed = tuple[str, int, int, Said | None]


def _pending(wanted: Wanted, buckets: list[Bucket]) -> list[Changed]:
    """(bucket key, unit, span, what the report says now or None) of every report changed since."""
    rows = (
        Pending.objects.filter(bucket__in=[b.pk for b in buckets])
        .annotate(document=Cast("report__accepted__document", TextField()), key=F("bucket__key"))
        .values_list(
            "key", "report_id", "report__accepted_id", "report__unit_id", "report__period",
            "report__submitted_at", "report__on_time", "document",
        )
    )  # fmt: skip
    spans = {period.text: span for span, period in wanted.spans.items()}
    found: list[Changed] = []
    for key, report, revision, unit, period, submitted, on_time, document in rows:
        span = spans.get(period)
        if span is None:
            continue
        said = None
        if revision is not None:
            said = Said(report, revision, unit, span, micros(submitted), on_time, document)
        found.append((key, unit, span, said))
    return found


def _unfiled(wanted: Wanted, spans: list[int]) -> Iterator[Said]:
    """The accepted reports of these spans, from the revisions."""
    names = {wanted.spans[span].text: span for span in spans}
    first = date.fromordinal(min(wanted.starts[span] for span in spans))
    last = date.fromordinal(max(spans))
    rows = (
        Report.objects.filter(
            agreement=wanted.catalogue.agreement, state=State.ACCEPTED, last_day__range=(first, last),
            regime=wanted.regime, kind=ReportKind.OWN, accepted__isnull=False,
            **({"period__in": list(names)} if len(names) <= NAMED else {}),
        )
        .annotate(document=Cast("accepted__document", TextField()))
        .order_by()
        .values_list(*_REPORT)
    )  # fmt: skip
    for report, revision, unit, period, submitted, on_time, document in rows.iterator(chunk_size=5000):
        if period in names:
            yield Said(report, revision, unit, names[period], micros(submitted), on_time, document)

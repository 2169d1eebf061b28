"""Reports accepted and due, on time, newest (design rule 5).

Reports are (report_id, revision_id, unit_id, span, submitted_at, on_time); submitted_at in microseconds
since 1970, both null while unknown. Counts made beforehand are (place, span, accepted, known, on_time,
newest): known counts the reports of which it is known whether they were on time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from giaoban.rollups.engine import stages, tables
from giaoban.rollups.engine.placement import Manner, Row, place, spots
from giaoban.rollups.engine.question import Asked, Question
from giaoban.rollups.engine.rollup import Engine
from giaoban.rollups.engine.tables import COUNTS, REPORTS
from giaoban.rollups.engine.tree import Tree

Table = Any

#: place, key of the period
Where = tuple[int, str]


@dataclass
class Completeness:
    """accepted of due; liable: due or excluded. newest: microseconds. known: of how many on_time is known."""

    accepted: int = 0
    known: int = 0
    on_time: int = 0
    newest: int | None = None
    due: int = 0
    liable: int = 0

    def add(self, row: Mapping[str, Any]) -> None:
        """Take in one row of counts."""
        self.accepted += int(row["accepted"])
        self.known += int(row["known"])
        self.on_time += int(row["on_time"])
        if row["newest"] is not None:
            self.newest = max(self.newest or row["newest"], row["newest"])


@dataclass(frozen=True)
class Liability:
    """owing: (unit, from, to) of who is liable when. excluded: (unit, span)."""

    owing: Sequence[tuple[int, int, int]]
    excluded: frozenset[tuple[int, int]] = frozenset()


def owed(tree: Tree, question: Question, liability: Liability, own: bool) -> dict[Where, Completeness]:
    """Reports due of every place and period. own: only a place's own reports."""
    found: dict[Where, Completeness] = defaultdict(Completeness)
    if question.spans and question.places:
        _owed(found, question, place(tree, question.places, question.basis, Manner(own)), liability)
    return found


def counted(
    engine: Engine, question: Question, due: Mapping[Where, Completeness], own: bool
) -> dict[Where, Completeness]:
    """The same with the reports accepted."""
    found = defaultdict(Completeness, {where: replace(count) for where, count in due.items()})
    if question.spans and question.places:
        rows = place(engine.tree, question.places, question.basis, Manner(own))
        for row in _accepted(engine, question, rows, own):
            found[row["place"], question.periods[row["period"]].key].add(row)
    return found


def _accepted(engine: Engine, question: Question, rows: Sequence[Row], own: bool) -> list[Mapping[str, Any]]:
    if own or not engine.kept or question.basis.kind != "reported":
        return _counted(engine, question, rows)
    inner = {p for p in question.places if engine.tree.has_sums(p)}
    known = _only(question, engine.kept)
    found: list[Mapping[str, Any]] = []
    if inner and known.spans:
        engine.session.want_counts(engine.names, known, sorted(inner))
        found += engine.session.run(_from_counts, data=tables.calendar(known)).to_pylist()
    rest = _only(question, frozenset(question.spans) - engine.kept)
    found += _counted(engine, rest, [row for row in rows if row.place in inner])
    return found + _counted(engine, question, [row for row in rows if row.place not in inner])


def _counted(engine: Engine, question: Question, rows: Sequence[Row]) -> list[Mapping[str, Any]]:
    """Reports counted one by one."""
    if not rows or not question.spans:
        return []
    found = spots(engine.tree, rows, question.spans)
    engine.session.want_reports(engine.names, question)
    data = tables.calendar(question) | tables.spots(found, found.unit)
    answer: list[Mapping[str, Any]] = []
    for row in engine.session.run(_from_reports, found.steady, data=data).to_pylist():
        answer += [{**row, "place": at} for at, _, _ in found.shares[row["spot"]]]
    return answer


def _from_counts() -> Table:
    rows = stages.in_periods(COUNTS)
    return rows.group_by(["place", "period"]).agg(
        accepted=rows.accepted.sum(),
        known=rows.known.sum(),
        on_time=rows.on_time.sum(),
        newest=rows.newest.max(),
    )


def _from_reports(steady: bool) -> Table:
    rows = stages.on_spots(stages.in_periods(REPORTS), steady)
    return rows.group_by(["spot", "period"]).agg(**stages.reports_counted(rows))


def _only(question: Question, spans: frozenset[int]) -> Question:
    return replace(
        question,
        periods=tuple(Asked(a.key, tuple(s for s in a.spans if s in spans)) for a in question.periods),
    )


def _owed(
    found: dict[Where, Completeness], question: Question, rows: Iterable[Row], liability: Liability
) -> None:
    """Each unit owes a run of spans at each place: the runs are added by their ends."""
    spans = question.spans
    starts = [question.starts[span] for span in spans]
    by_unit: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit].append(row)
    steps: dict[int, list[int]] = defaultdict(lambda: [0] * (len(spans) + 1))
    for unit, since, until in liability.owing:
        for row in by_unit.get(unit, ()):
            first = max(bisect_left(spans, row.lo), bisect_left(spans, since))
            last = min(bisect_left(spans, row.hi), bisect_left(starts, until))
            if first < last:
                steps[row.place][first] += 1
                steps[row.place][last] -= 1
    excused = _excused(by_unit, liability)
    numbers = {span: number for number, span in enumerate(spans)}
    for at, ends in steps.items():
        liable = _running(ends)
        for asked in question.periods:
            count = found[at, asked.key]
            count.liable = sum(liable[numbers[span]] for span in asked.spans)
            count.due = count.liable - sum(excused.get((at, span), 0) for span in asked.spans)


def _excused(by_unit: Mapping[int, Sequence[Row]], liability: Liability) -> dict[tuple[int, int], int]:
    """Exclusions of liable units, by place and span."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    liable = {unit for unit, _, _ in liability.owing}
    for unit, span in liability.excluded:
        if unit in liable:
            for row in by_unit.get(unit, ()):
                if row.lo <= span < row.hi:
                    found[row.place, span] += 1
    return found


def _running(steps: Sequence[int]) -> list[int]:
    total, found = 0, []
    for step in steps:
        total += step
        found.append(total)
    return found

"""Which reports stand behind a figure: those whose values were used, no others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import pyarrow as pa

from giaoban.rollups.engine import plain, restated, stages
from giaoban.rollups.engine.placement import Manner, Row, place
from giaoban.rollups.engine.question import Question, Stored
from giaoban.rollups.engine.rollup import Engine, Way, way_of
from giaoban.rollups.engine.tables import FACTS, REPORTS, SHARES

Table = Any

WHAT = ("place", *stages.WHAT, "unit_id", "span")


def lineage(engine: Engine, question: Question) -> list[pa.Table]:
    """Columns place, period, indicator_id, cell, unit_id, span, report_id, revision_id; each row once."""
    found: list[pa.Table] = []
    if not question.spans or not question.places:
        return found
    engine.session.want_reports(engine.names, question)
    ways = sorted((way_of(engine.tree, question, i), i.id, i) for i in question.indicators)
    for way, group in groupby(ways, key=lambda each: each[0]):
        rows = place(engine.tree, question.places, question.basis, Manner(way.own, way.shares))
        if rows:
            found.append(_one_way(engine, question, way, [i for *_, i in group], rows))
    return found


def _one_way(
    engine: Engine, question: Question, way: Way, indicators: list[Stored], rows: Sequence[Row]
) -> pa.Table:
    engine.session.want(engine.names, question, indicators)
    unit, handed, data = engine.landings(question, way, rows)
    if not way.picks:
        return engine.session.run(_all, data=data)
    if way.shape == "landed":
        return engine.session.run(
            _landed_last, way.over_units, way.over_periods, unit != 1, handed, data=data
        )
    found, handed, data = engine.places_over_time(question, way)
    return engine.session.run(_last, way.over_periods, found.steady, handed, data=data)


def _named(used: Table) -> Table:
    reports = REPORTS.select("report_id", "revision_id", of_unit="unit_id", of_span="span")
    used = used.select(*WHAT).distinct()
    match = [used.unit_id == reports.of_unit, used.span == reports.of_span]
    return used.join(reports, match).drop("of_unit", "of_span")


def _all() -> Table:
    """Every fact that counts."""
    return _named(restated.on_landings(stages.in_periods(FACTS)))


def _last(operator: str, steady: bool, handed: bool) -> Table:
    """The last (first) fact of each unit."""
    series = plain.chosen(operator, steady, handed)
    return _named(series.join(SHARES, series.spot == SHARES.in_spot).rename(span="at"))


def _landed_last(units: str, operator: str, weighted: bool, handed: bool) -> Table:
    """All facts that landed on the unit and span that was chosen."""
    chosen = restated.series(units, operator, weighted, handed).select(*restated.WHO, *stages.WHAT, "at")
    landed = restated.on_landings(stages.in_periods(FACTS))
    same = [landed.span == chosen["at"]]
    same += [landed[name] == chosen[name] for name in (*restated.WHO, *stages.WHAT)]
    return _named(landed.semi_join(chosen, same))

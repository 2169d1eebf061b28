"""Questions about figures: what units reported, rolled up through tree and time.

ask(agreement, indicators, units, periods, *, by=None, basis=REPORTED, regime=None,
    over_units=None, over_periods=None) -> Answer
    indicators: [Indicator]; units: [Unit], or {Period: [Unit]} where they differ by period;
    periods: [Period]; by: code of a breakdown; basis: Basis; regime: Regime asked by name.
    Answer.rows: one Row per asked combination, in the order asked; Answer.row(indicator, unit, period,
    option=None). A Row has indicator, unit, period, option (None: no breakdown asked; "": the rest
    that is not broken down), value (exact Fraction or None), shown (Decimal rounded to the indicator's
    decimals, or None), accepted, due, on_time (None: unknown), newest, basis, regime (or None),
    notes ([Note]; str(note) is a sentence in the reader's language).

sources(agreement, indicator, unit, period, *, by=None, option=None, basis=REPORTED, regime=None, ...)
    -> Sources. Sources.units: [(unit id, how many of its reports stand behind the figure)]; Sources.count;
    Sources.page(start, size): [Source(report_id, revision_id, unit_id, period)];
    Sources.pairs: ((report id, revision id), ...), sorted; Sources.digest: one digest of them.

explained(the same as sources, parts=[]) -> (Answer, Sources): a figure, those it is made of, and its sources.

source_sets(the same as ask) -> {(indicator id, unit id, period text, option): pairs}: the sources of
    all figures of a question in one go.

Words of the command line and of addresses:
    basis_of("reported" | "asof:2025-07-01" | "restated:2025-07-01") -> Basis, and str(basis) back
    indicators_of(agreement, "a,b") -> [Indicator]
    units_asked("U,V@2024-01-01,group:NAME" | None, level | None, periods, basis) -> {Period: [Unit]}
    periods_of("2020,2020-Q1") -> [Period]
Each raises Refused with a sentence.
"""

from giaoban.rollups.engine.question import REPORTED, Basis
from giaoban.rollups.queries.answers import REST, Answer, Note, Row
from giaoban.rollups.queries.lineage import Source, Sources, explained, source_sets, sources
from giaoban.rollups.queries.rows import ask
from giaoban.rollups.queries.words import basis_of, indicators_of, periods_of, units_asked

__all__ = [
    "REPORTED", "REST", "Answer", "Basis", "Note", "Row", "Source", "Sources", "ask", "basis_of", "explained",
    "indicators_of", "periods_of", "source_sets", "sources", "units_asked",
]  # fmt: skip

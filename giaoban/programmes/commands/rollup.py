"""giaoban rollup AGREEMENT"""

from __future__ import annotations

import argparse

SUMMARY = "roll figures up through tree and time; each row says how complete it is, or why there is no value"
COLUMNS = (
    "indicator", "unit", "period", "value", "accepted", "due", "on_time", "newest", "basis", "regime", "note",
)  # fmt: skip
FORMATS = ("table", "csv", "json")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("agreement", help="the code of the agreement")
    parser.add_argument("--indicator", required=True, metavar="A,B", help="codes of indicators")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--unit",
        metavar="U,U",
        help="codes of units, each perhaps with a date: CODE@2025-07-01; or group:NAME",
    )
    which.add_argument("--level", type=int, metavar="N", help="every unit of this level")
    parser.add_argument(
        "--period", required=True, metavar="P,P", help="2020, 2020-H1, 2020-Q1, 2020-03, 2020-W10 …"
    )
    parser.add_argument("--by", metavar="BREAKDOWN", help="one row for each option of this breakdown")
    parser.add_argument("--basis", default="reported", help="reported, asof:DATE or restated:DATE")
    parser.add_argument("--regime", metavar="R", help="ask this regime")
    parser.add_argument("--over-units", metavar="OP", help="sum, average, min, max, count or none")
    parser.add_argument("--over-periods", metavar="OP", help="sum, average, first, last, min, max or count")
    parser.add_argument(
        "--format", choices=FORMATS, default="table", help="how it is printed (default %(default)s)"
    )


def run(options: argparse.Namespace) -> None:
    from giaoban.programmes.printing import printed
    from giaoban.programmes.rolling import rolled_up

    rows = rolled_up(
        agreement=options.agreement, indicators=options.indicator, units=options.unit, level=options.level,
        periods=options.period, by=options.by, basis=options.basis, regime=options.regime,
        over_units=options.over_units, over_periods=options.over_periods,
    )  # fmt: skip
    columns = [*COLUMNS[:3], *(["breakdown"] if options.by else []), *COLUMNS[3:]]
    printed(columns, rows, options.format)

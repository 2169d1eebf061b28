"""giaoban trace AGREEMENT"""

from __future__ import annotations

import argparse

SUMMARY = "list the reports and revisions behind one figure, summarised by unit"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("agreement", help="the code of the agreement")
    parser.add_argument("--indicator", required=True, metavar="A", help="code of the indicator")
    parser.add_argument(
        "--unit", required=True, metavar="U", help="code of the unit, perhaps CODE@2025-07-01"
    )
    parser.add_argument("--period", required=True, metavar="P", help="2020, 2020-Q1, 2020-03 …")
    parser.add_argument("--basis", default="reported", help="reported, asof:DATE or restated:DATE")
    parser.add_argument("--regime", metavar="R", help="ask this regime")
    parser.add_argument(
        "--page", type=int, default=1, help="which page of the list of reports (default %(default)s)"
    )
    parser.add_argument(
        "--size", type=int, default=50, help="reports on a page, 0 for none (default %(default)s)"
    )
    parser.add_argument(
        "--format",
        choices=("table", "csv", "json"),
        default="table",
        help="how it is printed (default %(default)s)",
    )


def run(options: argparse.Namespace) -> None:
    from django.utils.translation import gettext as _

    from giaoban.programmes.printing import printed
    from giaoban.programmes.rolling import traced

    found = traced(
        agreement=options.agreement, indicator=options.indicator, unit=options.unit, period=options.period,
        basis=options.basis, regime=options.regime, start=max(0, options.page - 1) * options.size, size=options.size,
    )  # fmt: skip
    if options.format == "table":
        printed(["unit", "name", "reports"], found.units, "table")
        print()
    if options.size:
        printed(
            ["unit", "period", "report", "revision", "state", "submitted_at"], found.reports, options.format
        )
    if options.format == "table":
        what = {"count": f"{found.count:,}", "units": len(found.units), "digest": found.digest}
        print(_("%(count)s reports of %(units)s units; digest of the set: %(digest)s") % what)

"""python -m benchmarks [SUITE …] [--size 1M …] [--place FOLDER]: measure, keep, print the page."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.homes import ROOT
from benchmarks.measure import load_now
from benchmarks.world import SIZES

#: name -> (module, the sizes it takes when none is named)
SUITES = {
    "load": ("benchmarks.loading", ("1M",)),
    "rollup": ("benchmarks.rolling", ("1M",)),
    "fresh": ("benchmarks.fresh", ("1M",)),
    "layout": ("benchmarks.layout.versus", ("1M",)),
    "papers": ("benchmarks.papers", ()),
    "pages": ("benchmarks.pages", ()),
    "tasks": ("benchmarks.tasks", ()),
    "meetings": ("benchmarks.meetings", ()),
    "portal": ("benchmarks.portal.versus", ()),
    "search": ("benchmarks.searching", ()),
}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure, keep, print the page."
    )
    parser.add_argument(
        "suite", nargs="*", metavar="SUITE", help=f"{', '.join(SUITES)} (all, if none is named)"
    )
    parser.add_argument("--size", action="append", choices=list(SIZES), help="facts; may be given again")
    parser.add_argument("--place", type=Path, default=ROOT / ".cache" / "bench", help="where homes are kept")
    parser.add_argument("--quick", action="store_true", help="few repetitions, to try something out")
    options = parser.parse_args()
    for name in options.suite or SUITES:
        if name not in SUITES:
            parser.error(f"There is no suite {name}. There are: {', '.join(SUITES)}.")
        module, sizes = SUITES[name]
        print(f"{name} (load on the machine: {load_now()})", file=sys.stderr)
        import_module(module).run(options.place.resolve(), list(options.size or sizes), options.quick)
    return 0


if __name__ == "__main__":
    sys.exit(main())

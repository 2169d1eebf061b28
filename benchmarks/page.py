"""What benchmarks/results hold, as the page docs/reference/benchmarks.md; printed by `make docs`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from benchmarks.results import Measured, read

INTRODUCTION = """# Benchmarks

Printed from `benchmarks/results` by `make docs`; measured by `make bench`. A ratio compares two things that ran in
turn in one process, so that another machine, or another load on this one, changes both. *work* is the time of this
process's cores; *clock* is what a person would have waited, with whatever else the machine did then (the load
averages beside each run say how much). Below 1 means faster than the peer. Nothing here is a test: tests are not timed.
"""


def printed() -> str:
    parts = [INTRODUCTION]
    for suite, (title, text, body) in SECTIONS.items():
        held = read(suite)
        parts.append(f"## {title}\n\n{text}\n")
        parts.append(body(held) if held else "Not measured yet.\n")
    parts.append("## Machines\n\n" + _machines())
    return "\n".join(parts)


def table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """Markdown; the first column is words, the others are figures."""
    head = list(head)
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def number(value: Any, digits: int = 3) -> str:
    """So many digits that matter, thousands apart."""
    if value is None or value == "":
        return ""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.{digits}g}" if value < 10**digits else f"{value:.0f}"


def _by_size(held: dict[str, Measured]) -> list[tuple[str, Measured]]:
    return sorted(held.items(), key=lambda pair: pair[1].get("figures", 0) or pair[1].get("facts", 0))


def _load(held: dict[str, Measured]) -> str:
    head = ("what", "reports", "figures", "reports/s", "figures/s", "net, s", "again, s", "work to the bare limit",
            "peak MB", "home MB")  # fmt: skip
    rows = [
        (size, f"{m['reports']:,}", f"{m['figures']:,}", number(m["reports_per_second"]),
         number(m["figures_per_second"]), number(m["net"]["median"]), number(m["again"]["median"]),
         number(m["to_bare"]["cpu"]), number(m["peak_mb"]), number(m["home_mb"]))
        for size, m in _by_size(held)
    ]  # fmt: skip
    return table(head, rows)


def _rollup(held: dict[str, Measured]) -> str:
    rows = []
    for size, m in sorted(held.items(), key=lambda pair: pair[1]["facts"]):
        for question, asked in m["questions"].items():
            for way, found in asked["ratios"].items():
                seconds, peer = asked["seconds"][way], asked["seconds"][asked["peer"]]
                rows.append((
                    f"{size} · {question} · {way}", f"{asked['rows']:,}", number(found["cpu"]), number(found["median"]),
                    number(seconds["cpu"]), number(peer["cpu"]), asked["peer"],
                ))  # fmt: skip
    head = ("size · question · way", "rows", "work ratio", "clock ratio", "work, s", "peer's work, s", "peer")
    return table(head, rows) + _notes(held, "compaction", "peak_mb", "columnar_mb")


def _fresh(held: dict[str, Measured]) -> str:
    rows = [
        (size, f"{m['reports']:,}", number(m["one"]["accept to total"]), number(m["one"]["slowest"]),
         number(m["one"]["median"]["accept"]), number(m["one"]["median"]["total"]), number(m["one"]["median"]["quiet"]))
        for size, m in sorted(held.items(), key=lambda pair: pair[1]["reports"])
    ]  # fmt: skip
    head = (
        "one report at",
        "reports",
        "accept to total, s",
        "slowest, s",
        "accept, s",
        "total after, s",
        "total, nothing waiting, s",
    )
    return table(head, rows) + "\n" + _many(held)


def _many(held: dict[str, Measured]) -> str:
    rows = []
    for size, m in held.items():
        for spread, each in m["many"].items():
            for count, found in sorted(each.items(), key=lambda pair: int(pair[0])):
                rows.append((f"{size}, {spread}", f"{int(count):,}", number(found["accept, each"]),
                             number(found["total"]), number(found["all years"])))  # fmt: skip
    head = ("many reports at", "changed", "accept, each, s", "total of the month, s", "all years, s")
    return table(head, rows) if rows else ""


def _layout(held: dict[str, Measured]) -> str:
    rows, notes = [], []
    for size, m in held.items():
        for name, asked in m["questions"].items():
            rows.append((
                f"{size} · {name}", f"{asked['rows']:,}", number(asked["times faster"]["median"]),
                number(asked["ours"]["median"]), number(asked["theirs"]["median"]), asked["about"],
            ))  # fmt: skip
        ours, theirs = m["ours"], m["theirs"]
        notes.append(
            f"At {size}: filling the layout took {_told(theirs['fill'])} s, making it {_told(theirs['build'])} s; "
            f"our files {number(ours['build'])} s. Bringing up to date {ours['changed']:,} changed reports: "
            f"{number(theirs['update'])} s there, {number(ours['update'])} s here. On disk: "
            f"{_told({key: each / 1e6 for key, each in theirs['sizes'].items()})} MB there, "
            f"{number(ours['columnar'] / 1e6)} MB of columnar files here.\n"
        )
    head = ("size · question", "rows", "times faster, clock", "ours, s", "theirs, s", "about")
    return table(head, rows) + "\n" + "\n".join(notes)


def _told(value: Any) -> str:
    return (
        ", ".join(f"{key} {number(each)}" for key, each in value.items())
        if isinstance(value, dict)
        else number(value)
    )


def _papers(held: dict[str, Measured]) -> str:
    parts = []
    for m in held.values():
        rows = [
            (name, number(s["cpu"]), number(s["median"]), number(s["slowest"]))
            for name, s in m["seconds"].items()
        ]
        parts.append(table(("written as", "work, s", "clock, s", "slowest, s"), rows))
        parts.append(
            f"{m['pages']} pages before the annex of sources, {m['figures']:,} figures in {m['places']:,} places; "
            f".docx to the peer by work {number(m['to peer']['cpu'])}.\n"
        )
    return "\n".join(parts)


def _pages(held: dict[str, Measured]) -> str:
    worst: dict[str, dict[str, Any]] = {}
    every = held["demo"]["rows"]
    rows = [row for row in every if not row["path"].startswith("/editor/")]
    for row in rows:
        if row["status"] == 200 and row["queries"] >= worst.get(row["route"], {"queries": -1})["queries"]:
            worst[row["route"]] = row
    over = [row for row in rows if row["queries"] > 12 or row["cpu_ms"] > 100]
    shown = sorted(worst.values(), key=lambda row: (-row["queries"], -row["cpu_ms"]))[:25]
    files = ", ".join(sorted({f"`{row['route']}`" for row in over}))
    text = (
        f"{len(rows)} pages; {len(over)} over 12 queries or 100 ms of work ({files}); besides {len(every) - len(rows)} "
        "of Wagtail's own editor, up to "
        f"{max((row['queries'] for row in every), default=0)} queries. The 25 that ask most:\n\n"
    )
    return text + table(
        ("route", "role", "queries", "work, ms", "kB"),
        [
            (f"`{r['route']}`", r["role"], r["queries"], number(r["cpu_ms"]), number(r["bytes"] / 1000))
            for r in shown
        ],
    )


def _portal(held: dict[str, Measured]) -> str:
    rows, notes = [], []
    for size, m in held.items():
        for name, t in m["targets"].items():
            rows.append((
                f"{name}, {size}", number(t["requests_per_second"]), number(t["cpu_ms"]),
                number(1000 / t["cpu_ms"]), number(t["p50_ms"]), number(t["p99_ms"]), t["errors"],
            ))  # fmt: skip
        notes.append(f"{size}: {_told(m['asked'])}; bytes of an article: {_told(m['bytes'])}.\n")
    head = (
        "answered by",
        "requests/s",
        "CPU ms a request",
        "requests per CPU second",
        "p50, ms",
        "p99, ms",
        "errors",
    )
    return table(head, rows) + "\n" + "\n".join(notes)


def _search(held: dict[str, Measured]) -> str:
    head = ("articles · question", "queries", "search, ms", "its work, ms", "page, ms", "its work, ms")
    rows, notes = [], []
    for size, m in sorted(held.items(), key=lambda pair: pair[1]["articles"]):
        for r in m["rows"]:
            measured = [number(r[key]) for key in ("find_ms", "find_cpu_ms", "ms", "cpu_ms")]
            rows.append((f"{size} · {r['what']}", r["queries"], *measured))
        notes.append(f"The search of {m['pages']:,} pages built anew: {number(m['anew_cpu'])} s of work.\n")
    return table(head, rows) + "\n" + "\n".join(notes)


def _lists(rows: list[dict[str, Any]]) -> str:
    return table(
        ("list", "role", "queries", "work, ms", "clock, ms"),
        [(f"`{r['path']}`", r["role"], r["queries"], number(r["cpu_ms"]), number(r["ms"])) for r in rows],
    )


def _tasks(held: dict[str, Measured]) -> str:
    return _lists(held["10000"]["rows"])


def _meetings(held: dict[str, Measured]) -> str:
    steps = [(s["what"], number(s["cpu_s"]), number(s["s"])) for s in held["300"]["steps"]]
    return table(("step", "work, s", "clock, s"), steps) + "\n" + _lists(held["300"]["rows"])


def _notes(held: dict[str, Measured], *keys: str) -> str:
    lines = []
    for size, m in held.items():
        told = "; ".join(f"{key.replace('_', ' ')} {_told(m[key])}" for key in keys if key in m)
        lines.append(f"{size}: {told}.")
    return "\n" + "\n".join(lines) + "\n"


def _machines() -> str:
    by_machine: dict[str, list[str]] = defaultdict(list)
    for suite in SECTIONS:
        for size, m in read(suite).items():
            if "machine" in m:
                told = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in m["machine"].items())
                by_machine[told].append(f"| {suite} {size} | {m['on']} | {m['commit']} | {m['load_after']} |")
    head = "| run | on (UTC) | commit | load averages after |\n|---|---|---|---|\n"
    return "\n".join(f"{told}\n\n{head}" + "\n".join(rows) + "\n" for told, rows in by_machine.items())


#: suite -> (title, what is compared, its table)
SECTIONS: dict[str, tuple[str, str, Callable[[dict[str, Measured]], str]]] = {
    "load": (
        "Load a folder",
        "`giaoban load` after start-up, every check included. The bare limit unpacks the same files, splits them and "
        "stores one JSON row for each report in SQLite, synced, checking nothing.",
        _load,
    ),
    "rollup": (
        "Roll up",
        "Against DuckDB SQL written by hand over the same integers (the faster of its forms). *facts*: every figure "
        "read; *partials*: sums kept per place; *answer*: with completeness, trees and everything the product says "
        "beside a figure. Asked for: at most 1.5 from facts, 0.3 from partials (work, provinces).",
        _rollup,
    ),
    "fresh": (
        "From acceptance to the total",
        "A report is accepted, then the country's total is asked. It must not grow with the archive, only with what "
        "changed.",
        _fresh,
    ),
    "layout": (
        "Against a DHIS2-like layout",
        "A denormalised analytics table on PostgreSQL, with its indexes, filled with the same figures; every shape of "
        "question in turn.",
        _layout,
    ),
    "papers": (
        "A review of thirty pages",
        "Figures known, charts drawn: the same paper in each format, in turn. The peer is python-docx putting down the "
        "same words, tables and pictures, without layout, figures or manifest. Asked for: `.docx` under 1 s.",
        _papers,
    ),
    "pages": (
        "Pages of the demonstration",
        "Every page the five sample people and a stranger reach, warm, in one process.",
        _pages,
    ),
    "portal": (
        "Public pages",
        "An article of 6,000 characters with one picture, rotating over 200, 16 kept connections (`wrk`), in turn: "
        "our server as `giaoban serve` runs it, nginx with the very bytes as files, and a stock Wagtail 8 site, served "
        "by granian too; two workers each. CPU is that of the server's processes. Asked for: at least 150 times stock "
        "Wagtail per CPU second, within 3 times of nginx, p99 at most 4 times nginx's.",
        _portal,
    ),
    "search": (
        "Search of the portal",
        "The public search among generated articles of about 2,000 letters, warm, in one process, on SQLite: the "
        "search alone, and the whole page with it. Asked for: a search under 50 ms.",
        _search,
    ),
    "tasks": (
        "Ten thousand tasks",
        "Plans, tasks and 2,000 activities of 300 units, warm (once, where the machine was busy). Asked for: every "
        "list under 15 queries and 100 ms.",
        _tasks,
    ),
    "meetings": (
        "A conference of 300 units and 900 delegates",
        "Asked for: all invitations made and queued in under 20 s; every list under 15 queries and 100 ms.",
        _meetings,
    ),
}

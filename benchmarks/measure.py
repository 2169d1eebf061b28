"""Repetitions taken in turn, medians, and the machine they were taken on."""

from __future__ import annotations

import gc
import os
import platform
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

Job = Callable[[], Any]

LIBRARIES = ("django", "duckdb", "ibis-framework", "pyarrow", "msgspec")


class Taken(NamedTuple):
    """One run: by the clock, and the work of this process's cores, which other people's load does not lengthen."""

    seconds: float
    cpu: float


def in_turn(jobs: Mapping[str, Job], rounds: int, warm: int = 1) -> dict[str, list[Taken]]:
    """What each job took in each round. In every round all jobs run, another one first each time.

    The first `warm` rounds are not kept: what stays open between questions is open by then.
    """
    names = list(jobs)
    found: dict[str, list[Taken]] = {name: [] for name in names}
    for number in range(-warm, rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            gc.collect()
            began, used = time.perf_counter(), time.process_time()
            jobs[name]()
            taken = Taken(time.perf_counter() - began, time.process_time() - used)
            if number >= 0:
                found[name].append(taken)
    return found


def summary(runs: list[Taken]) -> dict[str, float]:
    """Median, fastest and slowest in seconds; the median of the cores' work."""
    seconds = [run.seconds for run in runs]
    return {
        "median": median(seconds), "fastest": min(seconds), "slowest": max(seconds), "runs": len(runs),
        "cpu": median(run.cpu for run in runs),
    }  # fmt: skip


def ratio(ours: list[Taken], peer: list[Taken]) -> dict[str, float]:
    """Ours to the peer, round by round: the median of the ratios, least and greatest; the same of the cores."""
    each = [a.seconds / b.seconds for a, b in zip(ours, peer, strict=True)]
    work = [a.cpu / max(b.cpu, 1e-9) for a, b in zip(ours, peer, strict=True)]
    return {"median": median(each), "least": min(each), "greatest": max(each), "cpu": median(work)}


def machine() -> dict[str, Any]:
    """What the figures were measured on, without its name."""
    return {
        "processor": _first("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
    }


def load_now() -> list[float]:
    """How many processes waited or ran, over 1, 5 and 15 minutes."""
    return [round(each, 1) for each in os.getloadavg()]


def memory_mb() -> int:
    """Peak memory of this process."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _first(path: str, label: str) -> str:
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(label)), "")

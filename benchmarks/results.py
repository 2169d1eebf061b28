"""What was measured, one JSON file for each suite, kept in benchmarks/results."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measure import load_now, machine

FOLDER = Path(__file__).parent / "results"

Measured = dict[str, Any]


def keep(suite: str, key: str, measured: Measured) -> None:
    """Write what a suite measured under a key (a size); other keys stay."""
    path = FOLDER / f"{suite}.json"
    held = read(suite)
    held[key] = _rounded({
        **measured, "on": datetime.now(UTC).strftime("%Y-%m-%d %H:%M"), "commit": _commit(),
        "machine": machine(), "load_after": load_now(),
    })  # fmt: skip
    FOLDER.mkdir(exist_ok=True)
    path.write_text(json.dumps(held, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def read(suite: str) -> dict[str, Measured]:
    """Everything kept of a suite; empty if it was never run."""
    path = FOLDER / f"{suite}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def _rounded(value: Any) -> Any:
    """Four digits that matter."""
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def _commit() -> str:
    asked = subprocess.run(
        ("git", "rev-parse", "--short", "HEAD"),
        cwd=FOLDER.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() or "unknown"

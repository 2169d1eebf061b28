"""The staircase as pyproject.toml writes it."""

import tomllib

from tests.architecture.repository import ROOT

PACKAGE = ROOT / "giaoban"


def contract(name: str) -> dict:
    """One import-linter contract of pyproject.toml, by its id."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    return next(found for found in contracts if found["id"] == name)


def ranks() -> dict[str, int]:
    """App name -> step, 0 at the bottom; apps on one line share a step."""
    lines = reversed(contract("staircase")["layers"])
    return {name.strip().strip("()"): step for step, line in enumerate(lines) for name in line.split("|")}


def apps() -> set[str]:
    """Folders of the package that hold Python."""
    return {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

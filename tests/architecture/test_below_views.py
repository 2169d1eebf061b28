"""Below the views nobody knows the time or the request, and verbs take their actor by name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.repository import ROOT, tracked

CLOCK = re.compile(r"\b(timezone\.now|datetime\.now|datetime\.utcnow|date\.today)\b")
#: These read the clock unless they are given an instant.
DAY_OF = {"localdate", "localtime"}
BELOW = {"models", "policy", "queries", "actions"}


def below_views(*kinds: str) -> Iterator[Path]:
    """Files of the given kinds: giaoban/<app>/<kind>.py and giaoban/<app>/<kind>/….py."""
    for path in tracked("giaoban/*.py"):
        inside = path.relative_to(ROOT).parts[2:]
        if inside and inside[0].removesuffix(".py") in kinds and "tests" not in inside:
            yield path


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


def test_nobody_below_the_views_looks_at_the_clock():
    found = [
        place(path, number)
        for path in below_views(*BELOW)
        for number in clock_lines(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def clock_lines(text: str) -> list[int]:
    """The lines that ask what time it is now."""
    named = {number for number, line in enumerate(text.splitlines(), 1) if CLOCK.search(line)}
    tree = ast.parse(text)
    given = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args}
    asked = {
        node.lineno
        for node in ast.walk(tree)
        if (getattr(node, "id", None) in DAY_OF or getattr(node, "attr", None) in DAY_OF)
        and id(node) not in given
    }
    return sorted(named | asked)


def test_a_day_of_a_given_instant_is_not_the_clock():
    assert clock_lines(
        "localdate(at)\nlocaldate()\ndjango.localtime(at)\nField(default=localdate)\ntimezone.now()"
    ) == [2, 4, 5]


def test_nobody_below_the_views_sees_a_request():
    found = [
        place(path, node.lineno)
        for path in below_views(*BELOW)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.arg) and node.arg == "request"
    ]
    assert found == []


def test_actor_and_instant_are_given_by_name():
    found = [
        f"{place(path, node.lineno)} {node.name}"
        for path in below_views("actions")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if {"by", "at"} & {a.arg for a in node.args.args}
    ]
    assert found == []

"""The numbered requirements (docs/reference/requirements.csv) and the tests that prove them.

A test claims numbers with ``@pytest.mark.requirement(33, 35)``, on a function, a
class or, as ``pytestmark``, on a module. The marks are read from the source,
so that the page can be printed without running or importing a test.
"""

import ast
import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs" / "reference" / "requirements.csv"


@cache
def requirements() -> list[dict[str, str]]:
    """Rows with number, area, requirement."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def numbers() -> frozenset[int]:
    return frozenset(int(row["number"]) for row in requirements())


def test_files() -> list[Path]:
    folders = (ROOT / "giaoban", ROOT / "tests", ROOT / "benchmarks")
    return sorted(path for folder in folders for path in folder.rglob("test_*.py"))


def claims() -> dict[int, list[str]]:
    """Requirement number -> node ids of the tests that claim it, sorted."""
    found: dict[int, set[str]] = defaultdict(set)
    for path in test_files():
        place = path.relative_to(ROOT).as_posix()
        for name, claimed in marked(ast.parse(path.read_text(encoding="utf-8"))):
            for number in claimed:
                found[number].add(f"{place}::{name}")
    return {number: sorted(tests) for number, tests in found.items()}


def marked(tree: ast.Module) -> Iterator[tuple[str, set[int]]]:
    """(test name, numbers) of every test function of a module."""
    whole = {n for node in tree.body if is_pytestmark(node) for n in numbers_in(node.value)}
    yield from marked_tests(tree.body, whole, "")


def marked_tests(nodes: list[ast.stmt], inherited: set[int], prefix: str) -> Iterator[tuple[str, set[int]]]:
    for node in nodes:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        claimed = inherited | {n for mark in node.decorator_list for n in numbers_in(mark)}
        if isinstance(node, ast.ClassDef):
            yield from marked_tests(node.body, claimed, f"{prefix}{node.name}::")
        elif node.name.startswith("test_"):
            yield f"{prefix}{node.name}", claimed


def is_pytestmark(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"


def numbers_in(node: ast.expr) -> set[int]:
    """The numbers of every ``pytest.mark.requirement(...)`` inside an expression."""
    calls = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
    marks = [call for call in calls if ast.unparse(call.func) == "pytest.mark.requirement"]
    return {ast.literal_eval(argument) for mark in marks for argument in mark.args}

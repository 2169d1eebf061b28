"""Functions of 40 lines, files of 400, templates of 200: what is longer is split.

`exceptions.toml` names what may be longer, with the reason. The list only
shrinks: an entry that is no longer needed fails here.
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.repository import ROOT, tracked

FUNCTION, FILE, TEMPLATE = 40, 400, 200


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """(name, lines of the body without decorators) of every function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.end_lineno - node.lineno + 1


def too_long() -> dict[str, int]:
    """ "path" or "path:function" -> lines, for everything above its budget."""
    found = {}
    for path in tracked("*.py"):
        name = path.relative_to(ROOT).as_posix()
        if "/migrations/" in name:
            continue
        if lines(path) > FILE:
            found[name] = lines(path)
        found |= {f"{name}:{f}": size for f, size in functions(path) if size > FUNCTION}
    for path in tracked("*.html"):
        if lines(path) > TEMPLATE:
            found[path.relative_to(ROOT).as_posix()] = lines(path)
    return found


def excused() -> dict[str, str]:
    """ "path" or "path:function" -> reason."""
    return tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text("utf-8"))


def test_nothing_is_longer_than_its_budget():
    found = {name: size for name, size in too_long().items() if name not in excused()}
    assert found == {}


def test_the_list_of_exceptions_only_shrinks():
    assert set(excused()) <= set(too_long()), "take what fits its budget off the list"
    assert all(excused().values()), "an exception needs a reason"

"""Arithmetic over indicators, `100 * (a - b)`, and rules that compare them, `a <= b + c`.

`reading.py` holds the grammar, `trees.py` what an expression is worth when values are missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter

from giaoban.lib.expressions.reading import ExpressionError, read, read_comparison
from giaoban.lib.expressions.trees import (
    Cell,
    Minus,
    Node,
    Number,
    Product,
    Sum,
    Values,
    code_of,
    names_of,
    value_of,
)

__all__ = [
    "Cell",
    "Comparison",
    "Expression",
    "ExpressionError",
    "Minus",
    "Node",
    "Number",
    "Product",
    "Sum",
    "Values",
    "cycle",
    "parse",
    "parse_comparison",
]


@dataclass(frozen=True, slots=True)
class Expression:
    """Arithmetic over indicators; `root` is the tree, for those who compile it to something else."""

    text: str
    root: Node

    @classmethod
    def parse(cls, text: str) -> "Expression":
        """The same as `parse`."""
        return parse(text)

    @property
    def names(self) -> frozenset[str]:
        """The names whose values are needed: `a`, `a[sex=f]`, `previous(a)`."""
        return frozenset(names_of(self.root))

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the indicators involved."""
        return frozenset(map(code_of, self.names))

    def evaluate(self, values: Values) -> Fraction | None:
        """The exact value, or None where it has none; a name that is not in `values` is missing."""
        return value_of(self.root, values)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A rule between indicators: two expressions and one of `== != <= >= < >`."""

    text: str
    left: Expression
    sign: str
    right: Expression

    @classmethod
    def parse(cls, text: str) -> "Comparison":
        """The same as `parse_comparison`."""
        return parse_comparison(text)

    @property
    def names(self) -> frozenset[str]:
        """The names whose values are needed."""
        return self.left.names | self.right.names

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the indicators involved."""
        return self.left.codes | self.right.codes

    def evaluate(self, values: Values) -> bool | None:
        """Whether the rule holds; None if a side has no value."""
        left, right = self.left.evaluate(values), self.right.evaluate(values)
        if left is None or right is None:
            return None
        return {
            "==": left == right,
            "!=": left != right,
            "<=": left <= right,
            ">=": left >= right,
            "<": left < right,
            ">": left > right,
        }[self.sign]


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read arithmetic over indicators. Raises `ExpressionError`, or `CellError` for a breakdown."""
    return Expression(text, read(text))


@lru_cache(maxsize=4096)
def parse_comparison(text: str) -> Comparison:
    """Read a rule such as `a <= b + c`. Raises `ExpressionError`, or `CellError` for a breakdown."""
    left, sign, right = read_comparison(text)
    first, _, second = text.partition(sign)
    return Comparison(text, Expression(first.strip(), left), sign, Expression(second.strip(), right))


def cycle(uses: Mapping[str, Iterable[str]]) -> list[str]:
    """Indicators that use each other in a circle, such as `[a, b, a]`; empty if none do."""
    try:
        TopologicalSorter({code: sorted(used) for code, used in sorted(uses.items())}).prepare()
    except CycleError as error:
        # graphlib walks from the used to the user and names the first again at the end
        circle: list[str] = error.args[1][:0:-1]
        start = circle.index(min(circle))
        return [*circle[start:], *circle[: start + 1]]
    return []

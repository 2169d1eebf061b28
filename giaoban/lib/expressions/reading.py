"""The grammar of expressions and rules.

    rule     sum ( == | != | <= | >= | < | > ) sum
    sum      product { ( + | - ) product }
    product  factor { ( * | / ) factor }
    factor   number | cell | previous(cell) | - factor | ( sum )

A number is written `100` or `0.5`; a cell is an indicator code, of letters, digits, `_` and `.`,
perhaps with a breakdown: `cases[sex=f]`.
"""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import ClassVar, NamedTuple

from giaoban.lib.cells import parse_column
from giaoban.lib.errors import LibError
from giaoban.lib.errors import marked as _
from giaoban.lib.expressions.trees import Cell, Minus, Node, Number, Product, Sum

MOST_CHARACTERS = 2000
MOST_DEPTH = 40

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)(?![A-Za-z0-9_.])"
    r"|(?P<previous>previous)(?=\s*\()"
    r"|(?P<cell>[A-Za-z_][A-Za-z0-9_.]*(?:\[[^\[\]]*\])?)"
    r"|(?P<compare>==|!=|<=|>=|<|>)"
    r"|(?P<sign>[-+*/()])"
)


class ExpressionError(LibError):
    """A text is no expression."""

    SENTENCES: ClassVar[dict[str, str]] = {
        "empty": _("The expression is empty."),
        "long": _(
            "The expression is too long; at most 2000 characters and 40 brackets inside each other are read."
        ),
        "character": _("“%(token)s” at place %(place)s of “%(text)s” cannot stand in an expression."),
        "equals": _("“%(text)s” holds a single =; write == to compare."),
        "unexpected": _("“%(token)s” is not expected at place %(place)s of “%(text)s”."),
        "end": _("“%(text)s” ends too early."),
        "compare": _("“%(text)s” compares nothing; a rule needs ==, !=, <=, >=, < or >."),
    }


class _Token(NamedTuple):
    kind: str
    text: str
    place: int


def read(text: str) -> Node:
    """The tree of an arithmetic expression. Raises `ExpressionError` or `CellError`."""
    reader = _Reader(text)
    node = reader.sum()
    reader.finish()
    return node


def read_comparison(text: str) -> tuple[Node, str, Node]:
    """Left side, sign and right side of a rule. Raises `ExpressionError` or `CellError`."""
    reader = _Reader(text)
    left = reader.sum()
    sign = reader.take("compare")
    if sign is None:
        reader.finish()
        raise ExpressionError("compare", text=text)
    right = reader.sum()
    reader.finish()
    return left, sign, right


class _Reader:
    """Reads a text token by token; a method for each line of the grammar."""

    def __init__(self, text: str) -> None:
        if not text.strip():
            raise ExpressionError("empty")
        if len(text) > MOST_CHARACTERS:
            raise ExpressionError("long")
        self.text = text
        self.tokens = _tokens(text)
        self.here = next(self.tokens)
        self.depth = 0

    def sum(self) -> Node:
        """Products that are added and subtracted."""
        added = [self.product()]
        subtracted: list[Node] = []
        while sign := self.take("sign", "+", "-"):
            (added if sign == "+" else subtracted).append(self.product())
        return Sum(tuple(added), tuple(subtracted)) if subtracted or len(added) > 1 else added[0]

    def product(self) -> Node:
        """Factors that are multiplied and divided."""
        first = self.factor()
        rest: list[tuple[str, Node]] = []
        while sign := self.take("sign", "*", "/"):
            rest.append((sign, self.factor()))
        return Product(first, tuple(rest)) if rest else first

    def factor(self) -> Node:
        """A number, a cell, or something in brackets or with a minus before it."""
        if number := self.take("number"):
            return Number(Fraction(number))
        if self.take("previous"):
            self.expect("(")
            name = f"previous({self.cell()})"
            self.expect(")")
            return Cell(name)
        if self.take("sign", "("):
            return self.deeper(self.bracket)
        if self.take("sign", "-"):
            return self.deeper(self.minus)
        return Cell(self.cell())

    def bracket(self) -> Node:
        """The rest of `( sum )`."""
        node = self.sum()
        self.expect(")")
        return node

    def minus(self) -> Node:
        """The rest of `- factor`."""
        node = self.factor()
        return Number(-node.value) if isinstance(node, Number) else Minus(node)

    def cell(self) -> str:
        """The name of a cell in its usual form."""
        name = self.take("cell")
        if name is None:
            raise self.error()
        return parse_column(name).cell

    def deeper(self, read: Callable[[], Node]) -> Node:
        """Read something that lies inside brackets or behind a minus."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise ExpressionError("long")
        node = read()
        self.depth -= 1
        return node

    def take(self, kind: str, *texts: str) -> str | None:
        """The next token's text, and on to the one after; None if it is another kind or text."""
        token = self.here
        if token.kind != kind or (texts and token.text not in texts):
            return None
        self.here = next(self.tokens)
        return token.text

    def expect(self, bracket: str) -> None:
        """Take a bracket that must be next."""
        if self.take("sign", bracket) is None:
            raise self.error()

    def finish(self) -> None:
        """Raise unless the text is at its end."""
        if self.here.kind != "end":
            raise self.error()

    def error(self) -> ExpressionError:
        """What to say about the next token."""
        token = self.here
        if token.kind == "end":
            return ExpressionError("end", text=self.text)
        return ExpressionError("unexpected", token=token.text, place=token.place, text=self.text)


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            code = "equals" if text[at] == "=" else "character"
            raise ExpressionError(code, token=text[at], place=at + 1, text=text)
        if found.lastgroup != "space":
            yield _Token(found.lastgroup or "", found.group(), at + 1)
        at = found.end()
    while True:
        yield _Token("end", "", at + 1)

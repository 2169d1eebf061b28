"""The tree of an expression and its exact value.

Where values are missing:

- what is added are the parts of a sum: a missing part counts 0 if another part has a value; a
  number written out is no part;
- what is subtracted, multiplied, divided or divided by must be there, else there is no value;
- a quotient by zero has no value.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

Values = Mapping[str, Fraction | int | None]


class Number(NamedTuple):
    """A number written out."""

    value: Fraction


class Cell(NamedTuple):
    """A value looked up by name: `a`, `a[sex=f]` or `previous(a)`."""

    name: str


class Minus(NamedTuple):
    """A value with the other sign."""

    part: "Node"


class Sum(NamedTuple):
    """Parts that are added, less what is subtracted: `a + b - c`."""

    added: tuple["Node", ...]
    subtracted: tuple["Node", ...]


class Product(NamedTuple):
    """A first factor and what follows, from left to right, each with its sign `*` or `/`."""

    first: "Node"
    rest: tuple[tuple[str, "Node"], ...]


Node = Number | Cell | Minus | Sum | Product


def value_of(node: Node, values: Values) -> Fraction | None:
    """The exact value of the tree, or None where it has none."""
    match node:
        case Number(number):
            return number
        case Cell(name):
            found = values.get(name)
            return None if found is None else Fraction(found)
        case Minus(part):
            value = value_of(part, values)
            return None if value is None else -value
        case Sum():
            return _sum(node, values)
        case Product():
            return _product(node, values)


def names_of(node: Node) -> Iterator[str]:
    """The names that the tree looks up."""
    match node:
        case Number():
            return
        case Cell(name):
            yield name
        case Minus(part):
            yield from names_of(part)
        case Sum(added, subtracted):
            for part in (*added, *subtracted):
                yield from names_of(part)
        case Product(first, rest):
            for part in (first, *(factor for _, factor in rest)):
                yield from names_of(part)


def code_of(name: str) -> str:
    """The indicator's code in a name: `a` of `previous(a[sex=f])`."""
    return name.removeprefix("previous(").removesuffix(")").partition("[")[0]


def _sum(node: Sum, values: Values) -> Fraction | None:
    total = Fraction(0)
    missing = exists = False
    for part in node.added:
        value = value_of(part, values)
        missing = missing or value is None
        exists = exists or (value is not None and not isinstance(part, Number))
        total += value or 0
    if missing and not exists:
        return None
    for part in node.subtracted:
        value = value_of(part, values)
        if value is None:
            return None
        total -= value
    return total


def _product(node: Product, values: Values) -> Fraction | None:
    total = value_of(node.first, values)
    for sign, factor in node.rest:
        value = value_of(factor, values)
        if total is None or value is None or (sign == "/" and not value):
            return None
        total = total * value if sign == "*" else total / value
    return total

"""Calculated indicators and rules between indicators."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.lib.cells import CellError
from giaoban.lib.expressions import (
    Comparison,
    Expression,
    ExpressionError,
    cycle,
    parse,
    parse_comparison,
)

Value = Fraction | int | None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", 7),
        ("a + b", 10),
        ("100 * (a - b)", 400),
        ("a-b-1", 3),
        ("a / b / 7", Fraction(1, 3)),
        ("a - b * 2 + 1", 2),
        ("-a + b", -4),
        ("a - -b", 10),
        ("0.5 * a", Fraction(7, 2)),
        ("100000 * a / (b + 11)", 50000),
        ("((a))", 7),
        ("previous(a) - a", 1),
        ("a[sex=f] + a[sex=m,age=60+]", 5),
        ("x.y_1", 1),
    ],
)
def test_arithmetic_is_exact(text: str, value: Value) -> None:
    values = {"a": 7, "b": 3, "previous(a)": 8, "a[sex=f]": 2, "a[age=60+,sex=m]": 3, "x.y_1": 1}
    assert parse(text).evaluate(values) == value


@pytest.mark.parametrize(
    ("text", "values", "value"),
    [
        # a missing part of a sum counts 0 if another part exists
        ("a + b", {"a": 7}, 7),
        ("a + b", {"b": 3, "a": None}, 3),
        ("a + b", {}, None),
        ("a + b + c", {"c": 1}, 1),
        ("(a + b) * 2", {"a": 7}, 14),
        ("(a + b) / (c + d)", {"a": 7, "d": 2}, Fraction(7, 2)),
        # a number written out is no part
        ("a + 5", {}, None),
        ("a + 5 + b", {"b": 1}, 6),
        # what is subtracted, multiplied or divided must be there
        ("a - b", {"a": 7}, None),
        ("a - b", {"b": 3}, None),
        ("a + b - c", {"a": 7, "c": 1}, 6),
        ("a + b - c + d", {"a": 7, "b": 1, "d": 1}, None),
        ("a * b", {"a": 7}, None),
        ("a / b", {"a": 7}, None),
        ("a / b", {"b": 7}, None),
        ("-a", {}, None),
        # no quotient by zero
        ("a / b", {"a": 7, "b": 0}, None),
        ("a / (b - c)", {"a": 7, "b": 2, "c": 2}, None),
        ("0 / a", {"a": 2}, 0),
    ],
)
def test_no_data_is_no_value(text: str, values: dict[str, Value], value: Value) -> None:
    assert parse(text).evaluate(values) == value


def test_an_expression_tells_what_it_needs() -> None:
    expression = Expression.parse("100 * (a - previous(a[sex=m,age=60+])) / b.c")
    assert expression.names == {"a", "previous(a[age=60+,sex=m])", "b.c"}
    assert expression.codes == {"a", "b.c"}
    assert parse("1 + 2").codes == frozenset()
    assert parse("previous").codes == {"previous"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The expression is empty."),
        ("  ", "The expression is empty."),
        ("a +", "“a +” ends too early."),
        ("(a", "“(a” ends too early."),
        ("a b", "“b” is not expected at place 3 of “a b”."),
        ("a)", "“)” is not expected at place 2 of “a)”."),
        ("()", "“)” is not expected at place 2 of “()”."),
        ("a ** b", "“*” is not expected at place 4 of “a ** b”."),
        ("a < b", "“<” is not expected at place 3 of “a < b”."),
        ("f(a)", "“(” is not expected at place 2 of “f(a)”."),
        ("previous(a + b)", "“+” is not expected at place 12 of “previous(a + b)”."),
        ("a % b", "“%” at place 3 of “a % b” cannot stand in an expression."),
        ("1,5 * a", "“,” at place 2 of “1,5 * a” cannot stand in an expression."),
        ("12a", "“1” at place 1 of “12a” cannot stand in an expression."),
        ("1.2.3", "“1” at place 1 of “1.2.3” cannot stand in an expression."),
        ("a = b", "“a = b” holds a single =; write == to compare."),
        ("__import__('os')", "“(” is not expected at place 11 of “__import__('os')”."),
        ("(" * 41 + "a" + ")" * 41, "The expression is too long; at most 2000 characters and 40 "
         "brackets inside each other are read."),
        ("a+" * 1000 + "a", "The expression is too long; at most 2000 characters and 40 brackets inside "
         "each other are read."),
    ],
)  # fmt: skip
def test_other_texts_are_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert str(refused.value) == sentence


def test_a_breakdown_must_be_one() -> None:
    with pytest.raises(CellError, match="“sex” in “a.sex.” is no breakdown"):
        parse("a[sex] + 1")


def test_long_chains_are_read() -> None:
    assert parse("*".join("a" * 900)).evaluate({"a": 1}) == 1
    assert parse("+".join("a" * 900)).evaluate({"a": 1}) == 900


@pytest.mark.parametrize(
    ("text", "values", "holds"),
    [
        ("a <= b + c", {"a": 5, "b": 2, "c": 3}, True),
        ("a < b + c", {"a": 5, "b": 2, "c": 3}, False),
        ("a == b", {"a": 5, "b": Fraction(10, 2)}, True),
        ("a != b", {"a": 5, "b": 5}, False),
        ("a >= previous(a)", {"a": 5, "previous(a)": 6}, False),
        ("a >= previous(a)", {"a": 5}, None),
        ("a[sex=f] > 0", {"a[sex=f]": 1}, True),
        ("a / b < 1", {"a": 5, "b": 0}, None),
    ],
)
def test_a_rule_holds_or_not_or_nobody_knows(text: str, values: dict[str, Value], holds: bool | None) -> None:
    assert Comparison.parse(text).evaluate(values) is holds


def test_a_rule_has_two_sides() -> None:
    rule = parse_comparison("a + b >= c")
    assert (rule.left.text, rule.sign, rule.right.text) == ("a + b", ">=", "c")
    assert rule.names == rule.codes == {"a", "b", "c"}
    with pytest.raises(ExpressionError, match="compares nothing; a rule needs"):
        parse_comparison("a + b")
    with pytest.raises(ExpressionError, match="“<” is not expected at place 7"):
        parse_comparison("a < b < c")


def test_indicators_that_use_each_other_are_found() -> None:
    assert cycle({"a": ["b"], "b": ["c", "d"], "c": ["a"], "d": []}) == ["a", "b", "c", "a"]
    assert cycle({"x": ["x"]}) == ["x", "x"]
    assert cycle({"rate": ["cases", "people"], "cases": ["f", "m"]}) == []
    assert cycle({}) == []
    assert cycle({f"i{n}": [f"i{n + 1}"] for n in range(5000)}) == []


texts = st.recursive(
    st.sampled_from("abcd"),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
    max_leaves=12,
)
full = st.fixed_dictionaries({code: st.fractions(-9, 9, max_denominator=9) for code in "abcd"})


@given(texts, full)
def test_with_all_values_it_is_plain_arithmetic(text: str, values: dict[str, Fraction]) -> None:
    try:
        expected = eval(text, {"__builtins__": {}}, dict(values))
    except ZeroDivisionError:
        return
    assert parse(text).evaluate(values) == expected


@given(st.text(alphabet="ab1.5+-*/()<>=! previous[]", max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    for read in (parse, parse_comparison):
        try:
            read(text).evaluate({"a": 1, "b": 2})
        except (ExpressionError, CellError) as refused:
            assert str(refused)

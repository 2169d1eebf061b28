"""Cells of breakdowns: how they are written, and the totals that follow from them."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.lib.cells import CellError, Column, derive, join, key, parse_column, place_of, split

SEX = ("sex", ("f", "m"))
AGE = ("age", ("0-14", "15-59", "60+"))


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("cases", Column("cases")),
        ("cases[sex=f]", Column("cases", (("sex", "f"),))),
        ("cases[sex=f,age=60+]", Column("cases", (("age", "60+"), ("sex", "f")))),
        ("cases!est", Column("cases", (), "est")),
        ("cases[sex=f]!comment", Column("cases", (("sex", "f"),), "comment")),
        ("số_ca[giới=nữ]", Column("số_ca", (("giới", "nữ"),))),
        ("a.b-c[x.y=1/2]", Column("a.b-c", (("x.y", "1/2"),))),
    ],
)
def test_a_column_names_a_cell_and_perhaps_a_mark(text: str, column: Column) -> None:
    assert parse_column(text) == column
    assert parse_column(str(column)) == column


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "“” names no figure; write a code, or code[dimension=option]."),
        ("cases[sex=f", "“cases[sex=f” names no figure; write a code, or code[dimension=option]."),
        ("my cases", "“my cases” names no figure; write a code, or code[dimension=option]."),
        ("cases[]", "“” in “cases[]” is no breakdown; write dimension=option."),
        ("cases[sex]", "“sex” in “cases[sex]” is no breakdown; write dimension=option."),
        ("cases[sex=f, age=60+]", "“ age=60+” in “cases[sex=f, age=60+]” is no breakdown; write "
         "dimension=option."),
        ("cases[sex=f,sex=m]", "“cases[sex=f,sex=m]” names the dimension sex twice."),
        ("cases!draft", "“!draft” in “cases!draft” is no mark; the marks are !est and !comment."),
        ("cases!", "“!” in “cases!” is no mark; the marks are !est and !comment."),
    ],
)  # fmt: skip
def test_what_names_no_cell_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(CellError) as refused:
        parse_column(text)
    assert str(refused.value) == sentence


def test_a_stored_cell_has_one_spelling() -> None:
    cell = parse_column("cases[sex=f,age=60+]").cell
    assert cell == "cases[age=60+,sex=f]"
    assert split(cell) == ("cases", (("age", "60+"), ("sex", "f")))
    assert split("cases") == ("cases", ())
    assert join(*split(cell)) == cell
    assert place_of(key(split(cell)[1])) == split(cell)[1]
    assert (key(()), place_of("")) == ("", ())
    with pytest.raises(CellError, match=r"is not in its usual form; write cases\[age=60\+,sex=f\]."):
        split("cases[sex=f,age=60+]")
    with pytest.raises(CellError, match="names no figure"):
        split("cases!est")


def test_the_stored_total_is_the_total() -> None:
    assert derive({"": 12, "sex=f": 5, "sex=m": 6}, [SEX])[""] == 12


def test_without_a_total_one_complete_dimension_is_summed() -> None:
    assert derive({"sex=f": 5, "sex=m": 6}, [SEX]) == {"sex=f": 5, "sex=m": 6, "": 11}


def test_the_first_complete_dimension_of_the_form_decides() -> None:
    cells = {"sex=f": 5, "sex=m": 6, "age=0-14": 1, "age=15-59": 2, "age=60+": 9}
    assert derive(cells, [SEX, AGE])[""] == 11
    assert derive(cells, [AGE, SEX])[""] == 12
    del cells["age=60+"]
    assert derive(cells, [AGE, SEX])[""] == 11


def test_an_incomplete_dimension_gives_no_total() -> None:
    assert derive({"sex=f": 5}, [SEX, AGE]) == {"sex=f": 5}
    assert derive({}, [SEX]) == {}
    assert derive({"sex=f": 5, "sex=x": 6}, [SEX]) == {"sex=f": 5, "sex=x": 6}
    assert derive({"sex=f": 5}, [("sex", ())]) == {"sex=f": 5}


def test_marginals_follow_from_combinations() -> None:
    cells = {"age=60+,sex=f": 1, "age=60+,sex=m": 2, "age=0-14,sex=f": 3}
    assert derive(cells, [SEX, AGE]) == cells | {"age=60+": 3}
    full = {key([("sex", s), ("age", a)]): 1 for s, a in product(SEX[1], AGE[1])}
    assert derive(full, [SEX, AGE]) == full | {
        "sex=f": 3, "sex=m": 3, "age=0-14": 2, "age=15-59": 2, "age=60+": 2, "": 6,
    }  # fmt: skip


def test_a_stored_marginal_is_stronger_than_its_parts() -> None:
    full = {key([("sex", s), ("age", a)]): 1 for s, a in product(SEX[1], AGE[1])}
    assert derive(full | {"sex=f": 10}, [SEX, AGE])[""] == 13


dims = [("a", ("1", "2")), ("b", ("1", "2", "3")), ("c", ("1", "2"))]
places = [
    key(zip(names, options, strict=True))
    for names in [(), ("a",), ("b",), ("c",), ("a", "b"), ("a", "c"), ("b", "c"), ("a", "b", "c")]
    for options in product(*(dict(dims)[name] for name in names))
]


def by_definition(cells: dict[str, int], place: str) -> int | None:
    """Rule 6, word for word, asked for one place."""
    if place in cells:
        return cells[place]
    taken = place_of(place)
    for dimension, options in dims:
        if dimension in dict(taken):
            continue
        parts = [by_definition(cells, key([*taken, (dimension, option)])) for option in options]
        if None not in parts:
            return sum(part for part in parts if part is not None)
    return None


@given(st.dictionaries(st.sampled_from(places), st.integers(-9, 9), min_size=1))
def test_derived_values_are_those_of_the_rule(cells: dict[str, int]) -> None:
    derived = derive(cells, dims)
    assert derived == {place: value for place in places if (value := by_definition(cells, place)) is not None}

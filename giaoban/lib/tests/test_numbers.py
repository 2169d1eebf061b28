"""Figures go in strictly, stay exact, and are rounded once when shown."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.lib.numbers import NumberError, parse_local, plain, rounded, scale, show, unscale


@pytest.mark.parametrize(
    ("text", "decimals", "stored"),
    [
        ("0", 0, 0),
        ("0", 2, 0),
        ("12", 0, 12),
        ("12", 2, 1200),
        ("-12.5", 1, -125),
        ("-12.5", 3, -12500),
        ("0.05", 2, 5),
        ("-0", 0, 0),
        ("999999999999999999", 0, 10**18 - 1),
        ("9999999999999999.99", 2, 10**18 - 1),
        ("-999999999999999999", 0, 1 - 10**18),
    ],
)
def test_a_canonical_text_becomes_an_integer(text: str, decimals: int, stored: int) -> None:
    assert scale(text, decimals) == stored
    assert unscale(stored, decimals) == Decimal(text)


@pytest.mark.parametrize(
    ("text", "decimals", "code", "sentence"),
    [
        ("", 0, "empty", "There is no number; leave the cell out if there is no value."),
        (" 1", 0, "space", "“ 1” holds a space; write the number without spaces."),
        ("1 234", 0, "space", "“1 234” holds a space; write the number without spaces."),
        ("1\xa0234", 0, "space", "“1\xa0234” holds a space; write the number without spaces."),
        ("1\n", 0, "space", "“1\n” holds a space; write the number without spaces."),
        ("1e3", 0, "exponent", "“1e3” has an exponent; write the number in full."),
        ("NaN", 0, "infinite", "“NaN” is not a finite number."),
        ("-inf", 0, "infinite", "“-inf” is not a finite number."),
        ("1,234", 0, "comma", "“1,234” holds a comma; write 1234.5, with a point for decimals and "
         "nothing between thousands."),
        ("1.234,5", 1, "comma", "“1.234,5” holds a comma; write 1234.5, with a point for decimals and "
         "nothing between thousands."),
        ("+5", 0, "plus", "“+5” begins with a plus sign; leave it out."),
        ("007", 0, "zeros", "“007” begins with a needless zero."),
        ("1.5", 0, "decimals", "“1.5” has more decimals than the 0 allowed."),
        ("1.0", 0, "decimals", "“1.0” has more decimals than the 0 allowed."),
        ("1.234.567", 3, "shape", "“1.234.567” is not a number."),
        (".5", 1, "shape", "“.5” is not a number."),
        ("5.", 1, "shape", "“5.” is not a number."),
        ("--5", 0, "shape", "“--5” is not a number."),
        ("１２", 0, "shape", "“１２” is not a number."),
        ("1_000", 0, "shape", "“1_000” is not a number."),
        ("1000000000000000000", 0, "large", "“1000000000000000000” is too large; at most 18 digits are "
         "kept, decimals included."),
        ("10000000000000000", 2, "large", "“10000000000000000” is too large; at most 18 digits are kept, "
         "decimals included."),
    ],
)  # fmt: skip
def test_any_other_text_is_refused_with_a_sentence(
    text: str, decimals: int, code: str, sentence: str
) -> None:
    with pytest.raises(NumberError) as refused:
        scale(text, decimals)
    assert (refused.value.code, str(refused.value)) == (code, sentence)


def test_numbers_are_taken_by_their_value() -> None:
    assert scale(12, 1) == 120
    assert scale(Decimal("1.50"), 1) == 15
    assert scale(Fraction(1, 4), 2) == 25
    assert scale(0.1, 1) == 1
    assert scale(12.0, 0) == 12
    assert scale(1e15, 0) == 10**15


@pytest.mark.parametrize(
    ("value", "code"),
    [(0.15, "decimals"), (Fraction(1, 3), "decimals"), (float("nan"), "infinite"), (True, "shape"),
     (Decimal("Infinity"), "infinite"), (10**18, "large"), (1e18, "large")],
)  # fmt: skip
def test_a_number_that_does_not_fit_is_refused(value: float, code: str) -> None:
    with pytest.raises(NumberError) as refused:
        scale(value, 1)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "lang", "figure"),
    [
        ("1.234,5", "vi", "1234.5"),
        ("1234,5", "vi", "1234.5"),
        ("1.234.567", "vi", "1234567"),
        (" 12 ", "vi", "12"),
        ("-0,25", "vi", "-0.25"),
        ("1,234.5", "en", "1234.5"),
        ("1,234", "en-GB", "1234"),
        ("1.25", "en", "1.25"),
        ("1.234,5", "it", "1234.5"),
    ],
)
def test_people_write_in_their_language(text: str, lang: str, figure: str) -> None:
    assert str(parse_local(text, lang, 2)) == figure


@pytest.mark.parametrize(
    ("text", "lang", "code"),
    [
        ("1.5", "vi", "local"),
        ("12.34", "vi", "local"),
        ("1.2345", "vi", "local"),
        ("1234.567", "vi", "local"),
        ("1.234567", "vi", "local"),
        ("1,5", "en", "local"),
        ("1,23,456", "en", "local"),
        ("1 234", "vi", "local"),
        ("5 %", "vi", "local"),
        ("1e3", "en", "local"),
        ("", "vi", "empty"),
        (" ", "en", "empty"),
        ("1,234", "vi", "decimals"),
        ("100.000.000.000.000.000", "vi", "large"),
    ],
)
def test_wrong_grouping_is_never_guessed(text: str, lang: str, code: str) -> None:
    with pytest.raises(NumberError) as refused:
        parse_local(text, lang, 2)
    assert refused.value.code == code


def test_the_sentence_shows_how_to_write_it() -> None:
    with pytest.raises(NumberError, match="“1.5” is not a number; write it like 1.234,5."):
        parse_local("1.5", "vi", 1)


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (1234567, 0, "1.234.567", "1,234,567"),
        (Decimal("1234.5"), 1, "1.234,5", "1,234.5"),
        (Decimal("0.5"), 0, "1", "1"),
        (Decimal("-0.5"), 0, "-1", "-1"),
        (Decimal("-0.4"), 0, "0", "0"),
        (Decimal("2.345"), 2, "2,35", "2.35"),
        (Fraction(2, 3), 2, "0,67", "0.67"),
        (Fraction(-1, 8), 2, "-0,13", "-0.13"),
    ],
)
def test_a_figure_is_rounded_once_half_away_from_zero(
    value: Decimal | Fraction | int, decimals: int, vi: str, en: str
) -> None:
    assert (show(value, decimals, "vi"), show(value, decimals, "en")) == (vi, en)


def test_sums_of_128_bits_stay_exact() -> None:
    total = 2**127 - 1
    assert unscale(total, 3) == Decimal("170141183460469231731687303715884105.727")
    assert plain(unscale(total, 3), 3) == "170141183460469231731687303715884105.727"
    assert show(unscale(total, 3), 2, "vi") == "170.141.183.460.469.231.731.687.303.715.884.105,73"


@given(st.integers(1 - 10**18, 10**18 - 1), st.integers(0, 9))
def test_what_is_stored_is_shown_and_read_back(stored: int, decimals: int) -> None:
    figure = unscale(stored, decimals)
    assert scale(plain(figure, decimals), decimals) == stored
    assert scale(figure, decimals) == stored
    for lang in ("vi", "en", "it"):
        assert parse_local(show(figure, decimals, lang), lang, decimals) == figure


@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_off_by_half_a_unit_at_most(value: Fraction, decimals: int) -> None:
    error = abs(Fraction(rounded(value, decimals)) - value)
    assert error <= Fraction(1, 2 * 10**decimals)
    assert Fraction(rounded(-value, decimals)) == -Fraction(rounded(value, decimals))


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    for read in (lambda: scale(text, 2), lambda: parse_local(text, "vi", 2)):
        try:
            read()
        except NumberError as refused:
            assert str(refused)

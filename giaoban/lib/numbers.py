"""Exact figures: read strictly, stored as scaled integers, rounded once when shown.

A figure of an indicator with 2 decimals is stored as an integer of hundredths, at most 18 digits, so
that it fits 64 bits. Floating point is read (a spreadsheet gives nothing else) but never computed with.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from giaoban.lib.errors import LibError
from giaoban.lib.errors import marked as _

MOST_DIGITS = 18
_TENS: tuple[int, ...] = tuple(10**n for n in range(MOST_DIGITS + 1))
_LIMIT = _TENS[MOST_DIGITS]

# language: (separator of thousands, separator of decimals)
SEPARATORS = {"vi": (".", ","), "it": (".", ","), "en": (",", ".")}

_CANONICAL = re.compile(r"(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?")
_LOCAL = {
    lang: re.compile(
        rf"(-?)([0-9]+|[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+)(?:{re.escape(point)}([0-9]+))?"
    )
    for lang, (thousands, point) in SEPARATORS.items()
}


class NumberError(LibError):
    """A text is not a figure, or not one that the indicator can hold."""

    SENTENCES: ClassVar[dict[str, str]] = {
        "empty": _("There is no number; leave the cell out if there is no value."),
        "space": _("“%(text)s” holds a space; write the number without spaces."),
        "exponent": _("“%(text)s” has an exponent; write the number in full."),
        "infinite": _("“%(text)s” is not a finite number."),
        "comma": _(
            "“%(text)s” holds a comma; write 1234.5, with a point for decimals and nothing between thousands."
        ),
        "plus": _("“%(text)s” begins with a plus sign; leave it out."),
        "zeros": _("“%(text)s” begins with a needless zero."),
        "shape": _("“%(text)s” is not a number."),
        "local": _("“%(text)s” is not a number; write it like %(example)s."),
        "decimals": _("“%(text)s” has more decimals than the %(decimals)s allowed."),
        "large": _("“%(text)s” is too large; at most 18 digits are kept, decimals included."),
    }


def scale(value: str | int | Decimal | Fraction | float, decimals: int) -> int:
    """The figure times 10**decimals, as an integer of at most 18 digits.

    Text must be canonical: `-12.5`, no spaces, thousands, exponent, plus or leading zeros, and not
    more digits after the point than `decimals`. A number must be exact with `decimals`; a float
    counts as the shortest decimal that denotes it. Raises `NumberError`.
    """
    if isinstance(value, str):
        if len(value) + decimals <= MOST_DIGITS and value.isascii() and value.isdigit():
            if value[0] != "0" or len(value) == 1:
                return int(value) * _TENS[decimals]
        return _scale_text(value, decimals)
    return _scale_number(value, decimals)


def unscale(value: int, decimals: int) -> Decimal:
    """The figure that was stored scaled by `decimals`; exact for integers of any size."""
    return Decimal(f"{value}E-{decimals}")


def parse_local(text: str, lang: str, decimals: int) -> Decimal:
    """Read a figure as people write it: `1.234,5` in Vietnamese, `1,234.5` in English.

    Thousands are separated everywhere, in threes, or nowhere. Spaces around are ignored. The figure
    must fit `scale(…, decimals)`. Raises `NumberError`.
    """
    typed = text.strip()
    if not typed:
        raise NumberError("empty", text=text)
    lang = _known(lang)
    found = _LOCAL[lang].fullmatch(typed)
    if found is None:
        example = show(Decimal("-1234.5"), 1, lang)[1:]
        raise NumberError("local", text=typed, example=example)
    sign, whole, part = found[1], found[2].replace(SEPARATORS[lang][0], ""), found[3] or ""
    if len(part) > decimals:
        raise NumberError("decimals", text=typed, decimals=decimals)
    figure = Decimal(f"{sign}{whole}.{part or 0}")
    if abs(int(f"{whole}{part}")) * _TENS[decimals - len(part)] >= _LIMIT:
        raise NumberError("large", text=typed)
    return figure if part else Decimal(int(figure))


def rounded(value: Decimal | Fraction | int, decimals: int) -> Decimal:
    """The figure with `decimals` digits after the point, halves away from zero; never −0."""
    exact = Fraction(value) * 10**decimals
    whole = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return unscale(-whole if exact < 0 else whole, decimals)


def plain(value: Decimal | Fraction | int, decimals: int) -> str:
    """The rounded figure for machines: `-1234.50`."""
    return f"{rounded(value, decimals):f}"


def show(value: Decimal | Fraction | int, decimals: int, lang: str) -> str:
    """The rounded figure for readers: `1.234,5` in Vietnamese, `1,234.5` in English."""
    thousands, point = SEPARATORS[_known(lang)]
    whole, _, part = f"{rounded(value, decimals):,f}".partition(".")
    whole = whole.replace(",", thousands)
    return f"{whole}{point}{part}" if part else whole


def _known(lang: str) -> str:
    base = lang.split("-")[0]
    return base if base in SEPARATORS else "en"


def _scale_text(text: str, decimals: int) -> int:
    found = _CANONICAL.fullmatch(text)
    if found is None:
        raise NumberError(_flaw(text), text=text)
    sign, whole, part = found[1], found[2], found[3] or ""
    if len(part) > decimals:
        raise NumberError("decimals", text=text, decimals=decimals)
    if len(whole) + decimals > MOST_DIGITS + 1:
        raise NumberError("large", text=text)
    figure = int(whole + part.ljust(decimals, "0"))
    if figure >= _LIMIT:
        raise NumberError("large", text=text)
    return -figure if sign else figure


def _flaw(text: str) -> str:
    """Which sentence tells best why the text is no canonical number."""
    if not text:
        return "empty"
    tests = (
        ("space", r".*\s.*"),
        ("infinite", r"(?i)[+-]?(nan|inf|infinity)"),
        ("exponent", r"(?i)[+-]?[0-9.]+e[+-]?[0-9]+"),
        ("comma", r"[+-]?[0-9.,]*,[0-9.,]*"),
        ("plus", r"\+[0-9.]+"),
        ("zeros", r"-?0[0-9]+(\.[0-9]+)?"),
    )
    return next((code for code, shape in tests if re.fullmatch(shape, text, re.DOTALL)), "shape")


def _scale_number(value: int | Decimal | Fraction | float, decimals: int) -> int:
    if isinstance(value, bool):
        raise NumberError("shape", text=value)
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal) and not value.is_finite():
        raise NumberError("infinite", text=value)
    exact = Fraction(value) * _TENS[decimals]
    if exact.denominator != 1:
        raise NumberError("decimals", text=value, decimals=decimals)
    if abs(exact.numerator) >= _LIMIT:
        raise NumberError("large", text=value)
    return exact.numerator

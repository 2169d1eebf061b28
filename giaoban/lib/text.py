"""Names in several languages, search folding, numbering letters; sentences are in `sentences.py`."""

import re
import unicodedata
from collections.abc import Mapping

from giaoban.lib.sentences import sentences

__all__ = ["fold", "is_nfc", "lettering", "nfc", "pick", "roman", "sentences", "slug"]

# The letters that number points in Vietnamese documents: đ after d, and no f, j, w, z.
LETTERS = "abcdđeghiklmnopqrstuvxy"

# What stands over and under Vietnamese letters: huyền, sắc, mũ, ngã, trăng, hỏi, móc, nặng.
MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def pick(names: Mapping[str, str], lang: str) -> str:
    """The name in the language, else in Vietnamese, English or any other; empty if there is none."""
    for code in (lang, lang.split("-")[0], "vi", "en", *names):
        if names.get(code):
            return names[code]
    return ""


def is_nfc(text: str) -> bool:
    """Whether every accented letter is one character (composed, Unicode NFC)."""
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def nfc(text: str) -> str:
    """The text with accented letters composed (Unicode NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The text for searching: no marks, đ as d, no difference between capital and small letters."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).replace("đ", "d")
    plain = spread.encode("ascii", "ignore")
    if len(plain) + sum(map(spread.count, MARKS)) == len(spread):  # Vietnamese: three times as fast
        return plain.decode()
    return "".join([letter for letter in spread if not unicodedata.combining(letter)]).casefold()


def slug(text: str) -> str:
    """The text for an address or a file name: `Cần Thơ, 2020` becomes `can-tho-2020`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def lettering(n: int) -> str:
    """The n-th point of a Vietnamese document, from 1: a, b, c, d, đ, e, g … y, aa, ab …"""
    if n < 1:
        raise ValueError(f"Points are numbered from 1, not {n}.")
    letters = ""
    while n:
        n, rest = divmod(n - 1, len(LETTERS))
        letters = LETTERS[rest] + letters
    return letters


def roman(n: int) -> str:
    """The number, from 1 to 3999, in Roman numerals: I, II, III, IV …"""
    if not 1 <= n <= 3999:
        raise ValueError(f"Roman numerals run from 1 to 3999, not {n}.")
    numerals = ""
    for value, numeral in _ROMAN:
        count, n = divmod(n, value)
        numerals += numeral * count
    return numerals

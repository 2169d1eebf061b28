"""How long a line of Times is, so that a rule under it can be as long or a part of it."""

import unicodedata

# Advance widths of the signs from space to ~, in thousandths of the size.
_WIDTHS = {
    False: (
        250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
        500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
        556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
        722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
        278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
    ),
    True: (
        250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500,
        500, 500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667,
        611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722,
        722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556,
        278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
    ),
}  # fmt: skip
_BASE = {"Đ": "D", "đ": "d", "–": "n", "—": "m", "−": "+", "“": '"', "”": '"', "’": "'"}


def width(text: str, size: float, bold: bool = False) -> float:
    """The length of a line of Times in mm, at `size` points; marks over and under letters add nothing."""
    units = 0
    for letter in unicodedata.normalize("NFD", text):
        letter = _BASE.get(letter, letter)
        if " " <= letter <= "~":
            units += _WIDTHS[bold][ord(letter) - 32]
        elif not unicodedata.combining(letter):
            units += 500
    return units / 1000 * size * 25.4 / 72


def lines(text: str, size: float, bold: bool, room: float) -> list[float]:
    """The lengths in mm of the lines that the text takes in a column `room` mm wide."""
    found: list[float] = []
    space = width(" ", size, bold)
    for word in text.split():
        length = width(word, size, bold)
        if found and found[-1] + space + length <= room:
            found[-1] += space + length
        else:
            found.append(length)
    return found

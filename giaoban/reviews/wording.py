"""The words of a sentence and the figures that stand in it. Plain functions over text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from giaoban.lib.text import fold, nfc, sentences

_FIGURE = re.compile(r"\{\{figure:([0-9]+)(?::(complete))?\}\}")
_BRACES = re.compile(r"\{\{(?!figure:[0-9]+(?::complete)?\}\})")
_WORD = re.compile(r"\w+")


def placeholder(number: int, part: str = "value") -> str:
    """How figure `number` stands in a sentence: {{figure:12}}, or {{figure:12:complete}} for accepted/due."""
    named = str(number) if part == "value" else f"{number}:{part}"
    return f"{{{{figure:{named}}}}}"


def figure_numbers(text: str) -> list[int]:
    """The numbers of the figures in the text, in order."""
    return [int(number) for number, _part in _FIGURE.findall(text)]


def pieces(text: str) -> list[str | tuple[int, str]]:
    """The text cut at its figures: words as str, figures as (number, "value" or "complete")."""
    cut: list[str | tuple[int, str]] = []
    end = 0
    for found in _FIGURE.finditer(text):
        cut += [text[end : found.start()], (int(found[1]), found[2] or "value")]
        end = found.end()
    return [piece for piece in [*cut, text[end:]] if piece]


def renumbered(text: str, numbers: Mapping[int, int]) -> str:
    """The text with its figures under their new numbers."""
    return _FIGURE.sub(lambda found: placeholder(numbers[int(found[1])], found[2] or "value"), text)


def tidy(text: str) -> str:
    """One line, single spaces, composed letters."""
    return nfc(" ".join(text.split()))


def lines(text: str) -> list[str]:
    """Each line that says something, tidied."""
    return [line for line in map(tidy, text.splitlines()) if line]


def stray_braces(text: str) -> bool:
    """Does the text hold {{…}} that is no figure?"""
    return bool(_BRACES.search(text))


def only_shortens(old: str, new: str) -> bool:
    """Do the words and figures of `new` all stand in `old`, in the same order, and are they fewer?"""
    before, after = _WORD.findall(fold(old)), _WORD.findall(fold(new))
    rest = iter(before)
    return len(after) < len(before) and all(word in rest for word in after)


def joined(parts: Iterable[str]) -> str:
    """Two sentences as one: the full stop between them becomes a semicolon."""
    texts = [tidy(part) for part in parts]
    inner = [text.rstrip(" .;,") for text in texts[:-1]]
    return "; ".join([*inner, texts[-1]])


def opening(text: str, most: int = 2, characters: int = 400) -> list[str]:
    """The first sentences of an answer: at most `most`, stopping once `characters` are reached.

    The first one is always whole, so that no word is put in anybody's mouth.
    """
    chosen: list[str] = []
    length = 0
    for sentence in sentences(text)[:most]:
        sentence = tidy(sentence)
        if chosen and length + len(sentence) > characters:
            break
        chosen.append(sentence)
        length += len(sentence)
    return chosen

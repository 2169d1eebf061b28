"""Show where the words stand: the best place of a text, escaped, with <mark> around what was looked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from giaoban.lib.text import fold, nfc
from giaoban.portal.queries.words import WORD

_folded = lru_cache(20_000)(fold)


def marked(text: str, words: Iterable[str], most: int = 0) -> SafeString:
    """The text, or about `most` letters of it around the words, with each of them marked."""
    text, wanted = nfc(text), tuple(words)
    looked_for = _Known(wanted)
    spans = [m.span() for m in WORD.finditer(text) if looked_for[m[0]]]
    begin, end = (0, len(text)) if not most or len(text) <= most else _window(text, spans, most)
    parts = [conditional_escape("… " if begin else "")]
    at = begin
    for first, last in spans:
        if begin <= first and last <= end:
            parts += [conditional_escape(text[at:first]), format_html("<mark>{}</mark>", text[first:last])]
            at = last
    parts += [conditional_escape(text[at:end]), conditional_escape(" …" if end < len(text) else "")]
    joined = mark_safe("".join(parts))
    return mark_safe(joined.replace("</mark> <mark>", " "))


class _Known(dict[str, bool]):
    """word -> whether it was looked for, found out once."""

    def __init__(self, wanted: tuple[str, ...]) -> None:
        self.wanted = wanted

    def __missing__(self, word: str) -> bool:
        folded = _folded(word)
        found = self[word] = any(
            folded == w or (len(w) > 3 and folded.startswith(w) and word.isascii()) for w in self.wanted
        )
        return found


def _window(text: str, spans: list[tuple[int, int]], most: int) -> tuple[int, int]:
    """The stretch of about `most` letters in which most of the words stand; cut between words."""
    starts = [first for first, _last in spans] or [0]
    many = [bisect_right(starts, start + most) - n for n, start in enumerate(starts)]
    best = starts[many.index(max(many))]
    begin = max(0, best - most // 4)
    end = min(len(text), begin + most)
    if begin:
        begin = text.rfind(" ", 0, begin + 1) + 1
    if end < len(text):
        end = max(text.rfind(" ", 0, end), begin + 1)
    return begin, end

"""A pasted text taken apart into chapters, articles, clauses and points."""

from __future__ import annotations

import re
from dataclasses import dataclass

from giaoban.agreements.models import ArticleKind
from giaoban.lib.text import nfc

_STARTS = (
    (ArticleKind.CHAPTER, re.compile(r"(?:chương|chapter)\s+(?:[ivxlc]+|\d+)\s*[.:\-–]?\s*(.*)", re.I)),
    (ArticleKind.ARTICLE, re.compile(r"(?:điều|article)\s+\d+\s*[.:\-–]?\s*(.*)", re.I)),
    (ArticleKind.CLAUSE, re.compile(r"\d{1,3}[.)]\s+(.+)")),
    (ArticleKind.POINT, re.compile(r"[a-zđ]{1,2}\)\s+(.+)", re.I)),
)
_DEPTH = {kind: depth for depth, (kind, _pattern) in enumerate(_STARTS)}
#: Words behind "Điều 3." longer than this, or ending like a sentence, are its text and not its title.
TITLE = 160


@dataclass
class Piece:
    """What was found: above is the place of the piece it stands under, or None."""

    kind: str
    above: int | None
    title: str = ""
    text: str = ""


def pieces(text: str) -> tuple[list[Piece], list[str]]:
    """The pieces in reading order, and the lines before the first one that belong to none."""
    found: list[Piece] = []
    loose: list[str] = []
    for line in filter(None, (nfc(" ".join(line.split())) for line in text.splitlines())):
        started = _started(line, found)
        if started is not None:
            found.append(started)
        elif not found:
            loose.append(line)
        elif found[-1].kind == ArticleKind.CHAPTER and not found[-1].title:
            found[-1].title = line
        else:
            found[-1].text = f"{found[-1].text}\n{line}".strip()
    return found, loose


def _started(line: str, found: list[Piece]) -> Piece | None:
    for kind, pattern in _STARTS:
        match = pattern.fullmatch(line)
        if match is None:
            continue
        above = _above(kind, found)
        if above is None and kind in (ArticleKind.CLAUSE, ArticleKind.POINT):
            return None
        words = match[1].strip()
        if kind == ArticleKind.CHAPTER or (kind == ArticleKind.ARTICLE and _is_title(words)):
            return Piece(kind, above, title=words)
        return Piece(kind, above, text=words)
    return None


def _above(kind: ArticleKind, found: list[Piece]) -> int | None:
    """The nearest piece before it that stands higher (a chapter holds no clause of its own)."""
    for place in range(len(found) - 1, -1, -1):
        other = found[place].kind
        if _DEPTH[ArticleKind(other)] < _DEPTH[kind]:
            wrong = other == ArticleKind.CHAPTER and kind != ArticleKind.ARTICLE
            return None if wrong else place
    return None


def _is_title(words: str) -> bool:
    return len(words) <= TITLE and not words.endswith((".", ";", ":", ","))

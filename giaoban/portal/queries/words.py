"""Full text search of the two databases: FTS5 of SQLite, tsvector of PostgreSQL. One table, portal_words.

Both are given words that Python has cut and folded, so that both find the same. Columns: the row of Findable;
title, lead and text without marks; every word as it is written; `told`, the text as it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from giaoban.lib.text import fold, nfc

WORD = re.compile(r"[^\W_]+")
#: Words of a question beyond this many are not looked for; words of a page beyond so many are not kept.
MOST_ASKED = 12
MOST_KEPT = 15_000
#: Of the title, the lead, the text. The other columns of FTS5 weigh nothing.
WEIGHTS = (10.0, 4.0, 1.0)


def cut(text: str) -> list[str]:
    """The words without marks."""
    return WORD.findall(fold(text))


def written(text: str) -> list[str]:
    """The words as they are written, but for capitals."""
    return WORD.findall(nfc(text).lower())


Term = tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """What is looked for: every term, a word or words in this order; folded, and as the reader wrote them.

    beginnings: words of four letters and more are found by their beginning (English: review, reviews).
    """

    folded: tuple[Term, ...] = ()
    exact: tuple[Term, ...] = ()
    beginnings: bool = False

    def __bool__(self) -> bool:
        return bool(self.folded)

    @property
    def words(self) -> set[str]:
        return {word for term in self.folded for word in term}

    @property
    def phrase(self) -> tuple[Term, ...]:
        """All words side by side."""
        return (tuple(word for term in self.folded for word in term),)


def question(text: str, language: str = "vi") -> Question:
    """A question as people type it; what stands in quotation marks belongs together."""
    folded: list[Term] = []
    exact: list[Term] = []
    for n, part in enumerate(re.split(r"[\"“”]", text.replace("\x00", " "))):
        for found, words in ((folded, cut(part)), (exact, written(part))):
            found += [tuple(words)] if n % 2 and words else [(word,) for word in words]
    return Question(tuple(folded[:MOST_ASKED]), tuple(exact[:MOST_ASKED]), language == "en")


@dataclass(frozen=True)
class Match:
    """Pieces of SQL about portal_words w: which rows fit (where), what comes first (order: small is good)."""

    where: str
    order: str
    values: list[Any]
    order_values: list[Any]


def match(asked: Question, language: str) -> Match:
    return (_postgres if connection.vendor == "postgresql" else _sqlite)(asked, language)


def _sqlite(asked: Question, language: str) -> Match:
    weights = ", ".join(str(w) for w in (*WEIGHTS, 0.0, 0.0, 0.0))
    fits = _fts("{title lead body}", asked.folded, asked.beginnings)
    exact = _fts("{written}", asked.exact, asked.beginnings)
    phrase = _fts("{title lead body}", asked.phrase)
    first = [exact] if phrase == fits else [exact, phrase]
    inside = "(w.rowid IN (SELECT rowid FROM portal_words WHERE portal_words MATCH %s)) DESC, "
    return Match(
        where="w.portal_words MATCH %s",
        order=f"{inside * len(first)}bm25(portal_words, {weights})",
        values=[fits],
        order_values=[f"{one} AND (language : {language})" for one in first],
    )


def _fts(columns: str, terms: Iterable[Term], beginnings: bool = False) -> str:
    """A question in the words of FTS5. Words hold letters and digits only, so that nothing needs escaping."""
    said = [f'"{" ".join(t)}"' + ("*" if beginnings and len(t[-1]) > 3 else "") for t in terms]
    return f"({columns} : ({' AND '.join(said)}))"


def _postgres(asked: Question, language: str) -> Match:
    ranks = "'{0, 0.1, 0.4, 1.0}'"
    return Match(
        where="w.language = %s AND w.folded @@ %s::tsquery",
        order="(w.written @@ %s::tsquery) DESC, (w.folded @@ %s::tsquery) DESC,"
        f" ts_rank({ranks}, w.folded, %s::tsquery, 1) DESC",
        values=[language, _tsquery(asked.folded, asked.beginnings)],
        order_values=[
            _tsquery(asked.exact, asked.beginnings),
            _tsquery(asked.phrase),
            _tsquery(asked.folded, asked.beginnings),
        ],
    )


def _tsquery(terms: Iterable[Term], beginnings: bool = False) -> str:
    """As above, for PostgreSQL."""
    said = []
    for term in terms:
        words = [f"'{word}'" for word in term]
        if beginnings and len(term[-1]) > 3:
            words[-1] += ":*"
        said.append("(" + " <-> ".join(words) + ")")
    return " & ".join(said)


def keep(rows: Iterable[tuple[int, str, str, str, str]]) -> None:
    """Write the words of rows of Findable: (key, language, title, lead, text); their old words are gone already."""
    values = []
    for key, language, title, lead, text in rows:
        parts = [cut(title), cut(lead), cut(text)[:MOST_KEPT]]
        as_written = written(f"{title} {lead} {text}")[:MOST_KEPT]
        told = " · ".join(part for part in (lead, text) if part)
        if connection.vendor == "postgresql":
            values.append([key, language, _vector(parts), _vector([[], [], as_written]), told])
        else:
            values.append([key, *(" ".join(part) for part in parts), " ".join(as_written), language, told])
    columns = {
        "postgresql": "(rowid, language, folded, written, told) VALUES (%s, %s, %s::tsvector, %s::tsvector, %s)",
        "sqlite": "(rowid, title, lead, body, written, language, told) VALUES (%s, %s, %s, %s, %s, %s, %s)",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO portal_words {columns}", values)


def _vector(parts: list[list[str]]) -> str:
    """Words with their places and weights, as PostgreSQL writes them."""
    places: dict[str, list[str]] = {}
    n = 0
    for part, weight in zip(parts, "ABD", strict=True):
        for word in part:
            n += 1
            held = places.setdefault(word[:500], [])
            if len(held) < 255 and n < 16_384:
                held.append(f"{n}{'' if weight == 'D' else weight}")
        n += 1
    return " ".join(f"'{word}'" + (":" + ",".join(at) if at else "") for word, at in places.items())


def forget(keys: Iterable[int]) -> None:
    """Take away the words of rows of Findable."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM portal_words WHERE rowid = %s", [[key] for key in keys])


def tidy() -> None:
    """Put together the pieces in which FTS5 keeps what was written: a question then reads one, not many."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO portal_words (portal_words) VALUES ('optimize')")


def texts(keys: list[int]) -> dict[int, str]:
    """The texts of rows of Findable, as they are shown."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(keys))
        cursor.execute(f"SELECT rowid, told FROM portal_words WHERE rowid IN ({marks})", keys)  # noqa: S608
        return dict(cursor.fetchall())

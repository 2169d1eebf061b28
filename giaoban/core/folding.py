"""Search as people type: marks, đ and capitals do not count, in the database too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import CharField, F, Func, Q, QuerySet
from django.db.models.expressions import BaseExpression

from giaoban.lib.text import fold

#: Texts of at most so many letters are folded once for all questions.
SHORT = 200
_remembered = lru_cache(maxsize=10_000)(fold)


class Folded(Func):
    """The folded text of a field or expression: `Folded(KT("names__vi"))`; good to search and to sort by."""

    function = "giaoban_fold"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = (
            "lower(translate(regexp_replace(normalize((%(expressions)s)::text, NFD),"
            r" '[\u0300-\u036f]', '', 'g'), 'Đđ', 'dd'))"
        )
        return super().as_sql(compiler, connection, template=template, **extra)


def add_fold(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Teach a new SQLite connection the function; listens to connection_created."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "giaoban_fold", 1, lambda text: None if text is None else _folded(str(text)), deterministic=True
        )


def _folded(text: str) -> str:
    """A question folds the same names again for each of its words: short texts are remembered."""
    return _remembered(text) if len(text) <= SHORT else fold(text)


@dataclass(frozen=True)
class Kept:
    """A column that was folded when it was written: nothing is folded to search it."""

    name: str


@dataclass(frozen=True)
class Linked:
    """Texts of a smaller table that many rows point to: searched once, not once for each row."""

    link: str
    fields: Sequence[str]


#: What can be searched: a path, an expression, a kept column, a linked table.
Searched = str | BaseExpression | Kept | Linked


def matching(rows: QuerySet[Any], words: str, fields: Iterable[Searched]) -> QuerySet[Any]:
    """The rows in which every word is found in one of the fields, whatever its marks."""
    fields = list(fields)
    plain = [field for field in fields if not isinstance(field, Kept | Linked)]
    names = {f"_folded{n}": Folded(F(f) if isinstance(f, str) else f) for n, f in enumerate(plain)}
    rows = rows.alias(**names)
    kept = [field.name for field in fields if isinstance(field, Kept)]
    for word in fold(words.replace("\x00", "")).split():
        found = _any([*names, *kept], word)
        for field in fields:
            if isinstance(field, Linked):
                found |= Q(**{f"{field.link}__in": _pointed_at(rows, field, word)})
        rows = rows.filter(found)
    return rows


def _pointed_at(rows: QuerySet[Any], field: Linked, word: str) -> QuerySet[Any]:
    table = rows.model._meta.get_field(field.link).related_model
    return matching(table._base_manager.all(), word, field.fields).values("pk")


def _any(names: Iterable[str], word: str) -> Q:
    found = Q()
    for name in names:
        found |= Q(**{f"{name}__contains": word})
    return found

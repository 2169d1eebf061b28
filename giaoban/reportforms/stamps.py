"""What is kept in memory between requests, and how to know in one query that it is still true.

The tree has a stamp of its own. Agreements, indicators, breakdowns, forms, regimes and exclusions change
only through actions, and every action leaves a row in the trail: the newest such row is their stamp.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar, cast

from django.conf import settings
from django.db import connection
from django.db.models import F as Field
from django.db.models import Max, Q, Subquery, Value

from giaoban.core.models import AuditRow
from giaoban.core.snapshot import seen
from giaoban.units.models import TreeStamp

F = TypeVar("F", bound=Callable[..., Any])

#: Subjects of the trail that begin like this.
_SETUP = ("reportforms.", "agreements.agreement:")
_kept: list[Any] = []


class Stamps(NamedTuple):
    """database: which one. tree: of the units. setup: of what is asked of whom."""

    database: str
    tree: int
    setup: str


def stamps() -> Stamps:
    """The stamps of this instant. One query, and only one inside a snapshot."""
    return seen("stamps", _stamps)


def _stamps() -> Stamps:
    subjects = [_begins(word) for word in _SETUP]
    trail = AuditRow.objects.filter(subjects[0] | subjects[1]).order_by().annotate(one=Value(1))
    # + 0: found by subject, never by walking the primary key back over every report's rows
    newest = trail.values("one").annotate(newest=Max(Field("id") + 0)).values("newest")
    digest = AuditRow.objects.filter(pk=Subquery(newest)).order_by().values("digest")
    row = TreeStamp.objects.order_by().values_list("stamp", Subquery(digest)).first()
    tree, setup = row or (0, None)
    return Stamps(str(settings.DATABASES["default"]["NAME"]), tree, setup or "")


def _begins(word: str) -> Q:
    """A prefix, asked so that an index answers: SQLite compares bytes, PostgreSQL has an index for LIKE."""
    if connection.vendor == "postgresql":
        return Q(subject__startswith=word)
    return Q(subject__gte=word, subject__lt=word[:-1] + chr(ord(word[-1]) + 1))


def kept(most: int) -> Callable[[F], F]:
    """Keep the answers of a function whose arguments name a stamp; `most`: how many."""

    def wrap(function: F) -> F:
        wrapped = lru_cache(maxsize=most)(function)
        _kept.append(wrapped)
        return cast(F, wrapped)

    return wrap


def forget() -> None:
    """Keep nothing: for tests, in which another tree begins under the same stamp."""
    for function in _kept:
        function.cache_clear()

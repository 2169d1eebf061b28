"""The public search: what is public at that instant, by words, kind, unit and date."""

from __future__ import annotations

from collections import Counter
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _
from wagtail.models import Page

from giaoban.portal.models import Findable, PortalPage
from giaoban.portal.queries import browsing, words
from giaoban.portal.queries.marking import marked
from giaoban.units.models import Unit

PER_PAGE = 10
#: Kinds people choose from, in this order.
KINDS = ("article", "review", "meeting", "document", "plan", "unit", "guide", "questions")
SORTS = ("relevance", "newest")


@dataclass(frozen=True)
class Wish:
    """What a reader looks for. mistakes: a sentence per field that made no sense."""

    words: str = ""
    kind: str = ""
    unit: int | None = None
    since: date | None = None
    until: date | None = None
    sort: str = "relevance"
    number: int = 1
    mistakes: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.is_narrowed

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.unit or self.since or self.until)

    @property
    def widest(self) -> Wish:
        """The same words without filters."""
        return Wish(words=self.words)


def wish(given: dict[str, str], number: int = 1) -> Wish:
    """A wish from what an address says; what makes no sense is answered with a sentence."""
    mistakes: dict[str, str] = {}
    days = {name: _day(given.get(name, ""), name, mistakes) for name in ("since", "until")}
    if days["since"] and days["until"] and days["until"] < days["since"]:
        mistakes["until"] = _("The last day cannot be before the first day.")
    unit, kind, sort = given.get("unit", ""), given.get("kind", ""), given.get("sort", "")
    return Wish(
        words=given.get("q", ""), kind=kind if kind in KINDS else "", number=number, mistakes=mistakes,
        unit=int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 10 else None,
        since=days["since"], until=days["until"], sort=sort if sort in SORTS else "relevance",
    )  # fmt: skip


def _day(text: str, name: str, mistakes: dict[str, str]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        mistakes[name] = _("“%(text)s” is not a day. Write it like 2026-01-31.") % {"text": text}
        return None


@dataclass(frozen=True)
class Hit:
    """A found page, its title and the place in its text with the words marked (safe HTML)."""

    page: PortalPage
    kind: str
    title: str
    excerpt: str
    spoken: str
    when: datetime | None

    @property
    def is_told(self) -> bool:
        """Has it a day that says something to people?"""
        return self.kind in ("article", "review", "meeting", "document")


@dataclass(frozen=True)
class Answer:
    """sheet: hits; kinds: how many of each kind, whatever kind is chosen."""

    sheet: browsing.Sheet
    kinds: dict[str, int]


NOTHING = Answer(browsing.Sheet([], 1, 1, 0), {})


class Search:
    """The search at an instant, in a language. What is open then is read once."""

    def __init__(self, language: str, *, at: datetime, beside: browsing.Around | None = None) -> None:
        self.language = language
        self.at, self.beside = at, beside or browsing.around(at=at)

    def spoken(self, language: str) -> Search:
        """The same pages in another language."""
        other = copy(self)
        other.language = language
        return other

    def find(self, wished: Wish) -> Answer:
        """The hits of one sheet, best first. Three queries."""
        if wished.mistakes or wished.is_empty:
            return NOTHING
        asked = words.question(wished.words, self.language)
        if wished.words and not asked:
            return NOTHING
        every = self._rows(wished, asked)
        kinds = Counter(map(itemgetter(1), every))
        keys = [key for key, kind in every if not wished.kind or kind == wished.kind]
        sheets = max(1, -(-len(keys) // PER_PAGE))
        number = min(max(1, wished.number), sheets)
        hits = _hits(keys[(number - 1) * PER_PAGE : number * PER_PAGE], asked)
        return Answer(browsing.Sheet(hits, number, sheets, len(keys)), kinds)

    def units(self) -> list[tuple[int, str]]:
        """The units that open pages tell of, by level and name."""
        opened = browsing.open_pages(at=self.at, beside=self.beside).order_by()
        rows = Unit.objects.filter(pk__in=opened.filter(unit__isnull=False).values("unit"))
        return [(pk, name) for pk, name in rows.order_by("level", "name").values_list("pk", "name")]

    def _rows(self, wished: Wish, asked: words.Question) -> list[tuple[int, str]]:
        """Every row of Findable that fits, best first, with its kind; all kinds, so that they can be counted."""
        return _fetch(*self.statement(wished, asked))  # type: ignore[return-value]

    def statement(self, wished: Wish, asked: words.Question) -> tuple[str, list[Any]]:
        """The question for those rows, and its values."""
        # The page of a row f of Findable, in Wagtail's own table, which is narrow: a rare word looks up few of them.
        opened = self.beside.open(Page.objects.filter(depth__gte=2, pk=RawSQL("f.page_id", ())), at=self.at)
        opened = (opened.filter(portalpage__unit=wished.unit) if wished.unit else opened).order_by()
        inside, open_values = opened.values("pk").query.sql_with_params()
        tables, where, values = "portal_findable f", "f.language = %s", [self.language]
        order, placed = "f.posted_at DESC, f.id DESC", []
        if asked:
            found = words.match(asked, self.language)
            tables = "portal_words w JOIN portal_findable f ON f.id = w.rowid"
            where, values = f"{found.where} AND {where}", [*found.values, *values]
            if wished.sort == "relevance":
                order, placed = f"{found.order}, {order}", found.order_values
        for sign, day in ((">=", wished.since), ("<", wished.until and wished.until + timedelta(days=1))):
            if day:
                where, values = f"{where} AND f.posted_at {sign} %s", [*values, _begin(day)]
        sql = f"SELECT f.id, f.kind FROM {tables} WHERE {where} AND EXISTS ({inside}) ORDER BY {order}"  # noqa: S608
        return sql, [*values, *open_values, *placed]


def how_many(*wishes: tuple[Search, Wish]) -> list[int]:
    """How many pages fit each of these wishes. One query."""
    parts, values = [], []
    for number, (search, wished) in enumerate(wishes):
        if asked := words.question(wished.words, search.language):
            sql, given = search.statement(wished, asked)
            parts.append(f"SELECT {number}, count(*) FROM ({sql}) AS fit WHERE %s IN ('', kind)")  # noqa: S608
            values += [*given, wished.kind]
    found = dict(_fetch(" UNION ALL ".join(parts), values)) if parts else {}
    return [found.get(number, 0) for number in range(len(wishes))]


def _hits(keys: list[int], asked: words.Question) -> list[Hit]:
    rows = Findable.objects.filter(pk__in=keys).select_related("page__unit")
    rows = rows.defer("page__body_vi", "page__body_en", "page__note_vi", "page__note_en")
    held, texts = {row.pk: row for row in rows}, words.texts(keys)
    return [
        Hit(row.page, row.kind, marked(row.title, asked.words), marked(texts.get(row.pk, ""), asked.words, 240),
            row.spoken, row.posted_at)
        for row in (held[key] for key in keys if key in held)
    ]  # fmt: skip


def _begin(day: date) -> Any:
    """The first instant of the day, as the database keeps it."""
    begin = datetime.combine(day, time(), tzinfo=ZoneInfo(settings.TIME_ZONE))
    return connection.ops.adapt_datetimefield_value(begin)


def _fetch(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def newest(*, at: datetime, beside: browsing.Around, most: int = 3) -> list[PortalPage]:
    """What came last: for a reader who found nothing."""
    return list(browsing.telling(at=at, beside=beside)[:most])


def lacking(*, most: int = 20) -> list[int]:
    """Published pages that the search does not know, or whose words are gone."""
    known = Findable.objects.values("page")
    unknown = PortalPage.objects.filter(live=True).exclude(pk__in=known).values_list("pk", flat=True)
    sql = "SELECT f.page_id FROM portal_findable f LEFT JOIN portal_words w ON w.rowid = f.id WHERE w.rowid IS NULL"
    wordless = [pk for (pk,) in _fetch(f"{sql} LIMIT %s", [most])]  # noqa: S608
    return [*unknown[:most], *dict.fromkeys(wordless)][:most]

"""From a statement of SQL to the keys it reads or writes.

    all                    everything: sites, private pages, what cannot be told apart
    page:7                 a page, whatever its type
    list:article …         which pages of that kind stand in lists, and in what order (`frame`: all other kinds)
    portal_portalimage:3   a picture, a file and so on; without the number: any of them
    units_unit:9           a unit's own row; `units`, `reviews`, `reports` …: anything in that app
    dates                  an instant at which a page is to come or to go

What a statement does not say clearly counts as more, never as less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from giaoban.portal.models import PortalPage
from giaoban.portal.stored.journal import EVERYTHING

#: Kinds of pages with a list of their own; the others are the frame.
LISTED = ("article", "review", "meeting", "document")
FRAME = "list:frame"
LISTS = frozenset({FRAME, *(f"list:{kind}" for kind in LISTED)})
#: Pages that follow another one's telling.
TOLD = "list:told"
#: Apps of the programme whose rows a page may show.
WORK = (
    "units",
    "agreements",
    "reviews",
    "reports",
    "reportforms",
    "plans",
    "rollups",
    "documents",
    "meetings",
)
#: Rows of those that pages show one by one.
SINGLE = ("units_unit", "agreements_agreement")
#: Tables of the portal with rows that are noted one by one, and the column of the page or picture they belong to.
PARTS = {
    "portal_portalimage": "", "portal_portalfile": "", "portal_portalrendition": "image_id",
    "portal_contact": "page_id", "portal_pagefile": "page_id", "portal_relateddocument": "page_id",
}  # fmt: skip
OWNER = {"image_id": "portal_portalimage", "page_id": "page"}
#: Of Wagtail's and Django's tables: seldom written and for everybody, or never shown.
FOR_ALL = (
    "wagtailcore_site", "wagtailcore_locale", "wagtailcore_pageviewrestriction",
    "wagtailcore_pageviewrestriction_groups",
)  # fmt: skip
#: Of the portal, but on no page: what the search knows, what readers told.
BESIDE = (
    "portal_findable", "portal_words", "portal_correction", "portal_pageday", "portal_daykey", "portal_knock",
)  # fmt: skip
UNSEEN = ("django_content_type", "core_auditrow", "sqlite_sequence", "wagtailcore_revision")
#: What shows which picture or file: on no page, but it says who may see them.
REFERENCES = "wagtailcore_referenceindex"
#: Columns of a page that no reader sees.
INNER = {
    "latest_revision_id", "latest_revision_created_at", "draft_title", "has_unpublished_changes", "locked",
    "locked_at", "locked_by_id", "numchild", "translation_key", "alias_of_id",
}  # fmt: skip

_WRITES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|TRUNCATE|REPLACE|MERGE)(?: OR \w+)?(?: INTO| FROM| TABLE| ONLY)?\s+"
    r'(?:"?temp"?\.)?"?(\w+)"?',
    re.I,
)
_FROM = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)"?', re.I)
_BY_KEY = re.compile(r' WHERE "\w+"\."(\w+)" (?:= %s|IN \((%s(?:, %s)*)\))(?: LIMIT \d+| ORDER BY [^()]*)?$')
_KINDS = re.compile(r'(NOT \()?"wagtailcore_page"\."content_type_id" (?:IN \((%s(?:, %s)*)\)|= %s)')
_COLUMNS = re.compile(r'^INSERT INTO "\w+" \(([^)]*)\) VALUES \(')
_SET = re.compile(r'^UPDATE "\w+" SET (.*?) WHERE ')


@cache
def page_tables() -> dict[str, str]:
    """Table of a type of page -> the list it stands in; "" where rows of every type are."""
    kinds = [PortalPage, *(m for m in _below(PortalPage))]
    found = {m._meta.db_table: _list_of(m) for m in kinds}
    return found | {Page._meta.db_table: "", PortalPage._meta.db_table: ""}


def _below(model: type[PortalPage]) -> Iterable[type[PortalPage]]:
    for below in model.__subclasses__():
        yield below
        yield from _below(below)


def _list_of(model: Any) -> str:
    kind = getattr(model, "kind", "")
    return f"list:{kind}" if kind in LISTED else FRAME


def lists_by_type() -> dict[int, str]:
    """Content type of a page -> the list it stands in."""
    return {ContentType.objects.get_for_model(m).pk: _list_of(m) for m in _below(PortalPage)}


# ------------------------------------------------------------------ what a statement reads


def read(sql: str, params: Sequence[Any] | None) -> tuple[set[str], set[str]]:
    """The keys of a query beside those of its noted rows; and tables that nobody watches."""
    main, tables, by_key, kinds = _query(sql)
    if not tables:
        return set(), set()
    pages = page_tables()
    keys = {t for t in tables if t in PARTS}
    keys |= {_app(t) for t in tables if _app(t) in WORK and not (t in SINGLE and (main in pages or by_key))}
    if any(t.startswith("portal_") and t not in pages and t not in PARTS for t in tables):
        keys.add("portal")
    if pages.keys() & set(tables):
        keys |= _lists(main, sql, params, by_key, kinds)
    unknown = {t for t in tables if not (t in pages or t in PARTS or _app(t) in (*WORK, "portal"))}
    return keys, unknown - {*FOR_ALL, *UNSEEN}


def _lists(main: str, sql: str, params: Any, by_key: bool, kinds: re.Match[str] | None) -> set[str]:
    if main == Page._meta.db_table and '"portal_portalpage"' not in sql:
        return set(LISTS)  # rows of Wagtail's own class are not noted
    asked = sql.partition(" WHERE ")[2]
    if by_key or '"wagtailcore_page"."url_path"' in asked or '"wagtailcore_page"."path" IN' in asked:
        return set()
    if '"portal_portalpage"."canonical_id" = %s' in asked:
        return {TOLD}
    if '"wagtailcore_page"."show_in_menus"' in asked or '"wagtailcore_page"."numchild" > %s' in asked:
        return {FRAME}
    if kinds and not kinds[1]:
        first = sql[: kinds.start()].count("%s")
        given = (params or ())[first : first + kinds[0].count("%s")]
        return {lists_by_type().get(pk, FRAME) for pk in given}
    own = page_tables().get(main, "")
    return {own} if own else set(LISTS)


@lru_cache(2000)
def _query(sql: str) -> tuple[str, tuple[str, ...], bool, re.Match[str] | None]:
    tables = tuple(dict.fromkeys(_FROM.findall(sql)))
    found = _BY_KEY.search(sql)
    by_key = bool(found and (found[1] == "id" or found[1].endswith("_ptr_id")))
    return (tables[0] if tables else "", tables, by_key, _KINDS.search(sql))


def _app(table: str) -> str:
    return table.partition("_")[0]


# ------------------------------------------------------------------ what a statement writes


def written(sql: str, params: Any, many: bool = False) -> set[str]:
    """The keys of what it changes; empty if no page could show it."""
    statement = _statement(sql)
    if statement is None:
        return set()
    verb, table, columns, by_key = statement
    if table.startswith("staged_") or table in BESIDE:
        return set()
    if verb == "TRUNCATE":
        return {EVERYTHING}
    given = list(params) if params and not many and not isinstance(params, dict) else []
    if table in page_tables():
        return _page_written(verb, table, columns, by_key, given, sql)
    if table == "wagtailcore_revision":
        return _schedule_written(columns, given)
    if table in PARTS:
        return _part_written(verb, table, columns, by_key, given)
    if _app(table) in WORK:
        own = {f"{table}:{pk}" for pk in _named(by_key, given)} or {table}
        return {_app(table)} | (own if table in SINGLE else set())
    if table.startswith("portal_"):
        return {"portal"}
    if table == REFERENCES:
        return {table}
    return {EVERYTHING} if table in FOR_ALL else set()


@lru_cache(2000)
def _statement(sql: str) -> tuple[str, str, tuple[str, ...], int] | None:
    """Verb, table, its columns in the order of their values, and how many values at the end are primary keys."""
    found = _WRITES.match(sql)
    if found is None:
        return None
    columns: tuple[str, ...] = ()
    if head := _COLUMNS.match(sql):
        columns = tuple(re.findall(r'"(\w+)"', head[1]))
    elif head := _SET.match(sql):
        parts = re.findall(r'"(\w+)" = (%s|NULL)(?:, |$)', head[1])
        if ", ".join(f'"{c}" = {v}' for c, v in parts) == head[1]:
            columns = tuple(c if v == "%s" else f"{c}=NULL" for c, v in parts)
    last = _BY_KEY.search(sql)
    keys = bool(last and (last[1] == "id" or last[1].endswith("_ptr_id")))
    return found[1].upper(), found[2], columns, (last[2] or "%s").count("%s") if keys and last else 0


def _named(by_key: int, given: list[Any]) -> list[Any]:
    """The primary keys a statement names."""
    return given[-by_key:] if by_key and given else []


def _values(columns: tuple[str, ...], given: list[Any], name: str) -> list[Any] | None:
    """The values of a column, one a row; None where they cannot be told."""
    plain = [c for c in columns if not c.endswith("=NULL")]
    if name not in plain or not given:
        return None
    rows = max(1, len(given) // len(plain))
    return [given[n * len(plain) + plain.index(name)] for n in range(rows)]


def _page_written(
    verb: str, table: str, columns: tuple[str, ...], by_key: int, given: list[Any], sql: str
) -> set[str]:
    bare = {c.removesuffix("=NULL") for c in columns}
    if verb == "UPDATE" and (bare and bare <= INNER or _only_children(sql)):
        return set()
    named = {f"page:{pk}" for pk in _named(by_key, given)}
    if verb == "INSERT":
        live = _values(columns, given, "live")
        if table != Page._meta.db_table or (live is not None and not any(live)):
            return set()  # a draft stands nowhere
        return set(LISTS)
    if not named:
        return {EVERYTHING}
    own = page_tables()[table]
    if own:
        return named | {own}
    if table == PortalPage._meta.db_table:
        follows = _values(columns, given, "canonical_id")
        named |= {TOLD} if follows is None or any(follows) else set()
    return named | _list_of_row(table, by_key, _values(columns, given, "content_type_id"), given[-1])


#: Pages whose base row was written just before: saving a page writes its tables one after the other.
_kinds: dict[Any, str] = {}


def _list_of_row(table: str, by_key: int, kinds: list[Any] | None, pk: Any) -> set[str]:
    if by_key != 1:
        return set(LISTS)
    if kinds:
        if len(_kinds) > 10_000:
            _kinds.clear()
        _kinds[pk] = lists_by_type().get(kinds[0], FRAME)
    return {_kinds[pk]} if pk in _kinds else set(LISTS)


def _only_children(sql: str) -> bool:
    """Does it only count the pages below?"""
    return bool(re.match(r'^UPDATE "?wagtailcore_page"? SET "?numchild"?\s*=[^,]*? WHERE ', sql))


def _schedule_written(columns: tuple[str, ...], given: list[Any]) -> set[str]:
    if "approved_go_live_at=NULL" in columns:
        return set()
    dates = _values(columns, given, "approved_go_live_at")
    return {"dates"} if dates is None or any(dates) else set()


def _part_written(verb: str, table: str, columns: tuple[str, ...], by_key: int, given: list[Any]) -> set[str]:
    if verb == "INSERT":
        owner = PARTS[table]
        if not owner:
            return set()
        found = _values(columns, given, owner)
        return {EVERYTHING} if found is None else {f"{OWNER[owner]}:{pk}" for pk in found}
    return {f"{table}:{pk}" for pk in _named(by_key, given)} or {table}

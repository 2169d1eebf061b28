"""Which pages the public finds: by address, in menus, in lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce, JSONObject, TruncMonth

from giaoban.portal.models import (
    DocumentPage,
    Furniture,
    HomePage,
    MeetingPage,
    NewsArticle,
    NoteKind,
    PortalPage,
    ReviewPage,
    public,
    shown,
)

Kind = TypeVar("Kind", bound=PortalPage)
PER_PAGE = 12
#: Kinds that are news of a kind: they stand in lists and feeds.
TELLING = (NewsArticle, ReviewPage, MeetingPage, DocumentPage)


def home() -> HomePage | None:
    """The front page; None while the portal is not open."""
    return HomePage.objects.filter(live=True).first()


@dataclass(frozen=True)
class Found:
    """A page as its own type, with the pages above it, the front page first."""

    page: PortalPage
    way: list[PortalPage]


def page_at(path: str, *, at: datetime, private: bool = False) -> Found | None:
    """The page at an address below the language, if it and all above it are open; with `private`, if they are
    published, whoever may read them. Two queries."""
    steps = [step for step in path.split("/") if step]
    wanted = Q(depth=2)
    for n in range(len(steps)):
        wanted |= Q(depth=n + 3, url_path__endswith=f"/{'/'.join(steps[: n + 1])}/")
    which = shown(at) if private else public(at)
    rows = light(PortalPage.objects.filter(which, wanted)).select_related("homepage").order_by("depth")
    way: list[PortalPage] = []
    for row in rows:
        if row.depth == len(way) + 2 and (not way or row.path.startswith(way[-1].path)):
            way.append(row)
    if len(way) != len(steps) + 1:
        return None
    return Found(own_type(way[-1]), way[:-1])


def own_type(row: PortalPage) -> PortalPage:
    """The page as its own type, with what its page shows. One query, and one for its picture."""
    kind = row.specific_class
    related = ("unit", "agreement", "picture", *getattr(kind, "shown_with", ()))
    rows = kind.objects.select_related(*related).prefetch_related("picture__renditions")
    return rows.get(pk=row.pk)  # type: ignore[no-any-return]


def ancestors(page: PortalPage) -> list[PortalPage]:
    """The way to a page, the front page first, without itself."""
    paths = [page.path[:end] for end in range(2 * page.steplen, len(page.path), page.steplen)]
    return list(light(PortalPage.objects.filter(path__in=paths)).select_related("homepage").order_by("path"))


@dataclass(frozen=True)
class Around:
    """Around every page. menu: the open pages right under the front page that stand in it; shut: paths of closed
    pages with others below them, which nobody finds either; near: the open pages that a menu may name; furniture:
    what the editor set around the pages, by the names of its fields."""

    menu: list[PortalPage]
    shut: tuple[str, ...]
    near: dict[int, PortalPage] = field(default_factory=dict)
    furniture: dict[str, str] | None = None

    def open(self, rows: QuerySet[Kind], *, at: datetime, within: PortalPage | None = None) -> QuerySet[Kind]:
        """Of these pages those everybody may read. within: whoever reads this page has passed what is above it."""
        rows = rows.filter(public(at))
        for path in self.shut:
            if within is None or not within.path.startswith(path):
                rows = rows.exclude(path__startswith=path)
        return rows


#: Pages that are read for every page: a menu may name those, at no cost.
NEAR = Q(depth__in=(2, 3)) | Q(numchild__gt=0)


def around(*, at: datetime, furnished: bool = False) -> Around:
    """What stands around every page then, with what its editor set if asked. One query."""
    rows = PortalPage.objects.filter(NEAR, depth__gte=2).annotate(
        is_open=Exists(PortalPage.objects.filter(public(at), pk=OuterRef("pk")))
    )
    if furnished:
        words = {name: Cast(name, TextField()) for name in Furniture.SAID}
        own = Furniture.objects.filter(site__root_page=OuterRef("pk")).values(said=JSONObject(**words))
        rows = rows.annotate(furniture=Subquery(own[:1]))
    found = list(light(rows).select_related("homepage").order_by("path"))
    shut = tuple(row.path for row in found if not row.is_open and row.numchild)
    near = [row for row in found if row.is_open and not any(row.path.startswith(path) for path in shut)]
    menu = [row for row in near if row.show_in_menus and row.depth == 3]
    said = found[0].furniture if furnished and found else None
    return Around(menu, shut, {row.pk: row for row in near}, said)


def light(rows: QuerySet[PortalPage]) -> QuerySet[PortalPage]:
    """Without the texts, which lists do not show."""
    return rows.defer("body_vi", "body_en", "note_vi", "note_en")


def telling(
    *,
    at: datetime,
    beside: Around,
    under: PortalPage | None = None,
    unit: int | None = None,
    kinds: tuple[Any, ...] = TELLING,
) -> QuerySet[PortalPage]:
    """Articles, reviews, meetings and documents, newest first. `when`: the date people see."""
    types = [ContentType.objects.get_for_model(kind) for kind in kinds]
    rows = beside.open(PortalPage.objects.filter(content_type__in=types), at=at, within=under)
    if under is not None:
        rows = rows.filter(path__startswith=under.path).exclude(pk=under.pk)
    if unit is not None:
        rows = rows.filter(unit=unit)
    rows = rows.annotate(when=Coalesce("posted_at", "first_published_at"))
    rows = light(rows).select_related("picture", "unit").prefetch_related("picture__renditions")
    return rows.order_by(F("when").desc(nulls_last=True), "-pk")


def first_told(rows: QuerySet[PortalPage], *, at: datetime, beside: Around) -> QuerySet[PortalPage]:
    """Without pages that follow another one which stands for everybody: who gathers pages takes that one."""
    followed = beside.open(PortalPage.objects.exclude(note_kind=NoteKind.WITHDRAWAL), at=at)
    return rows.exclude(canonical__in=followed.order_by().values("pk"))


def numbers_of(page: PortalPage, language: str) -> tuple[list[Any], str]:
    """The figures that stand first in a page's own text, and the language they are in. One query."""
    words = PortalPage.objects.only("body_vi", "body_en").get(pk=page.pk).say("body", language)
    found = [block.value["numbers"] for block in words.text or () if block.block_type == "numbers"]
    here = page.address(language)
    rows = (
        [
            dict(n) | {"link": f"{here}{n['link']}" if n["link"].startswith("#") else n["link"]}
            for n in found[0]
        ]
        if found
        else []
    )
    return rows, words.language


def months(rows: QuerySet[PortalPage]) -> list[dict[str, Any]]:
    """How many were posted in each month, newest first."""
    counted = rows.order_by().annotate(month=TruncMonth("when")).values("month").annotate(n=Count("pk"))
    return list(counted.filter(month__isnull=False).order_by("-month"))


@dataclass(frozen=True)
class Sheet:
    """One sheet of a long list."""

    rows: list[Any]
    number: int
    sheets: int
    total: int

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.sheets else None


def sheet(rows: QuerySet[Any], number: int, size: int = PER_PAGE, total: int | None = None) -> Sheet:
    """The asked sheet; the last one where the number is too high. total: how many there are, if known."""
    total = rows.count() if total is None else total
    sheets = max(1, -(-total // size))
    number = min(max(1, number), sheets)
    return Sheet(list(rows[(number - 1) * size : number * size]), number, sheets, total)


def children(page: PortalPage, *, at: datetime) -> list[PortalPage]:
    """What stands right below a page and tells nothing by itself: sections, guides, lists, plans."""
    rows = PortalPage.objects.filter(public(at), depth=page.depth + 1, path__startswith=page.path)
    types = [ContentType.objects.get_for_model(kind) for kind in TELLING]
    return list(light(rows.exclude(content_type__in=types)).order_by("path"))


def withdrawn_at(path: str, *, at: datetime) -> PortalPage | None:
    """The page that was withdrawn and then taken down, if everybody could read it where it stood. One query if not."""
    steps = [step for step in path.split("/") if step]
    there = PortalPage.objects.filter(depth=len(steps) + 2, url_path__endswith=f"/{'/'.join(steps)}/")
    was_public = Q(first_published_at__isnull=False, view_restrictions__isnull=True)
    found = there.filter(was_public, live=False, note_kind=NoteKind.WITHDRAWAL).first() if steps else None
    above = page_at("/".join(steps[:-1]), at=at) if found else None
    return found if above and found and found.path.startswith(above.page.path) else None


def open_pages(*, at: datetime, beside: Around | None = None) -> QuerySet[PortalPage]:
    """Every page that everybody may reach: open itself, with nothing closed above it. beside: if known already."""
    rows = light(PortalPage.objects.filter(depth__gte=2))
    return (beside or around(at=at)).open(rows, at=at).order_by("path")


def anybody_reads(pages: set[int], *, at: datetime) -> bool:
    """May everybody read one of these pages, and is what stands on it shown?"""
    rows = open_pages(at=at).filter(pk__in=pages).exclude(note_kind=NoteKind.WITHDRAWAL)
    return bool(pages) and rows.exists()

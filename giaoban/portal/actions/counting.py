"""Numbers of readings and of useful or not, for each page and day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F

from giaoban.core.bulk import chunks
from giaoban.portal.models import PageDay, PortalPage

#: page, language, day -> reads, useful, useless
Counts = dict[tuple[int, str, date], tuple[int, int, int]]


def pages_at(paths: Iterable[str]) -> dict[str, tuple[int, str]]:
    """The page and the language of each public address; what is no page's address is left out."""
    front = PortalPage.objects.filter(depth=2, live=True).values_list("url_path", flat=True).first()
    wanted = {path: (front or "/") + path[4:] for path in paths if path[:4] in ("/vi/", "/en/")}
    held: dict[str, int] = {}
    for some in chunks(set(wanted.values()), 500):
        held.update(PortalPage.objects.filter(url_path__in=some).values_list("url_path", "pk"))
    return {path: (held[inside], path[1:3]) for path, inside in wanted.items() if inside in held}


def add(counts: Counts) -> None:
    """Add numbers to the days of pages. Pages that are gone are left out."""
    known = set(PortalPage.objects.filter(pk__in={pk for pk, _l, _d in counts}).values_list("pk", flat=True))
    with transaction.atomic():
        for (pk, language, day), (reads, useful, useless) in sorted(counts.items()):
            if pk in known:
                row, _made = PageDay.objects.get_or_create(page_id=pk, language=language, day=day)
                PageDay.objects.filter(pk=row.pk).update(
                    reads=F("reads") + reads, useful=F("useful") + useful, useless=F("useless") + useless
                )

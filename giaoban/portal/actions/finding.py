"""Keep what the search knows: with every page that is published, changed or taken back, in its transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction

from giaoban.core.bulk import chunks
from giaoban.portal.models import LANGUAGES, Findable, PortalPage
from giaoban.portal.queries import words
from giaoban.portal.queries.findable import lead_of, text_of, title_of

BATCH = 200


def learn(pages: Iterable[int]) -> int:
    """Read these pages anew, as they stand in the database; how many the search now knows."""
    known = 0
    for some in chunks(pages, BATCH):
        with transaction.atomic():
            Findable.objects.filter(page__in=some).delete()
            found = PortalPage.objects.filter(pk__in=some, live=True).select_related("unit").specific()
            known += _write([page for page in found if isinstance(page, PortalPage)])
    return known


def _write(pages: list[PortalPage]) -> int:
    rows, texts = [], []
    for page in pages:
        for language in LANGUAGES:
            title, spoken = title_of(page, language)
            lead, text = lead_of(page, language), text_of(page, language)
            rows.append(
                Findable(
                    page_id=page.pk, language=language, spoken=spoken, kind=page.kind, title=title,
                    posted_at=page.posted,
                )
            )  # fmt: skip
            texts.append((language, title, lead, text))
    made = Findable.objects.bulk_create(rows)
    words.keep((row.pk, *text) for row, text in zip(made, texts, strict=True))
    return len(pages)


def learn_everything(told: Callable[[int], None] = lambda n: None) -> int:
    """Build the search anew from the pages; how many it knows. told: hears how far it has come."""
    Findable.objects.all().delete()
    known = 0
    for some in chunks(PortalPage.objects.order_by("pk").values_list("pk", flat=True), BATCH):
        known += learn(some)
        told(known)
    words.tidy()
    return known

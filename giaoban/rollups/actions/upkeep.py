"""Which files of figures should be made anew, and which are damaged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from giaoban.agreements.models import Agreement
from giaoban.rollups.actions.compacting import compact, sweep
from giaoban.rollups.models import Bucket, Generation
from giaoban.rollups.store import shelf
from giaoban.rollups.store.catalogue import Catalogue, calendar_brief


def outdated() -> Iterator[Bucket]:
    """Buckets without files, with lost ones, with files made for another tree or other indicators, or
    with reports that changed since."""
    for agreement in Agreement.objects.all():
        catalogue = Catalogue.of(agreement)
        tree, shapes = catalogue.stamps.tree, catalogue.shapes
        calendars = {regime.pk: calendar_brief(regime) for regime in catalogue.regimes.values()}
        buckets = Bucket.objects.filter(regime__agreement=agreement).select_related("current")
        waiting = set(buckets.filter(pending__isnull=False).values_list("pk", flat=True))
        for bucket in buckets:
            made = bucket.current
            wanted = {"calendar": calendars[bucket.regime_id], "tree": tree, "shapes": shapes}
            if (
                made is None
                or bucket.pk in waiting
                or made.inputs != wanted
                or shelf.size(made.path) != made.size
            ):
                yield bucket


def keep_up(*, at: datetime) -> int:
    """Make every outdated set of files anew and clear away old ones; how many were made."""
    made = [compact(bucket=bucket.pk, at=at) for bucket in list(outdated())]
    sweep(at=at)
    return sum(generation is not None for generation in made)


def damaged() -> Iterator[Generation]:
    """Files in use that are lost or do not say what they said when they were made. Reads them all."""
    for bucket in Bucket.objects.filter(current__isnull=False).select_related("current", "regime"):
        if bucket.current is None:
            continue
        try:
            intact = shelf.digest(bucket.current.path) == bucket.current.digest
        except OSError:
            intact = False
        if not intact:
            yield bucket.current


def mend(*, at: datetime) -> int:
    """Make every damaged set of files anew, from the revisions; how many there were."""
    found = list(damaged())
    for made in found:
        compact(bucket=made.bucket_id, at=at, afresh=True)
    return len(found)

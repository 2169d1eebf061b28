"""Which pages come or go at an instant that somebody has set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import DateTimeField, F, IntegerField, Q, Value
from django.db.models.functions import Cast
from wagtail.models import Revision

from giaoban.portal.models import PortalPage


@dataclass(frozen=True)
class Dated:
    """what: "comes", an approved revision goes live then; "goes", the page is over; "seen", it is open from then."""

    page: int
    type: int
    at: datetime
    what: str

    def is_due(self, at: datetime) -> bool:
        return self.what != "seen" and self.at <= at


def dated() -> list[Dated]:
    """Every such instant, past or future. One query."""
    none = Value(None, output_field=DateTimeField())
    pages = PortalPage.objects.filter(Q(go_live_at__isnull=False) | Q(expire_at__isnull=False), live=True)
    rows = pages.order_by().values_list("pk", "content_type_id", "go_live_at", "expire_at", Value(0))
    approved = Revision.page_revisions.filter(approved_go_live_at__isnull=False).order_by()
    coming = approved.values_list(
        Cast("object_id", IntegerField()), F("content_type_id"), F("approved_go_live_at"), none, Value(1)
    )
    found = []
    for page, kind, come, go, planned in rows.union(coming, all=True):
        found += [Dated(page, kind, come, "comes" if planned else "seen")] if come else []
        found += [Dated(page, kind, go, "goes")] if go else []
    return found

"""What waits for those who write: drafts, translations out of date."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from giaoban.agreements.policy import ALL, OWN, SUBTREE
from giaoban.core.actors import Actor
from giaoban.portal.models import PortalPage
from giaoban.portal.policy import PORTAL
from giaoban.portal.queries.browsing import light
from giaoban.units.models import Ancestry, Unit, valid_on

MOST = 50


def units_for(by: Actor) -> QuerySet[Unit]:
    """The units this person may write for, those that still exist that day."""
    rows = Unit.objects.filter(valid_on(by.day))  # type: ignore[attr-defined]
    reach = {g.role: g.reach for g in PORTAL.rights["write"]}
    found = Q(pk__in=[])
    for held in by.memberships:  # type: ignore[attr-defined]
        if reach.get(held.role) == ALL:
            return rows
        if reach.get(held.role) == OWN:
            found |= Q(pk=held.unit_id)
        elif reach.get(held.role) == SUBTREE:
            under = Ancestry.objects.filter(
                valid_on(by.day),
                ancestor=held.unit_id,
                hierarchy=held.agreement.hierarchy,  # type: ignore[attr-defined]
            )
            found |= Q(pk__in=under.values("unit"))
    return rows.filter(found)


def drafts(by: Actor) -> list[PortalPage]:
    """Pages with changes nobody has published yet, the newest first."""
    rows = PortalPage.objects.filter(PORTAL.q(by, "write"), Q(has_unpublished_changes=True) | Q(live=False))
    return list(light(rows).order_by("-latest_revision_created_at")[:MOST])


def stale(by: Actor) -> list[PortalPage]:
    """Published pages whose Vietnamese has changed since the English was written."""
    rows = PortalPage.objects.filter(PORTAL.q(by, "write"), live=True).exclude(title_en="")
    return [page for page in rows.order_by("-last_published_at")[: 10 * MOST] if page.is_english_stale][:MOST]

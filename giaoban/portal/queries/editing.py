"""What waits for those who write: drafts, translations out of date."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from giaoban.accounts.models import User
from giaoban.agreements.models import Membership
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


def takers(page: PortalPage, right: str, *, but: User | None, day: date) -> list[User]:
    """Who takes a step on a page: of the first line of the table in which somebody but that person may, all of them."""
    held = Membership.objects.filter(valid_on(day), agreement=page.agreement_id, user__is_active=True)
    tree = page.agreement.hierarchy if page.agreement else ""
    above = Ancestry.objects.filter(valid_on(day), unit=page.unit_id, hierarchy=tree).values("ancestor")
    within = {ALL: Q(), OWN: Q(unit=page.unit_id), SUBTREE: Q(unit__in=above)}
    for grant in PORTAL.rights[right]:
        rows = held.filter(within[grant.reach], role=grant.role)
        people = list(User.objects.filter(pk__in=rows.exclude(user=but).values("user")).order_by("pk"))
        if people:
            return people
    return []


def drafts(by: Actor) -> list[PortalPage]:
    """Pages with changes nobody has published yet, the newest first."""
    rows = PortalPage.objects.filter(PORTAL.q(by, "write"), Q(has_unpublished_changes=True) | Q(live=False))
    return list(light(rows).order_by("-latest_revision_created_at")[:MOST])


def stale(by: Actor) -> list[PortalPage]:
    """Published pages whose Vietnamese has changed since the English was written."""
    rows = PortalPage.objects.filter(PORTAL.q(by, "write"), live=True).exclude(title_en="")
    return [page for page in rows.order_by("-last_published_at")[: 10 * MOST] if page.is_english_stale][:MOST]

"""Questions about agreements."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from giaoban.agreements.models import Agreement
from giaoban.agreements.policy import AGREEMENTS
from giaoban.core.actors import Actor
from giaoban.units.models import Unit
from giaoban.units.queries import specified


def agreements_of(by: Actor) -> QuerySet[Agreement]:
    """The agreements the actor may read."""
    return Agreement.objects.filter(AGREEMENTS.q(by, "read")).select_related("lead")


def agreement_for(by: Actor, code: str, right: str = "read") -> Agreement:
    """The agreement at an address. Answers "not found" where the right is missing."""
    found = Agreement.objects.filter(AGREEMENTS.q(by, right), code=code).select_related("lead").first()
    if found is None:
        raise Http404(code)
    return found


def parties_on(agreement: Agreement, day: date) -> list[Unit]:
    """The units that are party to the agreement on that day, by code."""
    ids = [
        span.unit_id for span in specified(agreement.parties, agreement.lead_id) if span.overlaps(day, day)
    ]
    return list(Unit.objects.filter(pk__in=ids).order_by("code"))


def rules_all(by: Actor) -> bool:
    """May the actor make agreements and manage every account?"""
    return AGREEMENTS.may_at_all(by, "create")

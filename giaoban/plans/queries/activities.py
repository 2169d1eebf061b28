"""Questions about activities."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.plans.models import Activity
from giaoban.plans.policy import ACTIVITIES


def activities_of(agreement: Agreement, by: Actor) -> QuerySet[Activity]:
    """The activities the actor may read, newest first, with what a list shows."""
    rows = Activity.objects.filter(ACTIVITIES.q(by, "read"), agreement=agreement, withdrawn_at=None)
    return rows.select_related("agreement", "unit", "task").order_by("-held_on", "-pk")


def activity_for(by: Actor, agreement: str, pk: int, right: str = "read") -> Activity:
    """One activity, or "not found" for everybody who has not the right."""
    rows = Activity.objects.filter(ACTIVITIES.q(by, right), agreement__code=agreement, pk=pk)
    found = rows.filter(withdrawn_at=None).select_related("agreement", "unit", "task__plan", "source").first()
    if found is None:
        raise Http404(pk)
    return found


def typical(agreement: Agreement, by: Actor, first: date, last: date) -> QuerySet[Activity]:
    """The typical activities that began in [first, last]."""
    rows = activities_of(agreement, by).filter(is_typical=True, held_on__range=(first, last))
    return rows.order_by("held_on", "pk")

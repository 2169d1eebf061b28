"""Questions about targets."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from giaoban.agreements.models import Agreement
from giaoban.plans.models import Target


def targets_of(agreement: Agreement) -> QuerySet[Target]:
    """All targets of an agreement, by period, indicator and unit."""
    return Target.objects.filter(agreement=agreement).select_related("indicator", "unit", "agreement")


def target_for(agreement: Agreement, pk: int) -> Target:
    """One target of the agreement; else "not found"."""
    found = targets_of(agreement).filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found

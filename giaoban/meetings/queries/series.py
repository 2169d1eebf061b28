"""Series and whose turn it is to host."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.http import Http404

from giaoban.agreements.models import Agreement
from giaoban.meetings.models import Series
from giaoban.units.models import Unit


def series_of(agreement: Agreement) -> QuerySet[Series]:
    """All series, with how many meetings each has."""
    return agreement.series.annotate(held=Count("meetings")).prefetch_related("hosts__unit")


def series_for(agreement: Agreement, pk: int) -> Series:
    found = series_of(agreement).filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def next_host(series: Series, *, after: Unit | None = None) -> Unit | None:
    """Who hosts after the host of the newest meeting (or after a unit that is named)."""
    hosts = [place.unit for place in series.hosts.select_related("unit")]
    if not hosts:
        return after
    if after is None:
        newest = (
            series.meetings.exclude(state="cancelled").order_by("-starts_at").select_related("host").first()
        )
        after = newest.host if newest else None
    if after not in hosts:
        return hosts[0]
    return hosts[(hosts.index(after) + 1) % len(hosts)]

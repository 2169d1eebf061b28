"""Meetings that come round, and the order in which units host them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.agreements.models import Agreement
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.meetings.models import Series, SeriesHost
from giaoban.meetings.policy import MEETINGS
from giaoban.units.models import Unit


def make_series(
    *, agreement: Agreement, titles: dict[str, str], hosts: Sequence[Unit], by: Actor, at: datetime
) -> Series:
    """hosts: the units that host in turn, in their order."""
    _may(agreement.pk, by)
    with transaction.atomic():
        series = Series.objects.create(agreement=agreement, titles=titles)
        _rotate(series, hosts)
        audit.record(subject=series, verb="make series", by=by, at=at)
    return series


def edit_series(
    *, series: Series, titles: dict[str, str], hosts: Sequence[Unit], is_open: bool, by: Actor, at: datetime
) -> Series:
    _may(series.agreement_id, by)
    with transaction.atomic():
        row = Series.objects.select_for_update().get(pk=series.pk)
        row.titles, row.is_open = titles, is_open
        row.save()
        row.hosts.all().delete()
        _rotate(row, hosts)
        audit.record(subject=row, verb="edit series", by=by, at=at)
    return row


def _may(agreement_id: int, by: Actor) -> None:
    if not MEETINGS.may_in(by, "write", agreement_id):
        raise Refused(_("You may not prepare meetings of this agreement."), code="right")


def _rotate(series: Series, hosts: Sequence[Unit]) -> None:
    SeriesHost.objects.bulk_create(
        [SeriesHost(series=series, unit=unit, position=n) for n, unit in enumerate(hosts, 1)]
    )

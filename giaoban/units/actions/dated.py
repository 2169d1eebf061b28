"""Rows with a half-open validity [valid_from, valid_to): begin a new one on a day, cut, fit."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from giaoban.core.refused import Refused
from giaoban.units.models import Unit, valid_on

Row = TypeVar("Row", bound=Model)


def in_force(rows: QuerySet[Row], day: date) -> Row | None:
    """The row that holds on the day."""
    return rows.filter(valid_on(day)).first()


def begin(rows: QuerySet[Any], on: date, until: date | None, **values: Any) -> Any:
    """A row with `values` from `on` until the next row begins (or `until`); the one in force ends there.

    A row that already begins on that day takes the values instead.
    """
    now = in_force(rows, on)
    if now is not None and now.valid_from == on:
        for name, value in values.items():
            setattr(now, name, value)
        now.save()
        return now
    following = rows.filter(valid_from__gt=on).order_by("valid_from").first()
    ends = [day for day in (until, following.valid_from if following else None) if day is not None]
    end = now.valid_to if now is not None else min(ends, default=None)
    if now is not None:
        now.valid_to = on
        now.save(update_fields=["valid_to"])
    return rows.create(valid_from=on, valid_to=end, **values)


def cut(rows: QuerySet[Any], on: date) -> int:
    """End every row on that day: later ones vanish, the one in force ends. Returns how many changed."""
    gone, _kinds = rows.filter(valid_from__gte=on).delete()
    return gone + rows.filter(valid_on(on)).update(valid_to=on)


def inside(unit: Unit, on: date, *, field: str = "on") -> None:
    """Refuses a day on which the unit does not exist."""
    first, end = Unit.objects.values_list("valid_from", "valid_to").get(pk=unit.pk)
    if on < first:
        raise Refused(
            _("%(unit)s exists only from %(day)s. Choose that day or a later one.")
            % {"unit": unit, "day": shown(first)},
            field=field,
        )
    if end is not None and on >= end:
        raise Refused(
            _("%(unit)s was closed on %(day)s. Choose an earlier day.") % {"unit": unit, "day": shown(end)},
            field=field,
        )


def shown(day: date) -> str:
    """A day as people write it, in the reader's language."""
    from django.utils.formats import date_format

    return date_format(day, "SHORT_DATE_FORMAT")

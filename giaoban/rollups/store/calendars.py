"""The spans of a regime: its own periods and the days they cover."""

from __future__ import annotations

from datetime import date, timedelta

from giaoban.lib import periods
from giaoban.lib.periods import Period, Window
from giaoban.reportforms.models import Regime
from giaoban.reportforms.queries import window_of
from giaoban.rollups.store.buckets import key_of

#: By their last day, as an ordinal: the period, and its first day.
Spans = tuple[dict[int, Period], dict[int, int]]

_AROUND = timedelta(days=40)


def spans_of(own: list[Period], window: Window) -> Spans:
    """The spans of these periods."""
    found, starts = {}, {}
    for period in own:
        first, last = periods.span(period, window)
        found[last.toordinal()] = period
        starts[last.toordinal()] = first.toordinal()
    return found, starts


def spans_of_bucket(regime: Regime, key: str) -> Spans:
    """Every span whose reports lie in the bucket."""
    window = window_of(regime)
    days = periods.span(periods.parse(key), Window())
    first, last = _shifted(days.first, -_AROUND), _shifted(days.last, _AROUND)
    if regime.frequency not in ("day", "week"):
        return spans_of([periods.parse(key)], window)
    near = periods.between(regime.frequency, window, first, last)
    return spans_of([p for p in near if key_of(p) == key], window)


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


def inside(regime: Regime, asked: Period) -> tuple[list[Period], list[Period]]:
    """(the regime's periods inside an asked one, those that cross its edge), in order."""
    window = window_of(regime)
    of = "week" if regime.frequency == "week" else None
    days = periods.span(asked, window, of)
    own: dict[str, list[Period]] = {"inside": [], "crossing": [], "outside": []}
    for period in periods.between(regime.frequency, window, days.first, days.last):
        own[periods.place(period, asked, window)].append(period)
    return own["inside"], own["crossing"]

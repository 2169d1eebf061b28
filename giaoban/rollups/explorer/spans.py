"""Periods as people type them: a list, a range, or a quick choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from giaoban.core.refused import Refused
from giaoban.lib import periods
from giaoban.lib.periods import Period, PeriodError
from giaoban.rollups.explorer.address import listed

MOST = 400
Choice = tuple[str, str]


def read(text: str) -> list[Period]:
    """`2020-01..2020-06,2020-Q3`: the periods in the order given, each once. Refuses what is none."""
    found: list[Period] = []
    for part in listed([text]):
        first, dots, last = part.partition("..")
        found += _range(part, _one(first), _one(last)) if dots else [_one(part)]
        if len(found) > MOST:
            raise Refused(
                _("That is more than %(most)s periods; choose fewer.") % {"most": MOST}, field="period"
            )
    if not found:
        raise Refused(_("Write at least one period."), field="period")
    return list(dict.fromkeys(found))


def _one(text: str) -> Period:
    try:
        return periods.parse(text.strip())
    except PeriodError as error:
        raise Refused(_(error.template) % error.params, field="period") from None


def _range(text: str, first: Period, last: Period) -> Iterator[Period]:
    if first.kind != last.kind:
        raise Refused(
            _("The two ends of %(range)s must be of one kind, such as 2020-01..2020-12.") % {"range": text},
            field="period",
        )
    if last < first:
        raise Refused(_("The range %(range)s ends before it begins.") % {"range": text}, field="period")
    count = 0
    while first <= last and count <= MOST:
        yield first
        count += 1
        if first == last:
            return
        first = periods.following(first)


def written(found: Sequence[Period]) -> str:
    """The shortest text that `read` reads as these periods."""
    parts: list[list[Period]] = []
    for period in found:
        if parts and parts[-1][-1].kind == period.kind and _follows(parts[-1][-1], period):
            parts[-1].append(period)
        else:
            parts.append([period])
    return ",".join(_part(run) for run in parts)


def _part(run: list[Period]) -> str:
    if len(run) < 3:
        return ",".join(period.text for period in run)
    return f"{run[0].text}..{run[-1].text}"


def _follows(one: Period, other: Period) -> bool:
    try:
        return periods.following(one) == other
    except PeriodError:
        return False


def quick(first: date, last: date, kinds: Sequence[str]) -> list[tuple[str, list[Choice]]]:
    """Per year of the term, newest first: (year, [(what to write, label)]); then all years together."""
    years = list(range(last.year, first.year - 1, -1))[:12]
    found = [(str(year), _of_year(year, kinds)) for year in years]
    if len(years) > 1:
        found.append((_("All years"), [(f"{years[-1]:04}..{years[0]:04}", _("year by year"))]))
    return found


def _of_year(year: int, kinds: Sequence[str]) -> list[Choice]:
    name = f"{year:04}"
    choices = [
        (f"{name}-01..{name}-12", _("months")),
        (f"{name}-Q1..{name}-Q4", _("quarters")),
        (f"{name}-H1,{name}-H2", _("half-years")),
        (f"{name}-9M", _("nine months")),
        (name, _("whole year")),
    ]
    if "week" in kinds or "day" in kinds:
        last = periods.parse(name)
        weeks = f"{name}-W01..{name}-W{_last_week(last.year):02}"
        choices.insert(0, (weeks, _("weeks")))
    return choices


def _last_week(year: int) -> int:
    return date(year, 12, 28).isocalendar().week

"""The controls of the explorer: what is offered, what is chosen now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from giaoban.core.actors import Actor
from giaoban.core.folding import matching
from giaoban.lib.text import fold
from giaoban.reportforms.models import OverPeriods, OverUnits
from giaoban.rollups.explorer import address, spans
from giaoban.rollups.explorer.address import Query, listed
from giaoban.rollups.explorer.asked import BASES, CHARTS, COLUMNS, COMPARISONS
from giaoban.rollups.explorer.drawing import Picture
from giaoban.rollups.explorer.places import BELOW
from giaoban.rollups.explorer.reach import Reach
from giaoban.rollups.explorer.table import Table
from giaoban.rollups.forms import ExploreForm
from giaoban.rollups.queries.groups import place_of
from giaoban.units.models import Group

MOST_FOUND = 20


@dataclass(frozen=True)
class Choice:
    """One entry of a list of choices. words: what a search finds it by."""

    value: str
    label: str
    is_chosen: bool = False
    hint: str = ""
    words: str = ""


def choices(form: ExploreForm, find: str, by: Actor) -> dict[str, Any]:
    """Everything the form offers."""
    query, scene = form.query, form.scene
    first, last = scene.term(by.day)  # type: ignore[attr-defined]
    kind, _colon, day = query.get("basis", "reported").partition(":")
    return {
        "indicators": _indicators(form),
        "units": _units(form),
        "found": found(form, find, by),
        "find": find,
        "levels": _levels(form),
        "period": query.get("period", ""),
        "quick": spans.quick(first, max(last, first), scene.kinds),
        "bases": [Choice(value, str(label), value == kind) for value, label in BASES.items()],
        "day": day,
        "by": [Choice(b.code, str(b), b.code == query.get("by")) for b in scene.breakdowns],
        "regimes": [Choice(r.code, str(r), r.code == query.get("regime")) for r in scene.regimes.values()],
        "over_units": [Choice(v, str(lb), v == query.get("over-units")) for v, lb in OverUnits.choices],
        "over_periods": [Choice(v, str(lb), v == query.get("over-periods")) for v, lb in OverPeriods.choices],
        "compare": [Choice(v, str(lb), v in listed([query.get("compare", "")])) for v, lb in COMPARISONS.items()],
        "columns": [Choice(v, str(lb), v == query.get("columns", "period")) for v, lb in COLUMNS.items()],
        "has_more": any(query.get(name) for name in ("by", "basis", "regime", "over-units", "over-periods", "compare")),
    }  # fmt: skip


def _indicators(form: ExploreForm) -> list[Choice]:
    chosen = listed([form.query.get("indicator", "")])
    offered = [
        Choice(i.code, str(i), i.code in chosen, i.unit_of_measure, fold(f"{i.code} {i}"))
        for i in form.scene.indicators.values()
        if i.retired_on is None or i.code in chosen
    ]
    return sorted(offered, key=lambda choice: not choice.is_chosen)


def _units(form: ExploreForm) -> list[Choice]:
    """The units chosen now, ticked; those that could not be read stay as they were typed."""
    codes = listed([form.query.get("unit", "")])
    places = form.cleaned_data.get("places") if form.is_bound and form.is_valid() else None
    names = {place.code: place.name for place in places.asked} if places else {}
    return [Choice(code, names.get(code.partition("@")[0], code), True, code) for code in codes]


def _levels(form: ExploreForm) -> list[Choice]:
    now = form.query.get("level", "")
    used = form.reach.gazetteer.levels
    offered = [("", _("the chosen units")), (BELOW, _("the units directly below them"))]
    offered += [
        (str(level), _("all units of level %(level)s below them") % {"level": level}) for level in used
    ]
    return [Choice(value, label, value == now) for value, label in offered]


def found(form: ExploreForm, words: str, by: Actor) -> list[Choice]:
    """Units whose code or name holds the words, marks not counted, within the reader's reach."""
    words = words.strip()[:100]
    if not words:
        return []
    rows = form.reach.gazetteer.searched(words, _last_day(form, by).toordinal())
    known = (row for row in rows if form.reach.knows(row.unit))
    units = [Choice(row.code, row.name, False, row.code) for row in islice(known, MOST_FOUND)]
    return [*units, *_groups(form.reach, words)]


def _groups(reach: Reach, words: str) -> list[Choice]:
    """Groups whose code or names hold the words, all of whose members the reader knows."""
    found = []
    for group in matching(Group.objects.all(), words, ("code", "names"))[:MOST_FOUND]:
        lines = [line for line in reach.gazetteer.below(-group.pk) if line.depth == 1]
        if lines and all(reach.knows(line.other) for line in lines):
            code = place_of(group).code
            found.append(Choice(code, str(group), False, code))
    return found


def _last_day(form: ExploreForm, by: Actor) -> date:
    if form.is_valid():
        return max(form.scene.span(period).last for period in form.asked.periods)
    today: date = by.day  # type: ignore[attr-defined]
    return form.scene.term(today)[1]


def chart_links(query: Query, table: Table, wanted: Picture | None) -> dict[str, Any]:
    """Other charts of the same table: (label, address, is this one)."""
    now = wanted.kind if wanted else table.asked.chart
    kinds = [
        (label, address.changed(query, chart=kind), kind == now)
        for kind, label in CHARTS.items()
        if kind != "line" or len(table.asked.periods) > 1
    ]
    drawn = table.asked.draw or table.asked.indicators[0].code
    indicators = [
        (str(i), address.changed(query, draw=i.code), i.code == drawn) for i in table.asked.indicators
    ]
    return {"kinds": kinds, "indicators": indicators if len(indicators) > 1 and wanted else []}

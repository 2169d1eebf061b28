"""What every page of the explorer begins with: the agreement, what can be chosen, the view asked for."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from giaoban.agreements.models import Agreement
from giaoban.agreements.queries import agreement_for
from giaoban.agreements.standing import Standing
from giaoban.rollups.explorer import address, spans
from giaoban.rollups.explorer.address import Query
from giaoban.rollups.explorer.places import BELOW
from giaoban.rollups.explorer.reach import Reach, reach_of
from giaoban.rollups.explorer.scene import FIRST_PERIODS, Scene
from giaoban.rollups.forms import ExploreForm
from giaoban.units.models import Unit

#: A view begins with some indicators: not more than these, nor more figures than these.
FIRST_INDICATORS, FIRST_FIGURES = 3, 240


@dataclass
class Loaded:
    """by: who asks. given: what the address says; query: that with the defaults filled in."""

    by: Standing
    agreement: Agreement
    scene: Scene
    reach: Reach
    given: Query
    query: Query
    form: ExploreForm


def load(request: HttpRequest, code: str, **fixed: str) -> Loaded:
    """The view of this address; 404 for everybody who has no role in the agreement. fixed: put over it."""
    by: Standing = request.by  # type: ignore[attr-defined]
    agreement = agreement_for(by, code)
    scene = Scene(agreement)
    reach = reach_of(by, agreement, scene.gazetteer)
    given = {**address.canonical(request.GET), **fixed}
    query = _filled(given, scene, reach, by)
    return Loaded(by, agreement, scene, reach, given, query, ExploreForm(query, scene=scene, reach=reach))


def _filled(given: Query, scene: Scene, reach: Reach, by: Standing) -> Query:
    """What is not asked for is the beginning: first indicators, the lead unit's children, the last periods."""
    query = dict(given)
    if "unit" not in query and query.get("level", BELOW) == BELOW:
        query["unit"] = ",".join(_first_units(scene, reach, by))
        query["level"] = BELOW
    if "period" not in query:
        query["period"] = spans.written(scene.first_periods(by.day))
    if "indicator" not in query:
        query["indicator"] = ",".join(_first_indicators(scene, reach, by))
    return {name: query[name] for name in address.NAMES if query.get(name)}


def _first_indicators(scene: Scene, reach: Reach, by: Standing) -> list[str]:
    in_force = [i.code for i in scene.indicators.values() if i.retired_on is None]
    today = by.day.toordinal()
    below = reach.gazetteer.tree.below.get(scene.agreement.lead_id, ())
    lines = 1 + sum(line.depth == 1 and line.start <= today < line.end for line in below)
    return in_force[: max(1, min(FIRST_INDICATORS, FIRST_FIGURES // (FIRST_PERIODS * lines)))]


def _first_units(scene: Scene, reach: Reach, by: Standing) -> list[str]:
    if reach.is_whole:
        return [_code(scene.agreement.lead)]
    held = {m.unit.pk: m.unit for m in by.memberships if m.unit and m.unit.pk in (reach.tops or ())}
    return sorted(_code(unit) for unit in held.values())


def _code(unit: Unit) -> str:
    return unit.code if unit.valid_to is None else f"{unit.code}@{unit.valid_from.isoformat()}"

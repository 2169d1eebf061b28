"""The key figures of the latest period: a piece of the agreement's page, or a page of its own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from giaoban.core.language import reader_language
from giaoban.core.snapshot import snapshot
from giaoban.lib import periods
from giaoban.rollups.explorer import address, table
from giaoban.rollups.explorer.address import listed
from giaoban.rollups.explorer.places import BELOW
from giaoban.rollups.forms import ExploreForm
from giaoban.rollups.views.loading import Loaded, load

MOST = 8


@login_required
def latest(request: HttpRequest, agreement: str) -> HttpResponse:
    """The first indicators of the reader's own highest unit, against the period before."""
    with snapshot():
        loaded = load(request, agreement)
        context = {"agreement": loaded.agreement, **_figures(loaded)}
    fragment = request.headers.get("hx-request")
    return render(request, "rollups/_latest.html" if fragment else "rollups/latest.html", context)


def _figures(loaded: Loaded) -> dict[str, Any]:
    when = loaded.scene.first_periods(loaded.by.day)
    codes = [i.code for i in loaded.scene.indicators.values() if i.retired_on is None]
    unit = next(iter(listed([loaded.query.get("unit", "")])), "")
    if not (when and codes and unit):
        return {}
    query = {"indicator": ",".join(codes[:MOST]), "unit": unit, "period": when[-1].text, "compare": "before"}
    form = ExploreForm(query, scene=loaded.scene, reach=loaded.reach)
    if not form.is_valid():
        return {}
    shown = table.build(loaded.scene, form.asked, query)
    return {
        "lines": [cell for cell in shown.cells if cell.row is not None] if shown.has_values else [],
        "place": form.asked.places.asked[0], "period": periods.label(when[-1], reader_language()),
        "explore_url": address.explore(loaded.agreement.code, unit=unit, level=BELOW),
    }  # fmt: skip

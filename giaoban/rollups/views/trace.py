"""What stands behind one figure: how it is made, from whose reports, and who is missing."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from giaoban.core.language import reader_language
from giaoban.core.snapshot import snapshot
from giaoban.lib import periods
from giaoban.rollups.explorer import address, tracing, words
from giaoban.rollups.explorer.places import BELOW
from giaoban.rollups.explorer.tracing import PAGE, Traced
from giaoban.rollups.queries import Row, Sources
from giaoban.rollups.views.loading import Loaded, load

TABS = ("units", "reports", "missing")


@login_required
def trace(request: HttpRequest, agreement: str) -> HttpResponse:
    """One figure. Whoever may not read it finds nothing here."""
    if not all(request.GET.get(name) for name in ("indicator", "unit", "period")):
        raise Http404
    with snapshot():
        loaded = load(request, agreement, level="", compare="", columns="", sort="", page="")
        if loaded.form.is_valid():
            context, status = _context(request, loaded, _traced(request, loaded)), 200
        else:
            context = {"agreement": loaded.agreement, "form": loaded.form}
            status = 404 if "unit" in loaded.form.errors else 400
    return render(request, "rollups/trace.html", context, status=status)


def _traced(request: HttpRequest, loaded: Loaded) -> Traced:
    asked = loaded.form.asked
    place, option = asked.places.asked[0], request.GET.get("option", "").strip()
    if not asked.places.is_shown(place.id, asked.periods[0].text):
        raise Http404
    known = {row.code for row in loaded.scene.options.get(asked.by, ())} | {"-"}
    if (option and option not in known) or (option and not asked.by):
        raise Http404
    query = {name: loaded.query[name] for name in address.ASKED if name in loaded.query and name != "level"}
    query |= {"indicator": asked.indicators[0].code, "period": asked.periods[0].text}
    if option:
        query["option"] = option
    else:
        query.pop("by", None)
        asked.by = ""
    return Traced(loaded.scene, asked, place, (option.removeprefix("-") if option else None), query)


def _context(request: HttpRequest, loaded: Loaded, traced: Traced) -> dict[str, Any]:
    asked, language = traced.asked, reader_language()
    answer, sources = traced.explained()
    row = traced.row(answer)
    if row is None:
        raise Http404
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else TABS[0]
    return {
        "agreement": loaded.agreement, "place": traced.place, "indicator": traced.indicator,
        "period": periods.label(traced.period, language), "option": _option(traced),
        "above": [(place.name, traced.url(unit=place.reference(traced.last))) for place in asked.places.above],
        "row": row, "sources": sources, "parts": tracing.parts(traced, answer),
        "rule": words.rule(traced.indicator, asked.over_units, asked.over_periods),
        "basis": words.basis(asked.basis),
        "formula": words.formula(traced.indicator) if traced.indicator.is_computed else "",
        "missing_count": max(0, row.due - row.accepted) if row else 0,
        "late_count": max(0, row.accepted - row.on_time) if row and row.on_time is not None else 0,
        "tab": tab, "tabs": [(name, f"?{address.encoded({**traced.query, 'tab': name})}") for name in TABS],
        "explore_url": _explore_url(loaded, traced),
        **_behind(request, loaded, traced, sources, row, tab),
    }  # fmt: skip


def _behind(
    request: HttpRequest, loaded: Loaded, traced: Traced, sources: Sources, row: Row | None, tab: str
) -> dict[str, Any]:
    """The list of the tab: units, reports, or who is missing."""
    page = request.GET.get("page", "")
    start = (int(page) - 1) * PAGE if page.isdecimal() and 0 < len(page) < 6 and int(page) else 0
    if tab == "missing":
        found = tracing.missing(traced, row.regime, loaded.reach, loaded.by.at) if row and row.regime else []
        return {"missing": found[start : start + PAGE], **_pages(traced, tab, start, len(found))}
    if tab == "reports":
        reports, count = tracing.report_lines(traced, sources, loaded.reach, loaded.by, start)
        return {"report_lines": reports, **_pages(traced, tab, start, count)}
    units, count, hidden = tracing.unit_lines(traced, sources, loaded.reach, start)
    return {"unit_lines": units, "hidden": hidden, **_pages(traced, tab, start, count)}


def _pages(traced: Traced, tab: str, start: int, count: int) -> dict[str, Any]:
    last = max(1, -(-count // PAGE))
    now = start // PAGE + 1
    near = address.near(now, last)
    pages = [(n, f"?{address.encoded({**traced.query, 'tab': tab, 'page': n})}") for n in near]
    return {"pages": pages if last > 1 else [], "page": now, "count": count}


def _option(traced: Traced) -> str:
    if traced.option is None:
        return ""
    labels = {row.code: str(row) for row in traced.scene.options[traced.asked.by]}
    return labels.get(traced.option) or _("not broken down")


def _explore_url(loaded: Loaded, traced: Traced) -> str:
    query = {k: v for k, v in traced.query.items() if k != "option"}
    return address.explore(loaded.agreement.code, **{**query, "level": BELOW})

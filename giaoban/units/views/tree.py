"""The tree, the list, and what is offered while one types."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from giaoban.core.pages import Column, Filter, ListPage
from giaoban.units import browsing
from giaoban.units.forms import written
from giaoban.units.models import TERRITORY, valid_on
from giaoban.units.policy import UNITS


def address(row: Any) -> str:
    return reverse("units:unit", args=[row.unit_id])


def in_force(rows: Any, day: str) -> Any:
    return rows.filter(valid_on(date.fromisoformat(day)))


UNITS_LIST = ListPage(
    name="units",
    columns=(
        Column("name", _("Name"), link=address, sort="name"),
        Column("code", _("Code"), sort="code"),
        Column("level", _("Level"), kind="number", sort="level"),
        Column("kind", _("Kind"), sort="kind"),
        Column("parent_name", _("Stands under"), sort="parent_name"),
        Column("valid_from", _("Valid from"), kind="day", sort="valid_from"),
        Column("valid_to", _("First day no longer valid"), kind="day", sort="valid_to"),
    ),
    search=("code", "name"),
    filters=(
        Filter("day", _("On the day"), kind="day", where=lambda rows, day: in_force(rows, day)),
        Filter("level", _("Level")),
    ),
    sort="code",
)  # fmt: skip


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The tree on a day; with words, the units found."""
    day, hierarchy = _day(request), request.GET.get("line", TERRITORY)
    words = request.GET.get("q", "").strip()[:200]
    nodes = [] if words else browsing.roots(request.by, day, hierarchy)
    found = browsing.searched(request.by, words, day, most=50) if words else []
    return render(request, "units/index.html", {
        "nodes": nodes, "found": found, "words": words, "day": day, "line": hierarchy,
        "lines": browsing.hierarchies(), "may_change": UNITS.may_at_all(request.by, "change"),
    })  # fmt: skip


@login_required
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands directly under a unit: a piece of the tree, or a page of its own."""
    day, hierarchy = _day(request), request.GET.get("line", TERRITORY)
    unit = browsing.unit_for(request.by, pk)
    context = {
        "nodes": browsing.branch(request.by, unit, day, hierarchy),
        "day": day,
        "line": hierarchy,
        "unit": unit,
    }
    return render(request, "units/nodes.html" if request.htmx else "units/branch.html", context)


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every version of every unit, to filter, sort and download."""
    day = _asked(request)
    rows = browsing.with_parents(browsing.versions_seen(request.by), day, TERRITORY)
    levels = [(level, level) for level, _count in browsing.levels_on(request.by, day or request.by.day)]
    return UNITS_LIST.answer(
        request, rows, "units/list.html", {"may_change": UNITS.may_at_all(request.by, "change")},
        choices={"level": levels},
    )  # fmt: skip


@login_required
def suggest(request: HttpRequest) -> HttpResponse:
    """Choices for a unit field: the words stand in the parameter that `of` names."""
    words = request.GET.get(request.GET.get("of", ""), "").strip()[:100]
    found = browsing.searched(request.by, words.partition(" · ")[0], _day(request)) if words else []
    return render(request, "units/suggest.html", {"choices": [written(version) for version in found]})


def _asked(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


def _day(request: HttpRequest) -> date:
    return _asked(request) or request.by.day

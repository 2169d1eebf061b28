"""One unit: its page, and what changes it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.core.pages.asking import ask, confirm
from giaoban.units import actions, browsing
from giaoban.units.forms import changes, groups
from giaoban.units.models import TERRITORY, Unit
from giaoban.units.policy import UNITS


def page(unit: Unit) -> str:
    return reverse("units:unit", args=[unit.pk])


def crumbs(unit: Unit | None = None) -> list[tuple[Any, str]]:
    """The way to a page about a unit."""
    steps: list[tuple[Any, str]] = [(_("Units"), reverse("units:index"))]
    return [*steps, (unit.name, page(unit))] if unit else steps


@login_required
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    row = browsing.unit_for(request.by, pk)
    day = min(request.by.day, row.valid_to) if row.valid_to else max(request.by.day, row.valid_from)
    return render(request, "units/unit.html", {
        "unit": row, "day": day,
        "versions": row.versions.order_by("-valid_from"),
        "places": row.parents.select_related("parent").order_by("hierarchy", "-valid_from"),
        "children": browsing.below(request.by, row, day, TERRITORY),
        "memberships": row.groups.select_related("group").order_by("group__code", "valid_from"),
        "edges": browsing.successions_of(row),
        "may_change": UNITS.may_at_all(request.by, "change"),
    })  # fmt: skip


@login_required
def open_(request: HttpRequest) -> HttpResponse:
    _may_change(request)
    parent = request.GET.get("under", "")
    above = browsing.unit_for(request.by, int(parent), "change") if parent.isdigit() else None
    initial = {"parent": above, "level": above.level + 1 if above else 0, "valid_from": request.by.day}
    form = changes.OpenForm(request.POST or None, initial=initial, by=request.by, day=request.by.day)
    return ask(
        request, form, lambda **given: page(actions.open_unit(by=request.by, at=request.at, **given)),
        title=_("Open a unit"), back=reverse("units:index"), crumbs=crumbs(), done=_("The unit is open."),
    )  # fmt: skip


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row = browsing.unit_for(request.by, pk, "change")
    newest = row.versions.order_by("-valid_from")[0]
    form = changes.ChangeForm(request.POST or None, initial=changes.facts(newest) | {"on": request.by.day})
    return _ask(
        request, row, form, actions.change_unit, _("Change from a day on"), _("The change is recorded."),
        lead=_("Reports before that day keep the old name, code and level."), unit=row,
    )  # fmt: skip


@login_required
def move(request: HttpRequest, pk: int) -> HttpResponse:
    row = browsing.unit_for(request.by, pk, "change")
    form = changes.MoveForm(
        request.POST or None, initial={"on": request.by.day}, by=request.by, day=request.by.day
    )
    return _ask(
        request,
        row,
        form,
        actions.move_unit,
        _("Put under another unit"),
        _("The move is recorded."),
        unit=row,
    )


@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    row = browsing.unit_for(request.by, pk, "change")
    form = changes.CloseForm(request.POST or None)
    return _ask(
        request, row, form, actions.close_unit, _("Close the unit"), _("The unit is closed."),
        action=_("Close the unit"), tone="danger", unit=row,
    )  # fmt: skip


@login_required
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    row = browsing.unit_for(request.by, pk, "change")
    form = changes.ReasonForm(request.POST or None, name="basis")
    return _ask(
        request, row, form, actions.reopen_unit, _("Undo the closing"), _("The unit is open again."), unit=row
    )


@login_required
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    row = browsing.unit_for(request.by, pk, "change")
    form = changes.ReasonForm(request.POST or None)
    return ask(
        request, form, lambda **given: _gone(actions.discard_unit, unit=row, by=request.by, at=request.at, **given),
        title=_("Remove the unit"), back=page(row), crumbs=crumbs(row), done=_("The unit is removed."),
        action=_("Remove the unit"), tone="danger",
        lead=_("Only a unit opened by mistake, to which nothing refers yet, can be removed. Others are closed."),
    )  # fmt: skip


@login_required
def correct(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    row = browsing.unit_for(request.by, pk, "change")
    wrong = get_object_or_404(row.versions, pk=version)
    form = changes.CorrectForm(
        request.POST or None, initial=changes.facts(wrong) | {"valid_from": wrong.valid_from}
    )
    return _ask(
        request, row, form, actions.correct_version, _("Correct a mistake"), _("The mistake is corrected."),
        lead=_("For what was never true. If it was true before, change the unit from a day on instead."), version=wrong,
    )  # fmt: skip


@login_required
def withdraw(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    row = browsing.unit_for(request.by, pk, "change")
    wrong = get_object_or_404(row.versions, pk=version)
    return confirm(
        request, lambda: actions.withdraw_version(version=wrong, by=request.by, at=request.at),
        title=_("Take back this change?"), sentence=f"{wrong.code} {wrong.name}", action=_("Take it back"),
        back=page(row), crumbs=crumbs(row), done=_("The change is taken back."),
    )  # fmt: skip


@login_required
def correct_place(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    row = browsing.unit_for(request.by, pk, "change")
    wrong = get_object_or_404(row.parents.select_related("parent"), pk=place)
    form = changes.PlaceForm(request.POST or None, by=request.by, place=wrong)
    return _ask(
        request,
        row,
        form,
        actions.correct_parent,
        _("Correct the place"),
        _("The place is corrected."),
        place=wrong,
    )


@login_required
def withdraw_place(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    row = browsing.unit_for(request.by, pk, "change")
    wrong = get_object_or_404(row.parents.select_related("parent", "unit"), pk=place)
    return confirm(
        request, lambda: actions.withdraw_parent(place=wrong, by=request.by, at=request.at),
        title=_("Take back this move?"), sentence=wrong.parent.name, action=_("Take it back"), back=page(row),
        crumbs=crumbs(row), done=_("The move is taken back."),
    )  # fmt: skip


@login_required
def succession(request: HttpRequest, pk: int) -> HttpResponse:
    row = browsing.unit_for(request.by, pk, "change")
    initial: dict[str, Any] = {"on": request.by.day}
    day = _day(request.GET.get("on", ""))
    edges = list(row.successors.filter(on=day).select_related("new")) if day else []
    if edges:
        initial = {
            "on": day,
            "kind": edges[0].kind,
            "basis": edges[0].basis,
            "heirs": groups.heirs_text(edges),
        }
    form = groups.SuccessionForm(request.POST or None, initial=initial, by=request.by)
    return _ask(
        request, row, form, actions.record_succession, _("What follows this unit"), _("The succession is recorded."),
        lead=_("What stands here replaces what was recorded for that day."), old=row,
    )  # fmt: skip


@login_required
def withdraw_succession(request: HttpRequest, pk: int, on: str) -> HttpResponse:
    row = browsing.unit_for(request.by, pk, "change")
    day = _day(on)
    if day is None:
        raise Http404(on)
    names = ", ".join(edge.new.name for edge in row.successors.filter(on=day).select_related("new"))
    return confirm(
        request, lambda: actions.withdraw_succession(old=row, on=day, by=request.by, at=request.at),
        title=_("Take back this succession?"), sentence=names, action=_("Take it back"), back=page(row),
        crumbs=crumbs(row), done=_("The succession is taken back."),
    )  # fmt: skip


def _ask(
    request: HttpRequest, row: Unit, form: Any, act: Any, title: str, done: str, **context: Any
) -> HttpResponse:
    """A form about a unit; what `act` needs beside the form (unit, old, version, place) comes in the context."""
    subject = {name: context.pop(name) for name in ("unit", "old", "version", "place") if name in context}
    return ask(
        request, form, lambda **given: _gone(act, by=request.by, at=request.at, **subject, **given, to=page(row)),
        title=title, back=page(row), crumbs=crumbs(row), done=done, **context,
    )  # fmt: skip


def _gone(act: Any, *, to: str = "", **given: Any) -> str:
    act(**given)
    return to or reverse("units:index")


def _may_change(request: HttpRequest) -> None:
    if not UNITS.may_at_all(request.by, "change"):
        raise Http404


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

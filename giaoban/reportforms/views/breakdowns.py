"""Breakdowns and their options."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from giaoban.core.pages import Column, ListPage
from giaoban.core.pages.asking import ask, confirm
from giaoban.reportforms import actions
from giaoban.reportforms.forms.indicators import BreakdownForm, CodeNamesForm, RenameForm
from giaoban.reportforms.models import Breakdown
from giaoban.reportforms.views.frame import address, crumbs, done, managed, readable

LIST = ListPage(
    name="breakdowns",
    columns=(
        Column("name", gettext_lazy("Breakdown"), value=str, link=lambda b: page(b)),
        Column("code", gettext_lazy("Code"), sort="code"),
        Column("count", gettext_lazy("Options"), kind="number", sort="count"),
    ),
    search=("code", KT("names__vi"), KT("names__en")),
)


def page(breakdown: Breakdown) -> str:
    return address("breakdown", breakdown.agreement, breakdown.pk)


@login_required
def index(request: HttpRequest, agreement: str) -> HttpResponse:
    row, context = readable(request, agreement)
    rows = row.breakdowns.select_related("agreement").annotate(count=Count("options")).order_by("pk")
    return LIST.answer(request, rows, "reportforms/breakdowns.html", context)


@login_required
def breakdown(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row, context = readable(request, agreement)
    found = get_object_or_404(row.breakdowns, pk=pk)
    return render(
        request, "reportforms/breakdown.html", context | {"breakdown": found, "options": found.options.all()}
    )


@login_required
def new(request: HttpRequest, agreement: str) -> HttpResponse:
    row = managed(request, agreement)
    return ask(
        request, BreakdownForm(request.POST or None),
        lambda **given: page(actions.add_breakdown(agreement=row, by=request.by, at=request.at, **given)),
        title=_("Add a breakdown"), back=address("breakdowns", row), crumbs=crumbs(row, "breakdowns"), agreement=row,
        done=_("The breakdown is added."),
    )  # fmt: skip


@login_required
def rename(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.breakdowns.select_related("agreement"), pk=pk)
    return ask(
        request, RenameForm(request.POST or None, row=found),
        lambda **given: done(actions.rename_breakdown, breakdown=found, by=request.by, at=request.at, **given),
        title=_("Rename %(name)s") % {"name": found}, back=page(found), agreement=row,
        done=_("The breakdown is renamed."),
        crumbs=crumbs(row, "breakdowns", (str(found), page(found))),
    )  # fmt: skip


@login_required
def remove(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.breakdowns.select_related("agreement"), pk=pk)

    def act() -> str:
        actions.remove_breakdown(breakdown=found, by=request.by, at=request.at)
        return address("breakdowns", row)

    return confirm(
        request, act, title=_("Remove %(name)s?") % {"name": found}, action=_("Remove"), back=page(found),
        agreement=row,
        crumbs=crumbs(row, "breakdowns", (str(found), page(found))), done=_("The breakdown is removed."),
    )  # fmt: skip


@login_required
def add_option(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.breakdowns.select_related("agreement"), pk=pk)
    return ask(
        request, CodeNamesForm(request.POST or None),
        lambda **given: done(actions.add_option, breakdown=found, by=request.by, at=request.at, **given),
        title=_("Add an option"), back=page(found), agreement=row, done=_("The option is added."),
        crumbs=crumbs(row, "breakdowns", (str(found), page(found))),
    )  # fmt: skip


@login_required
def rename_option(request: HttpRequest, agreement: str, pk: int, option: int) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.breakdowns.select_related("agreement"), pk=pk)
    chosen = get_object_or_404(found.options.select_related("breakdown__agreement"), pk=option)
    return ask(
        request, RenameForm(request.POST or None, row=chosen),
        lambda **given: done(actions.rename_option, option=chosen, by=request.by, at=request.at, **given),
        title=_("Rename %(name)s") % {"name": chosen}, back=page(found), agreement=row,
        done=_("The option is renamed."),
        crumbs=crumbs(row, "breakdowns", (str(found), page(found))),
    )  # fmt: skip


@login_required
def remove_option(request: HttpRequest, agreement: str, pk: int, option: int) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.breakdowns.select_related("agreement"), pk=pk)
    chosen = get_object_or_404(found.options.select_related("breakdown__agreement"), pk=option)
    return confirm(
        request, lambda: actions.remove_option(option=chosen, by=request.by, at=request.at),
        title=_("Remove %(name)s?") % {"name": chosen}, action=_("Remove"), back=page(found), agreement=row,
        crumbs=crumbs(row, "breakdowns", (str(found), page(found))), done=_("The option is removed."),
    )  # fmt: skip


@login_required
@require_POST
def move_option(request: HttpRequest, agreement: str, pk: int, option: int, way: str) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.breakdowns.select_related("agreement"), pk=pk)
    chosen = get_object_or_404(found.options.select_related("breakdown__agreement"), pk=option)
    actions.move_option(option=chosen, up=way == "up", by=request.by, at=request.at)
    return HttpResponseRedirect(page(found))

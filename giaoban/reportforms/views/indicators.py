"""Indicators."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask, confirm
from giaoban.reportforms import actions, browsing
from giaoban.reportforms.forms.indicators import IndicatorForm, RetireForm
from giaoban.reportforms.models import Indicator, Kind
from giaoban.reportforms.views.frame import address, crumbs, done, managed, readable

#: Shorter than the labels of the form: a column is narrow.
KIND_NAMES = {
    "flow": gettext_lazy("flow"), "stock": gettext_lazy("stock"), "cumulative": gettext_lazy("cumulative"),
    "ratio": gettext_lazy("ratio"), "calculated": gettext_lazy("calculated"), "text": gettext_lazy("text"),
}  # fmt: skip


def together(indicator: Indicator) -> str:
    """How its figures are combined, in words."""
    words = [indicator.get_over_units_display(), indicator.get_over_periods_display()]
    return "; ".join(str(word) for word in words if word)


LIST = ListPage(
    name="indicators",
    columns=(
        Column("name", gettext_lazy("Indicator"), value=str, link=lambda i: page(i)),
        Column("code", gettext_lazy("Code"), sort="code"),
        Column("unit_of_measure", gettext_lazy("Unit of measure"), sort="unit_of_measure"),
        Column("kind", gettext_lazy("Kind"), value=lambda i: KIND_NAMES[i.kind], sort="kind"),
        Column("together", gettext_lazy("Units; periods together"), value=lambda i: together(i)),
        Column("retired_on", gettext_lazy("Retired on"), kind="day", sort="retired_on"),
    ),
    search=("code", KT("names__vi"), KT("names__en")),
    filters=(
        Filter("kind", gettext_lazy("Kind"), Kind.choices),
        Filter(
            "use",
            gettext_lazy("In use"),
            [("now", gettext_lazy("in use")), ("retired", gettext_lazy("retired"))],
            where=lambda rows, value: rows.filter(retired_on__isnull=value == "now"),
        ),
    ),
)
ORDER = Column(
    "order", gettext_lazy("Order"), value=lambda i: "", template="reportforms/order_cell.html", export=False
)


def page(indicator: Indicator) -> str:
    return address("indicator", indicator.agreement, indicator.pk)


@login_required
def index(request: HttpRequest, agreement: str) -> HttpResponse:
    row, context = readable(request, agreement)
    columns = [*LIST.columns, ORDER] if context["may_manage"] else LIST.columns
    rows = row.indicators.select_related("agreement")
    return LIST.answer(request, rows, "reportforms/indicators.html", context, columns=columns)


@login_required
def indicator(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row, context = readable(request, agreement)
    found = get_object_or_404(row.indicators, pk=pk)
    return render(request, "reportforms/indicator.html", context | {
        "indicator": found, "versions": found.versions.order_by("-number"),
        "forms": browsing.forms_with(row, found.code),
    })  # fmt: skip


@login_required
def new(request: HttpRequest, agreement: str) -> HttpResponse:
    row = managed(request, agreement)
    form = IndicatorForm(request.POST or None, agreement=row)
    return ask(
        request, form,
        lambda **given: page(actions.add_indicator(agreement=row, by=request.by, at=request.at, **given)),
        title=_("Add an indicator"), back=address("indicators", row), crumbs=crumbs(row, "indicators"), agreement=row,
        done=_("The indicator is added. Put it into a form."),
    )  # fmt: skip


@login_required
def edit(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.indicators.select_related("agreement"), pk=pk)
    form = IndicatorForm(request.POST or None, agreement=row, indicator=found)
    return ask(
        request, form,
        lambda **given: done(actions.edit_indicator, indicator=found, by=request.by, at=request.at, **given),
        title=_("Edit %(name)s") % {"name": found}, back=page(found), agreement=row,
        done=_("The indicator is saved."),
        crumbs=crumbs(row, "indicators", (str(found), page(found))),
        lead=_("A change of what its figures mean makes a new version."),
    )  # fmt: skip


@login_required
def retire(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.indicators.select_related("agreement"), pk=pk)
    form = RetireForm(request.POST or None, initial={"on": request.by.day})
    return ask(
        request, form,
        lambda **given: done(actions.retire_indicator, indicator=found, by=request.by, at=request.at, **given),
        title=_("Retire %(name)s") % {"name": found}, back=page(found), agreement=row,
        done=_("The indicator is retired."),
        crumbs=crumbs(row, "indicators", (str(found), page(found))), action=_("Retire"), tone="danger",
    )  # fmt: skip


@login_required
def bring_back(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.indicators.select_related("agreement"), pk=pk)
    return confirm(
        request, lambda: actions.bring_back_indicator(indicator=found, by=request.by, at=request.at),
        title=_("Bring back %(name)s?") % {"name": found}, action=_("Bring it back"), back=page(found),
        tone="primary",
        agreement=row, crumbs=crumbs(row, "indicators", (str(found), page(found))),
        done=_("The indicator is in use again."),
    )  # fmt: skip


@login_required
def remove(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.indicators.select_related("agreement"), pk=pk)

    def act() -> str:
        actions.remove_indicator(indicator=found, by=request.by, at=request.at)
        return address("indicators", row)

    return confirm(
        request, act, title=_("Remove %(name)s?") % {"name": found}, action=_("Remove"), back=page(found),
        agreement=row,
        sentence=_("Only an indicator that no form asks for can be removed; others are retired."),
        crumbs=crumbs(row, "indicators", (str(found), page(found))), done=_("The indicator is removed."),
    )  # fmt: skip


@login_required
@require_POST
def move(request: HttpRequest, agreement: str, pk: int, way: str) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.indicators.select_related("agreement"), pk=pk)
    actions.move_indicator(indicator=found, up=way == "up", by=request.by, at=request.at)
    return HttpResponseRedirect(f"{address('indicators', row)}#row-{found.pk}")

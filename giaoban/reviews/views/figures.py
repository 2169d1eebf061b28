"""Figures of a review: the list, what is behind one, and putting new ones in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.core.pages import Column, ListPage
from giaoban.core.refused import Refused
from giaoban.lib.text import pick
from giaoban.reviews import queries
from giaoban.reviews.actions import figures as on_figures
from giaoban.reviews.forms import ChartForm, FigureForm, TableForm
from giaoban.reviews.labels import inline_period
from giaoban.reviews.models import Block, BlockKind, Figure, Review, Section
from giaoban.reviews.plan import parts_of
from giaoban.reviews.queries import asking, tracing
from giaoban.reviews.queries.narratives import days_of
from giaoban.reviews.screen import complete
from giaoban.reviews.tables import Layout, of_indicators, of_periods, of_units
from giaoban.reviews.views.editor import back_to, draft_for
from giaoban.reviews.views.pages import about
from giaoban.units.models import Unit
from giaoban.units.queries import children

FIGURES_PAGE = ListPage(
    name="figures",
    columns=(
        Column(
            "number",
            gettext_lazy("No."),
            kind="number",
            sort="number",
            link=lambda f: f"../figures/{f.number}/",
        ),
        Column("label", gettext_lazy("What it says"), language=lambda f: f.language, sort="label"),
        Column("value", gettext_lazy("Value"), value=lambda f: f.amount, template="reviews/_amount.html"),
        Column("complete", gettext_lazy("Accepted/due"), value=complete),
        Column(
            "sources",
            gettext_lazy("Reports behind it"),
            kind="number",
            value=lambda f: f.sources.reports if f.sources else 0,
        ),
        Column(
            "digest",
            gettext_lazy("Digest of the sources"),
            value=lambda f: f.sources.digest[:12] if f.sources else "",
        ),
    ),
    search=("label", "key"),
    sort="number",
)


@login_required
def index(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    """Every figure that stands in the review."""
    row = queries.review_for(request.by, agreement, pk)
    used = [f.pk for f in queries.contents(row, sources=False).used]
    rows = (
        Figure.objects.filter(pk__in=used)
        .select_related("sources")
        .annotate(language=F("review__language"))
        .defer("sources__packed", "sources__units")
    )
    return FIGURES_PAGE.answer(request, rows, "reviews/figures.html", about(request, row))


@login_required
def figure(request: HttpRequest, agreement: str, pk: int, number: int) -> HttpResponse:
    """What is behind one figure: query, value, completeness, reports by unit."""
    row = queries.review_for(request.by, agreement, pk)
    found = row.figures.select_related("sources").filter(number=number).first()
    if found is None:
        raise Http404
    unit = request.GET.get("unit", "")
    trace = tracing.trace(
        row, found, by=request.by, unit=int(unit) if unit.isdigit() else None, page=request.GET.get("page")
    )
    return render(request, "reviews/figure.html", about(request, row) | {"figure": found, "trace": trace})


@login_required
def add_figure(request: HttpRequest, agreement: str, pk: int, block: int) -> HttpResponse:
    """A sentence with a figure: choose, look at the value, insert."""
    row = draft_for(request, agreement, pk)
    found = get_object_or_404(Block.objects.select_related("section"), section__review=row, pk=block)
    asked = request.POST if request.method == "POST" else request.GET
    form = FigureForm(row, asked if "indicator" in asked else None)
    preview = None
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        if request.method == "POST":
            on_figures.insert_sentence(
                review=row, block=found, question=form.question, compare=form.earlier, target=given["target"],
                by=request.by, at=request.at,
            )  # fmt: skip
            return back_to(row, found.section, f"block-{found.pk}")
        preview = asking.preview(row.agreement, form.question, form.earlier, given["target"])
    context = about(request, row) | {
        "form": form, "preview": preview, "section": found.section, "title": _("Insert a figure"),
        "sent": asked.items() if preview else (),
    }  # fmt: skip
    return render(request, "reviews/insert_figure.html", context)


@login_required
def add_table(request: HttpRequest, agreement: str, pk: int, section: int) -> HttpResponse:
    """A table of figures, behind ?after or at the end of the section."""
    row = draft_for(request, agreement, pk)
    within = get_object_or_404(Section, review=row, pk=section)
    form = TableForm(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        after = within.blocks.filter(pk=request.GET.get("after") or 0).first()
        try:
            layout = _layout(row, form)
            made = on_figures.insert_table(
                review=row, section=within, layout=layout, after=after, by=request.by, at=request.at
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return back_to(row, within, f"block-{made.pk}")
    context = about(request, row) | {
        "form": form,
        "section": within,
        "title": _("Insert a table"),
        "wide": True,
    }
    return render(request, "reviews/insert.html", context)


@login_required
def add_chart(request: HttpRequest, agreement: str, pk: int, block: int) -> HttpResponse:
    """A chart of columns of a table."""
    row = draft_for(request, agreement, pk)
    tables = Block.objects.select_related("section").filter(kind=BlockKind.TABLE)
    table = get_object_or_404(tables, section__review=row, pk=block)
    form = ChartForm(table, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = on_figures.insert_chart(
                review=row, table=table, columns=[int(n) for n in given["columns"]], form=given["form"],
                caption=given["caption"], by=request.by, at=request.at,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return back_to(row, table.section, f"block-{made.pk}")
    context = about(request, row) | {"form": form, "section": table.section, "title": _("Insert a chart")}
    return render(request, "reviews/insert.html", context)


def _layout(row: Review, form: TableForm) -> Layout:
    """The table that was asked for; refuses one without rows."""
    given: dict[str, Any] = form.cleaned_data
    chosen, unit, period = form.indicators_chosen, form.unit_chosen, given["period"]
    with translation.override(row.language):
        about_it = f"{unit.name}, {inline_period(period, row.language)}"
        first = pick(chosen[0].names, row.language) if len(chosen) == 1 else _("Results")
        caption = given["caption"].strip() or f"{first} – {about_it}"
    if given["rows"] == "units":
        return of_units(chosen, _below(row, unit, period), unit, period, row.language, caption=caption)
    if given["rows"] == "periods":
        parts = parts_of(period, "month")
        if not parts:
            raise Refused(_("This period has no parts; choose a quarter, half, nine months or a year."))
        return of_periods(chosen, unit, parts, row.language, caption=caption)
    return of_indicators(chosen, unit, period, row.language, caption=caption, compare=given["compare"])


def _below(row: Review, unit: Unit, period: str) -> list[Unit]:
    found = list(children(unit, days_of(row.agreement, period)[1], row.agreement.hierarchy))
    if not found:
        raise Refused(_("%(unit)s has no units below it in this period.") % {"unit": unit.name})
    return found

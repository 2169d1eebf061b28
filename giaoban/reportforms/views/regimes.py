"""Reporting regimes and exclusions."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.core.language import reader_language
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask
from giaoban.lib import periods
from giaoban.reportforms import actions, browsing
from giaoban.reportforms.forms.others import ExcludeForm, ReasonForm
from giaoban.reportforms.forms.regimes import FREQUENCIES, NewRegimeForm, RegimeForm, VersionForm
from giaoban.reportforms.models import Exclusion, Regime
from giaoban.reportforms.policy import ACTIVE
from giaoban.reportforms.queries import schedule
from giaoban.reportforms.views.frame import address, crumbs, done, managed, readable

LIST = ListPage(
    name="regimes",
    columns=(
        Column("name", gettext_lazy("Reporting regime"), value=str, link=lambda r: page(r)),
        Column("code", gettext_lazy("Code"), sort="code"),
        Column("form", gettext_lazy("Report form"), value=lambda r: str(r.form), sort="form__code"),
        Column(
            "frequency",
            gettext_lazy("How often"),
            value=lambda r: FREQUENCIES.get(r.frequency, r.frequency),
            sort="frequency",
        ),
        Column(
            "reconciles",
            gettext_lazy("Only reconciles"),
            value=lambda r: str(r.reconciles) if r.reconciles else "",
        ),
    ),
    search=("code", KT("names__vi"), KT("names__en")),
)

EXCLUSIONS = ListPage(
    name="exclusions",
    columns=(
        Column(
            "unit",
            gettext_lazy("Unit"),
            value=lambda e: e.unit.name,
            sort="unit__name",
            link=lambda e: exclusion_page(e),
        ),
        Column(
            "regime", gettext_lazy("Reporting regime"), value=lambda e: str(e.regime), sort="regime__code"
        ),
        Column("period", gettext_lazy("Period"), value=lambda e: period_label(e.period), sort="period"),
        Column(
            "state",
            gettext_lazy("State"),
            value=lambda e: _("excluded") if e.state == ACTIVE else _("due again"),
            tone=lambda e: "warn" if e.state == ACTIVE else "plain",
            sort="state",
        ),
    ),
    search=("unit__name", "unit__code", "period"),
    filters=(
        Filter("regime", gettext_lazy("Reporting regime"), lookup="regime_id"),
        Filter(
            "state",
            gettext_lazy("State"),
            [("active", gettext_lazy("excluded")), ("ended", gettext_lazy("due again"))],
        ),
    ),
    sort="-period",
)


def page(regime: Regime) -> str:
    return address("regime", regime.agreement, regime.pk)


def exclusion_page(exclusion: Exclusion) -> str:
    return address("exclusion", exclusion.regime.agreement, exclusion.pk)


def period_label(text: str) -> str:
    return periods.label(periods.parse(text), reader_language())


@login_required
def index(request: HttpRequest, agreement: str) -> HttpResponse:
    row, context = readable(request, agreement)
    rows = row.regimes.select_related("agreement", "form", "reconciles")
    return LIST.answer(request, rows, "reportforms/regimes.html", context)


@login_required
def regime(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row, context = readable(request, agreement)
    rows = row.regimes.select_related("agreement", "form", "reconciles", "article__agreement")
    found = get_object_or_404(rows, pk=pk)
    asked = schedule(found)
    return render(request, "reportforms/regime.html", context | {
        "regime": found, "frequency": FREQUENCIES.get(found.frequency, found.frequency),
        "versions": asked.versions[::-1], "coming": browsing.coming(asked, request.by.day),
    })  # fmt: skip


@login_required
def new(request: HttpRequest, agreement: str) -> HttpResponse:
    row = managed(request, agreement)
    form = NewRegimeForm(request.POST or None, agreement=row, by=request.by, day=request.by.day)
    return ask(
        request, form,
        lambda **given: page(actions.create_regime(agreement=row, by=request.by, at=request.at, **given)),
        title=_("Make a reporting regime"), back=address("regimes", row), crumbs=crumbs(row, "regimes"),
        agreement=row,
        done=_("The regime is made."),
    )  # fmt: skip


@login_required
def edit(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.regimes.select_related("agreement", "form", "reconciles"), pk=pk)
    form = RegimeForm(request.POST or None, agreement=row, regime=found)
    return ask(
        request, form, lambda **given: done(actions.edit_regime, regime=found, by=request.by, at=request.at, **given),
        title=_("Edit %(name)s") % {"name": found}, back=page(found), agreement=row, done=_("The regime is saved."),
        crumbs=crumbs(row, "regimes", (str(found), page(found))),
        lead=_("Who reports and by when is changed from a day on, on the regime's page."),
    )  # fmt: skip


@login_required
def version(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.regimes.select_related("agreement"), pk=pk)
    newest = found.versions.order_by("-valid_from", "-number")[0]
    form = VersionForm(request.POST or None, agreement=row, before=newest, by=request.by, day=request.by.day)
    return ask(
        request, form,
        lambda **given: done(actions.add_regime_version, regime=found, by=request.by, at=request.at, **given),
        title=_("Change the rules from a day on"), back=page(found), agreement=row,
        done=_("The new rules are recorded."),
        crumbs=crumbs(row, "regimes", (str(found), page(found))),
        lead=_("Periods that end before that day keep the rules they had."),
    )  # fmt: skip


@login_required
def exclude(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(row.regimes.select_related("agreement"), pk=pk)
    form = ExcludeForm(
        request.POST or None, by=request.by, asked=browsing.periods_to_choose(found, request.by.day)
    )
    return ask(
        request, form,
        lambda **given: exclusion_page(actions.exclude(regime=found, by=request.by, at=request.at, **given)),
        title=_("Exclude a unit for a period"), back=page(found), agreement=row, done=_("The unit is excluded."),
        lead=_("Its report leaves the due count. This can be undone."),
        crumbs=crumbs(row, "regimes", (str(found), page(found))), action=_("Exclude"),
    )  # fmt: skip


@login_required
def exclusions(request: HttpRequest, agreement: str) -> HttpResponse:
    row, context = readable(request, agreement)
    rows = Exclusion.objects.filter(regime__agreement=row).select_related("regime__agreement", "unit")
    regimes = [(r.pk, str(r)) for r in row.regimes.all()]
    return EXCLUSIONS.answer(
        request, rows, "reportforms/exclusions.html", context, choices={"regime": regimes}
    )


@login_required
def exclusion(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row, context = readable(request, agreement)
    found = get_object_or_404(
        Exclusion.objects.select_related("regime__agreement", "unit"), regime__agreement=row, pk=pk
    )
    return render(request, "reportforms/exclusion.html", context | {
        "exclusion": found, "period": period_label(found.period), "is_active": found.state == ACTIVE,
    })  # fmt: skip


@login_required
def end_exclusion(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = managed(request, agreement)
    found = get_object_or_404(
        Exclusion.objects.select_related("regime__agreement", "unit"), regime__agreement=row, pk=pk
    )
    return ask(
        request, ReasonForm(request.POST or None),
        lambda **given: done(actions.end_exclusion, exclusion=found, by=request.by, at=request.at, **given),
        title=_("Ask for the report again"), back=exclusion_page(found), agreement=row,
        done=_("The report is due again."),
        lead=f"{found.unit} · {period_label(found.period)}", action=_("Ask again"),
        crumbs=crumbs(row, "exclusions", (str(found.unit), exclusion_page(found))),
    )  # fmt: skip

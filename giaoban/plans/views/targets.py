"""Targets: list, add, edit, remove, import, export."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from giaoban.agreements.models import Agreement
from giaoban.agreements.policy import AGREEMENTS
from giaoban.agreements.queries import agreement_for
from giaoban.core.figures import written
from giaoban.core.language import reader_language
from giaoban.core.pages import Column, Filter, ListPage
from giaoban.core.pages.asking import ask, confirm
from giaoban.lib import periods
from giaoban.plans import actions, exports, queries
from giaoban.plans.forms.targets import ImportForm, TargetForm, ValueForm
from giaoban.plans.models import Target

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

LIST = ListPage(
    name="targets",
    columns=(
        Column(
            "indicator",
            gettext_lazy("Indicator"),
            value=lambda t: str(t.indicator),
            sort="indicator__position",
        ),
        Column("unit", gettext_lazy("Unit"), value=lambda t: t.unit.name, sort="unit__name"),
        Column("period", gettext_lazy("Period"), value=lambda t: label(t), sort="period"),
        Column("value", gettext_lazy("Target"), value=lambda t: shown(t), template="plans/value_cell.html"),
        Column(
            "unit_of_measure", gettext_lazy("Unit of measure"), value=lambda t: t.indicator.unit_of_measure
        ),
    ),
    search=(
        "indicator__code",
        KT("indicator__names__vi"),
        KT("indicator__names__en"),
        "unit__code",
        "unit__name",
        "period",
    ),
    filters=(
        Filter("indicator", gettext_lazy("Indicator"), lookup="indicator_id"),
        Filter("period", gettext_lazy("Period")),
    ),
    sort="-period",
)
CHANGE = Column(
    "change", gettext_lazy("Change"), value=lambda t: "", template="plans/change_cell.html", export=False
)


def label(target: Target) -> str:
    return periods.label(periods.parse(target.period), reader_language())


def shown(target: Target) -> str:
    return written(target.value, target.indicator.decimals)


def home(agreement: Agreement) -> str:
    return reverse("plans:targets", args=[agreement.code])


def crumbs(agreement: Agreement) -> list[tuple[Any, str]]:
    return [(str(agreement), agreement.get_absolute_url()), (_("Targets"), home(agreement))]


@login_required
def index(request: HttpRequest, agreement: str) -> HttpResponse:
    row = agreement_for(request.by, agreement)
    may_manage = AGREEMENTS.may_in(request.by, "manage", row.pk)
    rows = queries.targets_of(row)
    used = row.indicators.filter(targets__isnull=False).distinct()
    asked = dict.fromkeys(row.targets.order_by("-period").values_list("period", flat=True))
    choices = {
        "indicator": [(i.pk, str(i)) for i in used],
        "period": [(text, periods.label(periods.parse(text), reader_language())) for text in asked],
    }
    context = {"agreement": row, "may_manage": may_manage}
    context["empty_text"] = _("A target says what an indicator shall reach in a period.")
    if may_manage:
        context |= {
            "empty_action": _("Add a target"),
            "empty_url": reverse("plans:target-new", args=[row.code]),
        }
    columns = [*LIST.columns, CHANGE] if may_manage else LIST.columns
    return LIST.answer(request, rows, "plans/targets.html", context, choices=choices, columns=columns)


@login_required
def new(request: HttpRequest, agreement: str) -> HttpResponse:
    row = agreement_for(request.by, agreement, "manage")
    form = TargetForm(request.POST or None, agreement=row, by=request.by)
    return ask(
        request, form, lambda **given: _done(actions.set_target,
        agreement=row, by=request.by, at=request.at, **given),
        title=_("Add a target"), back=home(row), crumbs=crumbs(row), agreement=row, done=_("The target is set."),
    )  # fmt: skip


@login_required
def edit(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = agreement_for(request.by, agreement, "manage")
    target = queries.target_for(row, pk)
    form = ValueForm(request.POST or None, target=target)
    return ask(
        request, form,
        lambda **given: _done(actions.edit_target, target=target, by=request.by, at=request.at, **given),
        title=_("Edit the target"), lead=f"{target.indicator} · {target.unit} · {label(target)}", back=home(row),
        crumbs=crumbs(row), agreement=row, done=_("The target is set."),
        template="plans/target_edit.html", target=target,
    )  # fmt: skip


@login_required
def remove(request: HttpRequest, agreement: str, pk: int) -> HttpResponse:
    row = agreement_for(request.by, agreement, "manage")
    target = queries.target_for(row, pk)
    return confirm(
        request, lambda: actions.remove_target(target=target, by=request.by, at=request.at),
        title=_("Remove this target?"), action=_("Remove"),
        sentence=f"{target.indicator} · {target.unit} · {label(target)}: {shown(target)}",
        back=home(row), crumbs=crumbs(row), agreement=row, done=_("The target is removed."),
    )  # fmt: skip


@login_required
def bring(request: HttpRequest, agreement: str) -> HttpResponse:
    row = agreement_for(request.by, agreement, "manage")
    form = ImportForm(request.POST or None, request.FILES or None)
    return ask(
        request, form, lambda file: _imported(request, row, file), title=_("Import targets"), back=home(row),
        crumbs=crumbs(row), agreement=row, action=_("Import"),
        lead=_("All rows are checked first; if one is wrong, nothing is imported. Targets not in the file stay."),
    )  # fmt: skip


@login_required
def export(request: HttpRequest, agreement: str, kind: str) -> HttpResponse:
    """The targets as the import reads them."""
    row = agreement_for(request.by, agreement)
    targets = queries.targets_of(row)
    content = exports.csv_text(targets) if kind == "csv" else exports.workbook(targets)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8" if kind == "csv" else XLSX)
    answer["Content-Disposition"] = f'attachment; filename="targets-{row.code}.{kind}"'
    return answer


def _imported(request: HttpRequest, agreement: Agreement, file: Any) -> None:
    result = actions.import_targets(
        agreement=agreement, rows=exports.read(file), by=request.by, at=request.at
    )
    added = ngettext("%(count)s target added", "%(count)s targets added", result.added) % {
        "count": result.added
    }
    changed = ngettext("%(count)s changed", "%(count)s changed", result.changed) % {"count": result.changed}
    same = _("%(count)s as before") % {"count": result.same}
    messages.success(request, f"{added}, {changed}, {same}.")


def _done(act: Any, **given: Any) -> None:
    act(**given)

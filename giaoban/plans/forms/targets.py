"""Forms of targets."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.core.language import reader_language
from giaoban.lib import numbers, periods
from giaoban.lib.errors import LibError
from giaoban.plans.models import Target
from giaoban.reportforms.models import Indicator, Kind
from giaoban.units.forms import UnitField


class TargetForm(forms.Form):
    """A new target."""

    indicator = forms.ModelChoiceField(queryset=None, label=gettext_lazy("Indicator"), empty_label="—")
    unit = UnitField(label=gettext_lazy("Unit"))
    period = forms.CharField(
        label=gettext_lazy("Period"), max_length=12,
        help_text=gettext_lazy("2026 a year, 2026-H1 a half, 2026-Q1 a quarter, 2026-03 a month, 2026-9M nine months."),
    )  # fmt: skip
    value = forms.CharField(label=gettext_lazy("Target"), max_length=40)

    def __init__(self, *args: Any, agreement: Agreement, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = agreement.indicators.exclude(kind=Kind.TEXT).filter(
            retired_on=None
        )
        self.fields["unit"].of(by, _last_day(self.data.get("period", "")))

    def clean(self) -> None:
        super().clean()
        indicator = self.cleaned_data.get("indicator")
        if indicator and "value" in self.cleaned_data:
            _read(self, indicator)


class ValueForm(forms.Form):
    """Another value of a target."""

    value = forms.CharField(label=gettext_lazy("Target"), max_length=40)

    def __init__(self, *args: Any, target: Target, **kwargs: Any) -> None:
        self.indicator = target.indicator
        start = numbers.show(target.value, self.indicator.decimals, reader_language())
        super().__init__(*args, initial={"value": start}, **kwargs)

    def clean(self) -> None:
        super().clean()
        if "value" in self.cleaned_data:
            _read(self, self.indicator)


class ImportForm(forms.Form):
    """A file of targets."""

    file = forms.FileField(
        label=gettext_lazy("File (.xlsx or .csv)"),
        help_text=gettext_lazy(
            "Columns indicator, unit, period, value: codes as in the exported file. In CSV decimals follow a point."
        ),
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > 20_000_000:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return file


def _read(form: forms.Form, indicator: Indicator) -> None:
    """Turn the typed value into a number, in the reader's way of writing."""
    try:
        form.cleaned_data["value"] = numbers.parse_local(
            form.cleaned_data["value"], reader_language(), indicator.decimals
        )
    except LibError as error:
        form.add_error("value", _(error.template) % error.params)


def _last_day(period: str) -> date:
    try:
        return periods.span(periods.parse(period.strip()), periods.Window()).last
    except periods.PeriodError:
        return date.max

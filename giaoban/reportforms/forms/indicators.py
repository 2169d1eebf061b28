"""Forms of indicators and breakdowns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.agreements.models import Agreement
from giaoban.core.fields import DayField, NamesMixin, initial_names
from giaoban.reportforms.models import Breakdown, Indicator, Kind, Option, OverPeriods, OverUnits

_CODE_HINT = gettext_lazy(
    "Letters without marks, digits and _. It stands in files and expressions and never changes."
)
_NONE = [("", gettext_lazy("does not apply"))]

KINDS = {
    Kind.FLOW: gettext_lazy("Flow: what happened in the period"),
    Kind.STOCK: gettext_lazy("Stock: what there is at the end of the period"),
    Kind.CUMULATIVE: gettext_lazy("Cumulative: everything to date"),
    Kind.RATIO: gettext_lazy("Ratio: computed, numerator over denominator"),
    Kind.CALCULATED: gettext_lazy("Calculated: computed from other indicators"),
    Kind.TEXT: gettext_lazy("Text"),
}


class IndicatorForm(NamesMixin):
    """An indicator: new with `code`, or being edited."""

    field_order = ["code", "name_vi", "name_en", "unit_of_measure", "kind"]
    code = forms.CharField(label=gettext_lazy("Code"), max_length=80, help_text=_CODE_HINT)
    unit_of_measure = forms.CharField(label=gettext_lazy("Unit of measure"), max_length=60, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    over_units = forms.ChoiceField(
        label=gettext_lazy("Units together"), choices=_NONE + OverUnits.choices, required=False,
        help_text=gettext_lazy("How the figures of several units become one."),
    )  # fmt: skip
    over_periods = forms.ChoiceField(
        label=gettext_lazy("Periods together"), choices=_NONE + OverPeriods.choices, required=False,
        help_text=gettext_lazy("How the figures of several periods become one. A stock is usually the last."),
    )  # fmt: skip
    numerator = forms.CharField(
        label=gettext_lazy("Expression or numerator"), max_length=400, required=False,
        help_text=gettext_lazy("Arithmetic over indicator codes, for example: a + b or 100 * (a - b)."),
    )  # fmt: skip
    denominator = forms.CharField(label=gettext_lazy("Denominator"), max_length=400, required=False)
    factor = forms.DecimalField(
        label=gettext_lazy("Factor"), max_digits=20, decimal_places=6, initial=1, required=False,
        help_text=gettext_lazy("The computed value is multiplied by it: 100 for per cent."),
    )  # fmt: skip
    decimals = forms.IntegerField(
        label=gettext_lazy("Decimals"), min_value=0, max_value=9, initial=0, required=False,
        help_text=gettext_lazy("Once figures are reported, decimals can only be added."),
    )  # fmt: skip
    breakdowns = forms.CharField(
        label=gettext_lazy("Broken down by"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: Any, agreement: Agreement, indicator: Indicator | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=_stated(indicator) if indicator else {"kind": Kind.FLOW}, **kwargs)
        self.indicator = indicator
        known = ", ".join(f"{b.code} ({b})" for b in agreement.breakdowns.all())
        hint = _("One on each line; several together with *, for example sex * age. There are: %(known)s.")
        nothing = _("This agreement has no breakdowns yet.")
        self.fields["breakdowns"].help_text = hint % {"known": known} if known else nothing
        if indicator:
            del self.fields["code"]

    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        data["names"] = self.names(self.indicator.names if self.indicator else None)
        del data["name_vi"], data["name_en"]
        data["factor"] = 1 if data["factor"] is None else data["factor"]
        data["decimals"] = data["decimals"] or 0
        lines = [line for line in data["breakdowns"].splitlines() if line.strip()]
        data["breakdowns"] = [[part.strip() for part in line.split("*") if part.strip()] for line in lines]
        return data


def _stated(indicator: Indicator) -> dict[str, Any]:
    names = ("unit_of_measure", "kind", "over_units", "over_periods", "numerator", "denominator", "decimals")
    lines = "\n".join(" * ".join(crossed) for crossed in indicator.breakdowns)
    factor = format(indicator.factor.normalize(), "f")
    stated = {name: getattr(indicator, name) for name in names}
    return stated | initial_names(indicator.names) | {"breakdowns": lines, "factor": factor}


class RetireForm(forms.Form):
    """The day from which an indicator is not offered any more."""

    on = DayField(
        label=gettext_lazy("Retired on"), help_text=gettext_lazy("Its figures stay and can be read.")
    )


class CodeNamesForm(NamesMixin):
    """Something with a code and a name: an option, a copy."""

    field_order = ["code", "name_vi", "name_en"]
    code = forms.CharField(label=gettext_lazy("Code"), max_length=80, help_text=_CODE_HINT)

    def given(self) -> dict[str, Any]:
        return {"code": self.cleaned_data["code"].strip(), "names": self.names()}


class BreakdownForm(CodeNamesForm):
    """A new breakdown with its first options."""

    options = forms.CharField(
        label=gettext_lazy("Options"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One on each line: code = name in Vietnamese | name in English."),
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        lines = [line for line in self.cleaned_data["options"].splitlines() if line.strip()]
        return super().given() | {"options": [_option(line) for line in lines]}


def _option(line: str) -> tuple[str, dict[str, str]]:
    code, _equals, names = line.partition("=")
    vi, _bar, en = names.partition("|")
    found = {"vi": vi.strip() or code.strip(), "en": en.strip()}
    return code.strip(), {lang: text for lang, text in found.items() if text}


class RenameForm(NamesMixin):
    """Other names; the code stays."""

    def __init__(self, *args: Any, row: Breakdown | Option, **kwargs: Any) -> None:
        super().__init__(*args, initial=initial_names(row.names), **kwargs)
        self.row = row

    def given(self) -> dict[str, Any]:
        return {"names": self.names(self.row.names)}

"""Forms of regimes: what is asked, and the dated rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.agreements.forms.choosing import ArticleField
from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.core.fields import NamesMixin, initial_names
from giaoban.lib.periods import KINDS
from giaoban.reportforms.forms.lines import spans_of, spans_text
from giaoban.reportforms.forms.rules import RulesForm
from giaoban.reportforms.models import Regime, RegimeVersion
from giaoban.units.browsing import hierarchies

FREQUENCIES = {
    "day": gettext_lazy("every day"), "week": gettext_lazy("every week"), "month": gettext_lazy("every month"),
    "quarter": gettext_lazy("every quarter"), "half": gettext_lazy("every half-year"),
    "nine-month": gettext_lazy("nine months"), "year": gettext_lazy("every year"),
}  # fmt: skip
WEEKDAYS = {
    "mon": gettext_lazy("Monday"), "tue": gettext_lazy("Tuesday"), "wed": gettext_lazy("Wednesday"),
    "thu": gettext_lazy("Thursday"), "fri": gettext_lazy("Friday"), "sat": gettext_lazy("Saturday"),
    "sun": gettext_lazy("Sunday"),
}  # fmt: skip
WINDOWS = {
    "calendar": gettext_lazy("calendar: from the 1st to the end of the month"),
    "nd09": gettext_lazy("Decree 09/2019: from the 15th to the 14th"),
    "own": gettext_lazy("months begin on another day"),
}


class RegimeForm(NamesMixin):
    """What a regime asks: which form, how often, for which days."""

    field_order = [
        "code", "name_vi", "name_en", "form", "frequency", "window", "month_day", "week_day", "spans", "hierarchy",
        "reconciles", "article", "ad_hoc",
    ]  # fmt: skip
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=80,
        help_text=gettext_lazy("Letters without marks, digits, _ and hyphens."),
    )
    form = forms.ModelChoiceField(queryset=None, empty_label="—", label=gettext_lazy("Report form"))
    frequency = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=[(k, FREQUENCIES.get(k, k)) for k in KINDS]
    )
    window = forms.ChoiceField(
        label=gettext_lazy("Days of a month"), choices=list(WINDOWS.items()), widget=forms.RadioSelect
    )
    month_day = forms.IntegerField(
        label=gettext_lazy("Day on which months begin"), min_value=2, max_value=28, required=False,
        help_text=gettext_lazy("Only for “months begin on another day”. January then begins on that day of December."),
    )  # fmt: skip
    week_day = forms.ChoiceField(label=gettext_lazy("Weeks begin on"), choices=list(WEEKDAYS.items()))
    spans = forms.CharField(
        label=gettext_lazy("Periods with days of their own"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One on each line, first and last day: 2026 = 2026-01-01 .. 2026-10-31"),
    )  # fmt: skip
    hierarchy = forms.ChoiceField(label=gettext_lazy("Line of units"))
    reconciles = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("Only reconciles"), required=False,
        help_text=gettext_lazy("The same figures from another level: compared with that regime, never added to it."),
    )  # fmt: skip
    article = ArticleField()
    ad_hoc = forms.BooleanField(
        label=gettext_lazy("Only on request: nothing is due by itself"), required=False
    )

    def __init__(self, *args: Any, agreement: Agreement, regime: Regime | None = None, **kwargs: Any) -> None:
        start = {"window": "calendar", "frequency": "month", "hierarchy": agreement.hierarchy}
        super().__init__(*args, initial=_stated(regime) if regime else start, **kwargs)
        self.regime = regime
        self.fields["form"].queryset = agreement.forms.all()
        self.fields["reconciles"].queryset = agreement.regimes.exclude(pk=regime.pk if regime else None)
        self.fields["hierarchy"].choices = hierarchies()
        if regime:
            del self.fields["code"]
        if not self.fields["article"].of(agreement, regime.article_id if regime else None):
            del self.fields["article"]

    def clean_spans(self) -> dict[str, list[str]]:
        return spans_of(self.cleaned_data["spans"])

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("window") == "own" and not self.cleaned_data.get("month_day"):
            self.add_error("month_day", _("Give the day."))

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        month = f"months:{data['month_day']}" if data["window"] == "own" else data["window"]
        window = month if data["week_day"] == "mon" else f"{month}, week:{data['week_day']}"
        plain = ("code", "form", "frequency", "spans", "hierarchy", "reconciles", "ad_hoc", "article")
        given = {name: data[name] for name in plain if name in data}
        return given | {"names": self.names(self.regime.names if self.regime else None), "window": window}


class NewRegimeForm(RulesForm, RegimeForm):
    """A regime with its first rules."""

    field_order = [*RegimeForm.field_order, *RulesForm.field_order]

    def __init__(self, *args: Any, agreement: Agreement, by: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, agreement=agreement, **kwargs)
        self.add_rules(agreement, by, day, None)

    def given(self) -> dict[str, Any]:
        return super().given() | self.rules()


class VersionForm(RulesForm):
    """Other rules from a day on."""

    def __init__(
        self, *args: Any, agreement: Agreement, before: RegimeVersion, by: Actor, day: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.add_rules(agreement, by, day, before)

    def given(self) -> dict[str, Any]:
        return self.rules()


def _stated(regime: Regime) -> dict[str, Any]:
    month, _comma, week = regime.window.partition(", week:")
    own = month.removeprefix("months:") if month.startswith("months:") else ""
    return initial_names(regime.names) | {
        "form": regime.form_id, "frequency": regime.frequency, "window": "own" if own else month, "month_day": own,
        "week_day": week or "mon", "spans": spans_text(regime.spans), "hierarchy": regime.hierarchy,
        "reconciles": regime.reconciles_id, "ad_hoc": regime.ad_hoc,
        "article": regime.article_id,
    }  # fmt: skip

"""Forms of calendar days, rules and exclusions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.core.fields import DayField, NamesMixin, initial_names
from giaoban.core.language import reader_language
from giaoban.lib import periods
from giaoban.reportforms.models import Rule, Severity
from giaoban.units.forms import UnitField


class DayForm(forms.Form):
    """A holiday, or a day worked to make up for one."""

    on = DayField(label=_("Day"))
    working = forms.TypedChoiceField(
        label=_("It is"), choices=[("0", _("a day off")), ("1", _("a working day"))], coerce=lambda v: v == "1",
        widget=forms.RadioSelect,
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=160, required=False)


class RuleForm(NamesMixin):
    """A rule: new with `code`, or being edited."""

    field_order = ["code", "name_vi", "name_en", "form", "expression", "severity"]
    code = forms.CharField(
        label=_("Code"), max_length=80, help_text=_("Letters without marks, digits, _ and hyphens.")
    )
    form = forms.ModelChoiceField(queryset=None, empty_label="—", label=_("Report form"))
    expression = forms.CharField(
        label=_("Rule"), max_length=400,
        help_text=_(
            "A comparison between indicator codes with == != <= >= < >, for example a + b == c or "
            "total >= previous(total)."
        ),
    )  # fmt: skip
    severity = forms.ChoiceField(
        label=_("If it does not hold"), choices=Severity.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, agreement: Agreement, rule: Rule | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"severity": Severity.WARN}
        if rule:
            initial = {"form": rule.form_id, "expression": rule.expression, "severity": rule.severity}
            initial |= initial_names(rule.names)
        super().__init__(*args, initial=initial, **kwargs)
        self.rule = rule
        self.fields["name_vi"].help_text = _("The sentence the reporter reads when it does not hold.")
        self.fields["form"].queryset = agreement.forms.all()
        if rule:
            del self.fields["code"]

    def given(self) -> dict[str, Any]:
        data = {
            name: value for name, value in self.cleaned_data.items() if name not in ("name_vi", "name_en")
        }
        return data | {"names": self.names(self.rule.names if self.rule else None)}


class ExcludeForm(forms.Form):
    """A unit that need not report for a period."""

    unit = UnitField(label=_("Unit"))
    period = forms.ChoiceField(label=_("Period"))
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, by: Actor, asked: Iterable[periods.Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].of(by, _last_day(self.data.get("period", "")))
        language = reader_language()
        self.fields["period"].choices = [(p.text, periods.label(p, language)) for p in asked]


def _last_day(period: str) -> date:
    """On which units are looked for: the last day of the period that was sent."""
    try:
        return periods.span(periods.parse(period), periods.Window()).last
    except periods.PeriodError:
        return date.max


class ReasonForm(forms.Form):
    """Only a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

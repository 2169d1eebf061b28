"""The dated rules of a regime: who reports, by when, to whom."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.core.fields import DayField
from giaoban.lib.deadlines import DueRule
from giaoban.reportforms.forms.lines import deadlines_of, deadlines_text, receivers_of, receivers_text
from giaoban.reportforms.models import RegimeVersion
from giaoban.units.forms import SpecMixin


class RulesForm(SpecMixin):
    """Who reports, by when, to whom, from a day on."""

    field_order = [
        "valid_from", "reporters", "reporters_units", "due_days", "due_kind", "due_hour", "due_levels", "receivers",
        "timezone", "legal_basis",
    ]  # fmt: skip
    valid_from = DayField(label=_("In force from"), help_text=_("For periods that end on or after this day."))
    due_days = forms.IntegerField(label=_("Due after how many days"), min_value=0, max_value=365, initial=5)
    due_kind = forms.ChoiceField(label=_("Counted in"), choices=[("d", _("days")), ("wd", _("working days"))])
    due_hour = forms.TimeField(
        label=_("At the hour"),
        initial=time(17),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    due_levels = forms.CharField(
        label=_("Other deadlines by level"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One on each line: level = rule, for example 3 = +2wd 12:00 (wd: working days, d: days)."),
    )  # fmt: skip
    receivers = forms.CharField(
        label=_("Reports go to"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Empty: to the unit above. Else one on each line: who -> unit, for example "
            "<code>level:3 -> 92 from 2026-01-01 until 2026-12-31</code>."
        ),
    )  # fmt: skip
    timezone = forms.CharField(label=_("Time zone"), max_length=60)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=400, required=False)

    def add_rules(self, agreement: Agreement, by: Actor, day: date, before: RegimeVersion | None) -> None:
        """Call it at the end of __init__."""
        self.add_spec("reporters", _("Who reports"), by, day, before.reporters if before else "")
        self.order_fields(self.field_order)
        start = {"timezone": agreement.timezone, "valid_from": agreement.starts_on}
        self.initial = start | self.initial | ({**_stated(before), "valid_from": day} if before else {})

    def clean_due_levels(self) -> dict[str, str]:
        return deadlines_of(self.cleaned_data["due_levels"])

    def clean_receivers(self) -> list[dict[str, Any]]:
        return receivers_of(self.cleaned_data["receivers"])

    def clean(self) -> None:
        super().clean()
        self.clean_spec("reporters")

    def rules(self) -> dict[str, Any]:
        """What the actions want to know of a version."""
        data = self.cleaned_data
        due = {"": f"+{data['due_days']}{data['due_kind']} {data['due_hour']:%H:%M}"} | data["due_levels"]
        plain = {name: data[name] for name in ("valid_from", "receivers", "timezone", "legal_basis")}
        return plain | {"reporters": self.spec("reporters"), "due": due}


def _stated(version: RegimeVersion) -> dict[str, Any]:
    rule = DueRule.parse(version.due.get("") or "+0d 23:59")
    return {
        "due_days": rule.days, "due_kind": "wd" if rule.working else "d", "due_hour": rule.hour,
        "due_levels": deadlines_text(version.due), "receivers": receivers_text(version.receivers),
        "timezone": version.timezone, "legal_basis": version.legal_basis,
    }  # fmt: skip

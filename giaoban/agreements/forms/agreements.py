"""The form of an agreement."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import Agreement, LegalForm
from giaoban.agreements.policy import AGREEMENTS
from giaoban.core.actors import Actor
from giaoban.core.fields import DayField
from giaoban.units.browsing import hierarchies
from giaoban.units.forms import SpecMixin, UnitField
from giaoban.units.forms.fields import asked_day

#: What the form gives to the row as it is, and shows of it again.
PLAIN = (
    "number", "signed_on", "starts_on", "ends_on", "lead", "hierarchy", "timezone", "source", "is_sample", "form",
    "parent",
)  # fmt: skip


class AgreementForm(SpecMixin):
    """An agreement: new with `code`, or being edited."""

    field_order = [
        "code", "title_vi", "title_en", "form", "number", "signed_on", "starts_on", "ends_on", "lead", "parties",
        "parties_units", "parent", "hierarchy", "timezone", "source", "is_sample",
    ]  # fmt: skip
    code = forms.SlugField(
        label=_("Code"), max_length=60,
        help_text=_("The address of its pages: letters without marks, digits, hyphens. It never changes."),
    )  # fmt: skip
    title_vi = forms.CharField(label=_("Title in Vietnamese"), max_length=400)
    title_en = forms.CharField(label=_("Title in English"), max_length=400, required=False)
    form = forms.ChoiceField(label=_("Legal form"), choices=LegalForm.choices, required=False)
    number = forms.CharField(label=_("Number and symbol"), max_length=80, required=False)
    signed_on = DayField(label=_("Signed on"), required=False)
    starts_on = DayField(label=_("Starts on"))
    ends_on = DayField(label=_("Ends on"), required=False, help_text=_("The last day. Empty: without end."))
    lead = UnitField(label=_("Coordinating unit"))
    parent = forms.ModelChoiceField(
        label=_("Under the agreement"), queryset=Agreement.objects.none(), required=False,
        empty_label=_("no other agreement"),
        help_text=_("A local agreement inherits the articles of the one it stands under."),
    )  # fmt: skip
    hierarchy = forms.ChoiceField(label=_("Line of units"))
    timezone = forms.CharField(label=_("Time zone"), max_length=60, initial="Asia/Ho_Chi_Minh")
    source = forms.CharField(label=_("Source of the data"), max_length=400, required=False)
    is_sample = forms.BooleanField(label=_("Sample data, made up to try the software"), required=False)

    def __init__(
        self, *args: Any, by: Actor, day: date, agreement: Agreement | None = None, **kwargs: Any
    ) -> None:
        initial = _stated(agreement) if agreement else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.agreement = agreement
        held = Q(pk=agreement.parent_id) if agreement else Q(pk__in=[])
        others = Agreement.objects.filter(AGREEMENTS.q(by, "read") | held)
        self.fields["parent"].queryset = others.exclude(pk=agreement.pk) if agreement else others
        self.fields["hierarchy"].choices = hierarchies()
        self.fields["lead"].of(by, asked_day(self, "starts_on", day))
        self.add_spec("parties", _("Parties"), by, day, agreement.parties if agreement else "")
        self.order_fields(self.field_order)
        if agreement:
            del self.fields["code"]

    def clean(self) -> None:
        super().clean()
        self.clean_spec("parties")

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        titles = {"vi": data["title_vi"].strip(), "en": data["title_en"].strip()}
        before = self.agreement.titles if self.agreement else {}
        fields = {name: data[name] for name in ("code", *PLAIN) if name in data}
        fields["form"] = data["form"] or (self.agreement.form if self.agreement else LegalForm.COSIGNED)
        return fields | {
            "titles": {lang: text for lang, text in (before | titles).items() if text},
            "parties": self.spec("parties"),
        }


def _stated(agreement: Agreement) -> dict[str, Any]:
    titles = {f"title_{lang}": agreement.titles.get(lang, "") for lang in ("vi", "en")}
    return titles | {name: getattr(agreement, name) for name in PLAIN}

"""Forms of plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from giaoban.agreements.forms.choosing import ArticleField
from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.core.fields import DayField, NamesMixin, initial_names
from giaoban.plans.forms.carrying import choose_article
from giaoban.plans.models import Campaign, Duty, Group, Scheme
from giaoban.units.forms import UnitField


class PlanForm(forms.Form):
    """A new plan of a year."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1990, max_value=2200)
    unit = UnitField(
        label=gettext_lazy("Unit"), required=False,
        help_text=gettext_lazy("Empty: the joint plan of the agreement. Else type a code or a name and choose."),
    )  # fmt: skip
    name_vi = forms.CharField(label=gettext_lazy("Title in Vietnamese"), max_length=300, required=False)
    name_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=300, required=False)
    purpose = forms.CharField(
        label=gettext_lazy("Purpose and requirements"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].of(by, day)

    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {"titles": {"vi": data.pop("name_vi"), "en": data.pop("name_en")}, **data}


class WordsForm(forms.Form):
    """Title and purpose of a plan."""

    name_vi = forms.CharField(label=gettext_lazy("Title in Vietnamese"), max_length=300)
    name_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=300, required=False)
    purpose = forms.CharField(
        label=gettext_lazy("Purpose and requirements"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {"titles": {"vi": data.pop("name_vi"), "en": data.pop("name_en")}, **data}


class IssueForm(forms.Form):
    """Number and day of the document."""

    number = forms.CharField(
        label=gettext_lazy("Number and symbol"), max_length=80, help_text=gettext_lazy("For example: 12/KH-VPV.")
    )  # fmt: skip
    issued_on = DayField(label=gettext_lazy("Dated"))


class RemarkForm(forms.Form):
    """What a party says."""

    text = forms.CharField(
        label=gettext_lazy("Remark"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class GroupForm(NamesMixin):
    """A content group."""

    position = forms.IntegerField(label=gettext_lazy("Order"), min_value=0, max_value=999, initial=0)

    def given(self) -> dict[str, Any]:
        fields = {k: v for k, v in self.cleaned_data.items() if not k.startswith("name_")}
        return {"fields": {"titles": self.names(), **fields}}


class CampaignForm(NamesMixin):
    """Work tied to dates."""

    occasion = forms.CharField(label=gettext_lazy("Occasion"), max_length=300, required=False)
    starts_on = DayField(label=gettext_lazy("From"))
    ends_on = DayField(label=gettext_lazy("Until"))

    given = GroupForm.given


class SchemeForm(NamesMixin):
    """A scheme over several years."""

    basis = forms.CharField(label=gettext_lazy("Basis document"), max_length=400, required=False)
    first_year = forms.IntegerField(label=gettext_lazy("First year"), min_value=1990, max_value=2200)
    last_year = forms.IntegerField(label=gettext_lazy("Last year"), min_value=1990, max_value=2200)

    given = GroupForm.given


class DutyForm(NamesMixin):
    """What comes round every year."""

    article = ArticleField()
    article_words = forms.CharField(
        label=gettext_lazy("Article it carries out, in words"), max_length=120, required=False
    )
    group = forms.ModelChoiceField(None, label=gettext_lazy("Content group"), required=False, empty_label="—")
    lead = UnitField(label=gettext_lazy("Lead unit"))
    month = forms.IntegerField(label=gettext_lazy("Due in month"), min_value=1, max_value=12)
    day = forms.IntegerField(label=gettext_lazy("Due on day"), min_value=1, max_value=31)
    output = forms.CharField(label=gettext_lazy("Expected output"), max_length=600, required=False)
    ended = forms.BooleanField(label=gettext_lazy("No longer laid into new plans"), required=False)

    given = GroupForm.given


#: kind in the address -> (model, form)
PARTS: dict[str, tuple[type[Any], type[forms.Form]]] = {
    "group": (Group, GroupForm),
    "campaign": (Campaign, CampaignForm),
    "scheme": (Scheme, SchemeForm),
    "duty": (Duty, DutyForm),
}


def part_form(
    kind: str, data: Any, agreement: Agreement, by: Actor, day: date, part: Any = None
) -> forms.Form:
    """The form of a part of the frame, new or filled with one that is there."""
    form_class = PARTS[kind][1]
    initial = {}
    if part is not None:
        initial = initial_names(part.titles) | {
            name: getattr(part, name) for name in form_class.base_fields if not name.startswith("name_")
        }
    form = form_class(data, initial=initial)
    if kind == "duty":
        form.fields["group"].queryset = agreement.task_groups.all()
        form.fields["lead"].of(by, day)
        choose_article(form, agreement, part)
    return form

"""Forms of activities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from giaoban.agreements.models import Agreement
from giaoban.core.actors import Actor
from giaoban.core.fields import DayField
from giaoban.plans.models import Activity, ActivityKind
from giaoban.plans.queries import tasks_of
from giaoban.units.forms import UnitField

FIELDS = ("kind", "title", "held_on", "until", "place", "partners", "participants", "output", "task")


class ActivityForm(forms.Form):
    """Something a unit did."""

    unit = UnitField(label=gettext_lazy("Unit"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ActivityKind.choices)
    title = forms.CharField(label=gettext_lazy("What was done"), max_length=300)
    held_on = DayField(label=gettext_lazy("From"))
    until = DayField(label=gettext_lazy("Until"), required=False)
    place = forms.CharField(label=pgettext_lazy("activity", "Place"), max_length=200, required=False)
    partners = forms.CharField(label=gettext_lazy("Partners"), max_length=600, required=False)
    participants = forms.IntegerField(
        label=gettext_lazy("Number of participants"), min_value=0, max_value=2_000_000_000, required=False
    )  # fmt: skip
    output = forms.CharField(
        label=gettext_lazy("Output"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )  # fmt: skip
    task = forms.ModelChoiceField(
        None, label=gettext_lazy("Task it belongs to"), required=False, empty_label="—"
    )
    source = forms.FileField(
        label=gettext_lazy("Document that tells of it"), required=False,
        help_text=gettext_lazy("A report, minutes or a plan: PDF, Word, Excel, a picture; 20 MB at most."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, agreement: Agreement, by: Actor, activity: Activity | None = None, **kwargs: Any
    ) -> None:
        initial = {name: getattr(activity, name) for name in FIELDS} if activity else {}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.fields["unit"].of(by, by.day)  # type: ignore[attr-defined]
        if activity is not None:
            del self.fields["unit"]
        self.fields["task"].queryset = tasks_of(agreement, by).order_by("-plan__year", "due_on")[:500]

    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        kept = {name: data.pop(name) for name in ("unit", "source") if name in data}
        return {**kept, "fields": data}


class PictureForm(forms.Form):
    """A picture and what it shows."""

    file = forms.FileField(label=gettext_lazy("Picture (.png or .jpg; 20 MB at most)"))
    alternative = forms.CharField(
        label=gettext_lazy("What the picture shows"), max_length=400,
        help_text=gettext_lazy("For those who do not see it: people, place, what happens."),
    )  # fmt: skip
    caption = forms.CharField(label=gettext_lazy("Words under the picture"), max_length=400, required=False)

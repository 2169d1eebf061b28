"""Forms of what changes a unit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.core.actors import Actor
from giaoban.core.fields import DayField
from giaoban.units.browsing import hierarchies
from giaoban.units.forms.fields import UnitField, asked_day
from giaoban.units.models import TERRITORY, Parent, UnitVersion

_BASIS = gettext_lazy("Decision or reason")


class BasisMixin(forms.Form):
    """Adds the document, or the reason, that stands in the history. It comes last."""

    def add_basis(self, name: str = "basis") -> None:
        self.fields[name] = forms.CharField(label=_BASIS, required=False, max_length=400)


class FactsForm(BasisMixin):
    """What a version says of a unit."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=240)
    level = forms.IntegerField(
        label=gettext_lazy("Level"),
        min_value=0,
        max_value=20,
        help_text=gettext_lazy("0 is the top of the tree."),
    )
    kind = forms.CharField(
        label=gettext_lazy("Kind"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("For example: province, ward."),
    )
    lat = forms.DecimalField(
        label=gettext_lazy("Latitude"),
        required=False,
        min_value=-90,
        max_value=90,
        max_digits=9,
        decimal_places=6,
    )
    lon = forms.DecimalField(
        label=gettext_lazy("Longitude"),
        required=False,
        min_value=-180,
        max_value=180,
        max_digits=9,
        decimal_places=6,
    )
    attributes = forms.CharField(
        label=gettext_lazy("Other facts"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One on each line: name = value."),
    )  # fmt: skip

    def clean_attributes(self) -> dict[str, str]:
        found = {}
        for line in self.cleaned_data["attributes"].splitlines():
            name, equals, value = line.partition("=")
            if line.strip() and not (equals and name.strip()):
                raise ValidationError(_("“%(line)s” is not of the form name = value.") % {"line": line})
            if line.strip():
                found[name.strip()] = value.strip()
        return found


def facts(version: UnitVersion) -> dict[str, Any]:
    """What FactsForm starts with."""
    lines = "\n".join(f"{name} = {value}" for name, value in version.attributes.items())
    given = {name: getattr(version, name) for name in ("code", "name", "level", "kind", "lat", "lon")}
    return given | {"attributes": lines}


class OpenForm(FactsForm):
    """A new unit."""

    field_order = ["valid_from", "parent", "code", "name", "level", "kind"]
    valid_from = DayField(label=gettext_lazy("First day"))
    parent = UnitField(label=gettext_lazy("Stands under"), required=False)

    def __init__(self, *args: Any, by: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].of(by, asked_day(self, "valid_from", day))


class ChangeForm(FactsForm):
    """A new version from a day on."""

    field_order = ["on", "code", "name", "level"]
    on = DayField(label=gettext_lazy("From this day on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_basis()


class CorrectForm(FactsForm):
    """A version put right."""

    field_order = ["valid_from", "code", "name", "level"]
    valid_from = DayField(label=gettext_lazy("First day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_basis("reason")


class MoveForm(BasisMixin):
    """Another parent from a day on."""

    hierarchy = forms.ChoiceField(label=gettext_lazy("Line"))
    on = DayField(label=gettext_lazy("From this day on"))
    parent = UnitField(
        label=gettext_lazy("Stands under"), required=False,
        help_text=gettext_lazy("Type a code or a part of the name, then choose. Empty: it stands at the top."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hierarchy"].choices = hierarchies()
        self.fields["hierarchy"].initial = TERRITORY
        self.fields["parent"].of(by, asked_day(self, "on", day))
        self.add_basis()


class PlaceForm(BasisMixin):
    """The parent of one span put right."""

    parent = UnitField(label=gettext_lazy("Stands under"))

    def __init__(self, *args: Any, by: Actor, place: Parent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].of(by, place.valid_from)
        self.fields["parent"].initial = place.parent
        self.add_basis("reason")


class CloseForm(BasisMixin):
    """The end of a unit."""

    on = DayField(
        label=gettext_lazy("First day on which it no longer exists"),
        help_text=gettext_lazy("Its last day is the day before."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_basis()


class ReasonForm(BasisMixin):
    """Only a reason."""

    def __init__(self, *args: Any, name: str = "reason", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_basis(name)

"""Forms of the parties."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import Party, PartyRole
from giaoban.core.actors import Actor
from giaoban.units.forms import UnitField


class PartForm(forms.Form):
    """What part a party plays, its place, and its signer."""

    role = forms.ChoiceField(label=_("Role"), choices=PartyRole.choices, widget=forms.RadioSelect)
    position = forms.IntegerField(
        label=_("Place in the order"), min_value=1, max_value=999, initial=100,
        help_text=_("1 stands first. Equal places stand by code."),
    )  # fmt: skip
    signer_authority = forms.CharField(
        label=_("Signs for"), max_length=160, required=False,
        help_text=_("The first line of the signature, for example TM. ỦY BAN NHÂN DÂN. Empty: the name of the unit."),
    )  # fmt: skip
    signer_title = forms.CharField(label=_("Title of the signer"), max_length=160, required=False)
    signer_name = forms.CharField(label=_("Name of the signer"), max_length=120, required=False)

    def __init__(self, *args: Any, part: Party | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(part, name) for name in PartForm.base_fields} if part else {}
        super().__init__(*args, initial=initial, **kwargs)


class AddPartForm(PartForm):
    """A standing office, an observer or a lead party that the rule of parties does not name."""

    field_order = ["unit", "role"]
    unit = UnitField(label=_("Unit"))

    def __init__(self, *args: Any, by: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].of(by, day)
        self.fields["role"].choices = [c for c in PartyRole.choices if c[0] != PartyRole.MEMBER]

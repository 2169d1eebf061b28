"""Forms of the people in an agreement."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import Membership, Role
from giaoban.core.actors import Actor
from giaoban.core.fields import DayField
from giaoban.units.forms import UnitField
from giaoban.units.forms.fields import asked_day

#: What each role means, for who gives it.
MEANINGS = {
    Role.REPORTER: _("Reporter: fills in and sends the reports of his unit."),
    Role.VERIFIER: _("Verifier: checks the reports of the units below, returns or accepts them."),
    Role.COORDINATOR: _("Coordinator: sets forms, deadlines and people; writes the review."),
    Role.CHAIR: _("Chair: reads everything and signs."),
}


class RoleForm(forms.Form):
    """A role in one agreement: for which unit, from when to when."""

    role = forms.ChoiceField(label=_("Role"), choices=list(MEANINGS.items()), widget=forms.RadioSelect)
    unit = UnitField(label=_("Unit"))
    valid_from = DayField(label=_("From"))
    valid_to = DayField(label=_("Until (first day no longer valid)"), required=False)
    may_accept_own = forms.BooleanField(
        label=_("May accept a report he wrote himself (verifiers only; the history shows it)"), required=False
    )

    def __init__(
        self, *args: Any, by: Actor, day: date, role: Membership | None = None, **kwargs: Any
    ) -> None:
        initial: dict[str, Any] = {"valid_from": day}
        if role:
            initial = {name: getattr(role, name) for name in self.base_fields if hasattr(role, name)}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["unit"].of(by, max(day, asked_day(self, "valid_from", day)))


class PersonForm(forms.Form):
    """Who is invited."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("He signs in with it. Somebody who has an account keeps it and gets the role."),
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    title = forms.CharField(label=_("Position"), max_length=160, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[("vi", "Tiếng Việt"), ("en", "English")])

    field_order = ["email", "name", "title", "phone", "language", "role", "unit"]


class InviteForm(RoleForm, PersonForm):
    """A new person with his first role."""


class OperatorForm(forms.Form):
    """An operator: no agreement, no unit."""

    valid_from = DayField(label=_("From"))
    valid_to = DayField(label=_("Until (first day no longer valid)"), required=False)

    def given(self) -> dict[str, Any]:
        return {"role": Role.OPERATOR, **self.cleaned_data}


class InviteOperatorForm(OperatorForm, PersonForm):
    """A new operator."""


class EndRoleForm(forms.Form):
    """The day a role ends."""

    on = DayField(label=_("First day on which the role no longer holds"))

"""Forms of groups and of successions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.core.actors import Actor
from giaoban.core.fields import DayField, NamesMixin, initial_names
from giaoban.units.forms.fields import UnitsField, asked_day, find, written
from giaoban.units.models import Group, Succession, SuccessionKind, Unit


class GroupForm(NamesMixin):
    """A new group."""

    field_order = ["code", "name_vi", "name_en"]
    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=40,
        help_text=gettext_lazy("Small letters without marks, digits and hyphens; it does not change later."),
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        return {"code": self.cleaned_data["code"], "names": self.names()}


class GroupNamesForm(NamesMixin):
    """Other names for a group."""

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, initial=initial_names(group.names), **kwargs)
        self.group = group

    def given(self) -> dict[str, Any]:
        return {"names": self.names(self.group.names)}


class MembersForm(forms.Form):
    """Units that join a group."""

    units = UnitsField(label=gettext_lazy("Units"))
    on = DayField(label=gettext_lazy("From this day on"))
    until = DayField(label=gettext_lazy("Until (first day no longer a member)"), required=False)

    def __init__(self, *args: Any, by: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].of(by, asked_day(self, "on", day))


class EndForm(forms.Form):
    """The day something ends."""

    on = DayField(
        label=gettext_lazy("First day no longer a member"),
        help_text=gettext_lazy("The day it joined: then it never was a member."),
    )


class SuccessionForm(forms.Form):
    """What follows a unit."""

    on = DayField(label=gettext_lazy("Date of the change"))
    kind = forms.ChoiceField(label=gettext_lazy("What happened"), choices=SuccessionKind.choices)
    heirs = forms.CharField(
        label=gettext_lazy("Units that follow"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "One on each line: the code or name, and for a split perhaps = and its share. The shares add up to "
            "exactly 1, for example 0.4 and 0.6."
        ),
    )  # fmt: skip
    basis = forms.CharField(label=gettext_lazy("Basis document"), required=False, max_length=240)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        on = self.cleaned_data.get("on")
        if on and "heirs" in self.cleaned_data:
            lines = [line for line in self.cleaned_data["heirs"].splitlines() if line.strip()]
            try:
                self.cleaned_data["heirs"] = [self._heir(line, on) for line in lines]
            except ValidationError as error:
                self.add_error("heirs", error)
        return given

    def _heir(self, line: str, on: date) -> tuple[Unit, Decimal | None]:
        name, equals, share = line.partition("=")
        unit = find(name.strip(), self.by, on)
        if not equals:
            return unit, None
        try:
            return unit, Decimal(share.strip().replace(",", "."))
        except InvalidOperation:
            raise ValidationError(
                _("“%(text)s” is not a number like 0.4.") % {"text": share.strip()}
            ) from None


def heirs_text(edges: list[Succession]) -> str:
    """The edges of a day as SuccessionForm reads them."""
    lines = []
    for edge in edges:
        share = "" if edge.share is None else f" = {format(edge.share.normalize(), 'f')}"
        lines.append(written(edge.new) + share)
    return "\n".join(lines)

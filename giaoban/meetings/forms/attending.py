"""Check-in, as it is typed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from giaoban.attendance.models import Attendee, Way
from giaoban.core.actors import Actor
from giaoban.meetings.forms.meetings import MomentField
from giaoban.units.forms import UnitField


class HoursForm(forms.Form):
    """When people are checked in, and from when somebody is late."""

    opens_at = MomentField(label=_("Check-in opens"))
    late_after = MomentField(label=_("Late after"))
    closes_at = MomentField(
        label=_("Check-in closes"), help_text=_("Badges hold until twelve hours after this.")
    )


class DoorForm(forms.Form):
    """A link for a door."""

    name = forms.CharField(
        label=_("Name of the door"), max_length=80, help_text=_("For example: main entrance.")
    )
    expires_at = MomentField(label=_("Works until"))


class GuestForm(forms.Form):
    """Somebody whom no unit names."""

    name = forms.CharField(label=_("Name"), max_length=200)
    title = forms.CharField(label=_("Position"), max_length=240, required=False)
    unit = UnitField(label=_("Unit"), required=False)
    unit_name = forms.CharField(
        label=_("Another unit"), max_length=240, required=False,
        help_text=_("Where the person comes from, if it is none of the units here."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].of(by, day)  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """An entry or an exit that no door saw."""

    way = forms.ChoiceField(label=_("Way"), choices=Way.choices, widget=forms.RadioSelect, initial=Way.IN)
    happened_at = MomentField(label=_("Time"))

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, initial={"way": Way.IN, "happened_at": at}, **kwargs)


class ExcuseForm(forms.Form):
    """Why somebody is absent."""

    reason = forms.CharField(
        label=_("Reason for the absence"), max_length=300, required=False,
        help_text=_("Empty: without a reason."),
    )  # fmt: skip

    def __init__(self, *args: Any, attendee: Attendee, **kwargs: Any) -> None:
        super().__init__(*args, initial={"reason": attendee.excuse}, **kwargs)


class SeatForm(forms.Form):
    seat = forms.CharField(label=_("Seat"), max_length=20, required=False)

    def __init__(self, *args: Any, attendee: Attendee, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seat": attendee.seat}, **kwargs)


class SeatsForm(forms.Form):
    per_row = forms.IntegerField(label=_("Seats in a row"), min_value=1, max_value=60, initial=10)

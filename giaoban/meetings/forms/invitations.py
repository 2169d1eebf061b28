"""Invitations and delegates, as they are typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from giaoban.core.actors import Actor
from giaoban.meetings.actions import Person
from giaoban.meetings.forms.extras import answers_of, ask_questions
from giaoban.meetings.models import Delegate, Invitation, Meeting, QuestionPart
from giaoban.units.forms import SpecMixin
from giaoban.units.models import Unit
from giaoban.units.queries import specified

SEATS = {"min_value": 1, "max_value": 500}


class InviteForm(SpecMixin):
    """Which units, with how many seats each."""

    field_order = ["units", "units_units", "seats", "reserve"]
    seats = forms.IntegerField(label=_("Seats for each unit"), initial=2, **SEATS)
    reserve = forms.IntegerField(
        label=_("Reserve for each unit"), initial=0, min_value=0, max_value=500,
        help_text=_("How many more it may name; they wait for a seat."),
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Meeting, by: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lead, self.day = meeting.agreement.lead_id, day
        self.add_spec("units", _("Units"), by, day, meeting.agreement.parties)
        self.order_fields(self.field_order)

    def clean(self) -> None:
        super().clean()
        self.clean_spec("units")

    def given(self) -> dict[str, Any]:
        spans = specified(self.spec("units"), self.lead)
        ids = [span.unit_id for span in spans if span.overlaps(self.day, self.day)]
        units = list(Unit.objects.filter(pk__in=ids).order_by("level", "code"))
        return {"units": units, **{name: self.cleaned_data[name] for name in ("seats", "reserve")}}


class InvitationForm(forms.Form):
    """One unit's invitation, for the secretariat."""

    seats = forms.IntegerField(label=_("Seats"), **SEATS)
    reserve = forms.IntegerField(label=_("Reserve"), min_value=0, max_value=500)
    position = forms.IntegerField(label=_("Protocol order"), min_value=1, max_value=9999)
    address = forms.EmailField(label=_("E-mail address of the office"), required=False)

    @classmethod
    def of(cls, invitation: Invitation, data: Any = None) -> InvitationForm:
        return cls(data, initial={name: getattr(invitation, name) for name in cls.base_fields})


class QuotaForm(forms.Form):
    """Seats for all units of a level together; one field for each level invited."""

    def __init__(self, data: Any = None, *, levels: list[tuple[int, int, int, int | None]]) -> None:
        super().__init__(data)
        for level, given, taken, quota in levels:
            said = gettext("%(given)s seats given to units, %(taken)s taken. Empty: no limit for the level.")
            self.fields[f"level_{level}"] = forms.IntegerField(
                label=gettext("Seats for level %(level)s") % {"level": level}, required=False, min_value=0,
                initial=quota, help_text=said % {"given": given, "taken": taken},
            )  # fmt: skip

    def given(self) -> dict[str, Any]:
        return {"quotas": {int(name[6:]): seats for name, seats in self.cleaned_data.items()}}


class DelegateForm(forms.Form):
    """Whom a unit names. Only the name is asked for; phone and address are erased after the meeting."""

    name = forms.CharField(label=_("Name"), max_length=120)
    title = forms.CharField(label=_("Position"), max_length=200, required=False)
    position = forms.IntegerField(
        label=_("Order in the delegation"), min_value=1, max_value=500, required=False,
        help_text=_("1 comes first. Empty: after the others."),
    )  # fmt: skip
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    email = forms.EmailField(
        label=_("E-mail address"), required=False,
        help_text=_("For the invitation in the calendar. Phone and address are seen by your unit and the secretariat."),
    )  # fmt: skip
    transport = forms.CharField(label=_("Transport: what is needed"), max_length=300, required=False)
    lodging = forms.CharField(label=_("Lodging: what is needed"), max_length=300, required=False)

    def __init__(
        self, data: Any = None, *, meeting: Meeting, delegate: Delegate | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        ask_questions(self, meeting.questions.filter(part=QuestionPart.REGISTRATION))
        if delegate:
            self.initial = {name: getattr(delegate, name) for name in DelegateForm.base_fields}
            answers = delegate.answers.values_list("question", "text")
            self.initial |= {f"question_{question}": text for question, text in answers}

    def given(self) -> dict[str, Any]:
        person = Person(**{name: self.cleaned_data[name] for name in DelegateForm.base_fields})
        return {"person": person, "answers": answers_of(self) or None}


class ReplaceForm(DelegateForm):
    """Somebody else in the place of a delegate."""

    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def given(self) -> dict[str, Any]:
        return {**super().given(), "reason": self.cleaned_data["reason"]}

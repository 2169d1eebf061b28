"""The letter of invitation, as it is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from giaoban.core.fields import DayField
from giaoban.meetings.letters import Letter
from giaoban.reviews.forms import ListField


class LetterForm(forms.Form):
    """Number, date, signer and words; the facts of the meeting are added by themselves."""

    superior = forms.CharField(label=_("Superior body"), max_length=200, required=False)
    number = forms.CharField(
        label=_("Number and symbol"), max_length=80, required=False,
        help_text=_(
            "For example 12/GM-VPV. With number and date the letter enters the register of papers when it is sent."
        ),
    )  # fmt: skip
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    dated = DayField(label=_("Date of the document"), required=False)
    words = forms.CharField(
        label=_("Words of invitation"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Empty: purpose and content of the meeting. Time, venue and chair are added by themselves."),
    )  # fmt: skip
    authority = ListField(
        label=_("Authority and position of the signer"), required=False, help_text=_("One per line.")
    )
    signer = forms.CharField(label=_("Name of the signer"), max_length=120, required=False)
    recipients = ListField(
        label=_("Recipients"), required=False, help_text=_("One per line; the last line says where it is kept.")
    )  # fmt: skip

    @classmethod
    def of(cls, letter: Letter, data: Any = None) -> LetterForm:
        begin = {name: getattr(letter, name) for name in cls.base_fields}
        return cls(data, initial=begin | {name: list(begin[name]) for name in ("authority", "recipients")})

    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        lists = {name: tuple(data.pop(name)) for name in ("authority", "recipients")}
        return {"letter": Letter(**data, **lists)}

"""Forms of the register of papers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from giaoban.agreements.models import Agreement, Audience
from giaoban.core.fields import DayField
from giaoban.documents.actions import KINDS
from giaoban.documents.models import Direction, Paper, PaperType


class PaperForm(forms.Form):
    """A paper of the register: new, or being changed."""

    direction = forms.ChoiceField(
        label=_("Direction"), choices=Direction.choices, widget=forms.RadioSelect, initial=Direction.OUT
    )
    type = forms.ChoiceField(label=_("Type"), choices=PaperType.choices)
    number = forms.CharField(
        label=_("Number and symbol"), max_length=80, required=False,
        help_text=_("As written on the paper, for example 05/BC-UBND."),
    )  # fmt: skip
    issued_on = DayField(label=_("Issued on"))
    received_on = DayField(label=_("Received on"), required=False, help_text=_("Of an incoming paper."))
    issuer = forms.CharField(label=_("Issuer"), max_length=300)
    signer = forms.CharField(label=_("Signer"), max_length=200, required=False)
    abstract = forms.CharField(label=_("Abstract"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    valid_from = DayField(label=_("Valid from"), required=False, help_text=_("Empty: from its issue on."))
    valid_to = DayField(label=_("First day no longer valid"), required=False)
    audience = forms.ChoiceField(
        label=_("For whom"), choices=Audience.choices, widget=forms.RadioSelect, initial=Audience.PARTIES
    )
    file = forms.FileField(label=_("File"), required=False)

    def __init__(
        self, *args: Any, day: date, agreement: Agreement, paper: Paper | None = None, **kwargs: Any
    ) -> None:
        initial: dict[str, Any] = {"issued_on": day, "issuer": agreement.lead.name}
        if paper is not None:
            initial = {name: getattr(paper, name, None) for name in self.base_fields if name != "file"}
            initial["audience"] = paper.filing.audience
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["file"].help_text = " ".join(KINDS)
        if paper is not None and paper.document is not None:
            self.fields["file"].label = _("Another file in place of the kept one")


class ReplaceForm(forms.Form):
    """Which paper takes the place of this one, and from which day."""

    replacement = forms.ModelChoiceField(
        label=_("Replaced by"), queryset=Paper.objects.none(), required=False, empty_label=_("not replaced")
    )
    on = DayField(label=_("First day no longer valid"), required=False)

    def __init__(self, *args: Any, others: QuerySet[Paper], paper: Paper, day: date, **kwargs: Any) -> None:
        initial = {"replacement": paper.replaced_by_id, "on": paper.valid_to or day}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["replacement"].queryset = others

    def clean(self) -> None:
        super().clean()
        if (
            self.cleaned_data.get("replacement")
            and not self.cleaned_data.get("on")
            and "on" not in self.errors
        ):
            self.add_error("on", _("Say from which day."))

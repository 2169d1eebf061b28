"""What people choose and bring in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from giaoban.notices.kinds import Kind


class ChoicesForm(forms.Form):
    """One box per kind of notice."""

    by_mail = forms.MultipleChoiceField(
        label=_("By mail too"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Every notice stands in your inbox here. Those ticked also go to your e-mail address."),
    )  # fmt: skip

    def __init__(self, *args: Any, held: list[tuple[Kind, bool]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by_mail"].choices = [(kind.code, kind.label) for kind, _on in held]  # type: ignore[attr-defined]
        self.fields["by_mail"].initial = [kind.code for kind, on in held if on]


class ReplyForm(forms.Form):
    """A reply as it came: the calendar file or the whole mail."""

    file = forms.FileField(
        label=_("File of the reply"),
        help_text=_("The calendar file (.ics) that came back, or the whole mail saved as a file (.eml)."),
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,.eml,text/calendar,message/rfc822"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".ics", ".eml")):
            raise forms.ValidationError(_("Choose a file that ends in .ics or .eml."))
        if file.size > 5_000_000:
            raise forms.ValidationError(
                _("The file is larger than 5 MB. Save the mail without its attachments.")
            )
        return file

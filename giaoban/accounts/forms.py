"""Forms of a person's own account."""

from __future__ import annotations

from typing import Any

from django import forms

from giaoban.accounts.models import User


class ProfileForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ("name", "title", "phone", "language", "text_size")
        widgets = {"language": forms.RadioSelect, "text_size": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["title"].widget.attrs["autocomplete"] = "organization-title"
        self.fields["phone"].widget.attrs["autocomplete"] = "tel"

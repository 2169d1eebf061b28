"""Form fields that several apps use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day, asked with the browser's own date input."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class NamesMixin(forms.Form):
    """A form with a name in Vietnamese and in English; `names()` keeps further languages as they were."""

    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=240)
    name_en = forms.CharField(label=_("Name in English"), max_length=240, required=False)

    def names(self, before: dict[str, str] | None = None) -> dict[str, str]:
        given = {
            "vi": self.cleaned_data["name_vi"].strip(),
            "en": self.cleaned_data["name_en"].strip(),
        }
        return {lang: text for lang, text in ((before or {}) | given).items() if text}


def initial_names(names: dict[str, str]) -> dict[str, str]:
    """What a form with NamesMixin starts with."""
    return {"name_vi": names.get("vi", ""), "name_en": names.get("en", "")}

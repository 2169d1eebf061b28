"""Asking for a unit, for several, or for a rule that names units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.units.browsing import groups_of, levels_on, searched, versions_seen
from giaoban.units.models import Unit, UnitVersion, valid_on
from giaoban.units.queries import check_spec

SEPARATOR = " · "


class UnitInput(forms.TextInput):
    """A text field that offers units while one types."""

    template_name = "units/unit_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.day = date.max

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["day"] = "" if self.day == date.max else self.day.isoformat()
        return context


class UnitField(forms.CharField):
    """One unit, by code or name. `of(by, day)` says among which units, and on which day."""

    widget = UnitInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Type a code or a part of the name, then choose."))
        super().__init__(**kwargs)
        self.by: Actor | None = None
        self.day: date = date.max

    def of(self, by: Actor, day: date) -> None:
        self.by, self.day = by, day
        self.widget.day = day

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = Unit.objects.filter(pk=value).first()
        return written(value) if isinstance(value, Unit) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return None if not text else find(text, self.by, self.day)


class UnitsField(forms.CharField):
    """Several units, one on each line or with commas between."""

    widget = forms.Textarea(attrs={"rows": 5})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", gettext_lazy("Codes or whole names, one on each line or with commas between.")
        )
        super().__init__(**kwargs)
        self.by: Actor | None = None
        self.day: date = date.max

    of = UnitField.of

    def clean(self, value: Any) -> list[Unit]:
        text = super().clean(value)
        parts = [part.strip() for part in text.replace(",", "\n").replace(";", "\n").splitlines()]
        found = [find(part, self.by, self.day) for part in parts if part]
        return list(dict.fromkeys(found))


def asked_day(form: forms.Form, name: str, otherwise: date) -> date:
    """The day that a sent form gives, to look for units on that day; else another."""
    try:
        return form.fields[name].clean(form.data.get(form.add_prefix(name))) or otherwise
    except ValidationError:
        return otherwise


def written(unit: Unit | UnitVersion) -> str:
    """A unit as the field writes it: "92 · Cần Thơ"."""
    return f"{unit.code}{SEPARATOR}{unit.name}"


def find(text: str, by: Actor | None, day: date) -> Unit:
    """The one unit meant by a code, "code · name" or a whole name on the day. Raises ValidationError."""
    if by is None:
        raise TypeError("Call of(by, day) on the field first.")
    code, _gap, name = text.partition(SEPARATOR)
    rows = versions_seen(by)
    there = rows.filter(valid_on(day)) if day != date.max else rows
    found = list(there.filter(code__iexact=code.strip())[:2])
    if not found and not name:
        found = [v for v in searched(by, text, day) if v.name.casefold() == text.strip().casefold()][:2]
    if len({v.unit_id for v in found}) == 1:
        return found[0].unit
    if found:
        raise ValidationError(_("“%(text)s” names several units. Write the code.") % {"text": text})
    if rows.filter(code__iexact=code.strip()).exists():
        raise ValidationError(_("The unit “%(text)s” does not exist on that day.") % {"text": text})
    raise ValidationError(
        _("There is no unit “%(text)s”. Type a code or a name and choose.") % {"text": text}
    )


LISTED = "units"


class SpecMixin(forms.Form):
    """Adds "who": a choice (a level, a group, or listed units) and the codes of the listed units."""

    def add_spec(self, name: str, label: Any, by: Actor, day: date, before: str = "") -> None:
        listed = before and not before.startswith(("level:", "group:"))
        self.fields[name] = forms.ChoiceField(
            label=label, choices=_choices(by, day, before), initial=LISTED if listed else before
        )
        self.fields[f"{name}_units"] = forms.CharField(
            label=gettext_lazy("Codes of the units"), required=False, initial=before if listed else "",
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=gettext_lazy("Only for “the units listed here”: codes with spaces or commas between."),
        )  # fmt: skip

    def spec(self, name: str) -> str:
        """What was chosen, as `level:N`, `group:CODE` or codes."""
        chosen: str = self.cleaned_data[name]
        return (
            " ".join(self.cleaned_data[f"{name}_units"].replace(",", " ").split())
            if chosen == LISTED
            else chosen
        )

    def clean_spec(self, name: str) -> None:
        """Puts what is wrong next to the field; call it in clean()."""
        if name not in self.cleaned_data:
            return
        try:
            check_spec(self.spec(name))
        except Refused as refusal:
            self.add_error(f"{name}_units" if self.cleaned_data[name] == LISTED else name, str(refusal))


def _choices(by: Actor, day: date, before: str) -> Sequence[tuple[str, Any]]:
    levels = [
        (f"level:{level}", _level(level, count)) for level, count in levels_on(by, day)
    ]  # fmt: skip
    groups = [(f"group:{g.code}", _("the group “%(name)s”") % {"name": g}) for g in groups_of(by)]
    choices = [*levels, *groups, (LISTED, _("the units listed here"))]
    if before.startswith(("level:", "group:")) and before not in dict(choices):
        choices.insert(0, (before, before))
    return choices


def _level(level: int, count: int) -> str:
    sentence = ngettext(
        "all units of level %(level)s (%(count)s unit)",
        "all units of level %(level)s (%(count)s units)",
        count,
    )
    return sentence % {"level": level, "count": count}
